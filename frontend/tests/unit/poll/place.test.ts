/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draftOption, fault, fresh, draftOf, written } from '../../../src/activities/poll/desk/draft';
import { nextStep } from '../../../src/activities/poll/desk/next';
import { en } from '../../../src/activities/poll/en';
import { chart } from '../../../src/activities/poll/out/chart';
import { minutes } from '../../../src/activities/poll/out/minutes';
import type { Reported } from '../../../src/activities/poll/out/report';
import { draftArea } from '../../../src/activities/poll/place/draft';
import { en as words } from '../../../src/activities/poll/place/en';
import {
  dots,
  fields,
  fieldsOf,
  inArea,
  inside,
  middle,
  saysWhere,
  shades,
} from '../../../src/activities/poll/place/geometry';
import { placeIn } from '../../../src/activities/poll/place/part';
import type { Asked, Question } from '../../../src/activities/poll/question';
import { Seat } from '../../../src/activities/poll/seat';
import { en as special } from '../../../src/activities/poll/special/en';
import { open } from '../../../src/activities/poll/state';
import { votingView } from '../../../src/activities/poll/voting/view';
import { told } from '../../../src/lib/i18n';
import { speech } from '../../../src/lib/i18n/speech';
import { show } from '../../../src/vote/dom';
import { publicly, question, Table } from './table';

const picture = { file: `sha256-${'0a'.repeat(32)}`, alt: 'The house', width: 800, height: 600 };
const shape = [
  5000, 5000, 9000, 5000, 9000, 9000, 8000, 9000, 8000, 6000, 6000, 6000, 6000, 9000, 5000, 9000,
];
const PINS = question({
  kind: 'pins',
  prompt: 'Where?',
  picture,
  most: 2,
  options: [
    { id: 'a', text: 'The kitchen', area: [1000, 1000, 4000, 5000] },
    { id: 'b', text: 'The bay', area: shape },
  ],
});
const AXES = question({
  kind: 'axes',
  prompt: 'What first?',
  to: 10,
  most: 3,
  x: { title: 'Effort', low: 'little', high: 'much' },
  y: { title: 'Value' },
});

describe('areas', () => {
  const file = join(__dirname, '../../../../polls/testdata/areas.json');
  const cases = JSON.parse(readFileSync(file, 'utf8')) as {
    area: number[];
    x: number;
    y: number;
    in: boolean;
  }[];

  test('have the places that they have on the server', () => {
    expect(cases.length).toBe(400);
    expect(cases.filter((c) => inArea(c.area, [c.x, c.y]) !== c.in)).toEqual([]);
  });

  test('have a place inside, whatever they look like', () => {
    for (const { area } of cases) expect(inArea(area, inside(area))).toBe(true);
  });

  test('are named, or parts of the picture are', () => {
    expect(fieldsOf(PINS, [2000, 2000])).toEqual(['a']);
    expect(fieldsOf(PINS, [7000, 8000])).toEqual(['-']);
    expect(saysWhere(PINS, [2500, 3000], words)).toBe('The kitchen, 25% from the left, 30% from the top');
    const bare = { ...PINS, options: [] };
    expect([fieldsOf(bare, [0, 0]), fieldsOf(bare, [10_000, 10_000]), fieldsOf(bare, [3334, 6666])]).toEqual([
      ['r1c1'],
      ['r3c3'],
      ['r2c2'],
    ]);
    const asked = { ...bare, counts: { r1c1: 3 } } as unknown as Asked;
    expect(fields(asked, asked.counts, words).map(({ name, count }) => [name, count])[0]).toEqual([
      'Top left',
      3,
    ]);
  });
});

