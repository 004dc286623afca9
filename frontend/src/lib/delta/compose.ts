import { Builder, normal } from './builder';
import {
  attributesOf,
  baseLength,
  DeltaError,
  isDelete,
  isInsert,
  isRetain,
  length,
  withAttributes,
  type Attributes,
  type Delete,
  type Delta,
  type Op,
  type Retain,
} from './op';
import { Reader } from './reader';

/**
 * One change that does what two do, one after the other. Of what happens at one place, the second's
 * inserts stand before the first's deletes.
 */
export function compose(first: Delta, second: Delta): Delta {
  const a = new Reader(first);
  const b = new Reader(second);
  const out = new Builder();
  while (!a.done && !b.done) {
    if (isInsert(b.next as Op)) out.push(b.whole());
    else if (isDelete(a.next as Op)) out.push(a.whole());
    else both(a, b, out);
  }
  while (!a.done) out.push(a.whole());
  while (!b.done) out.push(b.whole());
  return out.change();
}

/** A retain or an insert of the first with a retain or a delete of the second, as far as both reach. */
function both(a: Reader, b: Reader, out: Builder): void {
  const n = Math.min(a.left, b.left);
  const below = a.take(n);
  const over = b.take(n);
  if (isRetain(over) && !isDelete(below)) {
    out.push(withAttributes(below, laid(below.attributes, over.attributes, isRetain(below))));
  } else if (isRetain(below)) out.push(over);
}

/** Attributes laid over others. On a retain nulls stay; on an insert they have done their work. */
function laid(
  below: Attributes | undefined,
  over: Attributes | undefined,
  keepNull: boolean,
): Attributes | undefined {
  if (!over) return below;
  const all = { ...below, ...over };
  if (keepNull) return all;
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** One change for many, by halves: their cost grows little faster than their number. */
export function composeAll(changes: readonly Delta[]): Delta {
  const [first, second] = changes;
  if (!first) return [];
  if (!second) return normal(first);
  const half = changes.length >> 1;
  return compose(composeAll(changes.slice(0, half)), composeAll(changes.slice(half)));
}

/** What a change makes of a document. */
export function apply(document: Delta, change: Delta): Delta {
  if (baseLength(change) > length(document)) {
    throw new DeltaError('length', 'The change is longer than the text.');
  }
  return compose(document, change);
}

/** The change that takes a change of a document back. */
export function invert(change: Delta, document: Delta): Delta {
  const old = new Reader(document);
  const out = new Builder();
  for (const op of change) {
    if (isInsert(op)) out.push({ delete: length([op]) });
    else for (let left = baseLength([op]); left > 0;) left -= undo(op, old, left, out);
  }
  return out.change();
}

function undo(op: Retain | Delete, old: Reader, left: number, out: Builder): number {
  if (old.done) throw new DeltaError('length', 'The change is longer than the text.');
  const n = Math.min(left, old.left);
  const was = old.take(n);
  if (isDelete(op)) out.push(was);
  else out.push(withAttributes({ retain: n }, before(op.attributes, attributesOf(was))));
  return n;
}

/** What gives the old attributes back. */
function before(over: Attributes | undefined, old: Attributes | undefined): Attributes | undefined {
  if (!over) return undefined;
  return Object.fromEntries(Object.keys(over).map((name) => [name, old?.[name] ?? null]));
}
