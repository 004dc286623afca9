// @vitest-environment node
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { Store } from '../../../src/lib/net/store';
import { Words } from './mirror';
import { World } from './world';

test('a reload finds its own queue at once, with what was not settled', async () => {
  const world = new World();
  const page = await world.page();
  page.watch('list');
  await world.settle();
  await world.outcome(page.room.send('list', 'put', 'a'));
  page.link.dead = true;
  void page.room.send('list', 'put', 'b');
  page.room.keep('list', { text: 'b' });
  await world.think();
  const next = await world.reload(page);
  expect(next.room.peer).toBe(page.room.peer);
  expect(next.room.record('list')).toEqual({ text: 'b' });
  next.watch('list');
  await world.settle();
  expect(world.server.items('list')).toEqual(['a', 'b']);
  expect(next.room.send('list', 'put', 'c').n).toBe(3);
});

test('a duplicated tab takes another queue, though it has the marks of the first', async () => {
  const world = new World();
  const page = await world.page();
  const twin = await world.page(page.session.copy());
  expect(twin.room.peer).not.toBe(page.room.peer);
  expect(page.room.line.state).toBe('live');
  expect(page.links).toHaveLength(1);
  const again = await world.reload(twin);
  expect(again.room.peer).toBe(twin.room.peer);
});

test('two pages that race for one free queue: one gets it', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  page.kill();
  world.clock.sleep(7_000);
  const [first, second] = await Promise.all([world.page(), world.page()]);
  const peers = [first.room.peer, second.room.peer];
  expect(peers.filter((peer) => peer === page.room.peer)).toHaveLength(1);
  await world.settle();
  expect(world.server.items('list')).toEqual(['a']);
});

test('a page that died is looked after by another one of the room, once its lease is over', async () => {
  const world = new World();
  const page = await world.page();
  const other = await world.page();
  other.watch('list');
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  page.kill();
  await world.pass(4_000);
  expect(world.server.items('list')).toEqual([]);
  await world.pass(8_000);
  expect(world.server.items('list')).toEqual(['a']);
  expect(other.mirror('list')).toMatchObject({ items: ['a'], moves: 1 });
  expect(other.room.line.unsettled).toBe(0);
});

test('a tab restored too soon after a crash starts with another queue and gets its own back later', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  const next = await world.reload(page, false);
  expect(next.room.peer).not.toBe(page.room.peer);
  await world.pass(10_000);
  expect(next.room.peer).toBe(page.room.peer);
  expect(world.server.items('list')).toEqual(['a']);
});

test('connected elsewhere: it takes another queue and leaves the work to the other page', async () => {
  const world = new World();
  const page = await world.page();
  page.watch('list');
  await world.settle();
  world.server.wait = () => ({ because: 'busy', after: 60_000 });
  const command = page.room.send('list', 'put', 'a');
  await world.settle();
  const before = page.room.peer;
  page.link.end(4409);
  await world.pass(1_000);
  expect(await command).toEqual({ is: 'elsewhere', n: 1 });
  expect(page.room.peer).not.toBe(before);
  expect(page.room.line).toMatchObject({ state: 'live', unsettled: 0 });
  expect(page.mirror('list')).toMatchObject({ moves: 1, opens: 2 });
});

test('a page that slept so long that another has its queue finds out before it sends', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  page.asleep = true;
  await world.pass(10_000);
  const other = await world.page();
  expect(other.room.peer).toBe(page.room.peer);
  expect(world.server.items('list')).toEqual(['a']);
  page.asleep = false;
  page.room.wake(false);
  await world.pass(2_000);
  expect(page.room.peer).not.toBe(other.room.peer);
  expect(world.server.joins.filter((j) => j.peer === other.room.peer)).toHaveLength(2);
  expect([page.room.line.state, other.room.line.state]).toEqual(['live', 'live']);
});

test('a queue without work is reused only when its page is surely gone', async () => {
  const world = new World();
  const page = await world.page();
  page.kill();
  world.clock.sleep(60_000);
  const second = await world.page();
  expect(second.room.peer).not.toBe(page.room.peer);
  world.clock.sleep(31_000);
  expect((await world.page()).room.peer).toBe(page.room.peer);
});

