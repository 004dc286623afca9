import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { draftOf, fault, fresh, methodOf, written } from '../../../src/activities/poll/desk/draft';
import { en } from '../../../src/activities/poll/en';
import { agree, countable, exportAddress, type Result } from '../../../src/activities/poll/outcome/counted';
import { asksTheSame, standings, whole } from '../../../src/activities/poll/question';
import { counting, Seat } from '../../../src/activities/poll/seat';
import { apply, open, presented } from '../../../src/activities/poll/state';
import { moved } from '../../../src/activities/poll/special/ranks';
import { en as special } from '../../../src/activities/poll/special/en';
import { specialIn } from '../../../src/activities/poll/special/special';
import { votingView } from '../../../src/activities/poll/voting/view';
import { speech } from '../../../src/lib/i18n/speech';
import type { Refusal } from '../../../src/lib/net/protocol';
import { show } from '../../../src/vote/dom';
import { event, publicly, question, Table, view } from './table';

const ranking = (over = {}) =>
  question({ kind: 'ranking', most: 3, seats: 1, method: 'irv', ties: 'shown', ...over });

let page: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = '<div id="page"></div>';
  page = document.getElementById('page') as HTMLElement;
  vi.useFakeTimers(); // so that no test's seat asks in the time of another
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function seated(q = ranking(), status: object = {}) {
  const table = new Table();
  const scene = {
    offline: false,
    later: { special: specialIn(special, speech('en')), failed: false, again: () => undefined },
    words: en,
    speech: speech('en'),
    told: (why: Refusal) => why.say,
  };
  const seat: Seat = new Seat(
    table,
    'poll-1',
    () => show(page, votingView({ ...scene, seat })),
    () => undefined,
  );
  table.open(publicly(q, status));
  const find = (selector: string, text: string): HTMLElement => {
    const row = [...page.querySelectorAll('li')].find((li) => li.textContent?.includes(text));
    return row?.querySelector(selector) as HTMLElement;
  };
  return {
    table,
    seat,
    tap: (text: string) => find('.pick', text).click(),
    arrow: (text: string, at: number) =>
      (find('.side', text).querySelectorAll('button')[at] as HTMLElement).click(),
    key: (text: string, key: string) => {
      const pressed = new KeyboardEvent('keydown', { key, cancelable: true });
      find('.pick', text).dispatchEvent(pressed);
      return pressed.defaultPrevented;
    },
    line: () => page.querySelector('.line')?.textContent,
    rows: () => [...page.querySelectorAll('.ranks li')].map((li) => li.querySelector('.rank')?.textContent),
    names: () => [...page.querySelectorAll('.ranks .text')].map((text) => text.textContent),
    last: () => table.casts.at(-1)?.options,
  };
}

