import { beforeEach, describe, expect, test, vi } from 'vitest';
import { draftOf, fault, fresh, written } from '../../../src/activities/poll/desk/draft';
import { en } from '../../../src/activities/poll/en';
import type { Question } from '../../../src/activities/poll/question';
import { Seat } from '../../../src/activities/poll/seat';
import { en as special } from '../../../src/activities/poll/special/en';
import { spans } from '../../../src/activities/poll/special/estimate';
import { specialIn } from '../../../src/activities/poll/special/special';
import { apply, digest, open } from '../../../src/activities/poll/state';
import { votingView } from '../../../src/activities/poll/voting/view';
import { speech } from '../../../src/lib/i18n/speech';
import type { Refusal } from '../../../src/lib/net/protocol';
import { show } from '../../../src/vote/dom';
import { here, later, loading } from '../../../src/vote/later';
import { event, publicly, question, Table, view } from './table';

const none = { options: [], least: 1 };
const words = (over: Partial<Question> = {}) => question({ kind: 'words', ...none, most: 2, ...over });
const wall = (over: Partial<Question> = {}) => question({ kind: 'wall', ...none, most: 2, ...over });
const estimate = (over: Partial<Question> = {}) =>
  question({ kind: 'estimate', ...none, min: 0, unit: 'm', ...over });
const points = () => question({ kind: 'points', least: 1, most: 3, total: 100 });

let page: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = '<div id="page"></div>';
  page = document.getElementById('page') as HTMLElement;
});

function shown(q: Question, status: object = {}) {
  const table = new Table();
  const told = (r: Refusal): string => r.say;
  const part = { special: specialIn(special, speech('en')), failed: false, again: () => undefined };
  const paint = (): void =>
    show(page, votingView({ seat, offline: false, later: part, words: en, speech: speech('en'), told }));
  const seat: Seat = new Seat(
    table,
    'poll-1',
    () => paint(),
    () => undefined,
  );
  table.open(publicly(q, status));
  const find = <E extends HTMLElement>(selector: string): E => page.querySelector(selector) as E;
  const send = (text: string): void => {
    find<HTMLInputElement>('[name]').value = text;
    find('form').dispatchEvent(new Event('submit', { cancelable: true }));
  };
  const press = (label: string): void => find(`[aria-label="${label}"]`).click();
  return {
    table,
    seat,
    find,
    send,
    press,
    text: () => page.textContent,
    line: () => find('.line').textContent,
  };
}

describe('words and texts', () => {
  test('each counts when it is sent, and the next one is added', () => {
    const { table, send, find, text, line } = shown(words());
    expect(line()).toBe('Your answer counts when you send it.');
    send('  two   words ');
    expect(table.casts.at(-1)).toEqual({ question: 'q1', round: 1, turn: 1, texts: ['two words'] });
    expect(find<HTMLInputElement>('[name]').value).toBe('');
    table.count();
    send('Two words');
    expect(find('[role=alert]').textContent).toBe('You have written that already.');
    expect(table.casts.length).toBe(1);
    send('tea');
    expect(table.casts.at(-1)).toEqual({ question: 'q1', round: 1, turn: 2, texts: ['two words', 'tea'] });
    expect(find('form')).toBeNull();
    expect(text()).toContain('You have given all 2 answers.');
  });

  test('nothing is no answer', () => {
    const { table, send } = shown(wall());
    send(' \n ');
    expect(table.casts).toEqual([]);
  });

  test('one is changed in its place, one is removed, and the last one takes the vote back', () => {
    const { table, send, press, find } = shown(wall());
    send('one\ntwo');
    send('three');
    press('Change “one\ntwo”');
    expect(find<HTMLTextAreaElement>('textarea').value).toBe('one\ntwo');
    send('four');
    expect(table.casts.at(-1)).toMatchObject({ texts: ['four', 'three'] });
    press('Remove “three”');
    expect(table.casts.at(-1)).toMatchObject({ texts: ['four'] });
    press('Remove “four”');
    expect(table.casts.at(-1)).toMatchObject({ options: [] });
  });

  test('what is being written stays when something else happens', () => {
    const { table, find } = shown(words());
    const input = find<HTMLInputElement>('[name]');
    input.value = 'half a wo';
    table.listener.digest?.({ in: 'poll-1', key: 'q1', through: 9, with: { round: 1, people: 7 } });
    expect(find('[name]')).toBe(input);
    expect(input.value).toBe('half a wo');
  });

  test('the others are shown to who has answered', () => {
    const answers = { words: [{ text: '<b>', count: 4 }], of: 3 };
    const { table, send, text, find } = shown(words(), {
      shown: true,
      people: 4,
      results: { people: 4, counts: {}, answers },
    });
    expect(text()).not.toContain('<b>');
    send('tea');
    table.count();
    expect(find('.told').textContent).toBe('<b>4');
    expect(text()).toContain('and 2 more answers');
  });
});

