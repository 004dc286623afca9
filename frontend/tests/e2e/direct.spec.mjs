// Direct messages as people use them: two talk, a host looks everywhere and finds nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { enter, start } from './rooms.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const talk = (page) => page.locator('button:visible', { hasText: 'Chat' }).first().click();
const tab = (page, name) => page.getByRole('tab', { name });
const line = (page, text) => page.locator('.direct .line').filter({ hasText: text });

async function write(page, to, text) {
  await page.getByLabel(`Message to ${to}`).fill(text);
  await page.getByLabel(`Message to ${to}`).press('Enter');
}

test('two talk alone, on a laptop and a phone: unread is the same everywhere, once through an outage and a killed server, and a host finds nothing', async (t) => {
  const server = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const frames = [];
  host.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))));
  const code = await start(host, server.url);
  const ben = await open();
  await enter(ben, server.url, code, 'Ben');
  const cyd = await open(phone);
  await enter(cyd, server.url, code, 'Cyd');
  const other = await cyd.context().newPage();
  await other.goto(`${server.url}/r/${code}`);
  await other.getByText('Saved').waitFor();

  // From the list of people into the talk.
  await ben.getByRole('button', { name: 'People', exact: true }).click();
  await ben.getByRole('button', { name: 'Write to Cyd alone' }).click();
  await ben.getByText('Nothing yet between you and Cyd').waitFor();
  await write(ben, 'Cyd', 'a nightingale for you');
  await line(ben, 'a nightingale for you').waitFor();
  assert.deepEqual(await barriers(ben), []);
  for (const page of [cyd, other]) await page.getByRole('button', { name: '@1 Chat' }).waitFor();

  // On the phone, from the mark to the answer, and back.
  await cyd.bringToFront();
  await talk(cyd);
  await tab(cyd, 'Direct 1').click();
  assert.deepEqual(await barriers(cyd), []);
  await becomes(() => overflow(cyd), 0);
  await cyd.getByRole('button', { name: /^Ben.*1 unread/ }).click();
  await line(cyd, 'a nightingale for you').waitFor();
  for (const page of [cyd, other])
    await page.getByRole('button', { name: 'Chat', exact: true }).waitFor({ timeout: 30_000 });
  await cyd.getByLabel('Message to Ben').fill('thank');
  await ben.getByText('Cyd is typing').waitFor();
  await write(cyd, 'Ben', 'thank you for the nightingale');
  await line(ben, 'thank you for the nightingale').waitFor();
  assert.deepEqual(await barriers(cyd), []);
  await cyd.goBack();
  await cyd.getByRole('button', { name: /^Ben/ }).waitFor();

  // All that one can do with a message.
  await line(ben, 'thank you').hover();
  await line(ben, 'thank you').getByRole('button', { name: 'React', exact: true }).click();
  await ben.getByRole('button', { name: 'React with 🎉' }).click();
  await ben.getByLabel('Message to Cyd').click();
  await line(ben, 'a nightingale').hover();
  await line(ben, 'a nightingale').getByRole('button', { name: 'More' }).click();
  await ben.getByRole('menuitem', { name: 'Edit' }).click();
  await write(ben, 'Cyd', 'two nightingales for you');
  await cyd.getByRole('button', { name: /^Ben/ }).click();
  await line(cyd, 'two nightingales').getByText('edited').waitFor();
  await line(cyd, 'thank you').getByRole('button', { name: '🎉 1: Ben' }).waitFor();

  // What is written without a network goes out once; what was said is there after the server was killed.
  await ben.context().setOffline(true);
  await ben.getByText('Offline').first().waitFor();
  await write(ben, 'Cyd', 'written in a tunnel');
  await ben.locator('.direct .unsent').filter({ hasText: 'written in a tunnel' }).waitFor();
  await server.stop('SIGKILL');
  await plenum(t, { folder: server.folder, listen: new URL(server.url).host });
  await ben.context().setOffline(false);
  await line(ben, 'written in a tunnel').waitFor({ timeout: 60_000 });
  await line(cyd, 'written in a tunnel').waitFor({ timeout: 60_000 });
  await ben.reload();
  await talk(ben);
  await tab(ben, 'Direct').click();
  await ben.getByRole('button', { name: /^Cyd/ }).click();
  await line(ben, 'written in a tunnel').waitFor();
  assert.equal(await line(ben, 'written in a tunnel').count(), 1);
  assert.equal(await line(ben, 'two nightingales').count(), 1);

  // The bell, search and a link lead there.
  const [notice] = (await get(cyd, '/api/notices')).notices;
  assert.deepEqual([notice.why, notice.in], ['direct', 'direct']);
  await becomes(
    async () => (await get(cyd, '/api/search?q=tunnel')).results.map(({ in: id, name }) => [id, name]),
    [['direct', 'Ben']],
  );
  await other.bringToFront();
  await other.goto('about:blank');
  await other.goto(`${server.url}/r/${code}#in=direct&at=${notice.key}`);
  await other.locator('.direct .line.lit').waitFor();

  // Blocked: nothing comes any more, and the other is not told.
  await cyd.getByRole('button', { name: 'More' }).first().click();
  await cyd.getByRole('menuitem', { name: 'Block Ben' }).click();
  await cyd.getByText('You have blocked this person').waitFor();
  await write(ben, 'Cyd', 'do you hear me?');
  await line(ben, 'do you hear me?').waitFor();
  await cyd.getByRole('button', { name: 'More' }).first().click();
  await cyd.getByRole('menuitem', { name: 'Unblock Ben' }).click();
  await write(ben, 'Cyd', 'and now?');
  await line(cyd, 'and now?').waitFor();
  assert.equal(await line(cyd, 'do you hear me?').count(), 0);

  // The host switches direct messages off; and has seen nothing of it all.
  await host.getByRole('button', { name: 'People', exact: true }).click();
  await tab(host, 'Room').click();
  await host.getByRole('switch', { name: 'No direct messages' }).click();
  await ben.getByText('A host has switched direct messages off.').first().waitFor();
  await talk(host);
  await tab(host, 'Direct').click();
  await host.getByText('only the two of you see').waitFor();
  const { view } = await get(host, `/api/rooms/${code}/activities/lobby/view`);
  const chat = view.activities.find((a) => a.kind === 'chat').id;
  await post(host, `/api/rooms/${code}/activities/${chat}/say`, { with: { text: 'the end' } });
  await becomes(async () => frames.some((frame) => frame.includes('the end')), true);
  const all = [
    ...frames,
    await host.content(),
    JSON.stringify(await get(host, '/api/search?q=nightingale')),
    JSON.stringify(await get(host, `/api/rooms/${code}/activities/direct/view`)),
    JSON.stringify(await get(host, `/api/rooms/${code}/activities/lobby/read/audit`)),
    JSON.stringify(await get(host, '/api/notices')),
  ].join('\n');
  for (const secret of [
    'nightingales',
    'for you',
    'tunnel',
    '"typing","with"',
    '"in":"direct","did"',
    '"thread"',
  ])
    assert.ok(!all.includes(secret), `the host has seen ${secret}`);
  assert.deepEqual(
    faults().filter((fault) => !/WebSocket|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED/.test(fault)),
    [],
  );
});