describe('on the phone', () => {
  test('a tap ranks, another takes out, and every change is a vote', () => {
    const { table, tap, rows, names, last } = seated();
    tap('At home');
    expect(last()).toEqual(['o3']);
    table.count();
    tap('The lake');
    expect(last()).toEqual(['o3', 'o1']);
    expect(names()).toEqual(['At home', 'The lake', 'The old town']);
    expect(rows()).toEqual(['1', '2', '']);
    tap('At home');
    expect(last()).toEqual(['o1']);
    tap('The lake');
    expect(last()).toEqual([]);
  });

  test('arrows and arrow keys move, to the ends and no further', () => {
    const { tap, arrow, key, last, table } = seated();
    for (const name of ['The lake', 'The old town', 'At home']) tap(name);
    arrow('At home', 0);
    expect(last()).toEqual(['o1', 'o3', 'o2']);
    arrow('The lake', 1);
    expect(last()).toEqual(['o3', 'o1', 'o2']);
    const casts = table.casts.length;
    arrow('At home', 0);
    expect(table.casts).toHaveLength(casts);
    expect(key('The old town', 'ArrowUp')).toBe(true);
    expect(last()).toEqual(['o3', 'o2', 'o1']);
  });

  // A handler that answers false keeps a button from being pressed.
  test('other keys are left alone', () => {
    const { tap, key } = seated();
    expect(key('The lake', 'Enter')).toBe(false);
    tap('The lake');
    expect(key('The lake', ' ')).toBe(false);
  });

  test('too few are no vote yet, and no more than most can be ranked', () => {
    const { table, tap, line } = seated(ranking({ least: 2, most: 2 }));
    tap('The lake');
    expect(table.casts).toHaveLength(0);
    expect(line()).toBe('Choose one more.');
    tap('At home');
    expect(table.casts).toHaveLength(1);
    const free = [...page.querySelectorAll<HTMLButtonElement>('.pick')].map((b) => b.disabled);
    expect(free).toEqual([false, false, true]);
  });

  test('what is refused is said in its order', () => {
    const { table, tap, line } = seated();
    tap('At home');
    tap('The lake');
    table.refuse({ because: 'closed', say: 'This question is closed.' });
    expect(line()).toBe('Not counted: At home and The lake. This question is closed.');
  });

  // The same turn used on another device, with the same options in another order.
  test('another order is another vote', () => {
    const { table, tap, last } = seated();
    tap('At home');
    tap('The lake');
    table.count({ round: 1, turn: 2, options: ['o1', 'o3'] });
    expect(table.casts.at(-1)).toMatchObject({ turn: 3 });
    expect(last()).toEqual(['o3', 'o1']);
  });

  test('after the close the numbers stand where the arrows were', () => {
    const results = { people: 2, counts: { o1: 2, o2: 0, o3: 0 }, points: { o1: 4, o2: 1, o3: 1 } };
    const { table } = seated(ranking({ method: 'borda' }));
    table.happen('closed', { question: 'q1', round: 1, closes: 9, people: 2, shown: true, results }, 5);
    expect([...page.querySelectorAll('.votes')].map((e) => e.textContent)).toEqual([
      '4 points',
      '1 point',
      '1 point',
    ]);
    expect(page.querySelectorAll('.arrow')).toHaveLength(0);
  });
});

describe('after the close', () => {
  const results = { people: 2, counts: { o1: 1, o2: 1, o3: 0 }, points: { o1: 3, o2: 3, o3: 0 } };
  const closed = { question: 'q1', round: 1, closes: 9, people: 2, shown: true, results };
  const result = (winners: string[], tied: string[] = []): Result => ({
    method: 'irv',
    order: [],
    winners,
    tied,
  });
  const says = () => page.querySelector('.asks')?.textContent;
  const answer = (...all: Result[]) =>
    vi.spyOn(counting, 'count').mockResolvedValue({ question: 'q1', round: 1, people: 2, results: all });

  test('it says who has won, asked once and not all at once', async () => {
    const count = answer(result(['o3']));
    const spread = vi.spyOn(counting, 'spread').mockReturnValue(1000);
    const { table } = seated();
    table.happen('closed', closed, 5);
    expect(spread).toHaveBeenCalledWith(2);
    await vi.advanceTimersByTimeAsync(999);
    expect(count).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(says()).toBe('Winner by run-off: At home.');
    table.happen('extended', { question: 'q1', closes: 9 }, 6);
    await vi.runAllTimersAsync();
    expect(count).toHaveBeenCalledTimes(1);
    table.happen('hidden', { question: 'q1' }, 7);
    expect(says()).not.toContain('Winner');
  });

  test('a tie is said as a tie', async () => {
    answer(result([], ['o1', 'o2']));
    const { table } = seated();
    table.happen('closed', closed, 5);
    await vi.runAllTimersAsync();
    expect(says()).toBe('Tie by run-off: The lake and The old town.');
  });

  test('nobody asks while it is hidden, and what came too late is not shown', async () => {
    const count = answer(result(['o3']));
    const { table } = seated();
    table.happen('closed', { ...closed, shown: false, results: undefined }, 5);
    await vi.runAllTimersAsync();
    expect(count).not.toHaveBeenCalled();
    table.happen('revealed', { question: 'q1', results }, 6);
    table.happen('hidden', { question: 'q1' }, 7);
    await vi.runAllTimersAsync();
    expect(count).not.toHaveBeenCalled();
    expect(says()).not.toContain('Winner');
  });
});

