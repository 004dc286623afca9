// Direct messages: what the page counts of the events is what the server counts.
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Room } from '../../../src/lib/net/room';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import type { ActivityListener } from '../../../src/lib/net/watches';
import { LiveDirect } from '../../../src/activities/chat/direct.svelte';

interface Mine {
  talks?: { thread: number; with: { id: string }; at: number; unread?: number[] }[];
  blocked?: { id: string }[];
}

interface Part {
  member: { id: string; role: string };
  from: { seq: number; mine: Mine | null };
  events: RoomEvent[];
  to: { seq: number; mine: Mine | null };
}

/** The direct messages of a member, in a room that only listens. */
function live(me: string) {
  let heard: ActivityListener | null = null;
  const sent: [string, unknown][] = [];
  const room = {
    ...{ code: 'K7TQ2M', peer: 'p-me', member: { id: me, name: 'Me' }, here: { people: 1, here: [] } },
    watch: (_: string, listener: ActivityListener) => (heard = listener),
    unwatch: vi.fn(),
    unsettled: () => [],
    send: (_: string, name: string, content: unknown) => void sent.push([name, content]),
    signal: vi.fn(),
    serverTime: () => 0,
    may: () => true,
  };
  const direct = new LiveDirect(room as unknown as Room);
  return { direct, sent, hear: heard as unknown as ActivityListener };
}

/** Without the names, which on the page are those of whoever wrote last. */
function plain({ talks = [], blocked = [] }: Mine) {
  return {
    talks: talks.map(({ thread, at, unread = [], with: { id } }) => ({ thread, at, id, unread })),
    blocked: blocked.map(({ id }) => id),
  };
}

describe('direct.jsonl', () => {
  const parts = readFileSync(join(__dirname, '../../../../chat/testdata/direct.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { role?: Part }).role ?? []);

  test.each(parts.map((part) => [part.member.role, part.from.seq, part.to.seq, part] as const))(
    '%s, from %i to %i',
    (_, __, ___, { member, from, events, to }) => {
      const { direct, hear } = live(member.id);
      hear.open({}, from.mine, from.seq, 'direct');
      for (const event of events) hear.event(event);
      expect(plain({ talks: direct.list as never, blocked: direct.blocked as never })).toEqual(
        plain(to.mine ?? {}),
      );
    },
  );
});

const told = (did: string, seq: number, by: string, content: object): RoomEvent => ({
  ...{ in: 'direct', did, with: content, by, peer: 'p', n: 1, at: seq, seq },
});
const ben = { id: 'ben', name: 'Ben', colour: 2 };

test('what is written to somebody for the first time becomes the talk that is open', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ messages: [], more: false })));
  const { direct, hear, sent } = live('me');
  hear.open({}, null, 1, 'direct');
  direct.writeTo(ben);
  await vi.waitFor(() => expect(direct.open?.flow.end).not.toBe(null));
  const flow = direct.open?.flow;
  if (!flow) throw new Error('it is not open');
  expect(flow.thread).toBeLessThan(0);
  direct.say(flow, 'hello', [], null);
  expect(sent).toEqual([['say', { with: 'ben', text: 'hello' }]]);
  hear.event(told('began', 5, 'me', { people: [{ id: 'me', name: 'Me' }, ben] }));
  expect(direct.list).toEqual([]);
  hear.event(told('said', 6, 'me', { text: 'hello', name: 'Me', thread: 5 }));
  expect(flow.thread).toBe(5);
  expect(flow.end?.messages.map(({ text }) => text)).toEqual(['hello']);
  expect(direct.list).toEqual([{ thread: 5, with: ben, at: 6, unread: [] }]);
  expect(direct.fresh).toBe(0);
  hear.event(told('said', 7, 'ben', { text: 'yes?', name: 'Benedict', colour: 2, thread: 5 }));
  expect(direct.from('ben')).toBe(1);
  expect(direct.list[0]?.with.name).toBe('Benedict');
  hear.event(told('read', 8, 'me', { seq: 7, thread: 5 }));
  expect(direct.fresh).toBe(0);
  direct.close();
  vi.unstubAllGlobals();
});

test('who types to me is shown in their talk, unless I have blocked them', () => {
  const { direct, hear } = live('me');
  hear.open({}, { talks: [{ thread: 5, with: ben, at: 1 }] }, 9, 'direct');
  const typing = { in: 'direct', signal: 'typing', by: 'ben', peer: 'p-ben', name: 'Ben', colour: 2 };
  hear.signal?.({ ...typing, with: { to: 'me', at: 1 } });
  expect(direct.typing).toEqual([{ peer: 'p-ben', name: 'Ben', thread: 5 }]);
  hear.signal?.({ ...typing, with: null });
  hear.event(told('blocked', 10, 'me', { ...ben, on: true }));
  hear.signal?.({ ...typing, with: { to: 'me', at: 2 } });
  expect(direct.typing).toEqual([]);
  direct.close();
});