describe('a number', () => {
  test('counts when it is sent, if it can be given', () => {
    const { table, send, find } = shown(estimate({ max: 10, decimals: 1 }));
    for (const bad of ['', '-1', '11', '0.05']) {
      send(bad);
      expect(find('[role=alert]').textContent).toBe('That number cannot be given here.');
    }
    expect(table.casts).toEqual([]);
    send('9.5');
    expect(table.casts.at(-1)).toMatchObject({ number: 9.5 });
    expect(find('[role=alert]')).toBeNull();
  });

  test('columns are called by what they hold', () => {
    const numbers = {
      median: 2,
      mean: 2,
      low: 1,
      high: 3,
      least: 0,
      greatest: 9,
      start: 0,
      width: 5,
      bins: [3, 1],
      above: 2,
    };
    const asked = {
      ...estimate(),
      state: 'closed',
      round: 1,
      opened: 0,
      closes: 0,
      shown: true,
      people: 6,
      counts: {},
      through: 1,
    } as const;
    const named = spans({ ...asked, answers: { numbers } }, speech('en'), special).map(
      (s) => `${s.name}: ${s.count}`,
    );
    expect(named).toEqual(['0 to below 5: 3', '5 to below 10: 1', '10 and more: 2']);
    const single = { ...asked, answers: { numbers: { ...numbers, width: 1 } } };
    expect(spans(single, speech('en'), special)[1]?.name).toBe('1');
  });
});

describe('points', () => {
  test('count as soon as all are given, and the last full ballot counts until then', () => {
    const { table, press, find, text } = shown(points());
    for (let i = 0; i < 12; i++) press('More points for The lake');
    expect(text()).toContain('40 points left to give');
    expect(table.casts).toEqual([]);
    const input = find<HTMLInputElement>('[aria-label="Points for At home"]');
    input.value = '70';
    input.dispatchEvent(new Event('change'));
    expect(input.value).toBe('40');
    expect(table.casts.at(-1)).toMatchObject({ points: { o1: 60, o3: 40 } });
    table.count();
    press('Fewer points for The lake');
    expect(text()).toContain('5 points left to give');
    expect(table.casts.length).toBe(1);
    press('More points for The old town');
    expect(table.casts.at(-1)).toMatchObject({ points: { o1: 55, o2: 5, o3: 40 } });
  });

  test('are all taken back', () => {
    const { table, press, find } = shown(points());
    for (let i = 0; i < 20; i++) press('More points for The lake');
    table.count();
    find('.back').click();
    expect(table.casts.at(-1)).toMatchObject({ options: [] });
    expect(find<HTMLInputElement>('[aria-label="Points for The lake"]').value).toBe('0');
  });
});

