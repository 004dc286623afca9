import { dress } from './dress';
import type { Patch } from './render';
import { lastOf, Sections } from './sections';

/** So long may a part of the page take to be put there, ms. */
const SLICE = 8;
/** A source is looked at anew so long after it was changed, ms. */
const PAUSE = 120;

/**
 * The page of a source in an element. The page is made in a worker, one at a time; what has changed of it is
 * put there a little at a time.
 */
export class Page {
  readonly #sections: Sections;
  readonly #worker: Worker;
  readonly #source: () => string;
  readonly #done: () => void;
  #lines: Int32Array = new Int32Array();
  #shown: string | null = null;
  /** It may have changed since it was last read. */
  #changed = false;
  #busy = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** `source` is read when it is time for it, which is not at every change; `done`: something has been shown. */
  constructor(root: HTMLElement, source: () => string, done: () => void) {
    this.#sections = new Sections(root);
    this.#source = source;
    this.#done = done;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Patch>) => void this.#put(data));
  }

  /** Shows the source soon, as it is then. */
  look(): void {
    this.#changed = true;
    if (this.#busy || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#next(), this.#shown === null ? 0 : PAUSE);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#worker.terminate();
  }

  /** Where a line of the source stands on the page, px; lines have fractions. */
  top(line: number): number {
    const i = lastOf(this.#lines, (first) => first <= line);
    const block = this.#sections.block(i);
    if (!block) return 0;
    const [from, to] = this.#span(i);
    return (
      this.#sections.top(block) + Math.min(1, (line - from) / Math.max(1, to - from)) * block.offsetHeight
    );
  }

  /** Which line of the source stands at a place of the page. */
  line(top: number): number {
    const i = this.#sections.at(top);
    const block = this.#sections.block(i);
    if (!block) return 0;
    const [from, to] = this.#span(i);
    const down = (top - this.#sections.top(block)) / Math.max(1, block.offsetHeight);
    return from + Math.min(1, down) * (to - from);
  }

  /** The first line of the block that an element of the page is in. */
  lineOf(element: Element): number {
    return this.#lines[this.#sections.indexOf(element)] ?? 0;
  }

  #span(i: number): [number, number] {
    const from = this.#lines[i] ?? 0;
    return [from, this.#lines[i + 1] ?? from + 1];
  }

  #next(): void {
    this.#timer = undefined;
    this.#changed = false;
    const source = this.#source();
    if (source === this.#shown) return;
    this.#busy = true;
    this.#shown = source;
    this.#worker.postMessage(this.#shown);
  }

  async #put({ from, to, html, lines }: Patch): Promise<void> {
    this.#sections.remove(from, to);
    for (let i = 0; i < html.length && !this.#closed;) {
      const end = performance.now() + SLICE;
      const part: HTMLElement[] = [];
      for (; i + part.length < html.length && performance.now() < end;) {
        part.push(made(html[i + part.length] as string));
      }
      this.#sections.insert(from + i, part);
      i += part.length;
      if (i < html.length) await new Promise(requestAnimationFrame);
    }
    if (this.#closed) return;
    this.#lines = lines;
    this.#busy = false;
    this.#done();
    if (this.#changed) this.look();
  }
}

function made(html: string): HTMLElement {
  const block = document.createElement('div');
  block.innerHTML = html;
  block.dir = 'auto';
  dress(block);
  return block;
}
