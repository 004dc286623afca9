import { afterEach, describe, expect, test } from 'vitest';
import { Desk, NEW } from '../../../src/activities/poll/desk/desk.svelte';
import {
  draftOf,
  draftOption,
  fault,
  fixed,
  fresh,
  lines,
  written,
} from '../../../src/activities/poll/desk/draft';
import { keysOf } from '../../../src/activities/poll/desk/keys';
import { pressed } from '../../../src/ui/keys';
import { nextStep } from '../../../src/activities/poll/desk/next';
import { LivePoll } from '../../../src/activities/poll/poll.svelte';
import type { Asked } from '../../../src/activities/poll/question';
import { open } from '../../../src/activities/poll/state';
import { toasts } from '../../../src/ui/toasts.svelte';
import { event, publicly, question, Table } from './table';

const counts = { o1: 0, o2: 0, o3: 0 };
const draft = { state: 'draft', opened: 0 };
const closed = { state: 'closed', shown: true };

function deck(present: string, ...states: object[]): object {
  const questions = states.map((s, i) => ({ ...publicly(question({ id: `q${i + 1}` }), s), counts }));
  return { present, questions };
}

describe('the next step', () => {
  const step = (present: string, selected: string, ...states: object[]) => {
    const poll = open(deck(present, ...states), 1);
    const next = nextStep(poll, poll.questions.find((q) => q.id === selected) ?? null);
    return 'question' in next ? `${next.is} ${next.question.id}` : next.is;
  };

  test.each([
    ['nothing yet', step('', ''), 'add'],
    ['from the lobby the projector shows before it opens', step('', '', draft), 'next q1'],
    ['a desk opens what one looks at', step('', 'q1', draft), 'open q1'],
    ['open', step('q1', '', {}), 'close q1'],
    ['closed and hidden', step('q1', '', { ...closed, shown: false }), 'reveal q1'],
    ['closed and shown', step('q1', '', closed, draft), 'next q2'],
    ['the draft after comes first', step('q2', '', draft, closed, draft), 'next q3'],
    ['then one before', step('q2', '', draft, closed, closed), 'next q1'],
    ['all asked', step('q1', '', closed, closed), 'finish'],
    ['all asked, nothing on the screens', step('', 'q1', closed), 'add'],
  ])('%s', (_, is, expected) => expect(is).toBe(expected));
});

describe('a draft', () => {
  test('is sent without empty lines, and keeps the ids of its options', () => {
    const one = draftOf(question());
    one.options = lines([draftOption('  '), ...one.options.slice(1), draftOption('new ')]);
    expect(written(one, 'q1').options).toEqual([
      { id: 'o2', text: 'The old town' },
      { id: 'o3', text: 'At home' },
      { id: '', text: 'new' },
    ]);
  });

  test('has an empty line to go on with, until there are a hundred', () => {
    expect(lines([])).toHaveLength(2);
    expect(lines([draftOption('a'), draftOption('b')]).map((o) => o.text)).toEqual(['a', 'b', '']);
    expect(lines(Array.from({ length: 100 }, (_, i) => draftOption(`${i}`)))).toHaveLength(100);
  });

  test('says what is wrong with it', () => {
    const d = fresh('multiple');
    expect(fault(d)).toBe('prompt');
    d.prompt = 'Where to?';
    expect(fault(d)).toBe('options');
    d.options = lines([draftOption('a'), draftOption('b')]);
    expect(fault(d)).toBeNull();
    d.most = 3;
    expect(fault(d)).toBe('bounds');
    d.kind = 'single';
    expect(fault(d)).toBeNull();
    d.kind = 'rating';
    expect(fault(d)).toBeNull();
    d.to = 12;
    expect(fault(d)).toBe('scale');
  });

  test('keeps its words while it is open, and once somebody voted', () => {
    const asked = (s: object) => publicly(question(), s) as Asked;
    expect(fixed(null)).toBeNull();
    expect(fixed(asked(draft))).toBeNull();
    expect(fixed(asked({}))).toBe('open');
    expect(fixed(asked({ state: 'closed', people: 1 }))).toBe('voted');
  });
});

