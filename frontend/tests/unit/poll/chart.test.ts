import { describe, expect, it } from 'vitest';
import { en as voting } from '../../../src/activities/poll/en';
import { en as grid } from '../../../src/activities/poll/grid/en';
import { chart, type Tools } from '../../../src/activities/poll/out/chart';
import { Drawing, escaped, firstLines, rightToLeft, wrapped } from '../../../src/activities/poll/out/draw';
import { en as out } from '../../../src/activities/poll/out/words';
import type { Asked } from '../../../src/activities/poll/question';
import { en as place } from '../../../src/activities/poll/place/en';
import { en as special } from '../../../src/activities/poll/special/en';
import { speech } from '../../../src/lib/i18n/speech';
import { tea } from './asked';

/** Every character is half as wide as it is high. */
const measure = (text: string, size: number): number => 0.5 * size * text.length;
const options = Array.from({ length: 12 }, (_, i) => ({
  fill: `#0000${i + 10}`,
  on: '#ffffff',
  ink: '#111111',
}));
const palette = {
  text: '#000000',
  muted: '#555555',
  line: '#cccccc',
  sunken: '#eeeeee',
  accent: '#3b46d8',
  ok: '#0b6b45',
  warn: '#8a5200',
  err: '#b3261e',
  options,
};
const tools: Tools = { speech: speech('en'), out, voting, special, grid, place, palette, measure };

const asked: Asked = {
  ...tea,
  prompt: 'Which <tea> & why?',
  options: [
    { id: 'a', text: 'Black' },
    { id: 'b', text: 'Green' },
  ],
  people: 8,
  counts: { a: 2, b: 6 },
};

