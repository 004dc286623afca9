import { Builder } from './builder';
import { isDelete, isInsert, size, withAttributes, type Attributes, type Delta, type Op } from './op';
import { Reader } from './reader';

/** Two changes of one text, each moved over the other. */
export interface Crossed {
  /** Does after the committed one what the late one wanted. */
  late: Delta;
  /** Does after the late one what the committed one wanted. */
  committed: Delta;
}

/**
 * Moves two changes of the same text over each other. Where both insert at one place, what is committed
 * stands left; where both set an attribute, what is committed stays.
 */
export function transform(late: Delta, committed: Delta): Crossed {
  const x = new Reader(late);
  const a = new Reader(committed);
  const out = { x: new Builder(), a: new Builder() };
  while (!x.done && !a.done) {
    if (isInsert(a.next as Op)) stand(a.whole(), out.a, out.x);
    else if (isInsert(x.next as Op)) stand(x.whole(), out.x, out.a);
    else cross(x, a, out);
  }
  while (!x.done) out.x.push(x.whole());
  while (!a.done) out.a.push(a.whole());
  return { late: out.x.change(), committed: out.a.change() };
}

function stand(insert: Op, own: Builder, other: Builder): void {
  own.push(insert);
  other.retain(size(insert));
}

/** Retains and deletes, as far as both reach. */
function cross(x: Reader, a: Reader, out: { x: Builder; a: Builder }): void {
  const n = Math.min(x.left, a.left);
  const late = x.take(n);
  const committed = a.take(n);
  if (isDelete(committed)) {
    if (!isDelete(late)) out.a.push(committed);
  } else if (isDelete(late)) out.x.push(late);
  else {
    out.x.push(withAttributes(late, without(late.attributes, committed.attributes)));
    out.a.push(committed);
  }
}

function without(attributes: Attributes | undefined, others: Attributes | undefined): Attributes | undefined {
  if (!attributes || !others) return attributes;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !(name in others)));
}

/**
 * Where a place in the old text is in the new one. A place inside deleted text moves to its beginning. An
 * insert exactly at the place moves it behind the insert or, with `before`, leaves it where it is.
 */
export function position(change: Delta, index: number, before: boolean): number {
  let at = 0; // in the text as far as it is changed
  for (const op of change) {
    if (at > index) break;
    const n = size(op);
    if (isDelete(op)) {
      index -= Math.min(n, index - at);
      continue;
    }
    if (isInsert(op) && (at < index || !before)) index += n;
    at += n;
  }
  return index;
}
