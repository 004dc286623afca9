import { expect, test, vi } from 'vitest';
import { apply, canonical, compare, isRetain, length, same, type Delta } from '../../../src/lib/delta';
import { edges, forSeeds, type Random } from './random';

vi.setConfig({ testTimeout: 120_000 });

/** A document that ends in a newline, with the end of another in it, so that both have something in common. */
function pair(random: Random): [Delta, Delta] {
  const end = (): Delta => [random.one([{ insert: '\n' }, { insert: '\n', attributes: { header: 2 } }])];
  const [a, b, c] = [random.document(), random.document(), random.document()];
  const join = (...parts: Delta[]): Delta => apply([], [...parts.flat(), ...end()]);
  return [join(a, c, b, c), random.below(2) === 0 ? join(b, c, a) : join(a, b, c)];
}

test('it makes one document of the other and keeps the last newline', () => {
  forSeeds(5000, (random) => {
    const [a, b] = pair(random);
    const change = compare(a, b);
    if (!same(apply(a, change), b))
      throw new Error(`${canonical(a)} to ${canonical(b)}: ${canonical(change)}`);
    let at = 0;
    const cut = new Set(edges(a));
    for (const op of change) {
      if ('insert' in op && at >= length(a))
        throw new Error(`an insert behind the end: ${canonical(change)}`);
      if (!('insert' in op)) at += isRetain(op) ? op.retain : op.delete;
      if ('delete' in op && at >= length(a)) throw new Error(`the last newline goes: ${canonical(change)}`);
      if (!cut.has(at)) throw new Error(`a character is cut: ${canonical(change)}`);
    }
    expect(compare(a, a)).toEqual([]);
  });
});

test('it says what a reader would say', () => {
  const say = (a: string, b: string): Delta => compare([{ insert: a }], [{ insert: b }]);
  expect(say('one\ntwo\nthree\n', 'one\nnew\ntwo\nthree\n')).toEqual([{ retain: 4 }, { insert: 'new\n' }]);
  expect(say('The cat sat.\n', 'The big cat stood.\n')).toEqual([
    { retain: 4 },
    { insert: 'big ' },
    { retain: 4 },
    { insert: 'stood' },
    { delete: 3 },
  ]);
  expect(say('The plan is simple. We meet.\n', 'We meet.\n')).toEqual([{ delete: 20 }]);
  expect(say('我们开会\n', '我们明天开会\n')).toEqual([{ retain: 2 }, { insert: '明天' }]);
  expect(say('\n', '\n\n')).toEqual([{ insert: '\n' }]);
  expect(
    compare(
      [{ insert: 'ab cd\n' }],
      [{ insert: 'ab ' }, { insert: 'cd', attributes: { bold: true } }, { insert: '\n' }],
    ),
  ).toEqual([{ retain: 3 }, { retain: 2, attributes: { bold: true } }]);
});

test('long texts that differ everywhere are compared in time, and what stays is found', () => {
  const line = (i: number): string => `line ${i} of the text\n`;
  const long = Array.from({ length: 20_000 }, (_, i) => line(i));
  const other = long.map((text, i) => (i % 7 === 3 ? text.replace('text', 'book') : text));
  const change = compare([{ insert: long.join('') }], [{ insert: other.join('') }]);
  expect(change.filter((op) => 'delete' in op).every((op) => 'delete' in op && op.delete === 4)).toBe(true);
  const same = Array.from({ length: 3000 }, () => 'x\n').join('');
  const ends = compare([{ insert: `a\n${same}b\n` }], [{ insert: `c\n${same}x\nd\n` }]);
  expect(apply([{ insert: `a\n${same}b\n` }], ends)).toEqual([{ insert: `c\n${same}x\nd\n` }]);
});

test('a change is never of more operations than the server takes', () => {
  const words = Array.from({ length: 12_000 }, (_, i) => `w${i}`);
  const other = words.map((word, i) => (i % 2 === 0 ? `${word}x` : word));
  const [a, b]: [Delta, Delta] = [
    [{ insert: `${words.join('\n')}\n` }],
    [{ insert: `${other.join('\n')}\n` }],
  ];
  const change = compare(a, b);
  expect(change.length).toBeLessThan(10_000);
  expect(same(apply(a, change), b)).toBe(true);
});
