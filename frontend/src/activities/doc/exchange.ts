import {
  attributesOf,
  baseLength,
  Builder,
  changed,
  compose,
  DeltaError,
  difference,
  isDelete,
  isInsert,
  isRetain,
  length,
  Reader,
  size,
  slice,
  withAttributes,
  type Attributes,
  type Delta,
  type Insert,
  type Retain,
} from '../../lib/delta';
import { allowed, BLOCKS, shownChange, shownLine, shownText, type Thing } from './format';
import { formulaOf } from './formula/tex';
import { tidyLink } from './link';
import { isNewline, parts, runs, textOf } from './lines';
import { imageOf } from './picture';
import { pollOf } from './poll/told';
import { CELL, CELL_START, cellOf } from './table/cell';
import { bare, between } from './talk/anchors';

/**
 * Between the editor and the model: the editor knows no difference between a format that is hidden by
 * another and one that is not there, and is free with its changes in ways that the server is not.
 */

/** An attribute as an editor may give it. */
type Loose = Record<string, unknown>;

/** A change as the editor tells it, as a change of the model: only what documents have, where it belongs. */
export function fromEditor(ops: readonly object[], model: Delta): Delta {
  const old = new Reader(model);
  const out = new Builder();
  let left: Attributes | undefined; // of the text before, as far as it is kept
  for (const op of ops as Loose[]) {
    if (op['insert'] !== undefined) write(op, out, between(left, attributesOf(old.next ?? { delete: 0 })));
    else if (typeof op['delete'] === 'number') {
      pass(old, op['delete']);
      out.push({ delete: op['delete'] });
    } else left = keep(op, old, out);
  }
  return keepEnd(out.change(), model);
}

/** A change of the model as the editor needs it, so that it shows what `shown` says. `before`: the model. */
export function forEditor(change: Delta, before: Delta): Delta {
  const old = new Reader(before);
  const out = new Builder();
  for (const op of change.map(bare)) {
    if (isInsert(op)) showInsert(op, out);
    else if (isDelete(op) || !op.attributes) {
      pass(old, size(op));
      out.push(op);
    } else showRetain(op, old, out);
  }
  return out.change();
}

function showInsert(op: Insert, out: Builder): void {
  if (!op.attributes) return void out.push(op);
  for (const piece of parts(op)) {
    const shown = isNewline(piece) ? shownLine(op.attributes) : shownText(op.attributes);
    out.push(withAttributes(piece, shown));
  }
}

function showRetain(op: Retain, old: Reader, out: Builder): void {
  each(op.retain, old, (piece) => {
    for (const part of parts(piece)) {
      const after = merged(piece.attributes, op.attributes);
      const attributes = isNewline(part)
        ? shownChange(piece.attributes, after)
        : changed(shownText(piece.attributes), shownText(after));
      out.push(withAttributes({ retain: size(part) }, attributes));
    }
  });
}

function merged(below: Attributes | undefined, over: Attributes | undefined): Attributes {
  const all = Object.entries({ ...below, ...over });
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}

/** `anchors`: those of the threads that it is written in the middle of. */
function write(op: Loose, out: Builder, anchors: Attributes | undefined): void {
  const attributes = tidy(op['attributes']);
  const image = imageOf(op['insert'] as Insert['insert']);
  if (image) {
    const laid = allowed(attributes, 'image', false);
    return void out.push(withAttributes({ insert: { image } }, anchors ? { ...laid, ...anchors } : laid));
  }
  const poll = pollOf(op['insert'] as Insert['insert']);
  if (poll) {
    const laid = allowed(attributes, 'poll', false);
    return void out.push(withAttributes({ insert: { poll } }, anchors ? { ...laid, ...anchors } : laid));
  }
  const formula = formulaOf(op['insert'] as Insert['insert']);
  if (formula) {
    const laid = allowed(attributes, 'formula', false);
    return void out.push(withAttributes({ insert: { formula } }, anchors ? { ...laid, ...anchors } : laid));
  }
  const text = typeof op['insert'] === 'string' ? clean(op['insert']) : '\ufffd';
  for (const run of attributes || anchors ? runs(text) : [text]) {
    const newline = run.startsWith('\n');
    const own = allowed(attributes, newline ? 'newline' : 'text', false);
    out.push(withAttributes({ insert: run }, anchors && !newline ? { ...own, ...anchors } : own));
  }
}

