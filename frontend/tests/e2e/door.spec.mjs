// The door of a room: who waits, what they see meanwhile, and how a host lets them in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { PHONE, room } from './voters.mjs';

const WAITS = 'The host will let you in';

/** Knocks at a page of the room: a phone's, or the whole room's. */
async function knock(open, address, name, options) {
  const page = await open(options);
  await page.goto(address);
  await page.getByText('A host lets people in.').waitFor();
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText(WAITS).waitFor();
  return page;
}

test('a phone and a laptop wait, the server restarts, and a host decides', async (t) => {
  const server = await plenum(t);
  const { url } = server;
  const { open } = await browser(t);
  const { host, code } = await room(open, url);
  await host.getByRole('button', { name: 'People', exact: true }).click();
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByLabel('Who comes in by the code').selectOption({ label: 'Everyone waits for me' });
  await host.getByRole('tab', { name: 'People' }).click();

  const ben = await knock(open, `${url}/${code}`, 'Ben', PHONE);
  await host.getByText('Ben is waiting at the door.').waitFor();
  await host.getByText('1 person is waiting').waitFor();
  const cleo = await knock(open, `${url}/r/${code}`, 'Cleo', { viewport: PHONE.viewport });
  const dan = await knock(open, `${url}/r/${code}`, 'Dan');
  await host.getByText('3 people are waiting').waitFor();
  for (const page of [ben, cleo, dan, host]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  await dan.reload();
  await dan.getByText(WAITS).waitFor();

  await server.stop('SIGTERM');
  await plenum(t, { folder: server.folder, listen: new URL(url).host });
  await host.getByText('Saved').waitFor({ timeout: 30_000 });
  await host.getByRole('button', { name: 'Let Ben in', exact: true }).click();
  await ben.getByText('You are in').waitFor({ timeout: 30_000 });
  await host.getByRole('button', { name: 'Do not let Cleo in' }).click();
  await cleo.getByText('A host did not let you in.').waitFor({ timeout: 30_000 });
  await host.getByRole('button', { name: 'Let Dan in', exact: true }).click();
  await dan.getByText('Saved').waitFor({ timeout: 30_000 });

  // Who was turned away asks in vain, until a host has another mind.
  await cleo.getByRole('button', { name: 'Join' }).click();
  await cleo.getByText('A host did not let you in.').waitFor();
  await host.getByText('1 was not let in').click();
  await host.getByRole('button', { name: 'Let Cleo in', exact: true }).click();
  await cleo.reload();
  await cleo.getByText('Saved').waitFor();
});

test('a whole hall waits and is let in at once; a link leads past the door', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const made = await host.request.post(`${url}/api/rooms/${code}/links`, { data: { role: 'editor' } });
  const { key } = await made.json();
  const closed = await host.request.post(`${url}/api/rooms/${code}/activities/lobby/door`, {
    data: { with: { policy: 'guests' } },
  });
  assert.equal(closed.status(), 200);
  await host.getByRole('button', { name: 'People', exact: true }).click();
  const knocks = Array.from({ length: 150 }, async (_, i) => {
    const answer = await fetch(`${url}/api/rooms/${code}/enter`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: `Guest ${i}` }),
    });
    assert.equal(answer.status, 202);
  });
  await Promise.all(knocks);
  const ben = await knock(open, `${url}/${code}`, 'Ben', PHONE);
  await host.getByText('151 people are waiting').waitFor();
  await host.getByText('and 51 more').waitFor();

  const eve = await open();
  await eve.goto(`${url}/r/${code}#key=${key}`);
  await eve.getByLabel('Your name').fill('Eve');
  await eve.getByRole('button', { name: 'Join' }).click();
  await eve.getByText('Saved').waitFor();

  await host.getByRole('button', { name: 'Let all in' }).click();
  await ben.getByText('You are in').waitFor();
  await host.getByText(/people are waiting/).waitFor({ state: 'detached' });
  assert.deepEqual(faults(), []);
});