describe('what is told of answers', () => {
  const results = { people: 1, counts: {}, answers: { words: [{ text: 'tea', count: 1 }], of: 1 } };

  test('comes with views and summaries, goes when it is hidden, and stays when an event says nothing of it', () => {
    let poll = open(view(publicly(words(), { shown: true, results })), 3);
    expect(poll.questions[0]?.answers).toEqual(results.answers);
    poll = apply(
      poll,
      event(
        'closed',
        { question: 'q1', closes: 9, people: 1, shown: true, results: { people: 1, counts: {} } },
        4,
      ),
    );
    expect(poll.questions[0]?.answers).toEqual(results.answers);
    poll = apply(poll, event('hidden', { question: 'q1' }, 5));
    expect(poll.questions[0]?.answers).toBeNull();
    poll = apply(poll, event('revealed', { question: 'q1', results: { people: 1, counts: {} } }, 6));
    const told = { key: 'q1', with: { round: 1, ...results, since: 6 } };
    expect(digest(poll, { ...told, through: 5 }).questions[0]?.answers).toBeNull();
    expect(digest(poll, { ...told, through: 6 }).questions[0]?.answers).toEqual(results.answers);
  });
});

describe('a draft', () => {
  test('goes there and back in every form', () => {
    for (const q of [
      words({ most: 3 }),
      wall({ review: true }),
      estimate({ max: 5, decimals: 2, truth: 2.25 }),
      points(),
    ]) {
      const sent = written(draftOf(q), q.id);
      expect(sent).toMatchObject({ kind: q.kind, prompt: q.prompt });
      expect(draftOf({ ...q, ...sent }).special).toEqual(draftOf(q).special);
      expect(fault(draftOf(q))).toBeNull();
    }
  });

  test('says what is wrong', () => {
    const wrong = (kind: 'estimate' | 'points' | 'words', over: object) => {
      const draft = {
        ...fresh(kind),
        prompt: 'x',
        options: [
          { key: 1, id: '', text: 'a' },
          { key: 2, id: '', text: 'b' },
        ],
      };
      Object.assign(draft.special, over);
      return fault(draft);
    };
    expect(wrong('estimate', { min: '5', max: '5' })).toBe('limits');
    expect(wrong('estimate', { min: '0.5' })).toBe('limits');
    expect(wrong('estimate', { max: '5', truth: '6' })).toBe('truth');
    expect(wrong('estimate', {})).toBeNull();
    expect(wrong('points', { total: 0 })).toBe('total');
    expect(wrong('points', { total: 1000 })).toBeNull();
    expect(wrong('words', { answers: 11 })).toBe('answers');
  });
});

describe('the part of the page that comes later', () => {
  const load = loading.load;
  beforeEach(() => {
    vi.useFakeTimers();
    delete here.special;
    return () => {
      vi.useRealTimers();
      loading.load = load;
    };
  });

  test('is loaded once, when it is needed', async () => {
    let asked = 0;
    loading.load = () => Promise.resolve((asked++, (here.special = specialIn(special, speech('en')))));
    const changed = vi.fn();
    const part = later(changed);
    expect(asked).toBe(0);
    part.need();
    part.need();
    await vi.advanceTimersByTimeAsync(0);
    part.need();
    expect([asked, part.special !== null, changed.mock.calls.length]).toEqual([1, true, 1]);
  });

  test('comes by itself after it has failed, or when somebody says so', async () => {
    const tries: number[] = [];
    loading.load = (n) => (
      tries.push(n),
      n < 3
        ? Promise.reject(new Error('no'))
        : Promise.resolve((here.special = specialIn(special, speech('en'))))
    );
    const part = later(() => undefined);
    part.need();
    await vi.advanceTimersByTimeAsync(0);
    expect(part.failed).toBe(true);
    await vi.advanceTimersByTimeAsync(loading.pause);
    expect(tries).toEqual([1, 2]);
    part.again();
    expect(part.failed).toBe(false);
    await vi.advanceTimersByTimeAsync(0);
    expect([part.failed, part.special !== null, tries]).toEqual([false, true, [1, 2, 3]]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries.length).toBe(3);
  });

  test('a try that does not end is given up, and may still end well', async () => {
    let done: (value: unknown) => void = () => undefined;
    loading.load = () => new Promise((resolve) => (done = resolve));
    const part = later(() => undefined);
    part.need();
    await vi.advanceTimersByTimeAsync(loading.within);
    expect(part.failed).toBe(true);
    here.special = specialIn(special, speech('en'));
    done(null);
    await vi.advanceTimersByTimeAsync(0);
    expect([part.failed, part.special !== null]).toEqual([false, true]);
  });
});