test('moving gives the same order where there is no such place', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  for (const [from, to] of [
    [0, -1],
    [2, 3],
    [5, 0],
  ] as const)
    expect(moved(['a', 'b', 'c'], from, to)).toEqual(['a', 'b', 'c']);
});

describe('results', () => {
  test('are points where points decide, and vanish when they are hidden', () => {
    const results = { people: 2, counts: { o1: 1, o2: 1, o3: 0 }, points: { o1: 3, o2: 2, o3: 1 } };
    let poll = open(view(publicly(ranking(), { shown: true, state: 'closed', people: 2, results })), 3);
    const first = presented(poll);
    if (!first) throw new Error('nothing is presented');
    expect([standings(first), whole(first)]).toEqual([results.counts, 2]);
    expect(standings({ ...first, method: 'borda' })).toEqual(results.points);
    expect(whole({ ...first, method: 'borda' })).toBe(4);
    expect([countable(first, false), countable({ ...first, state: 'open' }, true)]).toEqual([true, false]);
    poll = apply(poll, event('hidden', { question: 'q1' }, 4));
    const now = presented(poll);
    expect([now?.counts, now?.points]).toEqual([null, null]);
    expect(now && countable(now, false)).toBe(false);
    expect(now && countable(now, true)).toBe(true);
    expect(exportAddress('K7TQ2M', 'poll-1', first)).toBe(
      '/api/rooms/K7TQ2M/activities/poll-1/read/export?question=q1&round=1',
    );
  });

  test('methods agree when they elect the same and leave the same tied', () => {
    const result = (winners: string[], tied: string[] = []): Result => ({
      method: 'irv',
      order: [],
      winners,
      tied,
    });
    expect(agree([result(['a', 'b']), result(['b', 'a'])])).toBe(true);
    expect(agree([result(['a']), result(['b'])])).toBe(false);
    expect(agree([result([], ['a', 'b']), result(['a'])])).toBe(false);
  });
});

describe('a draft', () => {
  const draft = (options: number, over = {}) => {
    const made = fresh('ranking');
    made.prompt = 'Where to?';
    made.options = Array.from({ length: options }, (_, key) => ({ key, id: '', text: `o${key}` }));
    Object.assign(made.ranking, over);
    return made;
  };

  test('ranks all of its options unless it says how many', () => {
    const usual = { least: 1, most: 3, seats: 1, method: 'irv', ties: 'shown' };
    expect(written(draft(3), '')).toMatchObject(usual);
    expect(written(draft(3, { most: 2, seats: 2, ties: 'order' }), '')).toMatchObject({
      most: 2,
      method: 'stv',
      ties: 'order',
    });
  });

  test('keeps a method only with a number of winners that it goes with', () => {
    expect([methodOf(1, 'stv'), methodOf(2, 'irv'), methodOf(2, 'borda')]).toEqual(['irv', 'stv', 'borda']);
  });

  test('is written as it was read', () => {
    const q = ranking({ least: 2, most: 2, seats: 2, method: 'schulze', ties: 'order' });
    expect(asksTheSame(written(draftOf(q), q.id), q)).toBe(true);
    expect(asksTheSame(q, { ...q, ties: 'shown' })).toBe(false);
    expect(asksTheSame(q, { ...q, method: 'borda' })).toBe(false);
  });

  test('says what keeps it from being asked', () => {
    expect([2, 20, 21].map((n) => fault(draft(n)))).toEqual([null, null, 'ranked']);
    expect(fault(draft(3, { seats: 3 }))).toBe('seats');
    expect(fault(draft(3, { least: 4 }))).toBe('bounds');
    expect(fault(draft(1))).toBe('options');
  });
});
