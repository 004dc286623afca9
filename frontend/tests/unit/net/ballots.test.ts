// @vitest-environment node
import { expect, test } from 'vitest';
import { World, type Page } from './world';

async function live(world: World): Promise<Page> {
  const page = await world.page();
  page.watch('poll');
  await world.settle();
  return page;
}

function vote(page: Page, turn: number, choice: string): void {
  page.room.cast('poll', 'vote', { turn, choice }, 'q1/1');
}

test('a ballot is kept, sent, counted, and only then forgotten', async () => {
  const world = new World();
  const page = await live(world);
  vote(page, 1, 'a');
  expect(page.room.ballot('poll', 'q1/1')).toBe('kept');
  expect(page.room.line.unsettled).toBe(1);
  await world.think();
  expect(page.room.ballot('poll', 'q1/1')).toBe('sent');
  await world.settle();
  expect(page.room.ballot('poll', 'q1/1')).toBeNull();
  expect(page.mirror('poll').marks).toEqual(['kept', 'sent', 'counted']);
  expect([...page.mirror('poll').keys]).toEqual(['q1/1']);
  expect(page.mirror('poll').mineNow).toEqual({ turn: 1, choice: 'a' });
  expect(page.room.line.unsettled).toBe(0);
});

test('the newest replaces the one before, whose answers mean nothing any more', async () => {
  const world = new World();
  const page = await live(world);
  world.server.refuse = (asked) =>
    (asked.with as { turn: number }).turn === 1 ? { because: 'closed', say: '' } : null;
  vote(page, 1, 'a');
  await world.think();
  vote(page, 2, 'b');
  await world.settle();
  expect(world.server.ballots.get('m1')).toEqual({ turn: 2, choice: 'b' });
  expect(page.mirror('poll').marks).toEqual(['kept', 'sent', 'kept', 'sent', 'counted']);
  expect(page.mirror('poll').refusals).toEqual([]);
});

test('a ballot cast offline and reloaded is delivered once, or the person is told', async () => {
  const world = new World();
  let page = await live(world);
  page.link.dead = true;
  vote(page, 1, 'a');
  await world.think();
  page = await world.reload(page);
  page.watch('poll');
  await world.settle();
  expect(world.server.ballots.get('m1')).toEqual({ turn: 1, choice: 'a' });
  expect(page.room.line.unsettled).toBe(0);

  page.link.dead = true;
  vote(page, 2, 'b');
  await world.think();
  world.server.refuse = () => ({ because: 'closed', say: 'Too late.' });
  page = await world.reload(page);
  page.watch('poll');
  await world.settle();
  expect(page.everythingRefused()).toEqual(['{"turn":2,"choice":"b"}']);
  expect(page.room.line.unsettled).toBe(0);
});

test('it goes again on every connection until its own part shows it', async () => {
  const world = new World();
  const page = await live(world);
  world.server.breakAfterCommit = true;
  vote(page, 1, 'a');
  await world.settle();
  expect(page.room.ballot('poll', 'q1/1')).toBe('kept');
  await world.pass(1_000);
  expect(page.room.line.unsettled).toBe(0);
  expect(page.mirror('poll').marks.at(-1)).toBe('counted');
  expect(world.server.items('poll')).toHaveLength(1);
});

test('a wait sends it again after its time', async () => {
  const world = new World();
  const page = await live(world);
  world.server.wait = () => ({ because: 'busy', after: 400 });
  vote(page, 1, 'a');
  await world.settle();
  world.server.wait = () => null;
  await world.pass(399);
  expect(world.server.ballots.size).toBe(0);
  await world.pass(1);
  expect(world.server.ballots.size).toBe(1);
});

test('one that is too big is refused at once', async () => {
  const world = new World();
  const page = await live(world);
  vote(page, 1, 'x'.repeat(50_000));
  expect(page.mirror('poll').marks).toEqual(['refused']);
  expect(page.room.line.unsettled).toBe(0);
});
