import { Text, type ChangeSet, type ChangeSpec } from '@codemirror/state';
import { Builder, isDelete, isInsert, size, type Delta } from '../../lib/delta';
import { clean } from '../doc/exchange';

/**
 * Between CodeMirror and the model. Both count in UTF-16 units; CodeMirror's text is the model's without the
 * newline at its end. Only changes are converted, never merged here: CodeMirror merges by other rules than the server.
 */

/** What the person did, as a change of the model: no character is cut, and nothing is in it that no document can hold. */
export function fromChanges(changes: ChangeSet, before: Text): Delta {
  const out = new Builder();
  let at = 0;
  changes.iterChanges((start, end, _from, _to, inserted) => {
    const [from, to] = [cuts(before, start) ? start - 1 : start, cuts(before, end) ? end + 1 : end];
    const text = before.sliceString(from, start) + inserted.toString() + before.sliceString(end, to);
    out.retain(from - at);
    if (text !== '') out.push({ insert: clean(text) });
    if (to > from) out.push({ delete: to - from });
    at = to;
  });
  return out.change();
}

/** What happened in the model, as CodeMirror takes it. */
export function toChanges(change: Delta): ChangeSpec[] {
  const out: ChangeSpec[] = [];
  let at = 0;
  for (const op of change) {
    if (isInsert(op)) out.push({ from: at, insert: Text.of(String(op.insert).split('\n')) });
    else {
      if (isDelete(op)) out.push({ from: at, to: at + op.delete });
      at += size(op);
    }
  }
  return out;
}

/** The one change that makes a text of another; null if they are the same. */
export function towards(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < most - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

/** A place is between the two halves of one character. */
function cuts(text: Text, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const two = text.sliceString(at - 1, at + 1);
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(two);
}
