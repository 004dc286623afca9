import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { listed, tabsOf } from '../../../src/activities/qa/lists';
import { hold, sorted } from '../../../src/activities/qa/order';
import { apply, applyOwn, digest, open, openOwn, type Qa } from '../../../src/activities/qa/state';

function event(did: string, content: unknown, seq: number): RoomEvent {
  return { in: 'qa-1', did, with: content, by: 'm1', peer: '', n: 0, at: seq, seq };
}

function told(id: number, more: object = {}): object {
  return { id, text: `question ${id}`, at: id, state: 'shown', people: 1, ...more };
}

function qa(...questions: object[]): Qa {
  return open({ moderated: false, closed: false, now: 0, questions }, 100);
}

const nothing = openOwn({ questions: [], votes: {} });

describe('counts', () => {
  test('are absolute, and older ones change nothing', () => {
    let now = qa(told(1), told(2));
    now = digest(now, { through: 105, with: { people: { 1: 7, 9: 4 } } });
    now = digest(now, { through: 104, with: { people: { 1: 6, 2: 3 } } });
    expect(now.questions.map((q) => q.people)).toEqual([7, 3]);
  });

  test('of an event are newer than a digest that comes late', () => {
    let now = apply(qa(told(1)), event('united', { question: told(1, { people: 9 }) }, 110));
    now = digest(now, { through: 109, with: { people: { 1: 5 } } });
    expect(now.questions[0]?.people).toBe(9);
    now = digest(now, { through: 110, with: { people: { 1: 10 } } });
    expect(now.questions[0]?.people).toBe(10);
  });
});

describe('one’s own', () => {
  test('is what one asked, with the first vote, until it is withdrawn', () => {
    let own = applyOwn(nothing, event('asked', { question: told(5, { state: 'queued' }) }, 5));
    expect([own.questions[0]?.state, own.votes[5]]).toEqual(['queued', 1]);
    own = applyOwn(own, event('yours', { question: told(5, { state: 'dismissed', reason: 'rude' }) }, 6));
    expect([own.questions[0]?.state, own.questions[0]?.reason]).toEqual(['dismissed', 'rude']);
    own = applyOwn(own, event('yours', { question: told(5, { state: '' }) }, 7));
    expect(own.questions).toEqual([]);
  });

  test('a vote goes with a question that is put together with another', () => {
    const own = openOwn({ questions: [], votes: { 1: 2, 2: 1, 3: 2 } });
    expect(applyOwn(own, event('gone', { question: 2, into: 1 }, 9)).votes).toEqual({ 1: 3, 2: 1, 3: 2 });
    expect(applyOwn(own, event('gone', { question: 3, into: 1 }, 9)).votes[1]).toBe(2);
    expect(applyOwn(own, event('gone', { question: 2 }, 9)).votes).toBe(own.votes);
    const mine = applyOwn(own, event('yours', { question: told(2, { state: 'merged', into: 1 }) }, 9));
    expect(applyOwn(mine, event('gone', { question: 2, into: 1 }, 9)).votes[1]).toBe(3);
  });
});

describe('order', () => {
  const questions = [told(1), told(2, { people: 3 }), told(3, { people: 3 }), told(4, { pinned: true })];

  test('by votes, then by age; by age; and what is pinned stands first', () => {
    const ids = (by: 'top' | 'new' | 'old'): number[] =>
      sorted(qa(...questions).questions, by).map((q) => q.id);
    expect(ids('top')).toEqual([4, 2, 3, 1]);
    expect(ids('new')).toEqual([4, 3, 2, 1]);
    expect(ids('old')).toEqual([4, 1, 2, 3]);
  });

  test('stands still while somebody reads: what is gone goes, what is new and what moved wait', () => {
    expect(hold([1, 2, 3], [1, 2, 3])).toEqual({ ids: [1, 2, 3], fresh: 0, moved: false });
    expect(hold([1, 2, 3], [4, 1, 2, 3, 5])).toEqual({ ids: [1, 2, 3], fresh: 2, moved: false });
    expect(hold([1, 2, 3], [3, 1])).toEqual({ ids: [1, 3], fresh: 0, moved: true });
  });

  test('what is being answered stands above all', () => {
    const now = { ...qa(...questions), now: 1 };
    for (const by of ['top', 'new', 'old'] as const)
      expect(listed(now, nothing, 'shown', by)[0]?.people).toBe(1);
    expect(listed(now, nothing, 'shown', 'top').map((q) => q.id)).toEqual([1, 4, 2, 3]);
  });
});

test('tabs: hosts see what waits and what is away, everybody what is theirs', () => {
  const own = openOwn({ questions: [told(7, { state: 'dismissed' })], votes: {} });
  const all = qa(told(1), told(2, { state: 'queued' }), told(3, { state: 'merged', into: 1 }));
  expect(tabsOf(all, true)).toEqual(['queue', 'shown', 'answered', 'mine', 'dismissed']);
  expect(tabsOf(qa(), true)).toEqual(['shown', 'answered', 'mine']);
  expect(tabsOf(all, false)).toEqual(['shown', 'answered', 'mine']);
  expect(listed(all, own, 'queue', 'top').map((q) => q.id)).toEqual([2]);
  expect(listed(all, own, 'mine', 'top').map((q) => [q.id, q.people])).toEqual([[7, -1]]);
});
