import { beforeEach, describe, expect, test } from 'vitest';
import { en } from '../../../src/activities/poll/en';
import { Seat } from '../../../src/activities/poll/seat';
import { nextBeat, votingView } from '../../../src/activities/poll/voting/view';
import { speech } from '../../../src/lib/i18n/speech';
import type { Refusal } from '../../../src/lib/net/protocol';
import { h, show } from '../../../src/vote/dom';
import { publicly, question, rating, Table } from './table';

let page: HTMLElement;
beforeEach(() => {
  document.body.innerHTML = '<div id="page"></div>';
  page = document.getElementById('page') as HTMLElement;
});

/** A seat whose view is shown anew whenever it changes, as both pages do it. */
function shown(q = question(), status: object = {}) {
  const table = new Table();
  const scene = {
    offline: false,
    later: { special: null, failed: false, again: () => undefined },
    words: en,
    speech: speech('en'),
    told: (r: Refusal) => r.say,
  };
  const paint = (): void => show(page, votingView({ ...scene, seat }));
  const seat: Seat = new Seat(
    table,
    'poll-1',
    () => paint(),
    () => undefined,
  );
  table.open(publicly(q, status));
  const inputs = () => [...page.querySelectorAll('input')];
  const press = (at: number): void => inputs()[at]?.click();
  const line = () => page.querySelector('.line')?.textContent;
  const texts = (selector: string) => [...page.querySelectorAll(selector)].map((e) => e.textContent);
  return { table, seat, scene, paint, inputs, press, line, texts };
}

describe('a question', () => {
  test('is chosen from, and says where the vote is', () => {
    const { table, press, line, inputs } = shown();
    expect(line()).toBe('Tap to vote.');
    press(1);
    expect(line()).toBe('Kept on this device…');
    expect(page.querySelector('.line')?.getAttribute('aria-busy')).toBe('true');
    table.sent();
    expect(line()).toBe('Sent…');
    table.now = new Date(2026, 0, 1, 12, 4, 31).getTime();
    table.count();
    expect(line()).toBe('Counted ✓ 12:04:31');
    expect(page.querySelector('.line')?.hasAttribute('aria-busy')).toBe(false);
    expect(inputs().map((i) => i.checked)).toEqual([false, true, false]);
  });

  test('says a refusal, and shows what counts instead', () => {
    const { table, press, line, inputs } = shown();
    press(0);
    table.count();
    press(2);
    table.refuse({ because: 'closed', say: 'This question is closed.' });
    expect(line()).toBe('Not counted: At home. This question is closed. Your vote for The lake counts.');
    expect(inputs().map((i) => i.checked)).toEqual([true, false, false]);
  });

  test('shows live results only after a vote, at the same places', () => {
    const results = { people: 3, counts: { o1: 1, o2: 2, o3: 0 } };
    const { table, press, texts } = shown(question(), { shown: true, people: 3, results });
    expect(texts('.votes')).toEqual([]);
    const before = texts('.text');
    press(0);
    table.count();
    const through = { in: 'poll-1', key: 'q1', through: 9 };
    table.listener.digest?.({ ...through, with: { round: 1, people: 4, counts: { o1: 2, o2: 2, o3: 0 } } });
    expect(texts('.votes')).toEqual(['2 votes', '2 votes', '0 votes']);
    expect(texts('b')).toEqual(['✓ 50%', '50%', '0%']);
    expect(texts('.text')).toEqual(before);
  });

  test('takes no vote before it is open, after the close, and from those who look on', () => {
    const { table, inputs, line, paint } = shown(question(), { state: 'draft' });
    expect(inputs().every((i) => i.disabled)).toBe(true);
    expect(line()).toBe('Voting opens in a moment.');
    table.happen('opened', { question: 'q1', round: 1, opened: 1, closes: 0, shown: false }, 2);
    expect(inputs().some((i) => i.disabled)).toBe(false);
    table.role = 'viewer';
    paint();
    expect(inputs().every((i) => i.disabled)).toBe(true);
    expect(line()).toBe('You are looking on. Participants vote here.');
    table.happen('closed', { question: 'q1', round: 1, closes: 1, people: 0, shown: false }, 3);
    expect(line()).toBe('Voting is closed.');
  });

  test('with several options lets no more than most be chosen', () => {
    const { table, inputs, press, line } = shown(question({ kind: 'multiple', least: 2, most: 2 }));
    press(0);
    expect(line()).toBe('Choose one more.');
    press(1);
    expect(table.casts).toHaveLength(1);
    table.count();
    expect(inputs().map((i) => i.disabled)).toEqual([false, false, true]);
    press(0);
    expect(line()).toBe('Choose one more. Until then your last vote counts.');
  });

  test('runs out of time by the clock of the server', () => {
    const { table, seat, paint, inputs, line } = shown(question(), { closes: 65_500 });
    expect(nextBeat(seat)).toBe(500);
    expect(page.querySelector('[role=timer]')?.textContent).toBe('1:01');
    table.now = 60_000;
    paint();
    expect(page.querySelector('[role=timer]')?.textContent).toBe('6');
    table.now = 65_500;
    paint();
    expect(nextBeat(seat)).toBeNull();
    expect(inputs().every((i) => i.disabled)).toBe(true);
    expect(line()).toBe('Time is up.');
  });

  test('on a scale names every step', () => {
    const { table, press, inputs } = shown(rating({ from: 0, to: 2 }));
    expect(inputs().map((i) => i.getAttribute('aria-label'))).toEqual([
      '0 on a scale from 0 to 2, bad',
      '1 on a scale from 0 to 2',
      '2 on a scale from 0 to 2, good',
    ]);
    press(2);
    expect(table.casts.at(-1)).toMatchObject({ score: 2 });
  });

  test('can be answered, and the answer taken back', () => {
    const { table, press } = shown();
    const back = (): HTMLButtonElement => page.querySelector('.back') as HTMLButtonElement;
    expect(back().hidden).toBe(true);
    press(0);
    expect(back().hidden).toBe(false);
    back().click();
    expect(table.casts.at(-1)).toMatchObject({ turn: 2, options: [] });
  });
});