describe('results', () => {
  test('are means and spreads', () => {
    const counts = { 'a/n': 3, 'a/x': 15, 'a/y': 3, 'a/xx': 101, 'a/yy': 9 };
    const m = middle('a', counts);
    expect(m && [m.people, m.x, m.y, m.spreadX.toFixed(2), m.spreadY.toFixed(2)]).toEqual([
      3,
      5,
      1,
      '2.94',
      '1.41',
    ]);
    expect(middle('b', counts)).toBe(null);
  });

  test('are a heat map that is hottest where most pins are, and a dot where there is one', () => {
    const heat = [-60, 1, -1000, 9];
    expect(dots(heat).match(/M/g)?.length).toBe(2);
    expect(dots(heat)).toContain('M10.25 1.25h');
    const paths = shades(heat);
    expect(paths.length).toBe(5);
    expect(paths[4]).toContain('M11 21h');
    expect(paths[4]).not.toContain('M10 1h');
    expect(shades([])).toEqual(['', '', '', '', '']);
  });

  test('are drawn, and become tables of minutes', () => {
    const measure = (text: string, size: number): number => 0.5 * size * text.length;
    const palette = {
      ...{
        text: '#111',
        muted: '#222',
        line: '#333',
        sunken: '#444',
        accent: '#555',
        ok: '#666',
        warn: '#777',
        err: '#888',
      },
      options: Array.from({ length: 12 }, () => ({ fill: '#999', on: '#aaa', ink: '#bbb' })),
    };
    const tools = { speech: speech('en'), voting: en, special, place: words, palette, measure };
    const state = {
      state: 'closed',
      round: 1,
      opened: 0,
      closes: 5,
      shown: true,
      people: 2,
      place: 1,
      through: 1,
    };
    const axes = {
      ...AXES,
      ...state,
      counts: { 'o1/n': 2, 'o1/x': 5, 'o1/y': 19, 'o1/xx': 13, 'o1/yy': 181 },
    };
    const pins = {
      ...PINS,
      ...state,
      counts: { a: 2, b: 1, '-': 0 },
      answers: { pins: 3, heat: [-60, 2, -100, 1] },
    };
    const out = { voted: String, round: String, open: '' };
    const svg = (of: object): string => chart(of as Asked, { ...tools, out } as never);
    expect(svg(axes)).toContain('Average: Effort 2.5, Value 9.5');
    expect(svg(axes)).toContain('not placed');
    for (const said of ['The house', '3 pins', 'The kitchen', '100%', 'Elsewhere'])
      expect(svg(pins)).toContain(said);
    const lines = JSON.stringify(minutes({ title: '', rounds: [axes, pins] as unknown as Reported[] }));
    for (const said of ['Effort: average', '"2.5"', '"9.5"', 'The house', 'The bay', '"50%"'])
      expect(lines).toContain(said);
  });
});

describe('what a host writes', () => {
  const axes = { x: { title: 'Effort', low: 'little', high: '' }, y: { title: 'Value', low: '', high: '' } };
  const draft = (kind: 'axes' | 'pins' | 'slide', place: object, options = ['Roof', 'Garden']) => {
    const now = { ...fresh(kind), prompt: 'What?', options: options.map((text) => draftOption(text)) };
    return { ...now, place: { ...now.place, ...place } };
  };

  test('becomes a question, and is read again as it was', () => {
    for (const of of [
      draft('axes', { ...axes, steps: 20, required: true }),
      draft('pins', {
        picture,
        pins: 3,
        areas: [draftArea([1, 1, 5, 5], 'here'), draftArea(shape, 'there')],
      }),
      draft('slide', { picture, text: '**so**' }),
    ]) {
      expect(fault(of)).toBe(null);
      const sent = written(of, 'q1');
      expect(written(draftOf(sent), 'q1')).toEqual(sent);
    }
    const sent = written(draft('axes', { ...axes, required: true }), '');
    expect([sent.to, sent.least, sent.x, sent.y]).toEqual([
      10,
      2,
      { title: 'Effort', low: 'little' },
      { title: 'Value' },
    ]);
  });

  test('is not asked while something is wrong', () => {
    expect(fault(draft('axes', {}))).toBe('axes');
    expect(fault(draft('axes', axes, []))).toBe('items');
    expect(
      fault(
        draft(
          'axes',
          axes,
          Array.from({ length: 13 }, (_, i) => `item ${i}`),
        ),
      ),
    ).toBe('items');
    expect(fault(draft('pins', {}))).toBe('picture');
    expect(fault(draft('pins', { picture: { ...picture, alt: ' ' } }))).toBe('alt');
    expect(fault(draft('slide', { picture: { ...picture, alt: '' } }))).toBe('alt');
    expect(fault(draft('slide', {}))).toBe(null);
    const areas = Array.from({ length: 21 }, (_, i) => draftArea([0, 0, 1, 1], `area ${i}`));
    expect(fault(draft('pins', { picture, areas }))).toBe('areas');
    const quiz = {
      ...draft('pins', { picture, areas: areas.slice(1) }),
      quiz: { ...fresh('pins').quiz, on: true },
    };
    expect(fault(quiz)).toBe('right');
    const right = { ...quiz, place: { ...quiz.place, areas: [draftArea([0, 0, 1, 1], 'a', '', true)] } };
    expect([fault(right), written(right, '').key, written(right, '').most]).toEqual([
      null,
      { right: [0] },
      1,
    ]);
  });

  test('has pictures beside options, of choices only', () => {
    const options = [{ ...draftOption('a'), picture }, draftOption('b')];
    const of = (kind: 'single' | 'ranking', alt = 'x') =>
      ({
        ...fresh(kind),
        prompt: 'p',
        options: [{ ...options[0], picture: { ...picture, alt } }, options[1]],
      }) as never;
    expect(written(of('single'), '').options[0]?.picture?.alt).toBe('x');
    expect(written(of('ranking'), '').options[0]?.picture).toBe(undefined);
    expect(fault(of('single', ''))).toBe('alt');
  });
});

