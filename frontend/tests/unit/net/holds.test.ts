import { expect, test } from 'vitest';
import { World } from './world';

test('what an activity holds back counts in the state line, until it does not', async () => {
  const world = new World();
  const page = await world.page();
  expect(page.room.code).toMatch(/^\w+$/);
  page.room.holds('doc-1', 3);
  page.room.holds('doc-2', 1);
  expect(page.room.line.unsettled).toBe(4);
  expect(page.lines.at(-1)?.unsettled).toBe(4);
  page.room.holds('doc-1', 0);
  expect(page.room.line.unsettled).toBe(1);
  page.room.holds('doc-2', 0);
  expect(page.lines.at(-1)?.unsettled).toBe(0);
});
