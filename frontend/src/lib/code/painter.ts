import { colours, coloursNow, MOST, PIECES, type Coloured } from './colours';
import { grammar, grammarNow } from './grammars';
import './colours.css';

/** A block of code: its lines, each an element, in one language. */
export interface CodeBlock {
  lines: readonly HTMLElement[];
  language: string;
}

/** So many pieces of a page have colours at most. */
const MOST_PIECES = 20_000;

/** What of a line has colours: where, in its text, and as which range of the page. */
interface Painted {
  pieces: readonly Coloured[];
  ranges: Range[];
}

/**
 * Gives code colours where it stands, without touching it: by ranges that the browser paints. So no caret
 * moves, no composition ends, and what the editor has is what it had. Where a browser cannot do that, there are none.
 */
export class Painter {
  readonly #highlights = new Map<string, Highlight>();
  readonly #lines = new Map<HTMLElement, Painted>();
  /** What was painted in each block, by its first line. */
  readonly #done = new Map<HTMLElement, { text: string; language: string }>();
  #turn = 0;
  #count = 0;

  constructor() {
    if (!('highlights' in CSS)) return;
    for (const piece of PIECES) {
      const name = `c-${piece}`;
      const shared = CSS.highlights.get(name) ?? new Highlight();
      CSS.highlights.set(name, shared);
      this.#highlights.set(name, shared);
    }
  }

  /** Paints all blocks of a page; what is painted already stays. */
  async paint(blocks: readonly CodeBlock[]): Promise<void> {
    const turn = ++this.#turn;
    if (this.#highlights.size === 0) return;
    this.#forget(new Set(blocks.flatMap(({ lines }) => lines)));
    for (const block of blocks) {
      const [first] = block.lines;
      if (!first) continue;
      const text = block.lines.map((line) => line.textContent).join('\n');
      const done = this.#done.get(first);
      if (done?.text === text && done.language === block.language && this.#stands(block)) continue;
      const pieces = await this.#read(text, block.language, () => turn === this.#turn);
      if (turn !== this.#turn) return;
      this.#put(block, pieces ?? []);
      this.#done.set(first, { text, language: block.language });
    }
  }

  /** Takes all colours away. */
  close(): void {
    this.#turn++;
    this.#forget(new Set());
  }

  async #read(text: string, language: string, wanted: () => boolean): Promise<Coloured[] | null> {
    if (language === '' || text.length > MOST || this.#count > MOST_PIECES) return null;
    const parser = grammarNow(language) ?? (await grammar(language));
    if (!parser || !wanted()) return null;
    return coloursNow(parser, text) ?? (await colours(parser, text, wanted));
  }

  #forget(kept: ReadonlySet<HTMLElement>): void {
    for (const line of [...this.#lines.keys()]) {
      if (!kept.has(line)) this.#clear(line);
    }
    for (const line of [...this.#done.keys()]) {
      if (!kept.has(line)) this.#done.delete(line);
    }
  }

  #clear(line: HTMLElement): void {
    const painted = this.#lines.get(line);
    painted?.ranges.forEach((range, i) => this.#highlights.get(painted.pieces[i]?.is ?? '')?.delete(range));
    this.#count -= painted?.ranges.length ?? 0;
    this.#lines.delete(line);
  }

  /** What was painted is where it was: an editor may have written the same text anew. */
  #stands({ lines }: CodeBlock): boolean {
    return lines.every((line) => whole(line, this.#lines.get(line)));
  }

  #put({ lines }: CodeBlock, pieces: readonly Coloured[]): void {
    let [at, next] = [0, 0];
    for (const line of lines) {
      const length = line.textContent.length;
      const own: Coloured[] = [];
      while (next < pieces.length && (pieces[next] as Coloured).from < at + length) {
        const { from, to, is } = pieces[next] as Coloured;
        if (to > at) own.push({ from: Math.max(0, from - at), to: Math.min(length, to - at), is });
        if (to > at + length) break; // it goes on in the next line
        next++;
      }
      this.#paint(line, own);
      at += length + 1;
    }
  }

  #paint(line: HTMLElement, pieces: Coloured[]): void {
    const before = this.#lines.get(line);
    if (before && same(before.pieces, pieces) && whole(line, before)) return;
    this.#clear(line);
    const ranges: Range[] = [];
    const nodes = textsOf(line);
    const put = pieces.filter(({ from, to, is }) => {
      const [start, end] = [placeOf(nodes, from, true), placeOf(nodes, to, false)];
      if (!start || !end) return false;
      const range = document.createRange();
      range.setStart(...start);
      range.setEnd(...end);
      this.#highlights.get(is)?.add(range);
      return ranges.push(range) > 0;
    });
    this.#count += ranges.length;
    this.#lines.set(line, { pieces: put, ranges });
  }
}

function same(a: readonly Coloured[], b: readonly Coloured[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ from, to, is }, i) => from === b[i]?.from && to === b[i]?.to && is === b[i]?.is)
  );
}

function whole(line: HTMLElement, painted: Painted | undefined): boolean {
  if (!painted) return true;
  const [first, last] = [painted.ranges[0], painted.ranges.at(-1)];
  return (
    !first ||
    !last ||
    // A text that is written anew, as a whole, leaves nothing of what was in it.
    (line.contains(first.startContainer) && line.contains(last.startContainer) && !last.collapsed)
  );
}

function textsOf(line: HTMLElement): Text[] {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  const out: Text[] = [];
  while (walker.nextNode()) out.push(walker.currentNode as Text);
  return out;
}

/** The place of a unit of a line in its nodes. `starts`: where a piece begins, else where one ends. */
function placeOf(nodes: readonly Text[], at: number, starts: boolean): [Text, number] | null {
  let before = 0;
  for (const node of nodes) {
    const n = at - before;
    if (starts ? n < node.length : n <= node.length) return [node, n];
    before += node.length;
  }
  return null;
}
