// @vitest-environment node
import { expect, test } from 'vitest';
import { World } from './world';

test('only the newest signal with a name goes out, at its pace; offline none does', async () => {
  const world = new World();
  const page = await world.page();
  const told = (): unknown[] =>
    page.link.sent
      .map((t) => JSON.parse(t) as { signal?: string; with: unknown })
      .filter((f) => f.signal)
      .map((f) => f.with);
  for (let i = 0; i < 5; i++) page.room.signal('list', 'point', i);
  page.room.signal('list', 'typing', true);
  expect(told()).toEqual([0, true]);
  await world.pass(199);
  expect(told()).toEqual([0, true]);
  await world.pass(1);
  expect(told()).toEqual([0, true, 4]);
  await world.pass(1_000);
  expect(told()).toEqual([0, true, 4]);

  page.room.signal('list', 'point', 5);
  page.room.signal('list', 'point', 6);
  page.link.cut();
  page.room.signal('list', 'point', 7);
  await world.pass(5_000);
  expect(page.room.line.state).toBe('live');
  expect(told()).toEqual([]);
  page.room.signal('list', 'point', 8);
  expect(told()).toEqual([8]);
  await world.pass(1_000);
  page.link.bufferedAmount = 100_000;
  page.room.signal('list', 'point', 9);
  expect(told(), 'a clogged connection is not made worse').toEqual([8]);
});
