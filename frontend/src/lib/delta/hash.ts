import { attributesOf, isInsert, isRetain, type Attributes, type Delta, type Embed, type Op } from './op';

/** The JSON of a change, letter for letter as the server writes it: attributes last and sorted. */
export function canonical(change: Delta): string {
  return `[${change.map(one).join(',')}]`;
}

/** Tells whether two changes are the same, operation by operation. */
export function same(a: Delta, b: Delta): boolean {
  return a === b || (a.length === b.length && canonical(a) === canonical(b));
}

// The multipliers of the two halves of a hash, from P. L'Ecuyer's tables of linear congruential generators
// (1999), and where a document begins.
const HIGH = { times: 747796405, from: 0x811c9dc5 };
const LOW = { times: 2891336453, from: 0x01000193 };

/**
 * The hash of a document, in 16 hex digits: two polynomials over its UTF-16 units, modulo 2^32. A unit of text
 * counts as its code, an embed as the halves of the FNV-1a of its JSON; to that is added, where there are
 * attributes, the halves of the FNV-1a of theirs. Two copies compare it to know that they agree.
 */
export function hash(document: Delta): string {
  let high = HIGH.from;
  let low = LOW.from;
  for (const op of document) {
    if (!isInsert(op)) continue;
    const attributes = attributesOf(op);
    const dressed = attributes !== undefined && Object.keys(attributes).length > 0;
    const [overHigh, overLow] = dressed ? halves(sorted(attributes)) : [0, 0];
    if (typeof op.insert === 'string') {
      for (let i = 0; i < op.insert.length; i++) {
        const code = op.insert.charCodeAt(i);
        high = (Math.imul(high, HIGH.times) + overHigh + code) | 0;
        low = (Math.imul(low, LOW.times) + overLow + code) | 0;
      }
      continue;
    }
    const [ownHigh, ownLow] = halves(sorted(op.insert));
    high = (Math.imul(high, HIGH.times) + overHigh + ownHigh) | 0;
    low = (Math.imul(low, LOW.times) + overLow + ownLow) | 0;
  }
  return hex(high) + hex(low);
}

const hex = (half: number) => (half >>> 0).toString(16).padStart(8, '0');

function one(op: Op): string {
  const attributes = attributesOf(op);
  const tail = attributes && Object.keys(attributes).length > 0 ? `,"attributes":${sorted(attributes)}` : '';
  return `{${act(op)}${tail}}`;
}

function act(op: Op): string {
  if (isInsert(op)) {
    return `"insert":${typeof op.insert === 'string' ? JSON.stringify(op.insert) : sorted(op.insert)}`;
  }
  return isRetain(op) ? `"retain":${op.retain}` : `"delete":${op.delete}`;
}

function sorted(values: Attributes | Embed): string {
  const entries = Object.keys(values)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(values[name])}`);
  return `{${entries.join(',')}}`;
}

const utf8 = new TextEncoder();

/**
 * The 64-bit FNV-1a of a text in two halves, counted in digits of 16 bits, so that every product stays exact.
 * The prime is 2^40 + 0x1b3: besides the product with 0x1b3, the lowest digits come in again 40 bits higher.
 */
function halves(text: string): [high: number, low: number] {
  let [a, b, c, d] = [0x2325, 0x8422, 0x9ce4, 0xcbf2];
  for (const byte of utf8.encode(text)) {
    a ^= byte;
    const first = a * 0x1b3;
    const second = b * 0x1b3 + (first >>> 16);
    const third = c * 0x1b3 + (a << 8) + (second >>> 16);
    const fourth = d * 0x1b3 + (b << 8) + (third >>> 16);
    [a, b, c, d] = [first & 0xffff, second & 0xffff, third & 0xffff, fourth & 0xffff];
  }
  return [((d << 16) | c) >>> 0, ((b << 16) | a) >>> 0];
}
