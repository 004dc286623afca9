// What lies before a vote: codes and accounts.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { csv, newCodes, parts } from '../../../src/activities/poll/gate/codes';
import { en } from '../../../src/activities/poll/gate/en';
import { asking, gateIn } from '../../../src/activities/poll/gate/gate';
import { en as words } from '../../../src/activities/poll/en';
import { Seat } from '../../../src/activities/poll/seat';
import { votingView } from '../../../src/activities/poll/voting/view';
import { speech } from '../../../src/lib/i18n/speech';
import { ApiError } from '../../../src/lib/net/api';
import { show } from '../../../src/vote/dom';
import { event, publicly, question, Table } from './table';

const kept = { ...asking };
afterEach(() => Object.assign(asking, kept));

const OPEN = { state: 'open', opened: 1 };

function gated(strength: '' | 'code' | 'account', mine: object = {}, more: object = {}) {
  document.body.innerHTML = '<div></div>';
  const root = document.body.firstElementChild as HTMLElement;
  const table = new Table();
  const paint = (): void => {
    const later = { special: seat.gate ? gateIn(en) : null, failed: false, again: vi.fn() };
    const told = (why: { say: string }): string => why.say;
    show(root, votingView({ seat, offline: false, words, speech: speech('en'), told, later }));
  };
  const seat: Seat = new Seat(table, 'poll-1', () => seat.poll && paint(), vi.fn());
  const asked = { present: 'q1', position: 1, of: 1, question: publicly(question(), OPEN) };
  const view = { ...asked, strength, ...more };
  table.listener.open(view, { ballots: {}, ...mine }, 4, 'poll');
  const field = (): HTMLInputElement | null => root.querySelector('#voting-code');
  const type = async (code: string): Promise<void> => {
    (field() as HTMLInputElement).value = code;
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await new Promise((done) => setTimeout(done));
  };
  return { root, table, seat, field, type, text: () => root.textContent ?? '' };
}

describe('a code', () => {
  test('is asked for before the options, tried by POST, and then one votes', async () => {
    const tried: unknown[] = [];
    asking.redeem = (...all) => {
      tried.push(all);
      return all[2] === 'right'
        ? Promise.resolve()
        : Promise.reject(new ApiError('code-wrong', 'This code is wrong.', 403));
    };
    const { root, seat, field, type, text } = gated('code');
    expect(root.querySelectorAll('input[type=checkbox], input[type=radio]')).toHaveLength(0);
    await type('  ');
    expect(text()).toContain('Type your code.');
    await type('wrong');
    expect([field()?.getAttribute('aria-invalid'), text()]).toEqual([
      'true',
      expect.stringContaining('This code is wrong.'),
    ]);
    await type(' right ');
    expect(tried).toEqual([
      ['K7TQ2M', 'poll-1', 'wrong'],
      ['K7TQ2M', 'poll-1', 'right'],
    ]);
    expect([seat.gate, field()]).toEqual(['', null]);
    expect(root.querySelectorAll('fieldset input').length).toBeGreaterThan(1);
  });

  test('that was used in another tab, or before, is asked for no more', () => {
    const { table, field } = gated('code');
    table.listener.event?.(event('redeemed', { code: 3 }, 5));
    expect(field()).toBe(null);
    expect(gated('code', { right: true }).field()).toBe(null);
  });

  test('is asked for when a host says so, and not of a closed question', () => {
    const { table, seat } = gated('code');
    table.listener.event?.(event('strength', { strength: '' }, 5));
    expect(seat.gate).toBe('');
    table.listener.event?.(event('strength', { strength: 'code' }, 6));
    expect(seat.gate).toBe('code');
    table.listener.event?.(
      event('closed', { question: 'q1', round: 1, closes: 9, people: 0, shown: false }, 7),
    );
    expect(seat.gate).toBe('');
  });
});

