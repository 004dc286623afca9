import { Builder } from './builder';
import {
  cutsPair,
  isInsert,
  length,
  sameAttributes,
  size,
  withAttributes,
  type Attributes,
  type Delta,
  type Insert,
} from './op';
import { Reader } from './reader';

/** A part of a document. */
export function slice(document: Delta, from: number, to: number): Delta {
  const reader = new Reader(document);
  const out = new Builder();
  for (let at = 0; at < to && !reader.done;) {
    const piece = reader.take(Math.min(reader.left, at < from ? from - at : to - at));
    if (at >= from) out.push(piece);
    at += size(piece);
  }
  return out.change();
}

/**
 * A change that makes one document of another: all that lies between what they have in common at both
 * ends. For what is shown only: the places of things that were deleted are lost in it, so it must never
 * stand for a piece of history.
 */
export function difference(before: Delta, after: Delta): Delta {
  const [long, wide] = [length(before), length(after)];
  const head = common(before, after);
  const tail = Math.min(common(backwards(before), backwards(after)), long - head, wide - head);
  const [old, now] = [slice(before, head, long - tail), slice(after, head, wide - tail)];
  const out = new Builder().retain(head);
  if (plain(old) !== null && plain(old) === plain(now)) relay(old, now, out);
  else {
    for (const op of now) out.push(op);
    out.push({ delete: length(old) });
  }
  return out.change();
}

/** How much two documents have in common at their beginning; no character is cut. */
function common(a: Delta, b: Delta): number {
  const [x, y] = [new Reader(a), new Reader(b)];
  let same = 0;
  while (!x.done && !y.done) {
    const [one, other] = [x.next as Insert, y.next as Insert];
    if (!sameAttributes(one.attributes, other.attributes)) return same;
    const n = shared(rest(one, x), rest(other, y));
    if (n === 0) return same;
    same += n;
    x.take(n);
    y.take(n);
  }
  return same;
}

/** What is left of the operation that a reader has at hand. */
function rest(op: Insert, reader: Reader): Insert['insert'] {
  return typeof op.insert === 'string' ? op.insert.slice(op.insert.length - reader.left) : op.insert;
}

function shared(a: Insert['insert'], b: Insert['insert']): number {
  if (typeof a !== 'string' || typeof b !== 'string') return JSON.stringify(a) === JSON.stringify(b) ? 1 : 0;
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return cutsPair(a, n) || cutsPair(b, n) ? n - 1 : n;
}

/** The document from its end, with every character whole. */
function backwards(document: Delta): Delta {
  return [...document].reverse().map((op) => {
    if (!isInsert(op) || typeof op.insert !== 'string') return op;
    return { ...op, insert: [...op.insert].reverse().join('') };
  });
}

function plain(document: Delta): string | null {
  const texts = document.map((op) => (isInsert(op) ? op.insert : ''));
  return texts.every((text) => typeof text === 'string') ? texts.join('') : null;
}

/** The same text with other attributes. */
function relay(old: Delta, now: Delta, out: Builder): void {
  const [a, b] = [new Reader(old), new Reader(now)];
  while (!a.done) {
    const n = Math.min(a.left, b.left);
    const [was, is] = [a.take(n) as Insert, b.take(n) as Insert];
    out.push(withAttributes({ retain: n }, changed(was.attributes, is.attributes)));
  }
}

/** What has to be laid over attributes to make others of them; what goes comes first. */
export function changed(was: Attributes = {}, is: Attributes = {}): Attributes {
  const gone = Object.keys(was).filter((name) => !(name in is));
  const come = Object.entries(is).filter(([name, value]) => was[name] !== value);
  return { ...Object.fromEntries(gone.map((name) => [name, null])), ...Object.fromEntries(come) };
}
