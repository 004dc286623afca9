/**
 * The operations of a change to a rich text, as they are on the wire. What they do to each other is the
 * same here as on the server, structure included: the words and laws are in collab/delta. A change acts
 * on a text from its beginning and keeps what it does not reach; lengths are UTF-16 units; a document is
 * a change of inserts alone. Nothing here is ever altered after it was made.
 */

export type Value = string | number | boolean | null;

/** On a retain, null takes an attribute away; inserts never carry null. */
export type Attributes = { readonly [name: string]: Value };

/** One thing that is no text, of length 1. */
export type Embed = { readonly [sort: string]: Value };

export type Insert = { readonly insert: string | Embed; readonly attributes?: Attributes };
export type Retain = { readonly retain: number; readonly attributes?: Attributes };
export type Delete = { readonly delete: number };
export type Op = Insert | Retain | Delete;

/** A change; with inserts alone, a document. */
export type Delta = readonly Op[];

export type Fault = 'malformed' | 'length' | 'text' | 'format' | 'too-big';

/** A change that is none, or does not fit what it is put on. The code is the one the server would refuse with. */
export class DeltaError extends Error {
  readonly because: Fault;

  constructor(because: Fault, message: string) {
    super(message);
    this.name = 'DeltaError';
    this.because = because;
  }
}

export function isInsert(op: Op): op is Insert {
  return 'insert' in op;
}

export function isRetain(op: Op): op is Retain {
  return 'retain' in op;
}

export function isDelete(op: Op): op is Delete {
  return 'delete' in op;
}

/** The length of an operation: of an insert in the new text, else in the old one. */
export function size(op: Op): number {
  if (isInsert(op)) return typeof op.insert === 'string' ? op.insert.length : 1;
  return isRetain(op) ? op.retain : op.delete;
}

/** How much of the old text a change speaks of. */
export function baseLength(change: Delta): number {
  return change.reduce((sum, op) => sum + (isInsert(op) ? 0 : size(op)), 0);
}

/** The length of a document, or of what a change makes of its base length. */
export function length(document: Delta): number {
  return document.reduce((sum, op) => sum + (isDelete(op) ? 0 : size(op)), 0);
}

export function attributesOf(op: Op): Attributes | undefined {
  return isDelete(op) ? undefined : op.attributes;
}

/** An operation with other attributes; without any, it has no key for them. */
export function withAttributes<T extends Insert | Retain>(op: T, attributes: Attributes | undefined): T {
  if (op.attributes === attributes) return op;
  const { attributes: _, ...bare } = op;
  return (attributes && Object.keys(attributes).length > 0 ? { ...bare, attributes } : bare) as T;
}

/** Tells whether two sets of attributes are the same; null counts. */
export function sameAttributes(a: Attributes | undefined, b: Attributes | undefined): boolean {
  if (a === b) return true;
  const names = Object.keys(a ?? {});
  if (names.length !== Object.keys(b ?? {}).length) return false;
  return names.every((name) => b !== undefined && name in b && a?.[name] === b[name]);
}

/** Tells whether a text is cut inside a character at a place. */
export function cutsPair(text: string, at: number): boolean {
  return isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at));
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