test("another person's queue is left alone", async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  page.kill();
  world.clock.sleep(100_000);
  const other = await world.page(new Words(), 'm2');
  expect(other.room.peer).not.toBe(page.room.peer);
  expect(world.server.items('list')).toEqual([]);
});

test('without storage it says so, and goes on in memory', async () => {
  const world = new World();
  world.storageFails = true;
  const page = await world.page();
  page.watch('list');
  const command = page.room.send('list', 'put', 'a');
  await world.settle();
  expect(await command).toMatchObject({ is: 'done' });
  expect(page.room.line).toMatchObject({ state: 'live', storage: 'lost' });
  page.link.dead = true;
  void page.room.send('list', 'put', 'b');
  page.room.keep('list', 'kept');
  world.storageFails = false;
  await world.pass(2_000);
  expect(page.room.line.storage).toBe('ok');
  const next = await world.reload(page);
  expect(next.room.record('list')).toBe('kept');
  expect(world.server.items('list')).toEqual(['a', 'b']);
});

test('what could not be stored is stored as soon as it can be', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  world.storageFails = true;
  void page.room.send('list', 'put', 'a');
  page.room.keep('list', 'kept');
  await world.think();
  expect(page.room.line.storage).toBe('lost');
  world.storageFails = false;
  await world.pass(2_000);
  expect(page.room.line.storage).toBe('ok');
  const next = await world.reload(page);
  expect(next.room.peer).toBe(page.room.peer);
  expect(next.room.record('list')).toBe('kept');
  expect(world.server.items('list')).toEqual(['a']);
});

test('a storage that never answers counts as lost after a while', async () => {
  const world = new World();
  const page = await world.page();
  page.watch('list');
  await world.settle();
  world.idb = { open: () => ({}) } as unknown as IDBFactory;
  world.forgetStores();
  const command = page.room.send('list', 'put', 'a');
  await world.settleFor(10);
  world.clock.moveTo(world.clock.now() + 4_000);
  await world.settleFor(50);
  expect(page.room.line.storage).toBe('lost');
  expect(await command).toMatchObject({ is: 'done' });
});

test('once numbers ran ahead of what is stored, a later page does not number on from there', async () => {
  const world = new World();
  const page = await world.page();
  page.watch('list');
  await world.settle();
  page.link.dead = true;
  void page.room.send('list', 'put', 'stored');
  await world.think();
  page.room.wake(true);
  world.storageFails = true;
  await world.settle();
  for (const item of ['b', 'c'])
    expect(await world.outcome(page.room.send('list', 'put', item))).toMatchObject({ is: 'done' });
  world.storageFails = false;
  const next = await world.reload(page);
  next.watch('list');
  await world.settle();
  expect(next.room.peer).not.toBe(page.room.peer);
  expect(await world.outcome(next.room.send('list', 'put', 'd'))).toMatchObject({ is: 'done' });
  expect(world.server.items('list')).toEqual(['stored', 'b', 'c', 'd']);
});

test('a storage that was cleared under way is filled again from memory', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  world.idb = new IDBFactory();
  world.forgetStores();
  page.room.keep('list', 'kept');
  await world.think();
  expect(page.room.line.storage).toBe('ok');
  const next = await world.reload(page);
  expect(next.room.peer).toBe(page.room.peer);
  expect(next.room.record('list')).toBe('kept');
  expect(world.server.items('list')).toEqual(['a']);
});

test('work that was never stored is kept for the person when another page takes the queue', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  world.storageFails = true;
  const command = page.room.send('list', 'put', 'a');
  await world.think();
  page.link.dead = false;
  world.server.wait = () => ({ because: 'busy', after: 60_000 });
  await world.settle();
  page.link.end(4409);
  await world.settle();
  expect(await command).toEqual({ is: 'recovered', n: 1 });
  expect(page.recovered).toMatchObject([{ commands: [{ with: '"a"' }] }]);
});

test('a lease from the future does not hold a queue for ever', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  page.kill();
  const past = { now: () => world.clock.now() - 3_600_000, after: world.clock.after.bind(world.clock) };
  const claim = {
    room: 'K7TQ2M',
    member: 'm1',
    page: 'x',
    before: null,
    spoiled: new Set<string>(),
    onlyWork: false,
  };
  const kept = await new Store(world.idb, past).claim(claim);
  expect(kept).toMatchObject({ head: { peer: page.room.peer, next: 2 }, commands: [{ n: 1 }] });
});
