// The logs that the server's side has written: applied here, they give what they give there.
/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { append, apply, open, prepend, WINDOW, type Chat } from '../../../src/activities/chat/state';

interface Part {
  member: { role: string };
  from: { seq: number; view: unknown };
  events: RoomEvent[];
  to: { seq: number; view: unknown };
}

/** A state as it can be compared: what only the server counts, and how far back it goes, are left out. */
function plain(chat: Chat): unknown {
  const messages = chat.messages.slice(-WINDOW).map((message) => {
    const {
      forgot: _,
      changes: __,
      ...shown
    } = message as typeof message & { forgot?: unknown; changes?: unknown };
    return shown;
  });
  return { messages, pins: chat.pins ?? [] };
}

describe.each(['chat.jsonl', 'changes.jsonl', 'files.jsonl', 'threads.jsonl'])('%s', (name) => {
  const parts = readFileSync(join(__dirname, '../../../../chat/testdata', name), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { role?: Part }).role ?? []);

  test.each(parts.map((part) => [part.member.role, part.from.seq, part.to.seq, part] as const))(
    '%s, from %i to %i',
    (_, __, ___, part) => {
      let chat = open(part.from.view);
      for (const event of part.events) chat = apply(chat, event);
      expect(plain(chat)).toEqual(plain(open(part.to.view)));
    },
  );

  test('what was known before is not changed in place', () => {
    for (const part of parts) {
      const chat = open(part.from.view);
      const before = JSON.stringify(chat);
      part.events.reduce(apply, chat);
      expect(JSON.stringify(chat)).toBe(before);
    }
  });
});

const message = (seq: number) => ({ seq, at: seq, by: 'm1', name: 'Ada', colour: 1, text: `${seq}` });
const told = (did: string, seq: number, content: object): RoomEvent => ({
  ...{ in: 'chat', did, with: content, by: 'm2', peer: 'p', n: 1, at: seq, seq },
});

test('who was away for an edit hears a blank one first, and then what the text is now', () => {
  let chat: Chat = { messages: [message(1)], more: false };
  chat = apply(chat, told('edited', 5, { of: 1, size: 3, forgets: [[1, 1]] }));
  expect(chat.messages[0]).toMatchObject({ gone: true, text: '' });
  chat = apply(chat, told('edited', 6, { of: 1, text: 'now', name: 'Ada', colour: 1, forgets: [] }));
  expect(chat.messages[0]).toEqual({ ...message(1), text: 'now', edited: 6 });
});

test('a reaction that a page knows already is not counted twice', () => {
  const by = [{ id: 'm2', name: 'Ben' }];
  const chat: Chat = { messages: [{ ...message(1), reactions: [{ emoji: '👍', by }] }], more: false };
  expect(apply(chat, told('reacted', 9, { of: 1, emoji: '👍', on: true, name: 'Ben' }))).toEqual(chat);
});

test('a reply stands in its thread; its first message shows how many there are', () => {
  const replied = (seq: number, count: number) =>
    told('said', seq, {
      text: 'yes',
      name: 'Ben',
      colour: 2,
      thread: 1,
      began: 'm1',
      replies: { count, last: seq },
    });
  let chat: Chat = { messages: [message(1), message(2)], more: false };
  let thread: Chat = { messages: [], more: false, first: message(1) };
  for (const event of [
    replied(5, 1),
    replied(6, 2),
    told('said', 7, { text: 'else', name: 'Ben', colour: 2 }),
  ]) {
    chat = apply(chat, event);
    thread = apply(thread, event, 1);
    thread = apply(thread, event, 1); // a page that was read may have it already
  }
  expect(chat.messages.map((m) => m.seq)).toEqual([1, 2, 7]);
  expect(thread.messages.map((m) => m.seq)).toEqual([5, 6]);
  const gone = told('deleted', 8, {
    of: 5,
    thread: 1,
    began: 'm1',
    replies: { count: 1, last: 6 },
    forgets: [],
  });
  const all = told('deleted', 9, {
    of: 6,
    thread: 1,
    began: 'm1',
    replies: { count: 0, last: 6 },
    forgets: [],
  });
  chat = apply(chat, gone);
  thread = apply(thread, gone, 1);
  for (const first of [chat.messages[0], thread.first]) expect(first?.replies).toEqual({ count: 1, last: 6 });
  expect(thread.messages[0]).toMatchObject({ seq: 5, gone: true, thread: 1 });
  chat = apply(chat, told('deleted', 10, { of: 1, forgets: [] }));
  expect(chat.messages[0]).toMatchObject({ gone: true, replies: { count: 1 } });
  expect(apply(chat, all).messages[0]?.replies).toBeUndefined();
});

test('pages are put together without a message twice', () => {
  const now = { messages: [message(5), message(6)], more: true };
  expect(prepend(now, { messages: [message(4), message(5)], more: false })).toEqual({
    messages: [message(4), message(5), message(6)],
    more: false,
  });
  expect(append(now, { messages: [message(6), message(7)], more: true }).messages.map((m) => m.seq)).toEqual([
    5, 6, 7,
  ]);
});
