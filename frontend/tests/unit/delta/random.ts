/// <reference types="node" />
// Random documents and changes, always the same for a seed.
import { Builder, length, normal, size, type Attributes, type Delta, type Op } from '../../../src/lib/delta';

const CHARACTERS = ['a', 'b', 'c', ' ', 'é', '漢', '字', '😀', '👩', '\n'];
const ATTRIBUTES: Attributes[] = [
  { bold: true },
  { bold: true, link: '/x' },
  { header: 1 },
  { c: 1, header: 2 },
];
const LAID: Attributes[] = [
  ...ATTRIBUTES,
  { bold: null },
  { header: null, c: 2 },
  { link: '/y', bold: null },
];

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 to below n (mulberry32). */
  below(n: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  text(): string {
    return Array.from({ length: 1 + this.below(3) }, () => this.one(CHARACTERS)).join('');
  }

  insert(): Op {
    const insert = this.below(8) === 0 ? { image: this.below(3) } : this.text();
    return this.below(2) === 0 ? { insert, attributes: this.one(ATTRIBUTES) } : { insert };
  }

  document(): Delta {
    return normal(Array.from({ length: this.below(5) }, () => this.insert()));
  }

  /** A change that fits a document and cuts no character of it. */
  change(document: Delta): Delta {
    const places = edges(document);
    const out = new Builder();
    for (let at = 0; at < places.length - 1 || this.below(2) === 0;) {
      const to = Math.min(places.length - 1, at + 1 + this.below(3));
      const n = (places[to] as number) - (places[at] as number);
      const what = this.below(4);
      if (what === 0) out.push(this.insert());
      else if (n === 0) break;
      else if (what === 1) out.push({ delete: n });
      else if (what === 2) out.push({ retain: n, attributes: this.one(LAID) });
      else out.push({ retain: n });
      if (what !== 0) at = to;
    }
    return out.change();
  }
}

/** All places in a document that are not inside a character. */
export function edges(document: Delta): number[] {
  const out = [0];
  for (const op of document) {
    const parts = 'insert' in op && typeof op.insert === 'string' ? [...op.insert] : [op];
    for (const part of parts) {
      out.push((out.at(-1) as number) + (typeof part === 'string' ? part.length : size(part)));
    }
  }
  if (out.at(-1) !== length(document)) throw new Error('the instrument is wrong');
  return out;
}

/** Runs a law for many seeds, or ROUNDS of them; a failure names its seed. */
export function forSeeds(few: number, law: (random: Random, seed: number) => void): void {
  const first = Number(process.env['SEED'] ?? 1);
  const count = Number(process.env['ROUNDS'] ?? few);
  for (let seed = first; seed < first + count; seed++) {
    try {
      law(new Random(seed), seed);
    } catch (error) {
      throw new Error(`SEED=${seed}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
