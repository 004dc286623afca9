// What Go and TypeScript have agreed on: every line was written by collab/delta and gives the same here.
/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { apply, compose, hash, invert, position, transform, type Delta } from '../../../src/lib/delta';

vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

const folder = join(__dirname, '../../../../collab/delta/testdata');

interface Vector {
  op: string;
  a: Delta;
  b: Delta;
  late: Delta;
  committed: Delta;
  document: Delta;
  change: Delta;
  index: number;
  before: boolean;
}

const solve: Record<string, (v: Vector) => object> = {
  compose: (v) => ({ out: compose(v.a, v.b) }),
  apply: (v) => ({ out: apply(v.document, v.change) }),
  invert: (v) => ({ out: invert(v.change, v.document) }),
  position: (v) => ({ out: position(v.change, v.index, v.before) }),
  hash: (v) => ({ hash: hash(v.document) }),
  transform: (v) => {
    const { late, committed } = transform(v.late, v.committed);
    return { late2: late, committed2: committed };
  },
};

describe.each(readdirSync(folder).filter((name) => name.endsWith('.jsonl')))('%s', (name) => {
  test('gives the same here', () => {
    const lines = readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean);
    expect(lines.length).toBeGreaterThan(100);
    for (const line of lines) {
      const vector = JSON.parse(line) as Vector;
      const answer = solve[vector.op];
      if (!answer) throw new Error(`unknown operation ${vector.op}`);
      expect({ ...vector, ...answer(vector) }, line).toEqual(vector);
    }
  });
});

test('every operation has its vectors', () => {
  const names = readdirSync(folder).map((name) => name.replace('.jsonl', ''));
  expect(names).toEqual(expect.arrayContaining(Object.keys(solve)));
});