test('between questions one waits, and a poll that is gone says so', () => {
  const { table } = shown();
  table.happen('presented', { question: null, position: 0, of: 0 }, 5);
  expect(page.textContent).toContain('Waiting for the next question');
  table.listener.gone({ because: 'no-activity', say: 'This is not here any more.' });
  expect(page.textContent).toBe('This is not here any more.');
});

describe('show', () => {
  const item = (key: string, text = key) => h('li', { key }, text);

  test('keeps nodes by key, and the focus with them', () => {
    show(page, [h('ul', {}, h('li', { key: 'b' }, h('button', {}, 'b')))]);
    const button = page.querySelector('button') as HTMLButtonElement;
    button.focus();
    show(page, [h('ul', {}, item('a'), h('li', { key: 'b' }, h('button', {}, 'b!')))]);
    expect(page.querySelector('button')).toBe(button);
    expect(document.activeElement).toBe(button);
    expect(page.textContent).toBe('ab!');
  });

  test('gives a node that moves the focus back at once', () => {
    const row = (key: string) => h('li', { key }, h('button', {}, key));
    show(page, [h('ul', {}, row('a'), row('b'), row('c'))]);
    const button = page.querySelectorAll('button')[2] as HTMLButtonElement;
    button.focus();
    show(page, [h('ul', {}, row('c'), row('a'), row('b'))]);
    expect(page.textContent).toBe('cab');
    expect(document.activeElement).toBe(button);
  });

  test.each([
    [
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
    ],
    [['a', 'b'], []],
    [
      ['a', 'b', 'c'],
      ['x', 'b', 'y', 'c', 'a'],
    ],
  ])('goes from %j to %j with the same nodes', (before, after) => {
    show(
      page,
      before.map((key) => item(key)),
    );
    const nodes = new Map([...page.children].map((node) => [node.textContent, node]));
    show(
      page,
      after.map((key) => item(key)),
    );
    expect([...page.children].map((node) => node.textContent)).toEqual(after);
    for (const node of page.children) {
      const was = nodes.get(node.textContent);
      if (was) expect(node).toBe(was);
    }
  });

  test('takes away attributes and handlers that are not said any more', () => {
    let presses = 0;
    show(page, [h('button', { class: 'a', 'aria-busy': 'true', onclick: () => presses++ }, 'x')]);
    show(page, [h('button', { class: 'b' }, 'x')]);
    page.querySelector('button')?.click();
    expect(page.innerHTML).toBe('<button class="b">x</button>');
    expect(presses).toBe(0);
  });

  test('sets right what the browser has changed by itself', () => {
    show(page, [h('input', { type: 'radio', checked: false })]);
    const radio = page.querySelector('input') as HTMLInputElement;
    radio.checked = true;
    show(page, [h('input', { type: 'radio', checked: false })]);
    expect(radio.checked).toBe(false);
  });

  test('leaves alone what somebody types', () => {
    const field = (value: string) => h('input', { value });
    show(page, [field('Ada')]);
    const input = page.querySelector('input') as HTMLInputElement;
    input.value = 'Ada L';
    show(page, [field('Ada')]);
    expect(input.value).toBe('Ada L');
  });
});