describe('the desk', () => {
  afterEach(() => toasts.list.forEach((toast) => toasts.close(toast.id)));

  function seated(...states: object[]) {
    const table = new Table();
    table.role = 'host';
    const live = new LivePoll(table, 'poll-1');
    const desk = new Desk(live);
    table.listener.open(deck('q1', ...states), { ballots: {} }, 1, 'poll');
    const asks = () => table.asked.map((a) => [a.do, a.with]);
    const settle = () => new Promise((resolve) => setTimeout(resolve));
    return { table, live, desk, asks, settle };
  }

  test('opens a question and brings the poll to everyone’s screen', () => {
    const { table, desk, asks } = seated(draft);
    desk.go();
    expect(asks()).toEqual([
      ['open', { question: 'q1' }],
      ['focus', { id: 'poll-1' }],
    ]);
    expect(table.asked[1]?.in).toBe('lobby');
  });

  test('closing can be undone while nobody has seen the results', async () => {
    const { table, desk, asks, settle } = seated({ show: 'revealed' });
    table.answer = { is: 'done', n: 1, event: event('closed', { shown: false }, 2) };
    desk.go();
    await settle();
    desk.undo();
    desk.undo();
    expect(asks().slice(1)).toEqual([['open', { question: 'q1', seconds: 0 }]]);
  });

  test('closing cannot be undone once they have', async () => {
    const { table, desk, settle } = seated({ show: 'closed' });
    table.answer = { is: 'done', n: 1, event: event('closed', { shown: true }, 2) };
    desk.go();
    await settle();
    expect(toasts.list.map((t) => t.undo)).toEqual([undefined]);
  });

  test('a question nobody voted on is dropped at once, and comes back at its place', async () => {
    const { table, desk, asks, settle } = seated(closed, closed, draft);
    const first = desk.questions[0] as Asked;
    desk.drop(first);
    await settle();
    table.happen('dropped', { question: 'q1' }, 2);
    table.answer = { is: 'done', n: 2, event: event('wrote', { question: question({ id: 'q9' }) }, 3) };
    desk.undo();
    table.happen('wrote', { question: question({ id: 'q9' }) }, 3);
    await settle();
    expect(asks().map(([name]) => name)).toEqual(['drop', 'write', 'move']);
    expect(asks()[1]?.[1]).toMatchObject({ question: { id: '', prompt: 'Where to?' } });
    expect(asks()[2]?.[1]).toEqual({ question: 'q9', place: 0 });
  });

  test('votes are asked about before they are lost', () => {
    const { desk, asks } = seated({ ...closed, people: 2 });
    const asked = desk.questions[0] as Asked;
    desk.drop(asked);
    expect(desk.asking?.what).toBe('drop');
    desk.again(asked);
    expect(desk.asking?.what).toBe('again');
    expect(asks()).toEqual([]);
    desk.yes();
    expect(asks()).toEqual([['again', { question: 'q1' }]]);
  });

  test('what is being written stays while one looks elsewhere, and after a refusal', async () => {
    const { table, desk, settle } = seated(closed, draft);
    desk.add('single');
    const one = desk.draft;
    if (one) one.prompt = 'Half a thought';
    desk.pick('q2');
    expect(desk.draft).toBeUndefined();
    desk.pick(NEW);
    expect(desk.draft?.prompt).toBe('Half a thought');
    table.answer = { is: 'refused', n: 1, because: 'options', say: 'A question has 2 to 100 options.' };
    if (one) void desk.save(one);
    await settle();
    expect(desk.draft?.prompt).toBe('Half a thought');
    table.answer = { is: 'done', n: 2, event: event('wrote', { question: question({ id: 'q9' }) }, 3) };
    if (one) void desk.save(one);
    await settle();
    expect(desk.drafts.size).toBe(0);
    expect(desk.writesNew).toBe(false);
  });

  test('what was opened for writing and not changed is closed again', () => {
    const { desk } = seated(closed, draft);
    desk.edit(desk.questions[0] as Asked);
    desk.look(1);
    expect(desk.drafts.size).toBe(0);
    desk.add('rating');
    desk.look(-1);
    expect(desk.drafts.size).toBe(0);
    desk.edit(desk.questions[1] as Asked);
    if (desk.draft) desk.draft.seconds = 30;
    desk.look(-1);
    expect([...desk.drafts.keys()]).toEqual(['q2']);
  });

  test('every step has a key, and keys leave fields and buttons alone', () => {
    const { desk } = seated({});
    const keys = keysOf(desk);
    const press = (key: string, init: KeyboardEventInit = {}, on: Element = document.body) => {
      let found: string | undefined;
      const hear = (e: Event) => (found = pressed(e as KeyboardEvent, keys)?.name);
      addEventListener('keydown', hear, { once: true });
      on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }));
      return found;
    };
    document.body.innerHTML = '<input><button>x</button>';
    const [field, button] = [...document.body.children] as [Element, Element];
    expect(press(' ')).toBe('Close voting');
    expect(press('R')).toBe('Show results');
    expect(press('t')).toBe('Give 30 seconds more');
    expect(press('g')).toBeUndefined();
    expect(press('ArrowDown', { altKey: true })).toBe('Move down');
    expect(press('r', { ctrlKey: true })).toBeUndefined();
    expect(press('r', {}, field)).toBeUndefined();
    expect(press(' ', {}, button)).toBeUndefined();
    expect(press('r', {}, button)).toBe('Show results');
  });
});