/** The texts of a picture, in their order. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map((found) => found[1] ?? '');
}

describe('text in a picture', () => {
  const style = { size: 10, fill: '#000000' };
  const lines = (text: string): string[] => wrapped(text, 50, style, measure); // ten characters

  it('breaks between words, within what is too long, and between Chinese characters', () => {
    expect(lines('one two three four')).toEqual(['one two', 'three four']);
    expect(lines('unbelievably')).toEqual(['unbelievab', 'ly']);
    expect(lines('well-known thing')).toEqual(['well-known', 'thing']);
    expect(lines('今天中午我们去老城区吃面')).toEqual(['今天中午我们去老城区', '吃面']);
    expect(lines('a\nb')).toEqual(['a', 'b']);
    expect(lines('')).toEqual(['']);
  });

  it('never cuts a character that people see as one', () => {
    const family = '👨‍👩‍👧';
    expect(lines(`abcdefg${family}`)).toEqual(['abcdefg', family]);
  });

  it('loses nothing of a text', () => {
    const text = 'It was the best of times, 它是最好的时代 it-was-the-worst-of-times';
    expect(lines(text).join('').replace(/ /g, '')).toBe(text.replace(/ /g, ''));
  });

  it('says that there is more', () => {
    expect(firstLines(['a', 'bcd', 'e'], 2)).toEqual(['a', 'bc…']);
    expect(firstLines(['a'], 2)).toEqual(['a']);
  });

  it('knows which way a text runs', () => {
    expect(rightToLeft('1. שלום world')).toBe(true);
    expect(rightToLeft('world שלום')).toBe(false);
  });

  it('is what was written, and no markup', () => {
    expect(escaped('<b>"a" & b\u0001</b>')).toBe('&lt;b&gt;&quot;a&quot; &amp; b&lt;/b&gt;');
  });

  it('stands at the right of its column where it runs from right to left', () => {
    const drawing = new Drawing(200, 0, measure);
    drawing.lines(['שלום'], 10, 100, style);
    expect(drawing.svg('', 0)).toContain(
      'x="110" y="10" font-size="10" font-weight="400" fill="#000000" text-anchor="start" direction="rtl"',
    );
  });
});

describe('the chart of a question', () => {
  it('has what was asked and every number, the most frequent first once it is closed', () => {
    expect(texts(chart(asked, tools))).toEqual([
      'Which &lt;tea&gt; &amp; why?',
      '8 people voted',
      'B',
      '6',
      '75%',
      'Green',
      'A',
      '2',
      '25%',
      'Black',
    ]);
    const open = texts(chart({ ...asked, state: 'open' }, tools));
    expect(open.slice(1, 6)).toEqual(['8 people voted · still open', 'A', '2', '25%', 'Black']);
  });

  it('marks what is right, and says who wins', () => {
    const quiz = texts(chart({ ...asked, key: { right: [0] } }, tools, ['Green: decided by Run-off']));
    expect(quiz).toContain('Black ✓');
    expect(quiz.at(-1)).toBe('Green: decided by Run-off');
  });

  it('shows a scale with its ends and its average', () => {
    const rating: Asked = {
      ...asked,
      kind: 'rating',
      options: [],
      from: 1,
      to: 3,
      low: 'dull',
      high: 'great',
      counts: { 1: 0, 2: 1, 3: 3 },
      people: 4,
    };
    expect(texts(chart(rating, tools))).toEqual([
      'Which &lt;tea&gt; &amp; why?',
      '4 people voted',
      '0',
      '1',
      '1',
      '2',
      '3',
      '3',
      'dull',
      'great',
      'Average 2.8',
    ]);
  });

  it('shows words, texts and numbers', () => {
    const answers = {
      words: [
        { text: 'good', count: 3 },
        { text: '茶', count: 1 },
      ],
      of: 2,
    };
    expect(texts(chart({ ...asked, kind: 'words', options: [], answers }, tools))).toEqual(
      expect.arrayContaining(['good', '3', '茶', '1']),
    );
    const cards = Array.from({ length: 14 }, (_, i) => ({ id: `c${i}`, text: `answer ${i}` }));
    const wall = texts(chart({ ...asked, kind: 'wall', options: [], answers: { cards, of: 20 } }, tools));
    expect(wall).toContain('answer 11');
    expect(wall.at(-1)).toBe('and 8 more');
    const numbers = {
      median: 4,
      mean: 4.5,
      low: 3,
      high: 6,
      least: 1,
      greatest: 9,
      start: 0,
      width: 5,
      bins: [2, 1],
    };
    const estimate = texts(
      chart({ ...asked, kind: 'estimate', options: [], unit: 'm', answers: { numbers, truth: 5 } }, tools),
    );
    expect(estimate).toEqual(
      expect.arrayContaining(['2', '1', 'True value: 5 m', 'Median: 4 m', 'Half of all: 3 to 6 m']),
    );
  });

  it('is as high as it needs to be', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ id: `o${i}`, text: 'a long name '.repeat(16) }));
    const svg = chart({ ...asked, options: many, counts: {} }, tools);
    const height = Number(/height="(\d+)"/.exec(svg)?.[1]);
    const lowest = Math.max(...[...svg.matchAll(/ y="([\d.]+)"/g)].map((found) => Number(found[1])));
    expect(height).toBeGreaterThan(lowest);
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('the picture of a grid', () => {
  it('has the numbers of the screen, and marks what suits most people', () => {
    const { counts: _, ...rest } = asked;
    const svg = chart(
      {
        ...rest,
        kind: 'dates',
        options: [
          { id: 'a', text: '2026-12-03', date: '2026-12-03' },
          { id: 'b', text: '2026-12-04', date: '2026-12-04' },
        ],
        counts: { 'a/yes': 5, 'a/maybe': 1, 'a/no': 2, 'b/yes': 4, 'b/maybe': 4, 'b/no': 0 },
      },
      tools,
    );
    expect(texts(svg)).toEqual(expect.arrayContaining(['5', '1', '2', '4', '4', '0']));
    expect(texts(svg).filter((text) => text.startsWith('★'))).toEqual(['★ Thu, Dec 3, 2026']);
  });

  it('has the mean of each row of a scale', () => {
    const svg = chart(
      { ...asked, kind: 'grid', from: 1, to: 3, counts: { 'a/1': 1, 'a/2': 2, 'a/3': 1, 'b/3': 3 } },
      tools,
    );
    expect(texts(svg)).toEqual(expect.arrayContaining(['Average', '2', '3']));
  });
});