/** Returns what the last of it has had. */
function keep(op: Loose, old: Reader, out: Builder): Attributes | undefined {
  const n = Number(op['retain']);
  const attributes = tidy(op['attributes']);
  let last: Attributes | undefined;
  if (!attributes) {
    each(n, old, (piece) => (last = piece.attributes));
    out.retain(n);
    return last;
  }
  each(n, old, (piece) => {
    last = piece.attributes;
    for (const part of parts(piece)) {
      const laid = allowed(attributes, thing(part), true);
      const given = isNewline(part) ? line(laid, piece.attributes) : laid;
      out.push(withAttributes({ retain: size(part) }, given));
    }
  });
  return last;
}

function thing(piece: Insert): Thing {
  if (isNewline(piece)) return 'newline';
  if (typeof piece.insert === 'string') return 'text';
  if (pollOf(piece.insert)) return 'poll';
  return formulaOf(piece.insert) ? 'formula' : 'image';
}

/** A line of a cell stays one and becomes nothing else; no other becomes one so. */
function line(laid: Attributes | undefined, was: Attributes | undefined): Attributes | undefined {
  if (!laid || cellOf(was)) return undefined;
  const { [CELL]: _, [CELL_START]: __, ...others } = laid;
  return alone(others, was);
}

/** Who makes a line something else does not mean it to be something hidden as well. */
function alone(laid: Attributes | undefined, was: Attributes | undefined): Attributes | undefined {
  if (!laid || !was || !BLOCKS.some((name) => name in laid)) return laid;
  const hidden = BLOCKS.filter((name) => name in was && !(name in laid) && !(name in shownLine(was)));
  return { ...laid, ...Object.fromEntries(hidden.map((name) => [name, null])) };
}

/** Attributes as the wire has them; the editor also says false or '' where it takes one away. */
function tidy(attributes: unknown): Attributes | undefined {
  if (typeof attributes !== 'object' || attributes === null) return undefined;
  const all = Object.entries(attributes).map(([name, value]) => {
    if (value === undefined || value === false || value === '') return [name, null];
    return [name, name === 'link' && typeof value === 'string' ? tidyLink(value) : value];
  });
  return Object.fromEntries(all) as Attributes;
}

/** A text of the same length without what no document can hold. */
export function clean(text: string): string {
  return text.replace(/\r/g, ' ').replace(/\0|\p{Surrogate}/gu, '\ufffd');
}

/** The newline at the end stays the last: a change that writes behind it or deletes it says so otherwise. */
function keepEnd(change: Delta, model: Delta): Delta {
  const last = change.at(-1);
  if (!last || isRetain(last) || baseLength(change) < length(model)) return change;
  const after = compose(model, change);
  const [was, is] = [end(model), end(after)];
  if (!textOf(is).endsWith('\n')) throw new DeltaError('length', 'The last line has no end.');
  const body = (document: Delta): Delta => slice(document, 0, length(document) - 1);
  return compose(difference(body(model), body(after)), [
    { retain: length(after) - 1 },
    withAttributes({ retain: 1 }, changed(was.attributes, is.attributes)),
  ]);
}

function end(document: Delta): Insert {
  return (document.at(-1) ?? { insert: '' }) as Insert;
}

function pass(old: Reader, n: number): void {
  each(n, old, () => undefined);
}

function each(n: number, old: Reader, visit: (piece: Insert) => void): void {
  for (let left = n; left > 0;) {
    if (old.done) throw new DeltaError('length', 'The change is longer than the text.');
    const take = Math.min(left, old.left);
    visit(old.take(take) as Insert);
    left -= take;
  }
}
