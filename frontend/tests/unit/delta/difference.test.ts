import { expect, test, vi } from 'vitest';
import {
  apply,
  canonical,
  difference,
  length,
  readDelta,
  readDocument,
  same,
  slice,
} from '../../../src/lib/delta';
import { edges, forSeeds } from './random';

vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

test('a difference makes one document of another', () => {
  forSeeds(10_000, (random) => {
    const [a, b] = [random.document(), random.document()];
    if (!same(apply(a, difference(a, b)), b)) throw new Error(`${canonical(a)} to ${canonical(b)}`);
    expect(difference(a, a)).toEqual([]);
  });
});

test('a difference is small', () => {
  expect(difference([{ insert: 'abcd\n' }], [{ insert: 'abXd\n' }])).toEqual([
    { retain: 2 },
    { insert: 'X' },
    { delete: 1 },
  ]);
  expect(
    difference(
      [{ insert: 'ab\n' }],
      [{ insert: 'a' }, { insert: 'b', attributes: { bold: true } }, { insert: '\n' }],
    ),
  ).toEqual([{ retain: 1 }, { retain: 1, attributes: { bold: true } }]);
  // The two share their first half, and no character is cut.
  expect(difference([{ insert: '😀' }], [{ insert: '😁' }])).toEqual([{ insert: '😁' }, { delete: 2 }]);
});

test('slices put together are the document', () => {
  forSeeds(3000, (random) => {
    const d = random.document();
    const at = random.one(edges(d));
    const both = [...slice(d, 0, at), ...slice(d, at, length(d))];
    if (!same(apply(both, []), d)) throw new Error(canonical(d));
  });
});

test('what is no change is not read as one', () => {
  const wrong = [
    null,
    {},
    [null],
    [{}],
    [{ insert: 1 }],
    [{ retain: 0 }],
    [{ retain: 1.5 }],
    [{ delete: -1 }],
    [{ delete: 1, attributes: {} }],
    [{ insert: 'a', delete: 1 }],
    [{ insert: 'a', more: 1 }],
    [{ insert: 'a', attributes: { bold: null } }],
    [{ insert: 'a', attributes: [] }],
    [{ insert: 'a', attributes: { bold: {} } }],
    [{ insert: { a: 1, b: 2 } }],
    JSON.parse('[{"insert":"a","attributes":{"__proto__":1}}]') as unknown,
  ];
  for (const value of wrong) expect(() => readDelta(value), JSON.stringify(value)).toThrow();
  expect(() => readDocument([{ retain: 1 }])).toThrow();
  expect(readDelta([{ retain: 2, attributes: { bold: null } }, { insert: { image: 'x' } }])).toHaveLength(2);
});
