// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest';
import * as api from '../../../src/lib/net/api';

afterEach(() => void vi.unstubAllGlobals());

/** Lets the next requests be answered so, and keeps what was asked. */
function answering(status: number, body: string): { url: string; request: RequestInit }[] {
  const asked: { url: string; request: RequestInit }[] = [];
  vi.stubGlobal('fetch', (url: string, request: RequestInit) => {
    asked.push({ url, request });
    return Promise.resolve(new Response(body, { status }));
  });
  return asked;
}

test('requests are as the protocol says', async () => {
  const asked = answering(200, '{"seq":1}');
  await api.createRoom('Team day', 'Ada');
  await api.aboutRoom('K7 Q');
  await api.enterRoom('K7TQ2M', 'Ada');
  await api.enterRoom('K7TQ2M', 'Ada', { key: 'secret' });
  await api.makeLink('K7TQ2M', { role: 'editor' });
  await api.postCommand('K7TQ2M', { in: 'doc-1', do: 'change', with: '{"base":1}', peer: 'p-1', n: 7 });
  await api.read('K7TQ2M', 'chat', 'older', { before: '7' });
  expect(asked.map(({ url, request }) => [request.method ?? 'GET', url, request.body ?? null])).toEqual([
    ['POST', '/api/rooms', '{"title":"Team day","name":"Ada"}'],
    ['GET', '/api/rooms/K7%20Q', null],
    ['POST', '/api/rooms/K7TQ2M/enter', '{"name":"Ada"}'],
    ['POST', '/api/rooms/K7TQ2M/enter', '{"name":"Ada","key":"secret"}'],
    ['POST', '/api/rooms/K7TQ2M/links', '{"role":"editor"}'],
    ['POST', '/api/rooms/K7TQ2M/activities/doc-1/change', '{"with":{"base":1},"peer":"p-1","n":7}'],
    ['GET', '/api/rooms/K7TQ2M/activities/chat/read/older?before=7', null],
  ]);
  expect(asked[0]?.request).toMatchObject({
    credentials: 'same-origin',
    headers: { 'Content-Type': 'application/json' },
  });
});

test('a view is read with what it lacks', async () => {
  answering(200, '{"seq":4,"view":{"a":1}}');
  expect(await api.getView('/v')).toEqual({ seq: 4, view: { a: 1 }, mine: null });
  answering(200, '{"view":{}}');
  await expect(api.getView('/v')).rejects.toMatchObject({ because: 'malformed' });
});

test.each([
  [409, '{"because":"closed","say":"This poll is closed."}', 'closed', 'This poll is closed.'],
  [502, '<html>Bad gateway</html>', 'http-502', 'The server answered 502.'],
  [413, '', 'too-big', 'That is too big to send.'],
  [200, 'nothing', 'malformed', 'The answer could not be read.'],
  [200, 'null', 'malformed', 'The answer could not be read.'],
])('an answer %i %s is an ApiError', async (status, body, because, say) => {
  answering(status, body);
  const error = await api.aboutRoom('K7TQ2M').catch((e: unknown) => e);
  expect(error).toBeInstanceOf(api.ApiError);
  expect(error).toMatchObject({ because, say, status });
});

test('nobody there is "offline", also half-way through an answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  await expect(api.aboutRoom('K7TQ2M')).rejects.toMatchObject({ because: 'offline', status: 0 });
  const body = new ReadableStream({ start: (stream) => stream.error(new TypeError('network error')) });
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status: 200 })));
  await expect(api.aboutRoom('K7TQ2M')).rejects.toMatchObject({ because: 'offline', status: 0 });
});
