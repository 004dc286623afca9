// Reactions and "I can't follow": two phones tap, the projector and the laptop show it, the host sees how many are lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum, post } from './harness.mjs';
import { newPoll, PHONE, phone, room } from './voters.mjs';

const SMALL = { viewport: { width: 320, height: 640 } };
const tap = (page, name) => page.getByRole('button', { name, exact: true });
const lost = (page) => page.getByRole('button', { name: 'I can’t follow' });
const isLost = (page, on) =>
  page.locator(`button[aria-pressed=${on}]`, { hasText: 'I can’t follow' }).waitFor();

/** Waits for what a number on a page's button says. */
const badge = (page, name, count) => tap(page, name).getByText(count, { exact: true }).waitFor();

/** Keeps every number that rises on the projector: they are gone before a test could look. */
async function keepsRising(page) {
  await page.evaluate(() => {
    globalThis.risen = [];
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const node of change.addedNodes)
          if (node instanceof HTMLElement && node.closest('.edge p'))
            globalThis.risen.push(node.textContent.trim());
    }).observe(document.querySelector('.edge'), { childList: true });
  });
}

test('two phones tap; the laptop and the projector show it; nobody is named', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben');
  const cleo = await phone(open, url, code, 'Cleo', SMALL);
  const wall = await open({
    viewport: { width: 1920, height: 1080 },
    storageState: await host.context().storageState(),
  });
  await wall.goto(`${url}/r/${code}/present`);
  await wall.locator('.edge').waitFor({ state: 'attached' });
  await wall.getByText('3 people are here').waitFor();
  await tap(host, 'Applause').waitFor();
  await keepsRising(wall);

  await tap(ben, 'Applause').click();
  await badge(host, 'Applause', '1');
  await tap(cleo, 'Applause').click();
  await tap(cleo, 'Heart').click();
  await badge(host, 'Heart', '1');
  await wall.waitForFunction(() => globalThis.risen.join('') === '👏👏❤️');
  await badge(host, 'Heart', '1').catch(() => undefined);
  // What is over is taken away: the number, and what has risen.
  await host.locator('.row .count').first().waitFor({ state: 'detached' });
  await wall.locator('.edge p').first().waitFor({ state: 'detached' });
  assert.equal(
    await host.getByText('Ben', { exact: true }).count(),
    await host.getByText('Cleo', { exact: true }).count(),
  );

  for (const page of [ben, cleo]) {
    assert.deepEqual(await barriers(page), []);
    await becomes(() => overflow(page), 0);
    for (const name of ['Thumbs up', 'Party', 'I can’t follow']) {
      const box = await tap(page, name).boundingBox();
      assert.ok(box && box.height >= 44 && box.width >= 44, `${name} is ${JSON.stringify(box)}`);
    }
  }
  assert.deepEqual(await barriers(host), []);
  assert.deepEqual(await barriers(wall), []);
  assert.deepEqual(faults(), []);
});

test('a phone says that it cannot follow: the host sees how many, and clears it', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben');
  const cleo = await phone(open, url, code, 'Cleo');
  const dan = await open();
  await dan.goto(`${url}/r/${code}`);
  await dan.getByLabel('Your name').fill('Dan');
  await dan.getByRole('button', { name: 'Join', exact: true }).click();
  await lost(dan).waitFor();

  await lost(ben).click();
  await isLost(ben, true);
  await host.getByText('1 of 4 can’t follow').waitFor();
  await lost(cleo).click();
  await lost(dan).click();
  await host.getByText('3 of 4 can’t follow').waitFor();
  await lost(cleo).click(); // can follow again
  await isLost(cleo, false);
  await host.getByText('2 of 4 can’t follow').waitFor();
  assert.equal(await dan.getByText('of 4 can’t follow').count(), 0);
  assert.deepEqual(await barriers(host), []);
  assert.deepEqual(await barriers(ben), []);

  // The projector tells the room only when the host wants it.
  const wall = await open({
    viewport: { width: 1920, height: 1080 },
    storageState: await host.context().storageState(),
  });
  await wall.goto(`${url}/r/${code}/present`);
  await wall.getByText('4 people are here').waitFor();
  assert.equal(await wall.getByText('of 4 can’t follow').count(), 0);
  await wall.keyboard.press('l');
  await wall.getByText('2 of 4 can’t follow').waitFor();
  assert.deepEqual(await barriers(wall), []);
  await wall.keyboard.press('l');
  await wall.getByText('2 of 4 can’t follow').waitFor({ state: 'detached' });

  await host.getByRole('button', { name: 'Clear', exact: true }).click();
  await host.getByText('0 of 4 can’t follow').waitFor();
  await isLost(ben, false);
  await isLost(dan, false);

  // Who goes away does not count, and does not count again by coming back.
  await lost(ben).click();
  await host.getByText('1 of 4 can’t follow').waitFor();
  await ben.reload();
  await host.getByText('0 of 4 can’t follow').waitFor();
  await isLost(ben, false);
  assert.deepEqual(faults(), []);
});

test('brakes: no reactions, a quiet room, no connection; the question never moves', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben');
  await tap(ben, 'Heart').click();
  await badge(host, 'Heart', '1');

  await newPoll(host);
  const brake = (name, on) =>
    post(host, `/api/rooms/${code}/activities/lobby/brake`, { with: { class: name, on } });
  await brake('talk', true);
  await ben.locator('button[aria-label=Heart]:disabled').waitFor();
  await becomes(() => lost(ben).isEnabled(), true);
  await brake('talk', false);
  await ben.locator('button[aria-label=Heart]:enabled').waitFor();

  await host.getByRole('button', { name: 'People', exact: true }).click();
  await host.getByRole('tab', { name: 'Room' }).click();
  await host.getByRole('switch', { name: 'No reactions' }).check();
  await tap(ben, 'Heart').waitFor({ state: 'detached' });
  await tap(host, 'Heart').waitFor({ state: 'detached' });
  await lost(ben).click();
  await isLost(ben, true);
  assert.deepEqual(await barriers(host), []);
  assert.deepEqual(await barriers(ben), []);
  await host.getByRole('switch', { name: 'No reactions' }).uncheck();
  await tap(ben, 'Heart').waitFor();

  await ben.context().setOffline(true);
  await ben.locator('button[aria-label=Heart]:disabled').waitFor();
  await ben.locator('button:disabled', { hasText: 'I can’t follow' }).waitFor();
  await isLost(ben, false);
  await ben.context().setOffline(false);
  await ben.locator('button[aria-label=Heart]:enabled').waitFor({ timeout: 30_000 });
  await tap(ben, 'Heart').click();
  await badge(host, 'Heart', '1');
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  );
});

test('where motion is not wanted, the projector counts in its corner', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  const ben = await phone(open, url, code, 'Ben', { ...PHONE, reducedMotion: 'reduce' });
  const wall = await open({ reducedMotion: 'reduce', storageState: await host.context().storageState() });
  await wall.goto(`${url}/r/${code}/present`);
  await wall.locator('.edge.calm').waitFor({ state: 'attached' });
  await wall.getByText('2 people are here').waitFor();
  await tap(ben, 'Party').click();
  await wall.locator('.edge p', { hasText: '×1' }).waitFor();
  await wall.locator('.edge p').waitFor({ state: 'detached' });
  assert.deepEqual(faults(), []);
});
