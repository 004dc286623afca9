// A screen link in a page of another site: sandboxed, without cookies and storage, it follows the poll live.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum } from './harness.mjs';
import { counted, newPoll, phone, PHONE, room } from './voters.mjs';

const PROMPT = 'Where do we go in June?';

/** A site of somebody else, with one page. */
async function elsewhere(t, page) {
  const server = createServer((_, answer) => {
    answer.setHeader('Content-Type', 'text/html; charset=utf-8');
    answer.end(page());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return `http://localhost:${server.address().port}/`;
}

test('a poll in a page of another site', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'plenum-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  let server = await plenum(t, { folder });
  const { url } = server;
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  await newPoll(host);
  await host.keyboard.type(PROMPT);
  await host.getByLabel('Option A').fill('The lake');
  await host.getByLabel('Option A').press('Enter');
  await host.keyboard.type('The old town');
  await host.getByLabel('Results').selectOption('Live, while people vote');
  await host.getByRole('button', { name: 'Add to the deck' }).click();
  await host.getByRole('heading', { name: PROMPT }).waitFor();
  const ben = await phone(open, url, code, 'Ben');
  const cleo = await phone(open, url, code, 'Cleo');

  await host.getByRole('button', { name: 'Share' }).click();
  const dialog = host.getByRole('dialog');
  const section = dialog.locator('section', { hasText: 'Screens for other places' });
  await section.locator('summary').click();
  await section.getByRole('button', { name: 'Make a link' }).click();
  const address = await section.locator('.link').first().innerText();
  assert.match(address, new RegExp(`^${url}/screen/[\\w-]{32}$`));
  assert.deepEqual(await barriers(host, 'dialog[open]'), []);
  assert.equal(await overflow(host), 0);
  const found = await get(host, `/oembed?maxwidth=800&url=${encodeURIComponent(address)}`);
  assert.equal(found.type, 'rich');
  assert.equal(found.width, 800);
  await host.keyboard.press('Escape');

  const site = await elsewhere(t, () => `<!doctype html><title>Elsewhere</title><body>${found.html}`);
  const page = await open();
  await page.goto(site);
  const frame = page.frameLocator('iframe');
  await frame
    .getByRole('img', { name: `QR code for ${url}/${code}` })
    .first()
    .waitFor();
  await frame.getByText('3 people are here').waitFor(); // the host and two phones: a screen is nobody
  assert.equal(await frame.getByText('Ben').count(), 0);

  await host.getByRole('button', { name: 'Open voting', exact: true }).click();
  await frame.getByRole('heading', { name: PROMPT }).waitFor();
  for (const [voter, name] of [
    [ben, 'The lake'],
    [cleo, 'The old town'],
  ]) {
    await voter.getByRole('radio', { name }).check();
    await counted(voter);
  }
  const votes = (name) =>
    frame.getByRole('row', { name: new RegExp(`^${name} 1 `) }).waitFor({ state: 'attached' });
  await votes('The lake');
  await votes('The old town');
  assert.deepEqual(await barriers(await page.frames()[1]), []);
  const held = await page.frames()[1].evaluate(() => {
    try {
      return [window.origin, document.cookie, localStorage.length];
    } catch {
      return [window.origin, 'nothing'];
    }
  });
  assert.deepEqual(held, ['null', 'nothing']);

  await t.test('it goes on by itself after a restart', async () => {
    await server.stop('SIGKILL');
    await frame.getByText('The connection is lost.').waitFor();
    server = await plenum(t, { folder, listen: new URL(url).host });
    await ben.getByRole('radio', { name: 'The old town' }).check();
    await frame.getByRole('row', { name: /^The old town 2 / }).waitFor({ state: 'attached' });
  });

  await t.test('for a broadcast: no background, no code, another language', async () => {
    const obs = await open({ viewport: { width: 1920, height: 1080 } });
    await obs.goto(`${address}?background=none&code=0&lang=zh-CN&theme=light`);
    await obs.getByRole('heading', { name: PROMPT }).waitFor();
    assert.equal(await obs.getByText(code).count(), 0);
    assert.equal(await obs.locator('html').getAttribute('lang'), 'zh-CN');
    const backs = await obs.evaluate(() =>
      ['html', 'body', '.screen'].map((of) => getComputedStyle(document.querySelector(of)).backgroundColor),
    );
    assert.deepEqual(new Set(backs), new Set(['rgba(0, 0, 0, 0)']));
    await obs.context().close();
  });

  await t.test('revoked, it ends', async () => {
    await host.getByRole('button', { name: 'Share' }).click();
    await host.getByRole('button', { name: /^Revoke the screen of / }).click();
    await frame.getByText('This screen is not shown any more.').waitFor({ timeout: 3000 });
    assert.equal((await fetch(address)).status, 404);
    await becomes(() => section.getByRole('button', { name: /^Revoke the screen of / }).count(), 0);
  });

  const noise = faults().filter((line) => !/WebSocket|ERR_CONNECTION_REFUSED|404 \(Not Found\)/.test(line));
  assert.deepEqual(noise, []);
});
