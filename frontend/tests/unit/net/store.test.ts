// @vitest-environment node
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { IDLE, LEASE, Store, type Change, type Claim, type Head } from '../../../src/lib/net/store';
import { ManualClock } from './clock';

const ROOM = 'K7TQ2M';

function claim(page: string, more: Partial<Claim> = {}): Claim {
  return { room: ROOM, member: 'm1', page, before: null, spoiled: new Set(), onlyWork: false, ...more };
}

function change(peer: string, page: string, more: Partial<Change> = {}): Change {
  const head: Head = {
    room: ROOM,
    peer,
    member: 'm1',
    next: 2,
    through: null,
    page,
    renewed: 0,
    spent: false,
  };
  const nothing = { commands: [], ballots: [], records: [] };
  return { head, put: { ...nothing }, drop: { ...nothing }, whole: true, ...more };
}

const COMMAND = { n: 1, in: 'list', do: 'put', with: '"a"' };
const WORK = {
  commands: [COMMAND],
  ballots: [{ key: 'poll q1', ref: 'r', in: 'poll', do: 'vote', with: '{}' }],
  records: [],
};

function open(): { store: Store; clock: ManualClock; idb: IDBFactory } {
  const clock = new ManualClock();
  const idb = new IDBFactory();
  return { store: new Store(idb, clock), clock, idb };
}

test('what was written is there for the next page, in order, and only of its room and peer', async () => {
  const { store, clock } = open();
  const commands = [10, 9, 2, 1].map((n) => ({ ...COMMAND, n }));
  await store.write(change('p-1', 'a', { put: { ...WORK, commands, records: [['list', { text: 'a' }]] } }));
  await store.write(change('p-12', 'b', { put: { ...WORK } }));
  const other = change('p-1', 'c', { put: { ...WORK } });
  await store.write({ ...other, head: { ...other.head, room: 'OTHER' } });
  await store.write(
    change('p-1', 'a', { whole: false, drop: { commands: [9], ballots: ['poll q1'], records: [] } }),
  );
  clock.sleep(LEASE + 1);
  const kept = await store.claim(claim('d', { before: { peer: 'p-1', left: null } }));
  expect(kept?.commands.map((c) => c.n)).toEqual([1, 2, 10]);
  expect(kept).toMatchObject({
    ballots: [],
    records: [['list', { text: 'a' }]],
    head: { page: 'd', next: 2 },
  });
});

test('only the page that holds a queue writes into it', async () => {
  const { store, clock } = open();
  await store.write(change('p-1', 'a', { put: WORK }));
  expect(await store.claim(claim('b'))).toBeNull();
  clock.sleep(LEASE + 1);
  expect(await store.claim(claim('b'))).toMatchObject({ head: { peer: 'p-1' } });
  expect(await store.write(change('p-1', 'a', { put: { ...WORK, commands: [{ ...COMMAND, n: 2 }] } }))).toBe(
    'taken',
  );
  clock.sleep(LEASE + 1);
  expect((await store.claim(claim('c')))?.commands).toHaveLength(1);
});

test('a renewed lease holds; one that was let go does not', async () => {
  const { store, clock } = open();
  await store.write(change('p-1', 'a', { put: WORK }));
  for (let i = 0; i < 5; i++) {
    clock.sleep(LEASE - 1);
    await store.write(change('p-1', 'a'));
  }
  expect(await store.claim(claim('b'))).toBeNull();
  await store.release(ROOM, 'p-1', 'other');
  expect(await store.claim(claim('b'))).toBeNull();
  await store.release(ROOM, 'p-1', 'a');
  expect(await store.claim(claim('b'))).toMatchObject({ head: { peer: 'p-1' } });
});

