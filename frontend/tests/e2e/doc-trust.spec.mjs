// What becomes of what is written, in words at the foot of the page; against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow } from './harness.mjs';
import { agreed, editor, meeting, saved, shows } from './writers.mjs';

const line = (page) => page.locator('footer .numbers');
const result = (page) => page.locator('footer [role=status]');
const compare = (page) => page.getByRole('button', { name: 'Compare with the server' }).click();

test('what is stored, what waits, and that a copy is the server’s', async (t) => {
  const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
  const room = await meeting(t, { content: [{ insert: 'The plan\n' }], options: [{}, phone] });
  const [ada, ben] = room.pages;
  await becomes(() => line(ada).textContent(), '0 changes are stored · nothing waits on this device');
  await editor(ada).click();
  await ada.keyboard.type('One 😀 ');
  await agreed(room);
  await becomes(
    () => line(ben).textContent(),
    /^\d+ changes? (is|are) stored · nothing waits on this device$/,
  );
  await compare(ada);
  await compare(ben);
  await becomes(() => result(ada).textContent(), /is the same as what the server has stored/);
  const said = await result(ada).textContent();
  assert.match(said, /change \d+, checksum [0-9a-f]{16}/);
  await becomes(() => result(ben).textContent(), said);
  await becomes(() => overflow(ben), 0);
  assert.deepEqual(await barriers(ada), []);
  assert.deepEqual(await barriers(ben), []);
  await ada.context().setOffline(true);
  await editor(ada).press('End');
  await ada.keyboard.type('x');
  await becomes(() => line(ada).textContent(), /· 1 change waits on this device$/);
  await ada.context().setOffline(false);
  await saved(ada);
  await becomes(() => line(ada).textContent(), /nothing waits on this device$/);
});

test('a copy that differs is fetched anew', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'The plan\n' }], names: ['Ada'] });
  const [ada] = room.pages;
  await ada.route('**/read/sum?*', (route) => route.fulfill({ json: { rev: 0, hash: '0123456789abcdef' } }));
  await compare(ada);
  await becomes(() => result(ada).textContent(), /was not what the server has stored/);
  await shows(ada, 'The plan\n');
  await ada.unroute('**/read/sum?*');
  await compare(ada);
  await becomes(() => result(ada).textContent(), /is the same as what the server has stored/);
  assert.deepEqual(room.faults(), []);
});
