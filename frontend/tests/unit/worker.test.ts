import { describe, expect, it } from 'vitest';
import {
  cacheOf,
  failed,
  mayTake,
  spent,
  toldBy,
  wayOf,
  windowFor,
  type Built,
} from '../../src/worker/decide';

const origin = 'https://plenum.example';
const way = (path: string, o: { method?: string; mode?: string; at?: string } = {}) =>
  wayOf({ method: o.method ?? 'GET', mode: o.mode ?? 'navigate', url: (o.at ?? origin) + path }, origin);

describe('the worker answers', () => {
  it.each(['/', '/?source=home', '/r/K7TQ2M', '/r/K7TQ2M/present', '/r/k7tq2m'])('%s with the page', (path) =>
    expect(way(path)).toBe('page'),
  );

  it.each(['/assets/app-1a2b.js', '/assets/app-1a2b.css'])('%s from what it keeps', (path) =>
    expect(way(path, { mode: 'cors' })).toBe('asset'),
  );

  it.each([
    '/api/rooms/K7TQ2M',
    '/api/rooms/K7TQ2M/events',
    '/K7TQ2M',
    '/healthz',
    '/sw.js',
    '/manifest.webmanifest',
    '/rooms',
  ])('never %s', (path) => {
    for (const mode of ['navigate', 'cors', 'same-origin']) expect(way(path, { mode })).toBe('network');
  });

  it('no change, no other site, and no page that is only fetched', () => {
    expect(way('/', { method: 'POST' })).toBe('network');
    expect(way('/assets/app.js', { method: 'HEAD' })).toBe('network');
    expect(way('/assets/app.js', { at: 'https://other.example' })).toBe('network');
    expect(way('/', { at: 'http://plenum.example' })).toBe('network');
    expect(way('/r/K7TQ2M', { mode: 'cors' })).toBe('network');
  });

  it('with what it keeps when a proxy has no server, and not when the server refuses', () => {
    expect([200, 304, 404, 499, 500, 502, 503].map(failed)).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('versions', () => {
  it('before the last one are removed, and nothing of others', () => {
    const names = ['plenum-a', 'other', 'plenum-b', 'plenum-c'];
    expect(spent(names, 'c')).toEqual(['plenum-a']);
    expect(spent(['plenum-b', 'plenum-c', 'plenum-a'], 'a')).toEqual(['plenum-b']);
    expect(spent(['plenum-a', 'other'], 'a')).toEqual([]);
    expect(spent(['plenum-a', cacheOf('b')], 'b')).toEqual([]);
  });

  it('take over when a page of their own asks', () => {
    const built: Built = { version: 'b', entry: '/assets/index-b.js', shell: [], rest: [] };
    expect(mayTake({ take: '/assets/index-b.js' }, built)).toBe(true);
    for (const said of [{ take: '/assets/index-a.js' }, 'idle', null, undefined, {}])
      expect(mayTake(said, built)).toBe(false);
  });
});

describe('a push', () => {
  const told = { id: 7, title: 'Ada', body: '', to: '/r/K7TQ2M#at=3&in=chat-1', tag: 'K7TQ2M/chat-1', at: 5 };

  it('is read', () => expect(toldBy(told)).toEqual(told));

  it.each([
    null,
    undefined,
    'text',
    {},
    { ...told, to: 'https://evil.example/r/K7TQ2M#at=3' },
    { ...told, to: '//evil.example/' },
    { ...told, to: 'javascript:alert(1)' },
    { ...told, to: '/api/account' },
    { ...told, title: '' },
    { ...told, body: 5 },
    { ...told, id: '7' },
  ])('that is none of ours is not: %j', (content) => expect(toldBy(content)).toBeNull());

  it('brings up a window in its room, else any', () => {
    const at = (path: string) => ({ url: origin + path });
    const [home, room] = [at('/'), at('/r/K7TQ2M#x')];
    expect(windowFor([home, room], told.to)).toBe(room);
    expect(windowFor([home, at('/r/AAAAAA')], told.to)).toBe(home);
    expect(windowFor([], told.to)).toBeUndefined();
  });
});
