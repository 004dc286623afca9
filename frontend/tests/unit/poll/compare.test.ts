import { describe, expect, it } from 'vitest';
import { polls, rounds, type Pair } from '../../../src/activities/poll/compare/pairs';
import { rowsOf } from '../../../src/activities/poll/compare/rows';
import type { Report, Reported } from '../../../src/activities/poll/out/report';
import { speech } from '../../../src/lib/i18n/speech';
import { en as places } from '../../../src/activities/poll/place/en';
import { tea } from './asked';

const report = (...rounds: Reported[]): Report => ({ title: '', rounds });
const terms = { median: 'median', mean: 'mean', points: (text: string) => `${text} points`, places };

/** The lines of a comparison: name, before, now, change. */
function lines(pair: Pair): string[] {
  return rowsOf(pair, speech('en'), terms).map(({ name, right, before, after, change }) =>
    [name + (right ? ' ✓' : ''), before?.text ?? '-', after?.text ?? '-', change].join(' | '),
  );
}

describe('pairs', () => {
  it('of rounds are the last two that were closed', () => {
    const again = (round: number, more: Partial<Reported> = {}): Reported => ({ ...tea, round, ...more });
    const other = { ...tea, id: 'p', prompt: 'Once' };
    const found = rounds(report(tea, other, again(3), again(2), again(4, { state: 'open' })));
    expect(found.pairs.map(({ before, after }) => [before.id, before.round, after.round])).toEqual([
      ['q', 2, 3],
    ]);
    expect(rounds(report(tea, other)).pairs).toEqual([]);
  });

  it('of polls are questions with the same words and form, each once', () => {
    const before = report(
      { ...tea, id: 'x', prompt: ' which TEA, and why? ' },
      { ...tea, id: 'y' },
      { ...tea, id: 'z', kind: 'multiple', prompt: 'Alone' },
      { ...tea, id: 'w', prompt: 'Café?' },
    );
    const after = report(
      tea,
      { ...tea, id: 'r', prompt: 'Cafe\u0301?' },
      { ...tea, id: 's', prompt: 'Alone' },
      { ...tea, id: 't', state: 'open', prompt: 'Open' },
    );
    const found = polls(before, after);
    expect(found.pairs.map((pair) => [pair.before.id, pair.after.id])).toEqual([
      ['x', 'q'],
      ['w', 'r'],
    ]);
    expect(found.onlyBefore).toEqual(['Which tea,\nand why?', 'Alone']);
    expect(found.onlyAfter).toEqual(['Alone']);
  });
});

describe('lines', () => {
  it('have shares and what changed, also of answers that came and went', () => {
    const before = {
      ...tea,
      options: [...tea.options, { id: 'c', text: 'None' }],
      counts: { a: 1, b: 2, c: 1 },
    };
    const after = {
      ...tea,
      id: 'other',
      people: 10,
      key: { right: [0] },
      options: [
        { id: 'x', text: 'black' },
        { id: 'y', text: 'Green 🍵' },
        { id: 'z', text: 'White' },
      ],
      counts: { x: 7, y: 2, z: 1 },
    };
    expect(lines({ before, after })).toEqual([
      'black ✓ | 25% | 70% | +45 points',
      'Green 🍵 | 50% | 20% | −30 points',
      'White | - | 10% | ',
      'None | 25% | - | ',
    ]);
  });

  it('of one question follow an answer whose words were mended', () => {
    const after = { ...tea, round: 2, options: [{ id: 'a', text: 'Black tea' }, ...tea.options.slice(1)] };
    expect(lines({ before: tea, after })).toEqual([
      'Black tea | 25% | 25% | ±0 points',
      'Green 🍵 | 75% | 75% | ±0 points',
    ]);
  });

  it('of scales, numbers, words and grids say what is compared there', () => {
    const scale: Reported = {
      ...tea,
      kind: 'rating',
      options: [],
      from: 1,
      to: 3,
      counts: { '1': 2, '3': 2 },
    };
    expect(lines({ before: scale, after: { ...scale, counts: { '3': 4 } } })).toEqual([
      '1 | 50% | 0% | −50 points',
      '2 | 0% | 0% | ±0 points',
      '3 | 50% | 100% | +50 points',
      'mean | 2 | 3 | +1',
    ]);
    const numbers = {
      median: 12,
      mean: 12.3456,
      low: 1,
      high: 2,
      least: 1,
      greatest: 2,
      start: 0,
      width: 1,
      bins: [],
    };
    const guess: Reported = {
      ...tea,
      kind: 'estimate',
      options: [],
      unit: 'm',
      counts: null,
      answers: { numbers },
    };
    const better = { ...guess, answers: { numbers: { ...numbers, median: 10.5, mean: 10 } } };
    expect(lines({ before: guess, after: better })).toEqual([
      'median | 12 m | 10.5 m | −1.5 m',
      'mean | 12.346 m | 10 m | −2.346 m',
    ]);
    const cloud: Reported = { ...tea, kind: 'words', options: [], counts: null };
    const said = (...words: [string, number][]): Reported => ({
      ...cloud,
      answers: { words: words.map(([text, count]) => ({ text, count })) },
    });
    expect(lines({ before: said(['Good', 3], ['long', 1]), after: said(['good', 4]) })).toEqual([
      'good | 75% | 100% | +25 points',
      'long | 25% | - | ',
    ]);
    const grid: Reported = {
      ...tea,
      kind: 'grid',
      from: 1,
      to: 5,
      counts: { 'a/1': 2, 'a/5': 2, 'b/4': 4 },
    };
    expect(lines({ before: grid, after: { ...grid, counts: { 'a/5': 4 } } })).toEqual([
      'Black | 3 | 5 | +2',
      'Green 🍵 | 4 | - | ',
    ]);
    const dates: Reported = {
      ...tea,
      kind: 'dates',
      options: [{ id: 'a', text: '', date: '2026-12-03' }],
      counts: { 'a/yes': 1, 'a/no': 3 },
    };
    const [only] = lines({ before: dates, after: { ...dates, counts: { 'a/yes': 4 } } });
    expect(only).toMatch(/Dec 3.* \| 25% \| 100% \| \+75 points/);
  });

  it('of places are means and the fields of a picture', () => {
    const axes: Reported = {
      ...tea,
      kind: 'axes',
      to: 10,
      x: { title: 'Effort' },
      y: { title: 'Value' },
      counts: { 'a/n': 4, 'a/x': 8, 'a/y': 30, 'b/n': 0 },
    };
    expect(lines({ before: axes, after: { ...axes, counts: { 'a/n': 2, 'a/x': 9, 'a/y': 15 } } })).toEqual([
      'Black: Effort | 2 | 4.5 | +2.5',
      'Black: Value | 7.5 | 7.5 | ±0',
    ]);
    const pins: Reported = { ...tea, kind: 'pins', counts: { a: 1, '-': 3 } };
    expect(lines({ before: pins, after: { ...pins, counts: { a: 4 } } })).toEqual([
      'Black | 25% | 100% | +75 points',
      'Green 🍵 | 0% | 0% | ±0 points',
      'Elsewhere | 75% | 0% | −75 points',
    ]);
  });

  it('say nothing of what is hidden', () => {
    const held: Reported = { ...tea, secrecy: 'anonymous', held: 4, counts: null };
    expect(lines({ before: held, after: held })).toEqual([]);
    expect(lines({ before: held, after: tea })).toEqual(['Black | - | 25% | ', 'Green 🍵 | - | 75% | ']);
  });
});
