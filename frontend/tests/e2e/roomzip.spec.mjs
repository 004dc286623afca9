// Whole rooms: duplicated, downloaded, and made again on another server, with a look before and what is refused.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { enter, start } from './rooms.mjs';
import { picture } from './pictures.mjs';
import { PHONE } from './voters.mjs';

const shot = (page, name) =>
  process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });

async function sound(page, name, widths = [320, 360, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 400 ? 740 : 800 });
      assert.deepEqual(await barriers(page), []);
      await becomes(() => overflow(page), 0);
      if (name) await shot(page, `${name}-${colorScheme}-${width}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A room with a document that shows a picture, a poll that was voted in, and a message. */
async function furnished(ada, url) {
  const code = await start(ada, url, 'Team day');
  const file = await ada.request.post(`${url}/api/rooms/${code}/files?name=map.png`, {
    headers: { 'Content-Type': 'image/png', Origin: url },
    data: picture(300, 200),
  });
  assert.equal(file.status(), 201);
  const { hash } = await file.json();
  const content = [
    { insert: 'Where we meet', attributes: { bold: true } },
    { insert: '\n', attributes: { header: 1 } },
    { insert: { image: hash }, attributes: { alt: 'A map', shape: '300x200' } },
    { insert: '\n' },
  ];
  const lobby = `/api/rooms/${code}/activities/lobby`;
  await post(ada, `${lobby}/add`, { with: { kind: 'doc', title: 'Plan', settings: { content } } });
  const questions = [
    { kind: 'single', prompt: 'Tea or coffee?', options: [{ text: 'Tea' }, { text: 'Coffee' }] },
  ];
  await post(ada, `${lobby}/add`, { with: { kind: 'poll', title: 'Drinks', settings: { questions } } });
  const { activities } = (await get(ada, `${lobby}/view`)).view;
  const chat = activities.find(({ kind }) => kind === 'chat').id;
  await post(ada, `/api/rooms/${code}/activities/${chat}/say`, { with: { text: 'Only for us' } });
  return code;
}

/** The page of one's rooms, with the menu of one of them open. */
async function menu(page, url, title) {
  await page.goto(`${url}/rooms`);
  await page.getByRole('button', { name: `More for ${title}`, exact: true }).click();
  await page.getByRole('menuitem', { name: /^Duplicate/ }).waitFor();
}

/** Chooses a file to be imported. */
async function choose(page, file) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import a room' }).click(),
  ]);
  await chooser.setFiles(file);
  await page.getByRole('dialog', { name: 'Import a room' }).waitFor();
}

const imageIsThere = (page) =>
  page.waitForFunction(() => {
    const image = document.querySelector('.ql-editor img');
    return image instanceof HTMLImageElement && image.naturalWidth === 300;
  });

async function downloaded(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  assert.equal(await download.failure(), null);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('a room is duplicated from the list and from within; the copy keeps its picture and nothing of what was said', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  const code = await furnished(ada, url);
  await menu(ada, url, 'Team day');
  await shot(ada, 'menu');
  await ada.getByRole('menuitem', { name: /^Duplicate/ }).click();
  await ada.getByText('“Copy of Team day” is ready.').waitFor();
  await ada.getByRole('link', { name: /^Copy of Team day/ }).waitFor();
  await sound(ada);
  await post(ada, `/api/rooms/${code}/activities/lobby/delete`, { with: { on: true } });
  await ada.getByRole('link', { name: /^Copy of Team day/ }).click();
  await ada.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  await ada.getByRole('button', { name: 'Plan' }).first().click();
  await imageIsThere(ada);
  const copy = ada.url().slice(-6);
  const { activities } = (await get(ada, `/api/rooms/${copy}/activities/lobby/view`)).view;
  assert.deepEqual(
    activities.map(({ kind, title }) => [kind, title]),
    [
      ['chat', ''],
      ['doc', 'Plan'],
      ['poll', 'Drinks'],
    ],
  );
  const talk = await get(ada, `/api/rooms/${copy}/activities/${activities[0].id}/view`);
  assert.deepEqual(talk.view.messages, []);

  // From within, on a phone.
  await ada.setViewportSize(PHONE.viewport);
  await ada.getByRole('navigation').getByRole('button', { name: 'People' }).click();
  await ada.getByRole('tab', { name: 'Room' }).click();
  await ada.getByRole('button', { name: 'Copy or take along' }).click();
  await ada.getByRole('dialog', { name: 'Copy or take along' }).waitFor();
  await sound(ada, 'carry', [320, 360]);
  await ada.getByRole('button', { name: 'Duplicate' }).click();
  await ada.waitForURL((now) => now.pathname !== `/r/${copy}` && now.pathname.startsWith('/r/'));
  await ada.getByText('“Copy of Copy of Team day” is ready.').waitFor();
  assert.deepEqual(faults(), []);
});

test('a room is downloaded and made again on another server, by somebody who was never there', async (t) => {
  const here = await plenum(t);
  const there = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  await furnished(ada, here.url);
  await menu(ada, here.url, 'Team day');
  const zip = await downloaded(ada, () => ada.getByRole('menuitem', { name: /^Download as ZIP/ }).click());
  assert.equal(zip.name, 'Team day.zip');

  const ida = await open(PHONE);
  await ida.goto(`${there.url}/rooms`);
  await ida.getByText('You are in no room yet.').waitFor();
  await choose(ida, { name: 'Team day.zip', mimeType: 'application/zip', buffer: zip.bytes });
  await ida.getByText('1 document').waitFor();
  await ida.getByText('1 poll with its questions').waitFor();
  await ida.getByText('1 chat').waitFor();
  await ida.getByText('Stays in the ZIP, to be read').waitFor();
  await ida.getByText(/^Votes, answers, messages/).waitFor();
  await sound(ida, 'import');
  await ida.setViewportSize(PHONE.viewport);
  await ida.getByRole('button', { name: 'Import', exact: true }).click();
  await ida.getByText('Please say what the others should call you.').waitFor();
  await ida.getByLabel('Your name').fill('Ida');
  await ida.getByLabel('Title of the room').fill('Team day, again');
  await ida.getByRole('button', { name: 'Import', exact: true }).click();
  await ida.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  const code = ida.url().slice(-6);
  const { title, member } = await get(ida, `/api/rooms/${code}`);
  assert.deepEqual([title, member.name, member.role], ['Team day, again', 'Ida', 'owner']);
  await ida.setViewportSize({ width: 1280, height: 800 });
  await ida.getByRole('button', { name: 'Plan' }).first().click();
  await imageIsThere(ida);
  await ida.getByRole('heading', { name: 'Where we meet' }).waitFor();
  await ida.getByRole('img', { name: 'A map' }).waitFor();
  await ida.getByRole('button', { name: 'Drinks' }).first().click();
  await ida.getByText('Tea or coffee?').first().waitFor();
  await shot(ida, 'imported');
  assert.deepEqual(faults(), []);
});

test('what is no ZIP of a room is told before it is sent, what is damaged after; and who may not, is not offered it', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const ada = await open();
  const code = await furnished(ada, url);
  await menu(ada, url, 'Team day');
  const zip = await downloaded(ada, () => ada.getByRole('menuitem', { name: /^Download as ZIP/ }).click());
  const dialog = ada.getByRole('dialog', { name: 'Import a room' });

  await choose(ada, {
    name: 'holiday.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('no ZIP at all'),
  });
  await dialog.getByRole('alert').filter({ hasText: 'This is not the ZIP of a room.' }).waitFor();
  await dialog.getByRole('button', { name: 'Import', exact: true }).waitFor({ state: 'detached' });
  await sound(ada, 'refused');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });

  // The list and room.json are as they were; the picture is not.
  const broken = Buffer.from(zip.bytes);
  broken[broken.indexOf('IDAT') + 8] ^= 0xff;
  await choose(ada, { name: 'broken.zip', mimeType: 'application/zip', buffer: broken });
  await dialog.getByText('1 document').waitFor();
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.getByRole('alert').filter({ hasText: 'This ZIP is damaged or incomplete.' }).waitFor();
  await ada.context().setOffline(true);
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await dialog.getByRole('alert').filter({ hasText: 'cannot be reached' }).waitFor();
  await ada.context().setOffline(false);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal((await get(ada, '/api/account/rooms')).rooms.length, 1);

  const ben = await open();
  await enter(ben, url, code, 'Ben');
  await ben.goto(`${url}/rooms`);
  await ben.getByRole('link', { name: /^Team day/ }).waitFor();
  await becomes(() => ben.getByRole('button', { name: 'More for Team day' }).count(), 0);
});

test('in Chinese the same is said', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  await furnished(ada, url);
  await menu(ada, url, 'Team day');
  const zip = await downloaded(ada, () => ada.getByRole('menuitem', { name: /^Download as ZIP/ }).click());
  const lin = await open({ locale: 'zh-CN' });
  await lin.goto(`${url}/rooms`);
  const [chooser] = await Promise.all([
    lin.waitForEvent('filechooser'),
    lin.getByRole('button', { name: '导入房间' }).click(),
  ]);
  await chooser.setFiles({ name: '团队日.zip', mimeType: 'application/zip', buffer: zip.bytes });
  await lin.getByText('1 个投票及其题目').waitFor();
  await sound(lin, 'chinese');
  await lin.getByLabel('你的名字').fill('林');
  await lin.getByRole('button', { name: '导入', exact: true }).click();
  await lin.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  assert.deepEqual(faults(), []);
});
