// A room as people use it: coming in, talking, running it, and what a dead server or network does to them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { enter, start } from './rooms.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function say(page, text) {
  await page.getByLabel('Write a message').fill(text);
  await page.keyboard.press('Enter');
}

/** How often each text stands in the chat of a page. */
async function counts(page, texts) {
  const log = await page.getByRole('log').innerText();
  return texts.map((text) => log.split(text).length - 1);
}

test('a host and a phone talk; the pages have no barriers and do not overflow', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  const guest = await open(phone);
  await enter(guest, url, code, 'Ben');
  await host.getByRole('button', { name: /^2 people here/ }).waitFor();

  await host.getByRole('button', { name: 'Chat', exact: true }).click();
  await say(host, 'Hello from the laptop');
  await guest.getByRole('button', { name: 'Chat' }).click();
  await guest.getByText('Hello from the laptop').waitFor();
  await say(guest, 'Hello from the phone');
  await host.getByText('Hello from the phone').waitFor();

  for (const page of [host, guest]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
  }
  assert.deepEqual(faults(), []);
});

test('the server is killed while people talk: nothing is lost and nothing comes twice', async (t) => {
  const server = await plenum(t);
  const { open } = await browser(t);
  const host = await open();
  const code = await start(host, server.url);
  const guest = await open();
  await enter(guest, server.url, code, 'Ben');
  for (const page of [host, guest]) await page.getByRole('button', { name: 'Chat', exact: true }).click();
  await say(host, 'before-1');
  await say(guest, 'before-2');
  await host.getByText('before-2').waitFor();

  await server.stop('SIGKILL');
  await say(host, 'during-1');
  await say(guest, 'during-2');
  await host.getByText(/Offline: 1 change kept on this device/).waitFor();
  await plenum(t, { folder: server.folder, listen: new URL(server.url).host });

  await host.getByText('during-2').waitFor({ timeout: 60_000 });
  await guest.getByText('during-1').waitFor({ timeout: 60_000 });
  for (const page of [host, guest]) {
    await page.getByText('Saved').waitFor();
    assert.deepEqual(await counts(page, ['before-1', 'before-2', 'during-1', 'during-2']), [1, 1, 1, 1]);
  }
});

test('offline for a while, reloaded meanwhile: what was said is said once, when the network is back', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  const guest = await open();
  await enter(guest, url, code, 'Ben');
  for (const page of [host, guest]) {
    await page.getByRole('button', { name: 'Chat', exact: true }).click();
    await page.getByLabel('Write a message').waitFor();
  }

  await guest.context().setOffline(true);
  await say(guest, 'written offline');
  await guest.getByText(/Offline: 1 change kept on this device/).waitFor();
  await say(host, 'said meanwhile');
  await guest.context().setOffline(false);
  await host.getByText('written offline').waitFor({ timeout: 60_000 });
  await guest.getByText('said meanwhile').waitFor();

  await guest.context().setOffline(true);
  await say(guest, 'kept over a reload');
  await guest.getByText(/Offline: 1 change kept on this device/).waitFor();
  await guest.context().setOffline(false);
  await guest.reload();
  await host.getByText('kept over a reload').waitFor({ timeout: 60_000 });
  assert.deepEqual(
    await counts(host, ['written offline', 'said meanwhile', 'kept over a reload']),
    [1, 1, 1],
  );
});

test('a host runs the room: renames, links, locks, removes', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  const guest = await open();
  await enter(guest, url, code, 'Ben');

  await host.getByRole('button', { name: 'Team day' }).click();
  await host.getByRole('textbox', { name: 'Title' }).fill('Another day');
  await host.keyboard.press('Enter');
  await guest.getByText('Another day').first().waitFor();

  await host.getByRole('button', { name: 'Share' }).click();
  const hosts = host.locator('section', { hasText: 'Who opens this link can run the room' }).last();
  await hosts.getByRole('button', { name: 'Make a link' }).click();
  const link = await hosts.getByText(/#key=/).innerText();
  await host.keyboard.press('Escape');
  const second = await open();
  await second.goto(link);
  await second.getByLabel('Your name').fill('Cy');
  await second.getByRole('button', { name: 'Join' }).click();
  await second.getByRole('button', { name: 'Add' }).waitFor();
  assert.ok(!second.url().includes('key='), 'the secret does not stay in the address');

  await host.getByRole('button', { name: 'People', exact: true }).click();
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByRole('switch', { name: 'Lock the room' }).click();
  const stranger = await open();
  await stranger.goto(`${url}/r/${code}`);
  await stranger.getByText('This room is locked.').first().waitFor();

  await host.getByRole('tab', { name: 'People' }).click();
  await host.getByRole('button', { name: 'More for Ben' }).click();
  await host.getByRole('menuitem', { name: 'Remove from the room' }).click();
  await guest.getByText('A host removed you from this room.').waitFor();
  await guest.reload();
  await guest.getByText('A host removed you from this room.').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('403')), // the browser's own line about the last answer
    [],
  );
});

