// What is unread in threads, as the server counts it.
import { expect, test } from 'vitest';
import type { RoomEvent } from '../../../src/lib/net/protocol';
import { UnreadReplies } from '../../../src/activities/chat/unread.svelte';

const told = (did: string, seq: number, by: string, content: object): RoomEvent => ({
  ...{ in: 'chat', did, with: content, by, peer: 'p', n: 1, at: seq, seq },
});
const said = (seq: number, by: string, thread: number, began = 'm9') =>
  told('said', seq, by, { text: 'x', thread, began });

test('only threads count in which one takes part, and of these what others said', () => {
  const unread = new UnreadReplies(() => 'me');
  unread.open([{ thread: 1, seqs: [3, 4] }]);
  unread.event(said(5, 'ben', 1));
  unread.event(said(6, 'ben', 2)); // somebody else's
  unread.event(said(7, 'ben', 8, 'me')); // an answer to what I said
  unread.event(said(9, 'me', 2));
  unread.event(said(10, 'ben', 2)); // now I take part
  unread.event(told('said', 11, 'ben', { text: 'in the chat' }));
  expect([unread.of(1), unread.of(2), unread.of(8), unread.count, unread.next]).toEqual([
    [3, 4, 5],
    [10],
    [7],
    5,
    1,
  ]);
  unread.event(told('deleted', 12, 'ben', { of: 4, thread: 1 }));
  unread.event(told('read', 13, 'me', { seq: 3, thread: 1 }));
  unread.event(told('read', 14, 'me', { seq: 13 })); // of the chat, not of its threads
  expect([unread.of(1), unread.count]).toEqual([[5], 3]);
  unread.read(1, 5);
  unread.read(8, 7);
  expect([unread.count, unread.next]).toEqual([1, 2]);
});

test('of very much the newest is counted', () => {
  const unread = new UnreadReplies(() => 'me');
  unread.open([{ thread: 1, seqs: [] }]);
  for (let seq = 2; seq < 50; seq++) unread.event(said(seq, 'ben', 1));
  expect([unread.count, unread.of(1)[0]]).toEqual([30, 20]);
});
