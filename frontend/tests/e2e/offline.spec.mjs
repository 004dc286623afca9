// The app on the device: it opens without the server, what is written is kept and arrives once, and a new
// version comes by a reload.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { nextSources } from './next.mjs';
import { paper } from './paper.mjs';

const words = async (page) => (await paper(page)).map(([text]) => text).join('');
const editor = (page) => page.locator('.ql-editor[contenteditable=true]');

/** A page with a room in it, and its document open; the server can go and come back. */
async function room(t, { hosts, content = [{ insert: 'Start.\n' }], options = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const server = await plenum(t, { folder });
  const { open, faults } = await browser(t, hosts && { hosts: `MAP ${hosts} 127.0.0.1` });
  const url = hosts ? server.url.replace('127.0.0.1', hosts) : server.url;
  const page = await open(options);
  await page.goto(url);
  const { code } = await post(page, '/api/rooms', { title: 'Team day', name: 'Ada' });
  const lobby = `/api/rooms/${code}/activities/lobby`;
  const add = async (kind, title, settings = {}) =>
    (await post(page, `${lobby}/add`, { with: { kind, title, settings } })).events[0].with.id;
  const doc = await add('doc', 'Notes', { content });
  const back = (binary) => plenum(t, { folder, listen: new URL(server.url).host, ...(binary && { binary }) });
  const text = async () => {
    const { view } = await get(page, `/api/rooms/${code}/activities/${doc}/view`);
    return view.content.map(({ insert }) => insert).join('');
  };
  return { server, back, url, page, code, doc, add, text, open, faults };
}

async function enter({ url, code, page }) {
  await page.goto(`${url}/r/${code}`);
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await editor(page).waitFor();
}

/** Waits until something asynchronous is true in a page: waitForFunction takes any promise for true. */
const met = (page, predicate, argument) =>
  until(() => page.evaluate(predicate, argument).then(Boolean), true);

/** Waits until the worker answers, and has everything that its script names. */
async function kept(page) {
  await met(page, async () => {
    if (!navigator.serviceWorker.controller) return false;
    const script = await (await fetch('/sw.js')).text();
    const named = new Set(script.match(/\/assets\/[\w.-]+/g));
    const found = await Promise.all([...named].map((path) => caches.match(path)));
    return named.size > 20 && found.every(Boolean);
  });
}

/** Waits until this device has a document as the server does, with these words in it. */
async function shelved(page, said) {
  await met(
    page,
    async (said) => {
      const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await done(indexedDB.open('plenum-shelf'));
      const copies = await done(database.transaction('copies').objectStore('copies').getAll());
      database.close();
      return JSON.stringify(copies).includes(said);
    },
    said,
  );
}

/** Writes at the beginning of the text. */
async function write(page, said) {
  await editor(page).click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type(said);
}

async function until(what, want) {
  let last;
  for (let i = 0; i < 150; i++) {
    last = await what();
    if (last === want) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(last, want);
}

async function settled({ page, text }, want) {
  await until(text, want);
  await until(() => words(page), want);
  await until(() => page.locator('.line[role=status]').first().textContent(), 'Saved');
}

test('without the server the room opens, the text is there, and what is written arrives once', async (t) => {
  const r = await room(t);
  const { page } = r;
  await enter(r);
  await r.add('doc', 'Never opened', { content: [{ insert: 'Other.\n' }] });
  await page.getByRole('button', { name: 'Never opened', exact: true }).waitFor();
  await kept(page);
  await write(page, 'Ada. ');
  await settled(r, 'Ada. Start.\n');
  await shelved(page, 'Ada. Start.');
  await r.server.stop('SIGKILL');

  await page.reload();
  await page.getByText('You see what this device has kept of the room.').waitFor();
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await until(() => words(page), 'Ada. Start.\n');
  await write(page, 'Offline. ');
  await page.getByText(/Offline: \d+ changes? kept on this device/).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.getByRole('button', { name: 'Never opened', exact: true }).click();
  await page.getByText('This is not on your device.').waitFor();
  await becomes(() => overflow(page), 0);

  // Once more: what was typed without the server outlives a reload without it.
  await page.reload();
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await until(() => words(page), 'Offline. Ada. Start.\n');
  await r.back();
  await settled(r, 'Offline. Ada. Start.\n');
  assert.equal(await page.getByText('You see what this device has kept').count(), 0);
  await page.getByRole('button', { name: 'Never opened', exact: true }).click();
  await until(() => words(page), 'Other.\n');
  await page.reload();
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await settled(r, 'Offline. Ada. Start.\n');
});

test('without the server the start page and a room from the list open in a new tab', async (t) => {
  const r = await room(t);
  await enter(r);
  await kept(r.page);
  await shelved(r.page, 'Start.');
  const context = r.page.context();
  await r.page.close();
  await r.server.stop();
  const page = await context.newPage();
  await page.goto(r.url);
  await page.getByRole('link', { name: /Team day/ }).click();
  await page.getByText('You see what this device has kept of the room.').waitFor();
  await until(() => words(page), 'Start.\n');
  // A room that was never opened here: the honest state, and a way on.
  await page.goto(`${r.url}/r/222222`);
  await page.getByText('The server cannot be reached.').waitFor();
  await r.back();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText(/no room with this code/i).waitFor();
});

test('what is kept is no longer there for who was removed', async (t) => {
  const r = await room(t);
  await enter(r);
  const eve = await r.open();
  await eve.goto(r.url);
  const { member } = await post(eve, `/api/rooms/${r.code}/enter`, { name: 'Eve' });
  await eve.goto(`${r.url}/r/${r.code}`);
  const rooms = () =>
    eve.evaluate(async () => {
      const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await done(indexedDB.open('plenum-shelf'));
      const count = await done(database.transaction('rooms').objectStore('rooms').count());
      database.close();
      return count;
    });
  await eve.getByRole('button', { name: 'Notes', exact: true }).waitFor();
  await until(rooms, 1);
  await post(r.page, `/api/rooms/${r.code}/activities/lobby/remove`, { with: { member: member.id } });
  await eve.getByText('A host removed you').waitFor();
  await until(rooms, 0);
});

test('a new version: the open tab opens panels that it had not loaded, and a reload gets the new pages', async (t) => {
  const r = await room(t);
  const { page } = r;
  const sources = await nextSources(t);
  const next = join(sources, 'plenum');
  const building = promisify(execFile)('go', ['build', '-o', next, './cmd/plenum'], { cwd: sources });
  await page.goto(r.url);
  await kept(page);
  const old = await page.evaluate(() => document.querySelector('script[type=module]').src);
  await page.goto(`${r.url}/r/${r.code}`);
  await page.getByRole('button', { name: 'Notes', exact: true }).click();
  await write(page, 'Before. ');
  await page.getByText('Saved').first().waitFor();
  await building;
  await r.server.stop('SIGTERM');
  await page.keyboard.type('Between. ');
  const upgraded = await r.back(next);
  await page.getByText('A new version is on the server.').waitFor();
  await settled(r, 'Before. Between. Start.\n');
  assert.equal((await page.request.get(old)).status(), 404, 'the server has other files now');

  // The projector's page was never loaded here; the new server does not have the old one.
  await page.getByRole('link', { name: 'Present' }).click();
  await page.waitForURL(/present$/);
  await page.getByText('Team day').first().waitFor();
  await page.goBack();
  await editor(page).waitFor();

  await page.reload();
  await editor(page).waitFor();
  const entry = () => page.evaluate(() => document.querySelector('script[type=module]').src);
  assert.notEqual(await entry(), old);
  assert.equal(await page.getByText('A new version is on the server.').count(), 0);
  // The new worker takes over for the page of its own version: without the server it is this one that opens.
  const now = await entry();
  await met(
    page,
    async (now) => {
      const names = await caches.keys();
      const newest = await caches.open(names.at(-1));
      const registration = await navigator.serviceWorker.getRegistration();
      return (
        names.length === 2 && (await newest.match(now)) && !registration.waiting && !registration.installing
      );
    },
    now,
  );
  await upgraded.stop();
  await page.reload();
  await page.getByText('You see what this device has kept of the room.').waitFor();
  assert.equal(await entry(), now);
});

test('a page kept on the device says that the server is newer', async (t) => {
  const r = await room(t);
  const { page } = r;
  const next = join(await mkdtemp(join(tmpdir(), 'plenum-next-')), 'plenum');
  t.after(() => rm(join(next, '..'), { recursive: true, force: true }));
  const root = new URL('../../..', import.meta.url);
  await promisify(execFile)('go', ['build', '-ldflags', '-X main.build=next', '-o', next, './cmd/plenum'], {
    cwd: root,
  });
  await enter(r);
  await kept(page);
  await r.server.stop('SIGTERM');
  await page.reload();
  await page.getByText('You see what this device has kept of the room.').waitFor();
  assert.equal(await page.getByText('A new version is on the server.').count(), 0);
  await r.back(next);
  await page.getByText('A new version is on the server.').waitFor();
  await page.getByRole('button', { name: 'Reload' }).click();
  await editor(page).waitFor();
  await page.getByText('Saved').first().waitFor();
  assert.equal(await page.getByText('A new version is on the server.').count(), 0);
});

test('by plain http on a name of the network there is no worker, and nothing misses it', async (t) => {
  const r = await room(t, { hosts: 'plenum.test' });
  const { page } = r;
  assert.equal(await page.evaluate(() => isSecureContext || 'serviceWorker' in navigator), false);
  await enter(r);
  await write(page, 'Ada. ');
  await settled(r, 'Ada. Start.\n');
  await page.waitForTimeout(2_000); // where there is a worker, it would have come by now
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.deepEqual(
    asked.filter((name) => /sw\.js/.test(name)),
    [],
  );
  // What the browser says of a header that it only heeds under https is no fault of the page.
  assert.deepEqual(
    r.faults().filter((said) => !said.includes('Cross-Origin-Opener-Policy')),
    [],
  );
});

test('the app can be installed: its manifest and icons are what they say', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  await page.goto(url);
  const cdp = await page.context().newCDPSession(page);
  const { errors, data } = await cdp.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  for (const { src, sizes } of manifest.icons) {
    const [width, height] = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, src);
    assert.equal(`${width}x${height}`, sizes);
  }
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  assert.deepEqual(
    installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
    [],
  );
  await kept(page);
  assert.deepEqual(faults(), []);
});
