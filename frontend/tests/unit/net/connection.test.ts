// @vitest-environment node
import { expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/net/api';
import { seeded } from './clock';
import { Link } from './link';
import { World, type Page } from './world';

/** Times between the connections that a page makes while none is answered. */
async function waits(world: World, page: Page, count: number): Promise<number[]> {
  const times: number[] = [];
  while (times.length < count) {
    const links = page.links.length;
    const from = world.clock.now();
    page.link.cut();
    while (page.links.length === links) {
      world.clock.moveTo(world.clock.next() ?? 0);
      await world.think();
    }
    times.push(world.clock.now() - from);
  }
  return times;
}

test('it comes back for ever, at once at first, then seldom, never in step with others', async () => {
  const world = new World();
  world.random = seeded(1);
  const page = await world.page();
  page.link.dead = true;
  world.server.link = () => Object.assign(new Link(world.server), { dead: true });
  const times = await waits(world, page, 40);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(300);
  expect(Math.max(...times)).toBeLessThanOrEqual(30_000);
  expect(times[0]).toBeLessThanOrEqual(600);
  expect(Math.max(...times.slice(10))).toBeGreaterThan(15_000);
  expect(Math.min(...times.slice(10)), 'full jitter').toBeLessThan(10_000);
  expect(page.room.line.state).toBe('offline');
});

test('25 s of silence end a connection; a frame every now and then does not', async () => {
  const world = new World();
  const page = await world.page();
  for (let i = 0; i < 5; i++) {
    await world.pass(20_000);
    world.server.beat();
    await world.settle();
  }
  expect(page.links).toHaveLength(1);
  await world.pass(24_900);
  expect(page.links).toHaveLength(1);
  await world.pass(1_000);
  expect(page.links).toHaveLength(2);
});

test('a connection that opens but never answers the join is given up', async () => {
  const world = new World();
  const page = await world.page();
  world.server.received = () => undefined;
  page.link.cut();
  await world.pass(1_000);
  expect(page.links).toHaveLength(2);
  await world.pass(16_000);
  expect(page.links.length).toBeGreaterThan(2);
});

test('after a sleep it does not trust a silent connection, nor wait for a timer', async () => {
  const world = new World();
  const page = await world.page();
  page.room.wake(false);
  await world.settle();
  expect(page.links, 'it was awake').toHaveLength(1);
  page.link.dead = true;
  world.clock.sleep(3_600_000);
  page.room.wake(false);
  await world.settle();
  expect(page.links).toHaveLength(2);
  expect(page.room.line.state).toBe('live');
  page.room.wake(true);
  await world.settle();
  expect(page.links, 'the network has changed').toHaveLength(3);
  page.link.cut();
  page.room.wake(false);
  await world.settle();
  expect(page.links, 'it was waiting').toHaveLength(4);
  expect(page.room.line.state).toBe('live');
});

test('a restart is left the time it asks for, whoever wakes', async () => {
  const world = new World();
  const page = await world.page();
  page.link.tell({ closing: { because: 'restart', say: 'Back soon.', after: 8_000 } });
  page.link.end(1012);
  await world.settle();
  page.room.wake(true);
  await world.pass(3_900);
  expect(page.links).toHaveLength(1);
  await world.pass(200);
  expect(page.links, 'a random half of it').toHaveLength(2);
});

test('a server that says it closes is left alone even if only the page gives up', async () => {
  const world = new World();
  const page = await world.page();
  page.link.tell({ closing: { because: 'restart', say: '', after: 5_000 } });
  await world.settle();
  page.room.wake(true);
  await world.pass(4_900);
  expect(page.links).toHaveLength(1);
  await world.pass(200);
  expect(page.links).toHaveLength(2);
});

test.each([
  [4403, 'removed'],
  [4404, 'no-room'],
])('%i ends it: %s', async (code, ended) => {
  const world = new World();
  const page = await world.page();
  page.link.end(code);
  await world.pass(60_000);
  expect(page.links).toHaveLength(1);
  expect(page.room.line).toMatchObject({ state: 'ended', ended });
  page.room.wake(true);
  await world.settle();
  expect(page.links, 'waking changes nothing').toHaveLength(1);
  page.room.again();
  await world.settle();
  expect(page.room.line).toMatchObject({ state: 'live', ended: null });
});

test('4401 asks the door: who is still known under a new token goes on', async () => {
  const world = new World();
  const page = await world.page();
  page.link.end(4401);
  await world.pass(1_000);
  expect(page.room.line).toMatchObject({ state: 'live', ended: null });
});

test.each([
  ['nobody', undefined],
  ['somebody else', { id: 'm2', name: 'Ben', colour: 2, role: 'host' }],
])('4401 ends it for %s, who was signed out', async (_, member) => {
  const world = new World();
  const page = await world.page();
  world.about = () =>
    Promise.resolve({
      code: 'K7TQ2M',
      title: '',
      locked: false,
      door: 'open',
      people: 1,
      ...(member ? { member } : {}),
    });
  page.link.end(4401);
  await world.pass(60_000);
  expect(page.links).toHaveLength(1);
  expect(page.room.line).toMatchObject({ state: 'ended', ended: 'signed-out' });
});

test.each([1013, 4408, 1006, 4000])('%i is followed by another try', async (code) => {
  const world = new World();
  const page = await world.page();
  page.link.end(code);
  await world.pass(1_000);
  expect(page.room.line.state).toBe('live');
});

test('after a flood it waits longer', async () => {
  const world = new World();
  const page = await world.page();
  page.link.end(4429);
  await world.pass(4_000);
  expect(page.links).toHaveLength(1);
  await world.pass(2_000);
  expect(page.links).toHaveLength(2);
});

test('a join that makes no sense is tried once with a fresh queue, and its work is not lost', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  void page.room.send('list', 'put', 'a');
  await world.think();
  const before = page.room.peer;
  world.server.closeWith = 4400;
  page.link.cut();
  await world.pass(5_000);
  expect(page.room.line).toMatchObject({ state: 'ended', ended: 'protocol' });
  expect(page.links).toHaveLength(3);
  world.server.closeWith = null;
  const next = await world.reload(page);
  expect(next.room.peer).toBe(before);
  expect(world.server.items('list')).toEqual(['a']);
});

