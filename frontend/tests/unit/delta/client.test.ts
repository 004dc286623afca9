// The machine that stands between a person and the server, step by step.
import { expect, test } from 'vitest';
import {
  acknowledged,
  DUE,
  edited,
  heard,
  numbered,
  pending,
  synced,
  type Client,
  type Delta,
} from '../../../src/lib/delta';

const write = (text: string, at = 0): Delta => [...(at > 0 ? [{ retain: at }] : []), { insert: text }];

test('one change is under way, the rest waits folded together', () => {
  let client: Client = edited(synced(4), write('a'));
  expect(client).toEqual({ is: 'waiting', rev: 4, sent: write('a'), n: DUE });
  client = edited(edited(numbered(client, 7), write('b', 1)), write('c', 2));
  expect(client).toEqual({ is: 'waitingMore', rev: 4, sent: write('a'), n: 7, buffer: write('bc', 1) });
  client = acknowledged(client, 5);
  expect(client).toEqual({ is: 'waiting', rev: 5, sent: write('bc', 1), n: DUE });
  expect(acknowledged(numbered(client, 8), 6)).toEqual(synced(6));
});

test('what was refused is not folded with what came after it', () => {
  const refused = numbered(numbered(edited(synced(1), [{ delete: 1 }]), 3), DUE);
  expect(pending(edited(refused, write('L')))).toEqual([[{ delete: 1 }], write('L')]);
});

test('what others do moves under what is pending', () => {
  let client: Client = edited(numbered(edited(synced(0), write('S')), 1), write('B', 1));
  const told = heard(client, write('F'), 1);
  expect(told.change).toEqual(write('F'));
  client = told.client;
  expect(pending(client)).toEqual([write('S', 1), write('B', 2)]);
  expect(heard(client, [{ delete: 1 }], 2)).toEqual({
    change: [{ delete: 1 }],
    client: { is: 'waitingMore', rev: 2, n: 1, sent: write('S'), buffer: write('B', 1) },
  });
});

test('without anything pending, what others do is done as it is', () => {
  expect(heard(synced(2), write('x'), 9)).toEqual({ client: synced(9), change: write('x') });
  expect(numbered(synced(2), 5)).toEqual(synced(2));
});