test('a slide is shown once, in its place', () => {
  const at = (id: string, kind: string, state: string) =>
    ({ ...question({ id, kind: kind as 'slide' }), state, shown: true, people: 0, counts: {} }) as object;
  const deck = (present: string, states: string[]) =>
    open(
      {
        present,
        questions: ['slide', 'single', 'slide', 'single'].map((kind, i) =>
          at(`q${i}`, kind, states[i] ?? 'draft'),
        ),
      },
      1,
    );
  const step = (poll: ReturnType<typeof deck>, selected = '') => {
    const next = nextStep(poll, poll.questions.find((q) => q.id === selected) ?? null);
    return 'question' in next ? `${next.is} ${next.question.id}` : next.is;
  };
  expect(step(deck('', []))).toBe('next q0');
  expect(step(deck('q0', []))).toBe('next q1');
  expect(step(deck('q1', []))).toBe('open q1');
  expect(step(deck('q1', ['draft', 'closed']))).toBe('next q2');
  expect(step(deck('q2', ['draft', 'closed']))).toBe('next q3');
  expect(step(deck('q3', ['draft', 'closed', 'draft', 'closed']))).toBe('finish');
  expect(step(deck('q3', ['draft', 'draft', 'draft', 'closed']))).toBe('next q1');
  expect(step(deck('q1', ['draft', 'closed']), 'q0')).toBe('next q0');
});