test('many pages that claim at once get different queues, or none', async () => {
  const { store, clock, idb } = open();
  for (const peer of ['p-1', 'p-2', 'p-3']) await store.write(change(peer, 'a', { put: WORK }));
  clock.sleep(LEASE + 1);
  const pages = Array.from({ length: 6 }, (_, i) => new Store(idb, clock).claim(claim(`page ${i}`)));
  const peers = (await Promise.all(pages)).map((kept) => kept?.head.peer).filter(Boolean);
  expect(peers.sort()).toEqual(['p-1', 'p-2', 'p-3']);
});

test('it chooses: its own, then the oldest with work, then one that is surely idle', async () => {
  const { store, clock } = open();
  await store.write(change('p-idle', 'a'));
  clock.sleep(1);
  await store.write(change('p-old', 'b', { put: WORK }));
  clock.sleep(1);
  await store.write(change('p-own', 'c'));
  expect(await store.claim(claim('x', { before: { peer: 'p-own', left: null } }))).toBeNull();
  expect(await store.claim(claim('x', { before: { peer: 'p-own', left: 'c' } }))).toMatchObject({
    head: { peer: 'p-own' },
  });
  clock.sleep(LEASE + 1);
  expect(await store.claim(claim('y'))).toMatchObject({ head: { peer: 'p-old' } });
  expect(await store.claim(claim('z'))).toBeNull();
  clock.sleep(IDLE);
  expect(await store.claim(claim('z', { onlyWork: true }))).toMatchObject({ head: { peer: 'p-old' } });
  expect(await store.claim(claim('z'))).toMatchObject({ head: { peer: 'p-idle' } });
});

test('a queue that is not stored is only made as a whole', async () => {
  const { store } = open();
  expect(await store.write(change('p-1', 'a', { whole: false }))).toBe('missing');
  expect(await store.write(change('p-1', 'a'))).toBe('written');
});

test('work set aside is kept until dismissed, for its member; its numbers are never given again', async () => {
  const { store, clock } = open();
  const records: [string, unknown][] = [
    ['list', 'beside work'],
    ['other', 'beside none'],
  ];
  await store.write(change('p-1', 'a', { put: { ...WORK, records } }));
  await store.setAside(ROOM, 'p-1', 'a');
  expect(await store.recovered(ROOM, 'm2')).toEqual([]);
  expect(await store.recovered(ROOM, 'm1')).toMatchObject([
    { peer: 'p-1', ...WORK, records: [['list', 'beside work']] },
  ]);
  expect(await store.write(change('p-1', 'a'))).toBe('taken');
  clock.sleep(IDLE + 1);
  expect(await store.claim(claim('b'))).toBeNull();
  await store.dismiss(ROOM, 'p-1');
  expect(await store.recovered(ROOM, null)).toEqual([]);
});

test('a spoiled queue is set aside by who would have had it', async () => {
  const { store, clock } = open();
  await store.write(change('p-1', 'a', { put: WORK }));
  expect(await store.claim(claim('b', { spoiled: new Set(['p-1']) }))).toBeNull();
  expect(await store.recovered(ROOM, 'm1'), 'its page lives').toEqual([]);
  clock.sleep(LEASE + 1);
  expect(await store.claim(claim('b', { spoiled: new Set(['p-1']) }))).toBeNull();
  expect(await store.recovered(ROOM, 'm1')).toHaveLength(1);
});

test('a failure is told, leaves nothing half-written, and the next use tries afresh', async () => {
  const { store, clock, idb } = open();
  const unclonable = { rev: 1, apply: () => undefined };
  await expect(
    store.write(change('p-1', 'a', { put: { ...WORK, records: [['list', unclonable]] } })),
  ).rejects.toThrow();
  clock.sleep(IDLE + 1);
  expect(await store.claim(claim('b'))).toBeNull();
  const opens = idb.open.bind(idb);
  const fresh = new Store(idb, clock);
  idb.open = () => {
    throw new DOMException('forbidden', 'SecurityError');
  };
  await expect(fresh.claim(claim('c'))).rejects.toMatchObject({ name: 'SecurityError' });
  idb.open = opens;
  expect(await fresh.write(change('p-1', 'c'))).toBe('written');
});
