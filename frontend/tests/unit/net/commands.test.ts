// @vitest-environment node
import { expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/net/api';
import { LIMITS } from '../../../src/lib/net/protocol';
import { turn } from './clock';
import { World, type Page } from './world';

async function live(world: World): Promise<Page> {
  const page = await world.page();
  page.watch('list');
  await world.settle();
  return page;
}

/** The numbered commands that went over the newest connection, as [n, content]. */
function sent(page: Page): [number, unknown][] {
  const frames = page.link.sent.map((text) => JSON.parse(text) as { n?: number; do: string; with: unknown });
  return frames.filter((f) => f.n !== undefined).map((f) => [f.n ?? 0, f.do === 'void' ? 'void' : f.with]);
}

test('a command is stored before it is sent, and its own event settles it', async () => {
  const world = new World();
  const page = await live(world);
  const first = page.room.send('list', 'put', 'a');
  expect(first.n).toBe(1);
  await world.think();
  let open = (): void => undefined;
  world.gate = new Promise((resolve) => (open = resolve));
  const second = page.room.send('list', 'put', 'b');
  await turn();
  await world.settleFor(20);
  expect(await first).toMatchObject({ is: 'done', n: 1, event: { seq: 1, with: 'a' } });
  expect(sent(page)).toEqual([[1, 'a']]);
  expect(page.room.line.unsettled).toBe(1);
  open();
  expect(await world.outcome(second)).toMatchObject({ is: 'done', n: 2 });
  expect(page.room.line.unsettled).toBe(0);
});

test('what is kept and what is sent in one turn is stored in one transaction', async () => {
  const world = new World();
  const page = await live(world);
  world.writes = [];
  page.room.keep('list', { rev: 7 });
  const { n } = page.room.send('list', 'put', 'a');
  page.room.keep('list', { rev: 7, n });
  await world.think();
  expect(world.writes).toHaveLength(1);
  expect(world.writes[0]?.put).toMatchObject({ commands: [{ n: 1 }], records: [['list', { rev: 7, n: 1 }]] });
});

test('an acknowledgement that was lost is asked for again, and nothing happens twice', async () => {
  const world = new World();
  const page = await live(world);
  world.server.breakAfterCommit = true;
  const command = page.room.send('list', 'put', 'a');
  await world.settle();
  expect(page.room.line).toMatchObject({ state: 'connecting', unsettled: 1 });
  await world.pass(1_000);
  expect(await command).toMatchObject({ is: 'done', n: 1 });
  expect(sent(page)).toEqual([[1, 'a']]);
  expect(world.server.items('list')).toEqual(['a']);
  expect(page.mirror('list').items).toEqual(['a']);
});

test('a wait sends that command and all after it again, in order, and not before its time', async () => {
  const world = new World();
  const page = await live(world);
  let busy = true;
  world.server.wait = (asked) => (busy && asked.n === 2 ? { because: 'busy', after: 300 } : null);
  for (const item of ['a', 'b', 'c']) void page.room.send('list', 'put', item);
  await world.settle();
  busy = false;
  await world.pass(299);
  expect(world.server.items('list')).toEqual(['a']);
  await world.pass(1);
  expect(world.server.items('list')).toEqual(['a', 'b', 'c']);
  expect(sent(page).map(([n]) => n)).toEqual([1, 2, 3, 2, 3]);
  expect(page.room.line.unsettled).toBe(0);
});

test('a refusal in the middle is told to who asked, and what follows goes on', async () => {
  const world = new World();
  const page = await live(world);
  world.server.refuse = (asked) => (asked.with === 'b' ? { because: 'closed', say: 'Closed.' } : null);
  const all = ['a', 'b', 'c'].map((item) => page.room.send('list', 'put', item));
  await world.settle();
  expect((await Promise.all(all)).map((o) => o.is)).toEqual(['done', 'refused', 'done']);
  expect(page.mirror('list').items).toEqual(['a', 'c']);
  expect(page.mirror('list').refusals).toMatchObject([{ because: 'closed', say: 'Closed.' }]);
});

test('a refusal that overtakes an acknowledgement stays a refusal, though the server forgets it', async () => {
  const world = new World();
  const page = await live(world);
  const first = page.room.send('list', 'put', 'a');
  const second = page.room.send('list', 'put', 'b');
  await world.think();
  world.server.wait = () => ({ because: 'busy', after: 60_000 });
  page.link.tell({ refused: 2, because: 'closed', say: 'Closed.', in: 'list', do: 'put' });
  await world.settle();
  expect(await second).toMatchObject({ is: 'refused', because: 'closed' });
  world.server.wait = () => null;
  world.server.crash();
  await world.pass(1_000);
  expect(await first).toMatchObject({ is: 'done' });
  expect(sent(page)).toEqual([
    [1, 'a'],
    [2, 'void'],
  ]);
  expect(world.server.items('list')).toEqual(['a']);
  expect(page.room.line.unsettled).toBe(0);
});

test('a number settled before a lower one is used up on the next connection too, before any after it', async () => {
  const world = new World();
  const page = await live(world);
  for (const item of ['a', 'b']) void page.room.send('list', 'put', item);
  await world.think();
  world.server.wait = () => ({ because: 'busy', after: 60_000 });
  page.link.tell({ refused: 2, because: 'closed', say: 'Closed.', in: 'list', do: 'put' });
  await world.settle();
  let waits = 1;
  world.server.wait = (asked) => (asked.n === 2 && waits-- > 0 ? { because: 'busy', after: 100 } : null);
  const third = page.room.send('list', 'put', 'c');
  world.server.crash();
  await world.pass(3_000);
  expect(await third).toMatchObject({ is: 'done', n: 3 });
  expect(sent(page)).toEqual([
    [1, 'a'],
    [2, 'void'],
    [3, 'c'],
    [2, 'void'],
    [3, 'c'],
  ]);
});

test('at most so many are under way', async () => {
  const world = new World();
  const page = await live(world);
  for (let i = 0; i < 40; i++) void page.room.send('list', 'put', i);
  await world.think();
  expect(sent(page)).toHaveLength(LIMITS.unsettled);
  await world.settle();
  expect(world.server.items('list')).toEqual(Array.from({ length: 40 }, (_, i) => i));
});

test('a command that nobody hears is settled by "done"', async () => {
  const world = new World();
  const page = await live(world);
  const command = page.room.send('list-2', 'put', 'a');
  await world.settle();
  expect(await command).toEqual({ is: 'done', n: 1, event: null });
});

test('while disconnected its content can be changed, but not its number', async () => {
  const world = new World();
  const page = await live(world);
  page.link.dead = true;
  const { n } = page.room.send('list', 'put', { base: 1 });
  await world.settle();
  expect(page.room.unsettled('list')).toMatchObject([{ n, with: '{"base":1}' }]);
  page.room.amend(n, { base: 2 });
  page.room.wake(true);
  await world.settle();
  expect(world.server.items('list')).toEqual([{ base: 2 }]);
  expect(sent(page)).toEqual([[1, { base: 2 }]]);
});

const big = 'x'.repeat(LIMITS.socket);

test('a big command goes by POST, alone and in its turn', async () => {
  const world = new World();
  const page = await live(world);
  const posted: number[] = [];
  let answer = (): void => undefined;
  world.post = async (command) => {
    posted.push(command.n);
    await new Promise<void>((resolve) => (answer = resolve));
    return world.server.post(command);
  };
  for (const item of ['a', big, 'c']) void page.room.send('list', 'put', item);
  await world.think();
  expect(posted, 'it waits for the one before it').toEqual([]);
  await world.settle();
  expect(posted).toEqual([2]);
  expect(
    sent(page).map(([n]) => n),
    'the next waits for it',
  ).toEqual([1]);
  answer();
  await world.settle();
  expect(sent(page).map(([n]) => n)).toEqual([1, 3]);
  expect(page.mirror('list').items).toEqual(['a', big, 'c']);
  expect(page.room.line.unsettled).toBe(0);
});

test('a POST that gets nowhere is tried again; one that was refused is settled', async () => {
  const world = new World();
  const page = await live(world);
  const failures = [
    new ApiError('offline', '', 0),
    new ApiError('busy', '', 503),
    new ApiError('http-502', '', 502),
  ];
  let posts = 0;
  world.post = (command) => {
    const failure = failures[posts++];
    return failure ? Promise.reject(failure) : world.server.post(command);
  };
  const first = page.room.send('list', 'put', big);
  await world.pass(5_000);
  expect(await first).toMatchObject({ is: 'done', n: 1 });
  expect(posts).toBe(4);
  world.server.refuse = (asked) => (asked.with === big ? { because: 'broken', say: 'No.' } : null);
  const second = page.room.send('list', 'put', big);
  const third = page.room.send('list', 'put', 'c');
  await world.settle();
  expect(await second).toMatchObject({ is: 'refused', n: 2, because: 'broken' });
  expect(await third).toMatchObject({ is: 'done', n: 3 });
});

test('a POST that somebody on the way refused uses up its number and no more', async () => {
  const world = new World();
  const page = await live(world);
  world.post = () => Promise.reject(new ApiError('too-big', 'Too big.', 413));
  const first = page.room.send('list', 'put', big);
  const second = page.room.send('list', 'put', 'b');
  await world.settle();
  expect(await first).toMatchObject({ is: 'refused', because: 'too-big' });
  expect(await second).toMatchObject({ is: 'done', n: 2 });
  expect(sent(page)).toEqual([
    [1, 'void'],
    [2, 'b'],
  ]);
  expect(page.mirror('list').refusals).toHaveLength(1);
});

test('a POST under way when the connection breaks is given up and made again', async () => {
  const world = new World();
  const page = await live(world);
  const stops: AbortSignal[] = [];
  world.post = (command, stop) => {
    stops.push(stop);
    return stops.length > 1 ? world.server.post(command) : new Promise(() => undefined);
  };
  const command = page.room.send('list', 'put', big);
  await world.settle();
  page.link.cut();
  await world.pass(1_000);
  expect(stops.map((s) => s.aborted)).toEqual([true, false]);
  expect(await command).toMatchObject({ is: 'done' });
  expect(world.server.items('list')).toEqual([big]);
});

test('a frame that was too big for the server is not sent again as it is', async () => {
  const world = new World();
  const page = await live(world);
  world.server.largestFrame = 1_000;
  const small = page.room.send('list', 'put', 'a');
  const large = page.room.send('list', 'put', 'x'.repeat(2_000));
  const last = page.room.send('list', 'put', 'c');
  await world.pass(5_000);
  expect(await large).toMatchObject({ is: 'refused', because: 'too-big' });
  expect([(await small).is, (await last).is]).toEqual(['done', 'done']);
  expect(world.server.items('list')).toEqual(['a', 'c']);
  expect(page.links.flatMap((l) => l.sent).filter((text) => text.length > 2_000)).toHaveLength(1);
});

test('what is too big for any way is refused at once and takes no number', async () => {
  const world = new World();
  const page = await live(world);
  expect(await page.room.send('list', 'put', 'x'.repeat(LIMITS.post))).toMatchObject({
    is: 'refused',
    n: 0,
    because: 'too-big',
  });
  expect(page.room.send('list', 'put', 'a').n).toBe(1);
});
