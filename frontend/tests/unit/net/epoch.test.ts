// @vitest-environment node
import { expect, test } from 'vitest';
import { World, type Page } from './world';

async function live(world: World): Promise<Page> {
  const page = await world.page();
  page.watch('list');
  await world.settle();
  return page;
}

test.each(['another epoch', 'a fork of the log'])(
  '%s: nothing unsettled is sent; it is kept for the person',
  async (which) => {
    const world = new World();
    let page = await live(world);
    await world.outcome(page.room.send('list', 'put', 'a'));
    page.link.dead = true;
    const lost = page.room.send('list', 'put', 'b');
    page.room.keep('list', { text: 'b' });
    page.room.keep('list-2', { text: 'not touched' });
    page.room.cast('poll', 'vote', { turn: 1, choice: 'x' }, 'q1');
    await world.think();
    const before = page.room.peer;
    if (which === 'another epoch') world.server.restore(0);
    else {
      world.server.marks.set(1, 'another');
      page.link.cut();
    }
    await world.pass(3_000);
    expect(await lost).toEqual({ is: 'recovered', n: 2 });
    expect(page.room.line).toMatchObject({ state: 'live', unsettled: 0 });
    expect(page.room.peer).not.toBe(before);
    expect(page.room.record('list')).toBeUndefined();
    expect(page.mirror('list')).toMatchObject({ moves: 1, opens: 2, items: world.server.items('list') });
    const left = {
      commands: [{ n: 2, with: '"b"' }],
      ballots: [{ do: 'vote' }],
      records: [['list', { text: 'b' }]],
    };
    expect(page.recovered).toMatchObject([{ peer: before, ...left }]);

    page = await world.reload(page);
    expect(page.recovered).toMatchObject([{ peer: before, ...left }]);
    await page.room.dismiss(before);
    expect(page.recovered).toEqual([]);
    page = await world.reload(page);
    expect(page.recovered).toEqual([]);
    expect(world.server.items('list')).not.toContain('b');
    expect(world.server.ballots.size).toBe(0);
  },
);

test('another epoch means nothing to a page that has asked for nothing', async () => {
  const world = new World();
  const page = await live(world);
  const before = page.room.peer;
  world.server.restore(0);
  await world.pass(1_000);
  expect(page.room.peer).toBe(before);
  expect(page.mirror('list')).toMatchObject({ opens: 2, moves: 0 });
});

test('the epoch is stored before anything is sent into it', async () => {
  const world = new World();
  world.server.shut = true;
  const page = await world.page();
  void page.room.send('list', 'put', 'a');
  await world.settle();
  world.server.shut = false;
  world.server.wait = () => ({ because: 'busy', after: 60_000 });
  page.room.wake(true);
  await world.settle();
  expect(page.link.sent.at(-1)).toContain('"n":1');
  world.server.wait = () => null;
  world.server.restore(0);
  const next = await world.reload(page);
  await world.pass(3_000);
  expect(world.server.items('list')).toEqual([]);
  expect(next.recovered).toMatchObject([{ commands: [{ n: 1 }] }]);
});

test('after another epoch it joins again at once, however long the server was away', async () => {
  const world = new World();
  const page = await live(world);
  world.server.shut = true;
  page.link.cut();
  void page.room.send('list', 'put', 'a');
  await world.pass(120_000);
  world.server.restore(0);
  world.server.shut = false;
  while (page.recovered.length === 0) await world.pass(1_000);
  await world.pass(1_000);
  expect(page.room.line.state).toBe('live');
});

test('what was sent into one epoch before a reload is not sent into the next', async () => {
  const world = new World();
  world.server.answersLater = false;
  const opening = world.page();
  await world.think();
  const [page] = world.pages;
  await opening;
  world.server.wait = () => ({ because: 'busy', after: 60_000 });
  void page!.room.send('list', 'put', 'a');
  await world.settle();
  world.server.wait = () => null;
  page!.link.dead = true;
  world.server.restore(0);
  const next = await world.reload(page!);
  next.watch('list');
  await world.pass(3_000);
  expect(world.server.items('list')).toEqual([]);
  expect(next.recovered).toMatchObject([{ commands: [{ n: 1, with: '"a"' }] }]);
});