test('where the door does not open, it asks why', async () => {
  const about = { code: 'K7TQ2M', title: '', locked: false, door: 'open', people: 1 };
  const reasons: [World['about'], string, string | null][] = [
    [() => Promise.resolve(about), 'ended', 'enter'],
    [() => Promise.reject(new ApiError('no-room', '', 404)), 'ended', 'no-room'],
    [() => Promise.reject(new ApiError('offline', '', 0)), 'offline', null],
  ];
  for (const [answer, state, ended] of reasons) {
    const world = new World();
    world.about = answer;
    world.server.shut = true;
    const page = await world.page();
    expect(page.room.line).toMatchObject({ state, ended });
    world.server.shut = false;
    await world.pass(1_000);
    expect(page.room.line.state).toBe(ended ? 'ended' : 'live');
  }
});

test('a frame that cannot be read is a doubt, not a crash', async () => {
  const world = new World();
  const page = await world.page();
  page.watch('list');
  await world.settle();
  page.link.tell({ events: 'none' });
  world.server.happen('list', 'put', 'a');
  await world.pass(1_000);
  expect(page.links).toHaveLength(2);
  expect(page.mirror('list')).toMatchObject({ opens: 1, items: ['a'] });
});

test('it says what it knows: the state, the version, the time', async () => {
  const world = new World();
  const page = await world.page();
  expect(page.lines.map((l) => l.state)).toEqual(['connecting', 'live']);
  world.server.build = 'b2';
  page.link.cut();
  await world.pass(1_000);
  expect(page.lines.map((l) => l.state)).toEqual(['connecting', 'live', 'connecting', 'live', 'live']);
  expect(page.room.line.newVersion).toBe(true);
  await world.pass(7);
  expect(page.room.serverTime()).toBeGreaterThan(world.server.time);
  expect(page.room.serverTime()).toBeLessThan(world.server.time + 1_000);
});

test('closing ends everything, and leaves the rest to the next page', async () => {
  const world = new World();
  const page = await world.page();
  page.link.dead = true;
  const command = page.room.send('list', 'put', 'a');
  await page.room.close();
  expect(await command).toEqual({ is: 'elsewhere', n: 1 });
  await world.pass(60_000);
  expect(page.links).toHaveLength(1);
  const other = await world.page();
  expect(other.room.peer).toBe(page.room.peer);
  expect(world.server.items('list')).toEqual(['a']);
});
