// @vitest-environment node
import { expect, test } from 'vitest';
import { ApiError } from '../../../src/lib/net/api';
import { World, type Page } from './world';

async function live(world: World, ...activities: string[]): Promise<Page> {
  const page = await world.page();
  page.watch(...(activities.length > 0 ? activities : ['list']));
  await world.settle();
  return page;
}

/** The connection breaks, something happens meanwhile, and it comes back. */
async function away(world: World, page: Page, meanwhile: () => void): Promise<void> {
  page.link.cut();
  meanwhile();
  await world.pass(1_000);
  expect(page.room.line.state).toBe('live');
}

test('nothing missed: what is shown stays', async () => {
  const world = new World();
  const page = await live(world);
  world.server.happen('list', 'put', 'a');
  await world.settle();
  await away(world, page, () => undefined);
  expect(world.server.joins.at(-1)).toMatchObject({ epoch: 'k1', seq: 1, watch: { list: 1 } });
  expect(page.mirror('list')).toMatchObject({ opens: 1, items: ['a'] });
});

test('what was missed comes as events, each once', async () => {
  const world = new World();
  const page = await live(world, 'list', 'list-2');
  world.server.happen('list', 'put', 'a');
  await world.settle();
  await away(world, page, () => {
    world.server.happen('list', 'put', 'b');
    world.server.happen('list-2', 'put', 'c');
    world.server.happen('list', 'put', 'd');
  });
  expect(page.mirror('list')).toMatchObject({ opens: 1, items: ['a', 'b', 'd'] });
  expect(page.mirror('list-2')).toMatchObject({ opens: 1, items: ['c'] });
  world.server.happen('list', 'put', 'e');
  await world.settle();
  expect(page.mirror('list').heard.map((e) => e.seq)).toEqual([1, 2, 4, 5]);
});

test('a view that is ahead of what was told can be built on all the same', async () => {
  const world = new World();
  world.server.happen('list', 'put', 'a');
  const page = await live(world, 'list-2');
  page.link.dead = true;
  world.server.happen('list', 'put', 'b');
  page.link.dead = false;
  page.watch('list');
  await world.settle();
  await away(world, page, () => world.server.happen('list', 'put', 'c'));
  expect(world.server.joins.at(-1)).toMatchObject({ seq: 1, watch: { list: 1, 'list-2': 1 } });
  expect(page.mirror('list')).toMatchObject({ opens: 1, items: ['a', 'b', 'c'] });
});

test('too much was missed: it starts afresh from a view', async () => {
  const world = new World();
  const page = await live(world);
  world.server.happen('list', 'put', 'a');
  await world.settle();
  await away(world, page, () => {
    world.server.happen('list', 'put', 'b');
    world.server.tooMuch = true;
  });
  expect(page.mirror('list')).toMatchObject({ opens: 2, items: ['a', 'b'] });
  world.server.happen('list', 'put', 'c');
  await world.settle();
  expect(page.mirror('list')).toMatchObject({ opens: 2, items: ['a', 'b', 'c'] });
});

test('an event that comes twice is told once, and the count in the beat finds it out', async () => {
  const world = new World();
  const page = await live(world);
  world.server.happen('list', 'put', 'a');
  page.link.spoil('double');
  await world.settle();
  expect(page.mirror('list').items).toEqual(['a']);
  expect(page.links).toHaveLength(1);
  world.server.beat();
  await world.pass(1_000);
  expect(page.links).toHaveLength(2);
  expect(page.reported).toEqual([]);
});

test('a lost frame is found by the next beat, and everything is shown from views again', async () => {
  const world = new World();
  const page = await live(world);
  world.server.happen('list', 'put', 'a');
  page.link.spoil('lose');
  world.server.happen('list', 'put', 'b');
  await world.settle();
  expect(page.mirror('list').items).toEqual(['b']);
  world.server.beat();
  await world.pass(1_000);
  expect(page.mirror('list')).toMatchObject({ opens: 2, items: ['a', 'b'] });
});

test('a beat that agrees moves the place to resume from', async () => {
  const world = new World();
  const page = await live(world);
  world.server.happen('elsewhere', 'put', 'a');
  world.server.beat();
  await world.settle();
  expect(page.links).toHaveLength(1);
  await away(world, page, () => undefined);
  expect(world.server.joins.at(-1)).toMatchObject({ seq: 1, mark: world.server.mark, watch: { list: 1 } });
  world.server.beat(1);
  await world.pass(1_000);
  expect(page.links, 'another count').toHaveLength(3);
});

test('a beat of another log at the same place is a doubt', async () => {
  const world = new World();
  const page = await live(world);
  page.link.tell({ beat: { seq: 0, mark: 'other', frames: 0 } });
  await world.pass(1_000);
  expect(page.links).toHaveLength(2);
});

test('a big view is fetched; events meanwhile wait, and what it holds already is not told again', async () => {
  const world = new World();
  world.viewsWait = true;
  world.server.big = () => true;
  const page = await live(world);
  world.server.happen('list', 'put', 'a');
  page.link.tell({ digests: [{ in: 'list', key: 'q', through: 1, with: 7 }] });
  page.link.tell({
    signals: [{ in: 'list', signal: 'point', with: 1, by: 'm2', peer: 'p', name: 'Ben', colour: 1 }],
  });
  await world.settle();
  const answer = world.server.view('list');
  world.server.happen('list', 'put', 'b');
  await world.settle();
  expect(page.mirror('list').opens).toBe(0);
  page.views[0]?.come(answer);
  await world.settle();
  const mirror = page.mirror('list');
  expect(mirror).toMatchObject({
    opens: 1,
    items: ['a', 'b'],
    digests: [{ with: 7 }],
    signals: [{ with: 1 }],
  });
  expect(mirror.heard.map((e) => e.seq)).toEqual([2]);
});

