import { DeltaError, type Attributes, type Delta, type Embed, type Op, type Value } from './op';

/** Reads a change as it comes from the wire or from storage. Throws "malformed" for anything else. */
export function readDelta(value: unknown): Delta {
  if (!Array.isArray(value)) throw malformed('a list of operations');
  return value.map(readOp);
}

/** Reads a document: a change of inserts alone. */
export function readDocument(value: unknown): Delta {
  const document = readDelta(value);
  if (!document.every((op) => 'insert' in op)) throw malformed('a document');
  return document;
}

function readOp(value: unknown): Op {
  const { insert, retain, delete: deleted, attributes, ...rest } = object(value);
  const acts = [insert, retain, deleted].filter((act) => act !== undefined);
  if (acts.length !== 1 || Object.keys(rest).length > 0) throw malformed('an operation');
  if (deleted !== undefined) {
    if (attributes !== undefined) throw malformed('a delete');
    return { delete: count(deleted) };
  }
  const laid = attributes === undefined ? {} : { attributes: values(attributes) };
  if (retain !== undefined) return { retain: count(retain), ...laid };
  if (laid.attributes && Object.values(laid.attributes).includes(null)) throw malformed('an insert');
  if (typeof insert === 'string') return { insert, ...laid };
  const embed: Embed = values(insert);
  if (Object.keys(embed).length !== 1) throw malformed('an embed');
  return { insert: embed, ...laid };
}

function values(value: unknown): Attributes {
  const all = Object.entries(object(value));
  for (const [name, one] of all) {
    if (name === '__proto__' || !isValue(one)) throw malformed('an attribute');
  }
  return Object.fromEntries(all) as Attributes;
}

function isValue(value: unknown): value is Value {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

function count(value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 1) throw malformed('a length');
  return value as number;
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('an object');
  return value as Record<string, unknown>;
}

function malformed(wanted: string): DeltaError {
  return new DeltaError('malformed', `This is not ${wanted}.`);
}
