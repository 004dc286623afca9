import { beforeEach, describe, expect, test, vi } from 'vitest';
import { draftOf, draftOption, fault, fresh, lines, written } from '../../../src/activities/poll/desk/draft';
import { nextStep } from '../../../src/activities/poll/desk/next';
import { en } from '../../../src/activities/poll/en';
import type { Asked } from '../../../src/activities/poll/question';
import { closesFor } from '../../../src/activities/poll/quiz/game';
import { Seat } from '../../../src/activities/poll/seat';
import { en as specialEn } from '../../../src/activities/poll/special/en';
import { specialIn } from '../../../src/activities/poll/special/special';
import { open } from '../../../src/activities/poll/state';
import { nextBeat, votingView } from '../../../src/activities/poll/voting/view';
import { speech } from '../../../src/lib/i18n/speech';
import { show } from '../../../src/vote/dom';
import { publicly, question, Table } from './table';

let page: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = '<div id="page"></div>';
  page = document.getElementById('page') as HTMLElement;
});

function shown(status: object = {}, mine: object = {}) {
  const table = new Table();
  const words = speech('en');
  const special = specialIn(specialEn, words);
  const scene = { offline: false, later: { special, failed: false, again: () => undefined } };
  const seat: Seat = new Seat(
    table,
    'poll-1',
    () => show(page, votingView({ ...scene, seat, words: en, speech: words, told: (r) => r.say })),
    () => undefined,
  );
  table.listener.open({ present: 'q1', position: 1, of: 1, question: asked(status) }, mine, 1, 'poll');
  return { table, seat };
}

const asked = (status: object) => publicly(question({ worth: 1000, show: 'revealed' }), status) as Asked;
const told = () => page.querySelector('.quiz')?.textContent;

describe('a question of a quiz', () => {
  test('is read first, and answered when its time begins', () => {
    const { table, seat } = shown({ opened: 8000, closes: 28_000 });
    expect(page.querySelector('.read')?.textContent).toBe('Read first. You can answer in 3 seconds.');
    expect(page.querySelectorAll('input')).toHaveLength(0);
    expect(nextBeat(seat)).toBe(1000);
    table.now = 8000;
    table.listener.digest?.({ in: 'poll-1', key: 'q1', through: 2, with: { round: 1, people: 0 } });
    expect(page.querySelectorAll('input')).toHaveLength(3);
    expect(told()).toBe('Worth 1,000 points.');
  });

  test('says how long the answer took, by this device', () => {
    vi.useFakeTimers();
    const { table, seat } = shown();
    vi.advanceTimersByTime(1234);
    seat.pick(seat.present as Asked, ['o2']);
    expect(table.casts.at(-1)).toMatchObject({ options: ['o2'], took: 1234 });
    vi.useRealTimers();
  });

  test('says what was right, what it brought, and the place', () => {
    const results = { people: 3, counts: { o1: 1, o2: 2, o3: 0 } };
    const mine = {
      score: { points: 1870, rank: 3, of: 40, streak: 2 },
      ballots: {
        q1: { round: 1, turn: 1, options: ['o2'], gain: { points: 770, bonus: 100, right: true, took: 9 } },
      },
    };
    shown({ state: 'closed', shown: true, results, key: { right: [1] } }, mine);
    expect(told()).toBe('✓Right+870 points2 right in a row: +1001,870 points · place 3 of 40');
    expect(page.querySelector('.option.right')?.textContent).toContain('✓ Right answer');
    expect(page.querySelectorAll('.option.right')).toHaveLength(1);
  });

  test('says that somebody did not answer', () => {
    shown({ state: 'closed', shown: true, key: { right: [1] } });
    expect(told()).toBe('–You did not answer');
  });

  test('closes later for somebody with more time', () => {
    const { table, seat } = shown({ opened: 1000, closes: 11_000 }, { more: 200 });
    expect(seat.closes(seat.present as Asked)).toBe(21_000);
    expect(told()).toBe('Worth 1,000 points.You have twice the time.');
    table.listener.event({ ...event, with: { member: 'm1', more: -1 } });
    expect(seat.closes(seat.present as Asked)).toBe(0);
    expect(closesFor({ opened: 1000, closes: 11_000 }, 150)).toBe(16_000);
    expect(closesFor({ opened: 1000, closes: 0 }, 150)).toBe(0);
  });
});

const event = { in: 'poll-1', did: 'allowed', by: 'm4', peer: '', n: 0, at: 0, seq: 5 };

describe('the host of a quiz', () => {
  const step = (quiz: object | null, ...states: object[]) => {
    const counts = { o1: 0, o2: 0, o3: 0 };
    const questions = states.map((s, i) => ({ ...asked(s), id: `q${i + 1}`, counts }));
    return nextStep(open({ present: 'q1', questions, ...(quiz ? { quiz } : {}) }, 1), null).is;
  };
  const rules = { speed: false, streak: false, reading: 0 };
  const done = { state: 'closed', shown: true, people: 2 };

  test('shows the leader board between questions, and the winners after the last', () => {
    expect(step(null, done, { state: 'draft' })).toBe('board');
    expect(step({ rules, board: { show: 'board', people: 2, rows: [] } }, done, { state: 'draft' })).toBe(
      'next',
    );
    expect(step(null, done, done)).toBe('podium');
    expect(step({ rules, board: { show: 'podium', people: 2, rows: [] } }, done, done)).toBe('finish');
    expect(step(null, { ...done, people: 0 }, { state: 'draft' })).toBe('next');
  });

  test('ticks what is right, and that stays with the option', () => {
    const draft = fresh('single');
    draft.prompt = 'Where to?';
    draft.options = lines([draftOption('The lake'), { ...draftOption('The town'), right: true }]);
    draft.quiz.on = true;
    expect(fault(draft)).toBeNull();
    expect(written(draft, '')).toMatchObject({ show: 'revealed', worth: 1000, key: { right: [1] } });
    draft.options = [...draft.options].reverse();
    expect(written(draft, '').key).toEqual({ right: [0] });
    expect(written(draftOf(written(draft, '')), '').key).toEqual({ right: [0] });
    draft.options = draft.options.map((o) => ({ ...o, right: false }));
    expect(fault(draft)).toBe('right');
    draft.quiz.on = false;
    expect(written(draft, '').key).toBeUndefined();
  });

  test('gives a number and how far off is right, or texts', () => {
    const draft = fresh('estimate');
    Object.assign(draft, { prompt: 'How high?', quiz: { on: true, worth: 500, within: '2', accept: '' } });
    expect(fault(draft)).toBe('key');
    draft.special.truth = '330';
    expect(fault(draft)).toBeNull();
    expect(written(draft, '')).toMatchObject({ truth: 330, worth: 500, key: { within: 2 } });
    draft.kind = 'words';
    expect(fault(draft)).toBe('accept');
    draft.quiz.accept = ' Tea \n\ncafé';
    expect(written(draft, '')).toMatchObject({ most: 1, key: { accept: ['Tea', 'café'] } });
  });
});