test('our own event settles our command even while its view is on the way', async () => {
  const world = new World();
  world.viewsWait = true;
  world.server.big = () => true;
  const page = await live(world);
  const command = page.room.send('list', 'put', 'a');
  await world.settle();
  expect(await command).toMatchObject({ is: 'done' });
  page.views[0]?.come({ seq: 0, view: { items: [] }, mine: null });
  await world.settle();
  expect(page.mirror('list').items).toEqual(['a']);
});

test('a fetch that fails is made again; one that is refused is asked for again; an old one counts for nothing', async () => {
  const world = new World();
  world.viewsWait = true;
  world.server.big = () => true;
  world.server.happen('list', 'put', 'a');
  const page = await live(world);
  page.views[0]?.fail(new ApiError('offline', '', 0));
  await world.pass(1_000);
  expect(page.views).toHaveLength(2);
  page.views[1]?.fail(new ApiError('no-activity', '', 404));
  await world.pass(2_000);
  expect(page.link.sent.at(-1)).toBe('{"watch":{"list":null}}');
  page.views[2]?.come({ seq: 0, view: { items: [] }, mine: null });
  await world.pass(1_000);
  expect(page.mirror('list').opens, 'it is older than what was promised').toBe(0);
  await away(world, page, () => undefined);
  page.views[3]?.come({ seq: 9, view: { items: ['stale'] }, mine: null });
  page.views[4]?.come();
  await world.settle();
  expect(page.mirror('list')).toMatchObject({ opens: 1, items: ['a'] });
});

test('what may not be seen is gone; what is only being opened is asked for again', async () => {
  const world = new World();
  const page = await live(world, 'secret', 'list');
  expect(page.mirror('secret').lost).toMatchObject({ because: 'no-activity' });
  page.link.tell({ watch: { list: { refused: 'moving', say: 'Later.' } } });
  await world.pass(1_000);
  expect(page.mirror('list').lost).toBeNull();
  expect(page.mirror('list').opens).toBe(2);
  page.link.tell({ unwatched: ['list'] });
  await world.settle();
  expect(page.mirror('list').lost).toMatchObject({ because: 'hidden' });
  world.server.refresh('list');
  await world.settle();
  expect(page.mirror('list')).toMatchObject({ opens: 3, lost: null });
});

test('a question that came too fast is asked again', async () => {
  const world = new World();
  const page = await live(world);
  page.link.dead = true;
  page.watch('list-2');
  page.link.dead = false;
  page.link.sent.length = 0;
  const told = JSON.stringify({ wait: 0, because: 'rate', say: '', after: 700 });
  page.link.onmessage?.call(page.link as never, { data: told } as MessageEvent);
  await world.think();
  world.clock.moveTo(world.clock.now() + 700);
  expect(page.link.sent).toEqual(['{"watch":{"list-2":null}}']);
});

test('what is watched while the answer to the join is on its way is asked for then', async () => {
  const world = new World();
  const page = await live(world);
  page.link.cut();
  world.clock.moveTo(world.clock.now() + 1_000);
  page.link.carry('up');
  await world.think();
  page.watch('list-2');
  await world.settle();
  expect(page.mirror('list-2').opens).toBe(1);
});

test('a state that cannot take an event starts afresh, and nobody else suffers', async () => {
  const world = new World();
  const page = await live(world, 'list', 'list-2');
  page.mirror('list').fault = () => {
    throw new Error('out of step');
  };
  world.server.happen('list', 'put', 'a');
  world.server.happen('list-2', 'put', 'b');
  await world.settle();
  expect(page.reported).toEqual([new Error('out of step')]);
  expect(page.mirror('list')).toMatchObject({ opens: 2, items: ['a'] });
  expect(page.mirror('list-2')).toMatchObject({ opens: 1, items: ['b'] });
});

test('with another role nothing is built on until the fresh views are here', async () => {
  const world = new World();
  const page = await live(world);
  expect([page.room.may('list', 'put'), page.room.may('add'), page.room.may('list', 'point')]).toEqual([
    true,
    false,
    true,
  ]);
  page.link.tell({ member: { id: 'm1', name: 'Ada', colour: 3, role: 'host' } });
  await world.settle();
  expect([page.room.may('add'), page.room.may('list', 'unheard-of')]).toEqual([true, false]);
  await away(world, page, () => (world.server.role = 'host'));
  expect(world.server.joins.at(-1)?.watch).toEqual({ list: null });
  await away(world, page, () => undefined);
  expect(world.server.joins.at(-1)?.watch).toEqual({ list: 0 });
});

test('presence is kept from differences', async () => {
  const world = new World();
  const page = await live(world);
  const ben = { id: 'm2', name: 'Ben', colour: 1, role: 'viewer', tabs: 1 };
  page.link.tell({ presence: { people: 2, here: [ben] } });
  await world.settle();
  expect(page.room.here).toMatchObject({ people: 2, here: [{ id: 'm1' }, { id: 'm2' }] });
  page.link.tell({ presence: { people: 1, here: [{ ...ben, tabs: 2 }], gone: ['m1'] } });
  await world.settle();
  expect(page.room.here).toEqual({ people: 1, here: [{ ...ben, tabs: 2 }] });
});
