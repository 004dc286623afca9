import { describe, expect, test } from 'vitest';
import { cloud, none, type Cloud } from '../../../src/activities/poll/special/cloud';

const area = { width: 1600, height: 600 };
const measure = (text: string): number => 0.6 * text.length + 0.5;
const word = (text: string, count = 1) => ({ text, count });
const lay = (words: { text: string; count: number }[], before: Cloud = none, size = area): Cloud =>
  cloud(
    [...words].sort((a, b) => b.count - a.count),
    before,
    size,
    measure,
  );
const places = (c: Cloud) => Object.fromEntries(c.placed.map((p) => [p.key, [p.x, p.y]]));
const some = (n: number) => Array.from({ length: n }, (_, i) => word(`word${i * 7919}`, 1 + (i % 5)));

function overlaps({ placed }: Cloud): string[] {
  return placed.flatMap((a, i) =>
    placed
      .slice(i + 1)
      .filter(
        (b) =>
          Math.abs(a.x - b.x) * 2 < a.width + b.width - 0.01 &&
          Math.abs(a.y - b.y) * 2 < 0.97 * (a.height + b.height),
      )
      .map((b) => `${a.key} and ${b.key}`),
  );
}

describe('a cloud', () => {
  test('has all words apart, and inside', () => {
    for (const n of [1, 2, 10, 40, 80]) {
      const made = lay(some(n));
      // Eighty such words cannot be read from the last row: some are left to the table.
      expect(made.placed.length).toBeGreaterThanOrEqual(Math.min(n, 50));
      expect(overlaps(made)).toEqual([]);
      for (const p of made.placed) {
        expect(Math.abs(p.x) * 2 + p.width).toBeLessThanOrEqual(area.width + 1);
        expect(Math.abs(p.y) * 2 + p.height).toBeLessThanOrEqual(area.height + 1);
      }
    }
  });

  test('is the same for the same words', () => {
    expect(lay(some(30))).toEqual(lay(some(30)));
  });

  test('keeps still while votes and words come: only who is in the way of a larger word moves', () => {
    let words = some(12);
    let made = lay(words);
    let moves = 0;
    for (let i = 0; i < 60; i++) {
      words = words.map((w, at) => (at === i % words.length ? word(w.text, w.count + 1) : w));
      if (i % 4 === 0) words = [...words, word(`new${i}`)];
      const next = lay(words, made);
      const [before, after] = [places(made), places(next)];
      const moved = Object.keys(before).filter((key) => String(before[key]) !== String(after[key]));
      if (next.scale === made.scale) moves += moved.length;
      expect(overlaps(next)).toEqual([]);
      made = next;
    }
    expect(moves).toBeLessThan(60);
  });

  test('one more vote for a word moves nothing when there is room', () => {
    const made = lay([word('tea', 3), word('coffee', 1), word('milk', 1)]);
    const next = lay([word('tea', 4), word('coffee', 1), word('milk', 1), word('water', 1)], made);
    const { water: _, ...others } = places(next);
    expect(others).toEqual(places(made));
  });

  test('a new word takes nobody’s place', () => {
    const made = lay([word('tea', 2), word('milk', 2)]);
    const many = [
      word('a longer answer', 2),
      word('another long answer', 2),
      word('tea', 2),
      word('milk', 2),
    ];
    const { tea, milk } = places(lay(many, made));
    expect({ tea, milk }).toEqual(places(made));
  });

  test('a word that was taken out leaves its place, and comes back to where it looks first', () => {
    const made = lay([word('tea', 3), word('rude', 2)]);
    const without = lay([word('tea', 3)], made);
    expect(Object.keys(places(without))).toEqual(['tea']);
    expect(places(lay([word('tea', 3), word('rude', 2)], without))).toEqual(places(made));
  });

  test('another spelling of a word is the same word', () => {
    const made = lay([word('Tea', 3), word('milk')]);
    expect(places(lay([word('tea', 5), word('milk')], made))).toEqual(places(made));
  });

  test('places move with the size of the window, and nothing has a place in none', () => {
    const made = lay(some(10));
    const half = lay(some(10), made, { width: 800, height: 300 });
    expect(overlaps(half)).toEqual([]);
    expect(lay(some(10), made, { width: 0, height: 0 }).placed).toEqual(made.placed);
  });

  test('a long answer is as small as it has to be', () => {
    const [long] = lay([word('x'.repeat(60), 9)]).placed;
    expect(long?.width).toBeLessThanOrEqual(area.width);
  });
});
