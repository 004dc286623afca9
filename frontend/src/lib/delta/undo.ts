import { compose, invert } from './compose';
import { isDelete, isInsert, isRetain, type Delta } from './op';
import { position, transform } from './transform';

/** What was selected, in the text before a change. */
export interface Selected {
  anchor: number;
  head: number;
}

/** A step that can be taken back. */
interface Entry {
  /** Takes the step back, in the text right after it. */
  back: Delta;
  /** What others did since, until the next step above. */
  since: Delta;
  selected: Selected | null;
}

/** What undo or redo does to the text now. */
export interface Step {
  change: Delta;
  /** What to select afterwards. */
  selected: Selected | null;
}

/** So long a pause begins a new step, ms. */
const PAUSE = 800;
const MOST = 200;

/**
 * What a person did, to take it back and do it again. A step is its inverse at the time, moved over what
 * others did only when it is asked for: it brings back what the person's change deleted, whoever wrote it,
 * and removes only what the person inserted.
 */
export class History {
  readonly #done: Entry[] = [];
  readonly #undone: Entry[] = [];
  #newest: { at: number; sort: string; ends: boolean } | null = null;

  /** The person made a change of a text, at a time in ms, with this selected before. True if it is a new step. */
  record(change: Delta, before: Delta, selected: Selected | null, at: number): boolean {
    this.#undone.length = 0;
    const top = this.#done.at(-1);
    const sort = sortOf(change);
    const newest = this.#newest;
    this.#newest = { at, sort, ends: /\s$/.test(written(change)) };
    const joins = newest !== null && at - newest.at < PAUSE && sort === newest.sort && sort !== 'other';
    const newWord = newest?.ends === true && !/^\s/.test(written(change));
    if (top && joins && !newWord && top.since.length === 0) {
      top.back = compose(invert(change, before), top.back);
      return false;
    }
    push(this.#done, { back: invert(change, before), since: [], selected });
    return true;
  }

  /** Somebody else made a change, as it is in what the person sees. */
  heard(change: Delta): void {
    for (const list of [this.#done, this.#undone]) {
      const top = list.at(-1);
      if (top) top.since = compose(top.since, change);
    }
  }

  /** The next change begins a new step. */
  pause(): void {
    this.#newest = null;
  }

  clear(): void {
    this.#done.length = this.#undone.length = 0;
    this.#newest = null;
  }

  /** Takes the last step back that still does something; null if there is none. */
  undo(text: Delta, selected: Selected | null): Step | null {
    return this.#take(this.#done, this.#undone, text, selected);
  }

  /** Does again what was taken back last. */
  redo(text: Delta, selected: Selected | null): Step | null {
    return this.#take(this.#undone, this.#done, text, selected);
  }

  #take(from: Entry[], to: Entry[], text: Delta, selected: Selected | null): Step | null {
    this.#newest = null;
    for (let entry = from.pop(); entry; entry = from.pop()) {
      const crossed = transform(entry.back, entry.since);
      const below = from.at(-1);
      // What others did comes to lie on the step below, as it is without the step above.
      if (below) below.since = compose(below.since, crossed.committed);
      if (!acts(crossed.late)) continue;
      push(to, { back: invert(crossed.late, text), since: [], selected });
      return { change: crossed.late, selected: entry.selected && moved(entry.selected, crossed.committed) };
    }
    return null;
  }
}

/** Tells whether a change does anything at all to a text that it fits. */
function acts(change: Delta): boolean {
  return change.some((op) => !isRetain(op) || op.attributes);
}

function moved({ anchor, head }: Selected, change: Delta): Selected {
  return { anchor: position(change, anchor, false), head: position(change, head, false) };
}

function push(list: Entry[], entry: Entry): void {
  list.push(entry);
  if (list.length > MOST) list.shift();
}

/** Typing goes with typing and deleting with deleting; everything else stands alone. */
function sortOf(change: Delta): string {
  const acting = change.filter((op) => !isRetain(op) || op.attributes);
  const [only] = acting;
  if (acting.length !== 1 || !only || isRetain(only)) return 'other';
  if (isDelete(only)) return only.delete <= 2 ? 'delete' : 'other';
  return typeof only.insert === 'string' && only.insert.length <= 16 && only.insert !== '\n'
    ? 'write'
    : 'other';
}

function written(change: Delta): string {
  return change.map((op) => (isInsert(op) && typeof op.insert === 'string' ? op.insert : '')).join('');
}
