// The page of one's rooms: found, pinned, renamed, archived and opened again, as a guest and by an account.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { enter, start } from './rooms.mjs';
import { PHONE, phone } from './voters.mjs';

async function sound(page) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await barriers(page), []);
      await becomes(() => overflow(page), 0);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const titles = (page) => page.locator('main li .name').allInnerTexts();

test('rooms are found, pinned and renamed; what is pinned stays pinned on the server', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  await ada.goto(`${url}/rooms`);
  await ada.getByText('You are in no room yet.').waitFor();
  await sound(ada);
  await ada.getByRole('link', { name: 'Start or join a room' }).click();
  const code = await start(ada, url, 'Team day');
  for (const title of ['Budget 2027', 'أسبوع', 'A very long title of a room that goes on and on '.repeat(3)])
    await post(ada, '/api/rooms', { title, name: 'Ada' });
  await ada.goto(url);
  await ada.getByRole('link', { name: 'All your rooms' }).click();
  await ada.getByRole('heading', { name: 'Recent' }).waitFor();
  assert.equal((await titles(ada)).length, 4);
  await sound(ada);

  await ada.getByRole('button', { name: 'Pin Team day' }).click();
  await ada.getByRole('heading', { name: 'Pinned' }).waitFor();
  assert.equal((await titles(ada))[0], 'Team day');
  await ada.reload();
  await ada.locator('[aria-pressed=true]').waitFor();
  assert.equal((await titles(ada))[0], 'Team day');

  await ada.getByLabel('Find a room').fill('budget');
  assert.deepEqual(await titles(ada), ['Budget 2027']);
  await ada.getByLabel('Find a room').fill(code.toLowerCase());
  assert.deepEqual(await titles(ada), ['Team day']);
  await ada.getByLabel('Find a room').fill('nothing like it');
  await ada.getByText('No room of yours is called “nothing like it”.').waitFor();
  await ada.getByLabel('Find a room').fill('');

  await ada.getByRole('button', { name: 'More for Team day' }).click();
  await ada.getByRole('menuitem', { name: 'Rename' }).click();
  await ada.keyboard.type('Offsite');
  await ada.keyboard.press('Enter');
  await ada.getByRole('link', { name: /^Offsite/ }).waitFor();
  assert.equal((await get(ada, `/api/rooms/${code}`)).title, 'Offsite');
  await ada.getByRole('button', { name: 'Pin Offsite' }).click();
  await ada.getByRole('heading', { name: 'Pinned' }).waitFor({ state: 'detached' });
  assert.deepEqual(faults(), []);
});

test('an archived room is read by everybody and changed by nobody, until its owner opens it again', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  const code = await start(ada, url, 'Minutes of May');
  const doc = { kind: 'doc', title: 'Minutes' };
  await post(ada, `/api/rooms/${code}/activities/lobby/add`, { with: doc });
  await ada.locator('.ql-editor').click();
  await ada.keyboard.type('What was decided');
  await ada.getByText('Saved').waitFor();
  const ben = await open(PHONE);
  await enter(ben, url, code, 'Ben');
  await ada.goto(`${url}/rooms`);
  await ada.getByRole('button', { name: 'More for Minutes of May' }).click();
  await ada.getByRole('menuitem', { name: /^Archive/ }).click();
  await ada.getByText('Archived: 1 room').click();
  await ada.getByText('“Minutes of May” is archived.').waitFor();
  await sound(ada);

  const line = 'This room is archived: everybody reads, nobody changes anything.';
  await ben.getByText(line).waitFor();
  await ben.getByRole('navigation').getByRole('button', { name: 'Chat' }).click();
  await ben.getByLabel('Write a message').waitFor({ state: 'detached' });
  assert.deepEqual(await barriers(ben), []);
  await becomes(() => overflow(ben), 0);
  const late = await open();
  await enter(late, url, code, 'Late');
  await late.getByText('What was decided').waitFor();
  await ada.getByRole('link', { name: /^Minutes of May/ }).click();
  await ada.locator('.ql-editor[contenteditable=false]').waitFor();
  await becomes(() => ada.getByRole('button', { name: 'Add', exact: true }).count(), 0);
  await sound(ada);

  await ada.getByRole('button', { name: 'Open it again' }).click();
  await ada.locator('.ql-editor[contenteditable=true]').waitFor();
  await ada.getByRole('button', { name: 'Add', exact: true }).waitFor();
  await ben.getByLabel('Write a message').fill('Here we go on');
  await ben.keyboard.press('Enter');
  await ben.getByText('Here we go on').waitFor();
  assert.deepEqual(faults(), []);
});

test('a deleted room is gone for everybody at once, and its owner restores it from the page', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  const code = await start(ada, url, 'Gone with the wind');
  const ben = await open();
  await enter(ben, url, code, 'Ben');
  const cleo = await phone(open, url, code, 'Cleo');
  await ada.goto(`${url}/rooms`);
  await ada.getByRole('button', { name: 'More for Gone with the wind' }).click();
  await ada.getByRole('menuitem', { name: /^Delete/ }).click();
  await ada.getByText('“Gone with the wind” is deleted.').waitFor();
  await ben.getByText('This room was deleted.').waitFor();
  await cleo.getByText('This room was deleted.').waitFor();
  await ben.reload();
  await ben.getByText('This room was deleted.').waitFor();
  await ben.goto(`${url}/rooms`);
  await ben.getByText('You are in no room yet.').waitFor();

  await ada.getByText('Deleted: 1 room').click();
  await ada.getByText(/^erased for good on /).waitFor();
  await sound(ada);
  await ada.reload();
  await ada.getByText('Deleted: 1 room').click();
  await ada.getByRole('button', { name: 'Restore' }).click();
  await ada.getByRole('link', { name: /^Gone with the wind/ }).waitFor();
  await ben.goto(`${url}/r/${code}`);
  await ben.getByText('Saved').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('410')),
    [],
  );
});