test('a host puts the room in order: adds, renames, moves, hides, duplicates, bins, restores', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, url);
  const guest = await open();
  await enter(guest, url, code, 'Ben');
  const rail = (page) => page.getByRole('navigation').getByRole('list').first();
  const listed = async (page, ...names) => {
    await page.waitForFunction((names) => {
      const shown = [...document.querySelectorAll('nav ol li .name')].map((name) => name.textContent);
      return JSON.stringify(shown) === JSON.stringify(names);
    }, names);
  };
  const add = async (kind, title) => {
    await host.getByRole('button', { name: 'Add', exact: true }).click();
    await host.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
    await call(kind, title);
  };
  const call = async (kind, title) => {
    await choose(kind, 'Rename');
    await host.getByRole('textbox', { name: 'Title' }).fill(title);
    await host.keyboard.press('Enter');
    await rail(host).getByRole('button', { name: title, exact: true }).waitFor();
  };
  const choose = async (name, what) => {
    await rail(host)
      .getByRole('button', { name: `More for ${name}`, exact: true })
      .click();
    await host.getByRole('menuitem', { name: what, exact: true }).click();
  };
  // An empty room offers the first step to its host, and to nobody else.
  await guest.getByText('The host has not added anything yet.').first().waitFor();
  assert.equal(await guest.getByRole('main').getByRole('button', { name: 'Document' }).count(), 0);
  await host.getByRole('main').getByRole('button', { name: 'Document', exact: true }).click();
  await call('Document', 'Agenda');
  await add('Document', 'Minutes');
  await add('Poll', 'Lunch');
  await listed(guest, 'Agenda', 'Minutes', 'Lunch');

  await rail(host)
    .getByRole('button', { name: 'Lunch', exact: true })
    .dragTo(rail(host).getByRole('button', { name: 'Agenda', exact: true }));
  for (const page of [host, guest]) await listed(page, 'Lunch', 'Agenda', 'Minutes');
  await choose('Lunch', 'Move down');
  for (const page of [host, guest]) await listed(page, 'Agenda', 'Lunch', 'Minutes');

  await choose('Minutes', 'Hide from the audience');
  await listed(guest, 'Agenda', 'Lunch');
  // A copy is the host's own until it is shown.
  await choose('Agenda', 'Duplicate');
  await listed(host, 'Agenda', 'Lunch', 'Minutes', 'Agenda');
  await choose('Lunch', 'Move to the bin');
  await listed(guest, 'Agenda');
  await host.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await listed(host, 'Agenda', 'Lunch', 'Minutes', 'Agenda');
  await listed(guest, 'Agenda', 'Lunch');
  assert.deepEqual(await barriers(host), []);
  assert.deepEqual(faults(), []);
});

test('by plain http on a name of the network, which is no secure context, one joins and talks', async (t) => {
  const { url } = await plenum(t);
  const { port } = new URL(url);
  const { open } = await browser(t, { hosts: 'MAP plenum.test 127.0.0.1' });
  const host = await open();
  const code = await start(host, `http://plenum.test:${port}`);
  assert.equal(await host.evaluate(() => isSecureContext), false);
  const guest = await open(phone);
  await enter(guest, `http://plenum.test:${port}`, code, 'Ben');
  await guest.getByRole('button', { name: 'Chat' }).click();
  await say(guest, 'hello over plain http');
  await host.getByRole('button', { name: /^Chat/ }).click(); // one is unread
  await host.getByText('hello over plain http').waitFor();

  await host.getByRole('button', { name: 'Share' }).click();
  await host.getByRole('button', { name: 'Copy' }).first().click();
  await host.getByText('Copied').waitFor();
});
