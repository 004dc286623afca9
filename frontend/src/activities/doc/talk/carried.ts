import {
  apply,
  Builder,
  compose,
  isDelete,
  isInsert,
  size,
  slice,
  type Delta,
  type Insert,
} from '../../../lib/delta';
import { runs, textOf } from '../lines';
import { anchor, passages } from './anchors';

/** So many passages that were cut are remembered. */
const MOST = 40;

interface Cut {
  thread: number;
  text: string;
}

/**
 * Passages with comments that the person has cut out of the text. Where their text is put in again, as a
 * whole, the comments hang on it again, unless they hang somewhere by then: what is cut and pasted, or
 * dragged, takes them along, and a copy does not.
 */
export class Carried {
  #cut: Cut[] = [];

  /** A change as the person makes it, with the anchors that come back by it. */
  onto(change: Delta, before: Delta): Delta {
    this.#remember(change, before);
    if (this.#cut.length === 0 || !change.some((op) => isInsert(op) && size(op) > 1)) return change;
    const after = apply(before, change);
    const hanging = passages(after);
    let out = change;
    for (const { from, text } of insertedIn(change)) {
      for (const { thread, text: cut } of this.#cut) {
        const at = hanging.has(thread) ? -1 : text.indexOf(cut);
        if (at >= 0) out = compose(out, laid(thread, from + at, cut));
      }
    }
    return out;
  }

  #remember(change: Delta, before: Delta): void {
    let at = 0;
    for (const op of change) {
      if (isInsert(op)) continue;
      if (isDelete(op)) {
        const gone = slice(before, at, at + op.delete);
        const text = gone.map((piece) => textOf(piece as Insert)).join('');
        for (const [thread, spans] of passages(gone)) {
          for (const { from, to } of spans) {
            if (to - from > 1) this.#cut.push({ thread, text: text.slice(from, to) });
          }
        }
      }
      at += size(op);
    }
    this.#cut = this.#cut.slice(-MOST);
  }
}

/** The texts that a change inserts, with their places in the text after it. */
function insertedIn(change: Delta): { from: number; text: string }[] {
  const out: { from: number; text: string }[] = [];
  let at = 0;
  for (const op of change) {
    if (isDelete(op)) continue;
    const last = out.at(-1);
    if (isInsert(op) && last && last.from + last.text.length === at) last.text += textOf(op);
    else if (isInsert(op)) out.push({ from: at, text: textOf(op) });
    at += size(op);
  }
  return out;
}

function laid(thread: number, from: number, text: string): Delta {
  const out = new Builder().retain(from);
  for (const run of runs(text)) {
    const hangs = !run.startsWith('\n');
    out.push({ retain: run.length, ...(hangs && { attributes: { [anchor(thread)]: true } }) });
  }
  return out.change();
}