describe('on a phone', () => {
  /** A phone before a question that is open. */
  function phone(asked: Question, status: object = {}) {
    const table = new Table();
    document.body.innerHTML = '<div id="page"></div>';
    const page = document.getElementById('page') as HTMLElement;
    const part = { special: placeIn(words, special), failed: false, again: () => undefined };
    const paint = (): void =>
      show(page, votingView({ seat, offline: false, later: part, words: en, speech: speech('en'), told }));
    const seat: Seat = new Seat(table, 'poll-1', paint, () => undefined);
    table.open(publicly(asked, status));
    const last = () =>
      table.casts.at(-1) as { places?: unknown; pins?: unknown; options?: unknown } | undefined;
    return { table, page, last };
  }

  const one = <E extends HTMLElement>(page: HTMLElement, name: string): E => {
    const found = [...page.querySelectorAll<E>('[aria-label]')].find((e) =>
      e.getAttribute('aria-label')?.startsWith(name),
    );
    if (!found) throw new Error(`there is no ${name}`);
    return found;
  };
  const slide = (page: HTMLElement, name: string, value: number): void => {
    const input = one<HTMLInputElement>(page, name);
    input.value = String(value);
    input.dispatchEvent(new Event('input'));
    input.dispatchEvent(new Event('change'));
  };

  test('a thing is placed when both sliders were set, and can be left out again', () => {
    const { page, last } = phone(AXES);
    slide(page, 'The lake: Effort', 3);
    expect(last()).toBe(undefined);
    expect(one(page, 'The lake: Value').getAttribute('aria-valuetext')).toBe('not placed');
    slide(page, 'The lake: Value', 9);
    expect(last()?.places).toEqual({ o1: [3, 9] });
    expect(one(page, 'The lake: Effort').getAttribute('aria-valuetext')).toBe('3 (little – much)');
    // The middle is where an untouched slider stands: a press there is meant.
    slide(page, 'At home: Effort', 10);
    one<HTMLInputElement>(page, 'At home: Value').click();
    expect(last()?.places).toEqual({ o1: [3, 9], o3: [10, 5] });
    one(page, 'Leave out The lake').click();
    expect(last()?.places).toEqual({ o3: [10, 5] });
    one(page, 'Leave out At home').click();
    expect(last()).toMatchObject({ options: [] });
  });

  test('all that has to be placed is, before it counts', () => {
    const { page, last } = phone({ ...AXES, least: 3 });
    for (const name of ['The lake', 'The old town']) {
      slide(page, `${name}: Effort`, 1);
      slide(page, `${name}: Value`, 2);
    }
    expect(last()).toBe(undefined);
    expect(page.textContent).toContain('2 of 3 placed');
    slide(page, 'At home: Effort', 1);
    slide(page, 'At home: Value', 2);
    expect(last()?.places).toEqual({ o1: [1, 2], o2: [1, 2], o3: [1, 2] });
  });

  test('pins are set from the list and moved by the arrows, within the picture', () => {
    const { page, last } = phone(PINS);
    const boxes = () => [...page.querySelectorAll<HTMLInputElement>('.place input')];
    boxes()[0]?.click();
    expect(last()?.pins).toEqual([[2500, 3000]]);
    const key = (key: string, shiftKey = false): void =>
      void one(page, 'Pin 1').dispatchEvent(
        new KeyboardEvent('keydown', { key, shiftKey, bubbles: true, cancelable: true }),
      );
    key('ArrowUp');
    expect(last()?.pins).toEqual([[2500, 2900]]);
    for (let i = 0; i < 7; i++) key('ArrowLeft', true);
    expect(last()?.pins).toEqual([[0, 2900]]);
    boxes()[1]?.click();
    expect((last()?.pins as number[][]).length).toBe(2);
    expect(boxes().map((b) => [b.checked, b.disabled])).toEqual([
      [false, true],
      [true, false],
      [true, true],
    ]);
    key('Delete');
    expect((last()?.pins as number[][]).length).toBe(1);
  });

  test('a slide has no votes to be counted, and nothing in it is HTML', () => {
    const { page } = phone(
      question({
        kind: 'slide',
        prompt: 'A <i>pause</i>',
        options: [],
        picture,
        text: '**so** <b>x</b>\n- one',
      }),
      { state: 'draft' },
    );
    expect(page.querySelector('h2')?.textContent).toBe('A <i>pause</i>');
    expect(page.querySelector('strong')?.textContent).toBe('so');
    expect(page.querySelector('li')?.textContent).toBe('one');
    expect(page.querySelector('b, i, input, .foot')).toBe(null);
    expect(page.querySelector('img')?.getAttribute('src')).toBe(`/api/rooms/K7TQ2M/files/${picture.file}`);
  });

  test('options with pictures are cards that say what they show', () => {
    const options = [
      { id: 'a', text: 'Red', picture },
      { id: 'b', text: 'Blue' },
    ];
    const { page, last } = phone(question({ options }));
    expect([...page.querySelectorAll('img')].map((i) => i.alt)).toEqual(['The house']);
    page.querySelectorAll('input')[1]?.click();
    expect(last()?.options).toEqual(['b']);
  });
});