describe('an account', () => {
  test('is looked for: who has one votes, a guest is shown the way, a fault can be tried again', async () => {
    asking.account = () => Promise.resolve({ email: 'bea@example.org' });
    const mine = gated('account');
    await vi.waitFor(() => expect(mine.seat.gate).toBe(''));

    asking.account = () => Promise.resolve(null);
    const guest = gated('account');
    await vi.waitFor(() => expect(guest.root.querySelector('a')?.textContent).toBe('Sign in'));

    asking.account = () => Promise.reject(new ApiError('offline', 'The server cannot be reached.', 0));
    const away = gated('account');
    await vi.waitFor(() => expect(away.text()).toContain('The server cannot be reached.'));
    asking.account = () => Promise.resolve({});
    away.root.querySelector<HTMLButtonElement>('.gate button')?.click();
    await vi.waitFor(() => expect(away.seat.gate).toBe(''));
  });
});

describe('a team', () => {
  const quiz = (choose: boolean) => ({
    rules: { speed: false, streak: false, reading: 0 },
    teams: {
      choose,
      sum: false,
      sizes: [3, 1],
      teams: [
        { name: 'Red', colour: 1 },
        { name: 'Blue', colour: 5 },
      ],
    },
  });

  test('is chosen before the options, also while nothing is asked; sizes follow', async () => {
    const tried: unknown[] = [];
    asking.team = (...all) => {
      tried.push(all);
      return Promise.resolve({ mine: { ballots: {}, team: 2 } });
    };
    const { root, seat, table, text } = gated('', {}, { quiz: quiz(true) });
    expect(seat.gate).toBe('team');
    table.listener.event?.(event('presented', { question: null, position: 0, of: 0 }, 5));
    expect(text()).toContain('Choose your team');
    table.listener.digest?.({ key: '.teams', through: 6, with: { sizes: [4, 2] } } as never);
    expect([...root.querySelectorAll('.team')].map((one) => one.textContent)).toEqual([
      'Red4 people',
      'Blue2 people',
    ]);
    root.querySelectorAll<HTMLButtonElement>('.team')[1]?.click();
    await vi.waitFor(() => expect(seat.gate).toBe(''));
    expect(tried).toEqual([['K7TQ2M', 'poll-1', 1]]);
    expect(seat.own.team).toBe(2);
    table.listener.event?.(event('teams', { ...quiz(true).teams, teams: [], sizes: [] }, 7));
    expect([seat.gate, seat.own.team]).toEqual(['', 0]);
  });

  test('that is dealt out is had by being there, asked for once, and again after a fault', async () => {
    let times = 0;
    asking.team = (...all) => {
      expect(all[2]).toBe(undefined);
      return ++times > 1
        ? Promise.resolve({ mine: { ballots: {}, team: 1 } })
        : Promise.reject(new ApiError('offline', 'The server cannot be reached.', 0));
    };
    const { root, seat, text } = gated('', {}, { quiz: quiz(false) });
    await vi.waitFor(() => expect(text()).toContain('The server cannot be reached.'));
    expect(times).toBe(1);
    root.querySelector<HTMLButtonElement>('.gate button')?.click();
    await vi.waitFor(() => expect(seat.gate).toBe(''));
    expect(times).toBe(2);
  });

  test('is told to other tabs, and kept', () => {
    const { seat, table } = gated('', {}, { quiz: quiz(true) });
    table.listener.event?.(event('teamed', { team: 0 }, 5));
    expect([seat.gate, seat.own.team]).toEqual(['', 1]);
    expect(gated('', { team: 2 }, { quiz: quiz(true) }).seat.gate).toBe('');
  });
});

test('codes are long, differ, and go out in parts', () => {
  const codes = newCodes(2500);
  expect(new Set(codes).size).toBe(2500);
  expect(codes.every((code) => /^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/.test(code))).toBe(true);
  expect(parts(codes).map((part) => part.length)).toEqual([1000, 1000, 500]);
  expect(csv('Code', ['A', 'B'])).toBe('\ufeffCode\r\nA\r\nB\r\n');
});
