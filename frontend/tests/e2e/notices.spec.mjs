// What calls a person: it waits for them on every page, leads to the place, and is gone everywhere once it was read.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum, post } from './harness.mjs';
import { enter, start } from './rooms.mjs';

const shots = process.env.PLENUM_PICTURES;
async function shot(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const bell = (page, name) => page.getByRole('button', { name, exact: true });
const list = (page) => page.getByRole('dialog', { name: 'Notifications' });

/** A room of Ada's with Ben in it, and what both need to call each other. */
async function room(t, options = {}) {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const ada = await open();
  const code = await start(ada, url);
  const ben = await open(options);
  // What was said before somebody came is not news to them: that has to be known first.
  const came = ben.waitForResponse((answer) => answer.url().endsWith('/read'));
  await enter(ben, url, code, 'Ben');
  await came;
  const lobby = `/api/rooms/${code}/activities/lobby`;
  const [chat] = (await (await ada.request.get(`${url}${lobby}/view`)).json()).view.activities;
  const { member } = await (await ben.request.get(`${url}/api/rooms/${code}`)).json();
  const say = (text) =>
    post(ada, `/api/rooms/${code}/activities/${chat.id}/say`, {
      with: { text, mentions: text.includes('@Ben') ? [{ id: member.id, name: 'Ben' }] : [] },
    });
  return { url, open, faults, ada, ben, code, lobby, chat, member, say };
}

test('a mention waits on the start page and in the room, leads there, and is read everywhere', async (t) => {
  const { url, open, faults, ben, code, say } = await room(t);
  const state = await ben.context().storageState();
  await ben.goto(url);
  await bell(ben, 'Notifications').waitFor();
  const other = await open({ ...phone, storageState: state, colorScheme: 'dark' }); // his phone
  await other.goto(`${url}/r/${code}`);
  await bell(other, 'Notifications').waitFor();
  await say('Can you bring the projector, @Ben?');
  await bell(other, 'Notifications 1').waitFor(); // told, without a reload
  await ben.reload();
  await bell(ben, 'Notifications 1').click();
  const item = list(ben).getByRole('link', { name: /Ada mentioned you/ });
  await item.getByText('Can you bring the projector, @Ben?').waitFor();
  await item.getByText('Team day').waitFor();
  assert.deepEqual(await barriers(ben, 'dialog'), []);
  await shot(ben, 'notices-start');
  await bell(other, 'Notifications 1').click();
  assert.deepEqual(await barriers(other, 'dialog'), []);
  await becomes(() => overflow(other), 0);
  await shot(other, 'notices-phone');
  await other.keyboard.press('Escape');

  await item.click();
  await ben.waitForURL(new RegExp(`/r/${code}$`));
  await ben.getByRole('log').getByText('Can you bring the projector').waitFor();
  await bell(ben, 'Notifications').waitFor();
  await bell(other, 'Notifications').waitFor();

  // What is read in the chat itself is read in the list as well.
  await ben.getByRole('log').getByText('Can you bring the projector').waitFor();
  await other.getByRole('button', { name: /^Chat/ }).tap();
  await say('And the long cable, @Ben');
  await other.getByRole('log').getByText('And the long cable').waitFor();
  await bell(other, 'Notifications').waitFor();
  await bell(ben, 'Notifications').waitFor();
  assert.deepEqual(faults(), []);
});

test('a comment calls, is marked in the rail, leads to its thread, and is read there', async (t) => {
  const { url, faults, ada, ben, code, lobby, member } = await room(t);
  const content = [{ insert: `${'A line of the plan\n'.repeat(60)}The budget is open\n` }];
  const made = await post(ada, `${lobby}/add`, {
    with: { kind: 'doc', title: 'Plan', settings: { content } },
  });
  const doc = made.events[0].with.id;
  await post(ada, `${lobby}/add`, { with: { kind: 'qa', title: 'Questions' } });
  await ben.getByRole('button', { name: 'Questions', exact: true }).click();
  const at = `${'A line of the plan\n'.repeat(60)}`.length;
  await post(ada, `/api/rooms/${code}/activities/${doc}/comment`, {
    with: {
      base: 0,
      from: at,
      to: at + 10,
      text: 'Is it, @Ben?',
      mentions: [{ id: member.id, name: 'Ben' }],
    },
  });
  await ben.getByRole('button', { name: /^Plan.*1 notification/ }).waitFor();
  assert.deepEqual(await barriers(ben), []);
  await shot(ben, 'notices-rail');
  await bell(ben, 'Notifications 1').click();
  await list(ben)
    .getByRole('link', { name: /Ada mentioned you/ })
    .click();
  await ben.getByRole('article', { name: /Ada/ }).getByText('Is it, @Ben?').waitFor();
  await ben.getByLabel('Write a reply').first().waitFor(); // the thread is open
  await shot(ben, 'notices-thread');
  await bell(ben, 'Notifications').waitFor();

  // Read without the list: who opens the thread has read it.
  await ben.getByRole('button', { name: 'Questions', exact: true }).click();
  const { view } = await (await ben.request.get(`${url}/api/rooms/${code}/activities/${doc}/view`)).json();
  await post(ada, `/api/rooms/${code}/activities/${doc}/reply`, {
    with: { thread: view.threads[0].id, text: 'Tell @Ben', mentions: [{ id: member.id, name: 'Ben' }] },
  });
  await bell(ben, 'Notifications 1').waitFor();
  await ben.getByRole('button', { name: /^Plan/ }).first().click();
  await ben
    .locator('.ql-editor')
    .getByText('The budget is open')
    .click({ position: { x: 20, y: 10 } });
  await ben.getByText('Tell @Ben').waitFor();
  await bell(ben, 'Notifications').waitFor();
  assert.deepEqual(faults(), []);
});

test('a room can say everything or nothing, for this person alone, in Chinese as well', async (t) => {
  const { url, open, faults, ben, code, say } = await room(t, { viewport: { width: 320, height: 640 } });
  await bell(ben, 'Notifications').click();
  await list(ben).getByText('Nothing here yet.').waitFor();
  await list(ben).getByText('Settings').click();
  await list(ben).getByLabel('From this room').selectOption('Everything that is said');
  await ben.getByText('Saved.').waitFor();
  await becomes(() => overflow(ben), 0);
  await shot(ben, 'notices-empty');
  await ben.keyboard.press('Escape');
  await say('Hello all');
  await bell(ben, 'Notifications 1').click();
  await list(ben)
    .getByRole('link', { name: /Ada wrote/ })
    .waitFor();
  await list(ben).getByText('Settings').click();
  await list(ben).getByLabel('From this room').waitFor();
  await becomes(() => list(ben).getByLabel('From this room').inputValue(), 'Everything that is said');
  await list(ben).getByRole('button', { name: 'Mark all as read' }).click();
  await list(ben).getByRole('button', { name: 'Mark all as read' }).waitFor({ state: 'detached' });
  await list(ben).getByLabel('From this room').selectOption('Nothing');
  await ben.getByText('Saved.').first().waitFor();
  await ben.keyboard.press('Escape');
  await say('Now @Ben');
  await say('@here we are');
  const chinese = await open({
    locale: 'zh-CN',
    viewport: { width: 320, height: 640 },
    storageState: await ben.context().storageState(),
  });
  await chinese.goto(`${url}/r/${code}`);
  await bell(chinese, '通知').click();
  const dialog = chinese.getByRole('dialog', { name: '通知' });
  await dialog.getByRole('link', { name: /Ada 说/ }).waitFor();
  await dialog.getByText('设置').click();
  await dialog.getByLabel('来自此房间').waitFor();
  await becomes(() => dialog.getByLabel('来自此房间').inputValue(), '不通知');
  assert.deepEqual(await barriers(chinese, 'dialog'), []);
  await shot(chinese, 'notices-chinese');
  assert.deepEqual(faults(), []);
});
