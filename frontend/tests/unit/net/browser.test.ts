import { expect, test } from 'vitest';
import { followPage } from '../../../src/lib/net/browser';
import { Marks } from '../../../src/lib/net/marks';

test('a page that wakes, comes back or goes away tells its room, until the room is closed', () => {
  const heard: string[] = [];
  const unfollow = followPage({
    wake: (doubt) => void heard.push(`wake ${doubt}`),
    leave: () => void heard.push('leave'),
  });
  window.dispatchEvent(new Event('offline'));
  window.dispatchEvent(new Event('online'));
  window.dispatchEvent(new Event('pageshow'));
  document.dispatchEvent(new Event('visibilitychange'));
  window.dispatchEvent(new Event('pagehide'));
  expect(heard).toEqual(['wake true', 'wake true', 'wake false', 'wake false', 'leave']);
  unfollow();
  window.dispatchEvent(new Event('online'));
  expect(heard).toHaveLength(5);
});

test('marks that cannot be kept are only lost', () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException('forbidden', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => undefined,
  };
  for (const marks of [new Marks(null, null), new Marks(forbidden, forbidden)]) {
    marks.hold('room', 'p-1', 'page');
    marks.leave('room', 'p-1', 'page');
    marks.spoil('p-1');
    expect(marks.before('room')).toBeNull();
    expect(marks.spoiled().size).toBe(0);
  }
});

test('a goodbye counts once, and junk counts as nothing', () => {
  const marks = new Marks(sessionStorage, localStorage);
  marks.leave('room', 'p-1', 'page');
  expect(marks.before('room')).toEqual({ peer: 'p-1', left: 'page' });
  expect(marks.before('room')).toEqual({ peer: 'p-1', left: null });
  sessionStorage.setItem('plenum.queue.room', '{"peer":7}');
  expect(marks.before('room')).toBeNull();
  sessionStorage.setItem('plenum.queue.room', 'junk');
  expect(marks.before('room')).toBeNull();
  for (let i = 0; i < 60; i++) marks.spoil(`p-${i}`);
  marks.heal('p-59');
  expect(marks.spoiled().size).toBe(49);
  localStorage.setItem('plenum.spoiled', '{"a":1}');
  expect(marks.spoiled().size).toBe(0);
});
