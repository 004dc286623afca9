import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Notices, pathOf, type Notice } from '../../src/lib/notices.svelte';
import { clockOf, minuteOf } from '../../src/pages/notices/time';

const notice = (id: number, more: Partial<Notice> = {}): Notice => ({
  id,
  room: 'K7TQ2M',
  where: 'Team day',
  in: 'chat-1',
  kind: 'chat',
  key: String(id),
  why: 'mention',
  text: 'Hello',
  name: 'Ada',
  colour: 1,
  at: id,
  ...more,
});

/** What the server has, and was asked. */
let has: Notice[];
let asked: string[];

beforeEach(() => {
  has = [
    notice(3),
    notice(2, { in: 'doc-1', key: 'comment-1-2' }),
    notice(1, { room: 'AAAAAA', read: true }),
  ];
  asked = [];
  vi.useFakeTimers();
  vi.stubGlobal('fetch', (path: string, request: RequestInit) => {
    asked.push(`${path} ${(request.body as string | undefined) ?? ''}`.trim());
    return Promise.resolve(new Response(JSON.stringify({ unread: 2, notices: has })));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('notices', () => {
  it('are counted by where they are', async () => {
    const all = new Notices();
    await all.look();
    expect(all.unread.map(({ id }) => id)).toEqual([3, 2]);
    expect([all.in('K7TQ2M', 'chat-1'), all.in('K7TQ2M', 'doc-1'), all.in('AAAAAA', 'chat-1')]).toEqual([
      1, 1, 0,
    ]);
  });

  it('that are seen are read at once, told together and once, and stay read while that is under way', async () => {
    const all = new Notices();
    await all.look();
    all.seen('K7TQ2M', 'chat-1', 'another');
    all.seen('K7TQ2M', 'doc-1', 'comment-1-2');
    all.seen('K7TQ2M', 'doc-1', 'comment-1-2');
    all.read([notice(3)]);
    expect(all.unread).toEqual([]);
    await all.look(); // the server does not know yet
    expect(all.unread).toEqual([]);
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['/api/notices', '/api/notices', '/api/notices/read {"ids":[2,3]}']);
    await all.look();
    expect(all.unread.length).toBe(2); // it was not so: what the server says counts
  });

  it('are asked for once more if that was wanted while they were on their way', async () => {
    const all = new Notices();
    await Promise.all([all.look(), all.look(), all.look()]);
    await vi.runAllTimersAsync();
    expect(asked.length).toBe(2);
  });

  it('are asked for in a crowd within ten seconds, once', async () => {
    const all = new Notices();
    for (let i = 0; i < 5; i++) all.soon(100_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked.length).toBe(1);
  });

  it('lead to their place', () =>
    expect(pathOf(notice(3, { key: 'a&b' }))).toBe('/r/K7TQ2M#in=chat-1&at=a%26b'));
});

describe('times of the day', () => {
  it.each([
    [0, '00:00'],
    [425, '07:05'],
    [1439, '23:59'],
  ])('%i is %s', (minute, clock) => {
    expect(clockOf(minute)).toBe(clock);
    expect(minuteOf(clock)).toBe(minute);
  });
  it.each(['', '24:00', '7:05', '12:60', 'noon'])('%j is none', (clock) =>
    expect(minuteOf(clock)).toBeNull(),
  );
});
