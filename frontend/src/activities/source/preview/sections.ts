/** So many blocks stand in a section at most. */
const MOST = 64;

/**
 * The blocks of a page in an element, in sections. A browser skips what is not on the screen section by section:
 * to look after ten thousand blocks one by one would take it longer than to type a letter.
 */
export class Sections {
  readonly #root: HTMLElement;

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  block(i: number): HTMLElement | undefined {
    const [section, at] = this.#find(i);
    return section?.children[at] as HTMLElement | undefined;
  }

  /** Where a block is on the page, px. */
  top(block: HTMLElement): number {
    return (block.parentElement?.offsetTop ?? 0) + block.offsetTop;
  }

  /** The last block that begins at a place of the page or above it; 0 if there is none. */
  at(top: number): number {
    const sections = [...this.#root.children] as HTMLElement[];
    const last = lastOf(sections, (section) => section.offsetTop <= top);
    const blocks = [...(sections[last]?.children ?? [])] as HTMLElement[];
    const before = sections.slice(0, last).reduce((sum, section) => sum + section.childElementCount, 0);
    return before + lastOf(blocks, (block) => this.top(block) <= top);
  }

  /** Which block an element is in; -1 if in none. */
  indexOf(element: Element): number {
    let before = 0;
    for (const section of this.#root.children) {
      if (section.contains(element)) {
        return before + [...section.children].findIndex((block) => block.contains(element));
      }
      before += section.childElementCount;
    }
    return -1;
  }

  remove(from: number, to: number): void {
    const [first, at] = this.#find(from);
    let section: Element | null | undefined = first;
    for (let left = to - from; section && left > 0;) {
      const next: Element | null = section.nextElementSibling;
      const start = section === first ? at : 0;
      for (; left > 0 && section.children[start]; left--) section.children[start].remove();
      if (section.childElementCount === 0) section.remove();
      section = next;
    }
  }

  /** Puts blocks before the one that has this place now. */
  insert(at: number, blocks: readonly HTMLElement[]): void {
    if (blocks.length === 0) return;
    let [section, place] = this.#find(at);
    section ??= this.#after(null);
    for (const block of blocks) {
      if (section.childElementCount >= MOST) [section, place] = this.#split(section, place);
      section.insertBefore(block, section.children[place++] ?? null);
    }
  }

  /** The section that has a block, and its place there; of the one after the last, the end of the last section. */
  #find(i: number): [Element | undefined, number] {
    let left = i;
    for (const section of this.#root.children) {
      const has = section.childElementCount;
      if (left < has || (left === has && !section.nextElementSibling)) return [section, left];
      left -= has;
    }
    return [undefined, 0];
  }

  /** Makes room at a place of a full section: what comes after it goes into a section of its own. */
  #split(section: Element, place: number): [Element, number] {
    const next = this.#after(section);
    next.append(...[...section.children].slice(place));
    return place < MOST ? [section, place] : [next, 0];
  }

  #after(section: Element | null): Element {
    const made = document.createElement('div');
    if (section) section.after(made);
    else this.#root.append(made);
    return made;
  }
}

/** The last of some for which something holds that holds for all before it; 0 if for none. */
export function lastOf<T>(some: ArrayLike<T>, holds: (one: T) => boolean): number {
  let [low, high] = [0, Math.max(0, some.length - 1)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(some[middle] as T)) low = middle;
    else high = middle - 1;
  }
  return low;
}
