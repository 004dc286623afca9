// Images and files in the chat: chosen, pasted and dropped, seen by others, refused in words, gone with their message.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { give, picture, shown } from './pictures.mjs';
import { enter, start } from './rooms.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const talk = (page) => page.getByRole('button', { name: /^Chat/ }).click();
const send = (page) => page.getByRole('button', { name: 'Send' }).click();
const png = (name, width, height) => ({ name, mimeType: 'image/png', buffer: picture(width, height) });
const text = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });

test('an image and a file come with messages, are seen on a phone, and go with them', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  const ben = await open(phone);
  const code = await start(ada, url);
  await enter(ben, url, code, 'Ben');
  await talk(ada);
  await talk(ben);

  await ada
    .locator('form input[type=file]')
    .setInputFiles([png('map.png', 800, 400), text('plan.txt', 'the plan')]);
  await ada.getByLabel('Write a message').fill('Where we meet');
  assert.deepEqual(await barriers(ada), []);
  if (process.env.SHOTS) await ada.screenshot({ path: `${process.env.SHOTS}/composer.png` });
  await ada.getByRole('button', { name: 'Send' }).and(ada.locator(':enabled')).click();

  const image = ben.getByRole('img', { name: 'map.png' });
  await image.waitFor();
  const box = await image.boundingBox();
  assert.deepEqual([Math.round(box.width), Math.round(box.height)], [320, 160]);
  await ben.waitForFunction(() => document.querySelector('.line img').naturalWidth > 0);
  assert.deepEqual(await image.boundingBox(), box, 'nothing jumped when it came');
  await ben.getByText('Where we meet').waitFor();
  const file = ben.getByRole('link', { name: 'Download plan.txt, 0.1 kB' });
  const [download] = await Promise.all([ben.waitForEvent('download'), file.click()]);
  assert.equal(download.suggestedFilename(), 'plan.txt');
  assert.equal(await readFile(await download.path(), 'utf8'), 'the plan');
  assert.deepEqual(await barriers(ben), []);
  await becomes(() => overflow(ben), 0);
  if (process.env.SHOTS) {
    await ben.screenshot({ path: `${process.env.SHOTS}/phone.png` });
    await ada.emulateMedia({ colorScheme: 'dark' });
    await ada.screenshot({ path: `${process.env.SHOTS}/laptop-dark.png` });
  }

  const at = await image.getAttribute('src');
  assert.equal(await ben.evaluate(async (at) => (await fetch(at, { cache: 'no-store' })).status, at), 200);
  await ada.locator('.line').filter({ hasText: 'Where we meet' }).hover();
  await ada
    .locator('.line')
    .filter({ hasText: 'Where we meet' })
    .getByRole('button', { name: 'More' })
    .click();
  await ada.getByRole('menuitem', { name: 'Delete' }).click();
  await ben.getByText('This message was deleted.').waitFor();
  await image.waitFor({ state: 'detached' });
  assert.deepEqual(faults(), []);
  assert.equal(await ben.evaluate(async (at) => (await fetch(at, { cache: 'no-store' })).status, at), 404);
});

test('pasted and dropped, alone or with words; what is refused says why and can be tried again', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const ada = await open();
  await start(ada, url);
  await talk(ada);
  const field = ada.getByLabel('Write a message');

  await give(field, 'paste', [png('pasted.png', 60, 40)]);
  await ada.getByRole('button', { name: 'Send' }).and(ada.locator(':enabled')).click();
  await ada.getByRole('img', { name: 'pasted.png' }).waitFor();

  await give(ada.locator('.chat .list'), 'dragover', [text('x.txt', 'x')]);
  await give(ada.locator('.chat .list'), 'drop', [
    text('dropped.txt', 'dropped'),
    png('dropped.png', 30, 30),
  ]);
  await ada.getByRole('button', { name: 'Send' }).and(ada.locator(':enabled')).click();
  await ada.getByRole('link', { name: /^Download dropped.txt/ }).waitFor();
  await becomes(() => shown(ada.getByRole('img', { name: 'dropped.png' })), true);

  const broken = { ...png('broken.png', 90, 90), buffer: picture(90, 90).subarray(0, 60) };
  await ada.locator('form input[type=file]').setInputFiles([broken]);
  await ada.getByText('This image cannot be read. It may be incomplete.').waitFor();
  await field.fill('with words');
  await becomes(
    () => ada.getByRole('button', { name: 'Send' }).isDisabled(),
    true,
    'what is not there is not sent',
  );
  assert.deepEqual(await barriers(ada), []);
  if (process.env.SHOTS) await ada.screenshot({ path: `${process.env.SHOTS}/refused.png` });
  await ada.getByRole('button', { name: 'Leave out broken.png' }).click();

  await ada.context().setOffline(true);
  await ada.locator('form input[type=file]').setInputFiles([text('later.txt', 'later')]);
  await ada.getByText('The server cannot be reached.').waitFor();
  await ada.context().setOffline(false);
  await ada.getByRole('button', { name: 'Try again' }).first().click();
  await send(ada);
  await ada.getByRole('link', { name: /^Download later.txt/ }).waitFor();
});
