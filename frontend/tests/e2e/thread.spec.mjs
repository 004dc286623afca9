// Threads of the chat as people use them: on a laptop beside the chat, on a phone over it; what of them is unread.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { enter, start } from './rooms.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const talk = (page) => page.locator('button:visible', { hasText: 'Chat' }).first().click();
const inThread = (page, text) => page.locator('section.thread .line').filter({ hasText: text });
const inChat = (page, text) => page.locator('.main .line').filter({ hasText: text });
const foot = (page, name) => page.locator('.main').getByRole('button', { name });

async function reply(page, text) {
  await page.getByLabel('Reply in the thread').fill(text);
  await page.getByLabel('Reply in the thread').press('Enter');
  await inThread(page, text).waitFor();
}

/** Ada on a laptop and Ben elsewhere; `say` says something over HTTP as one of them, and tells its seq. */
async function two(t, options = {}) {
  const server = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, server.url);
  const guest = await open(options);
  await enter(guest, server.url, code, 'Ben');
  const { view } = await get(host, `/api/rooms/${code}/activities/lobby/view`);
  const chat = view.activities.find((a) => a.kind === 'chat').id;
  const say = async (page, content) =>
    (await post(page, `/api/rooms/${code}/activities/${chat}/say`, { with: content })).seq;
  return { ...server, open, faults, host, guest, code, chat, say };
}

test('a thread is beside the chat on a laptop and over it on a phone, and the back button leads to where one was', async (t) => {
  const { host, guest, faults, say } = await two(t, phone);
  for (let i = 0; i < 12; i++) await say(host, { text: `number ${i}\n\nwith more than a line` });
  await say(host, { text: 'Who brings the cake?' });
  for (let i = 12; i < 24; i++) await say(host, { text: `number ${i}\n\nwith more than a line` });
  await talk(host);
  await inChat(host, 'the cake').hover();
  await inChat(host, 'the cake').getByRole('button', { name: 'Reply in a thread' }).click();
  await host.getByRole('heading', { name: 'Thread' }).waitFor();
  await reply(host, 'Perhaps Ben?');
  await foot(host, /^1 reply · last/).waitFor();
  assert.equal(await inChat(host, 'Perhaps Ben?').count(), 0);
  assert.deepEqual(await barriers(host), []);

  await talk(guest);
  await inChat(guest, 'number 23').waitFor();
  await foot(guest, /^1 reply/).evaluate((it) => it.scrollIntoView({ block: 'center' }));
  const where = () => inChat(guest, 'the cake').evaluate((it) => Math.round(it.getBoundingClientRect().top));
  const place = await where();
  await foot(guest, /^1 reply/).click();
  await inThread(guest, 'Perhaps Ben?').waitFor();
  await inThread(guest, 'Who brings the cake?').waitFor();
  await reply(guest, 'Yes, I will');
  await guest.getByLabel('Reply in the thread').fill('half a thought');
  await becomes(() => overflow(guest), 0);
  assert.deepEqual(await barriers(guest), []);
  await inThread(host, 'Yes, I will').waitFor();
  await say(host, { text: 'something new' });
  await guest.goBack();
  await guest.getByRole('heading', { name: 'Thread' }).waitFor({ state: 'detached' });
  await becomes(where, place);
  await foot(guest, /^2 replies/).click();
  await becomes(() => guest.getByLabel('Reply in the thread').inputValue(), 'half a thought');
  await guest.getByRole('button', { name: 'Back to the chat' }).click();
  await guest.getByRole('heading', { name: 'Thread' }).waitFor({ state: 'detached' });

  // The first message is deleted, and the thread goes on.
  await inChat(host, 'the cake').hover();
  await inChat(host, 'the cake').getByRole('button', { name: 'More' }).click();
  await host.getByRole('menuitem', { name: 'Delete' }).click();
  await inThread(host, 'This message was deleted.').waitFor({ timeout: 20_000 });
  await reply(host, 'No cake then');
  await inThread(host, 'Yes, I will').hover();
  await inThread(host, 'Yes, I will').getByRole('button', { name: 'React', exact: true }).click();
  await host.getByRole('button', { name: 'React with 🎉' }).click();
  await host.keyboard.press('Escape');
  await foot(guest, /^3 replies/).click();
  await inThread(guest, 'Yes, I will').getByRole('button', { name: '🎉 1: Ada' }).waitFor();
  assert.deepEqual(faults(), []);
});

test('what is unread of threads is the same on all tabs, also after the server was killed; links, search and notices lead there', async (t) => {
  const server = await two(t);
  const { host, guest, code, url, say } = server;
  const first = await say(guest, { text: 'A question' });
  const tab = await guest.context().newPage();
  await tab.goto(`${url}/r/${code}`);
  await tab.getByText('Saved').waitFor();
  const one = await say(host, { text: 'The answer is xylophone', thread: first });
  for (let i = 0; i < 60; i++) await say(host, { text: `reply ${i}`, thread: first });
  for (const page of [guest, tab]) await page.getByRole('button', { name: 'Chat @30' }).waitFor();
  await server.stop('SIGKILL');
  await plenum(t, { folder: server.folder, listen: new URL(url).host });
  await tab.reload();
  await tab.getByRole('button', { name: 'Chat @30' }).waitFor({ timeout: 60_000 });

  await guest.bringToFront();
  await talk(guest);
  await guest.getByRole('button', { name: '30 new replies in your threads' }).click();
  await inThread(guest, 'reply 59').waitFor();
  await guest.getByRole('button', { name: 'Chat', exact: true }).waitFor();
  await tab.getByRole('button', { name: 'Chat', exact: true }).waitFor({ timeout: 60_000 });
  await tab.reload();
  await tab.getByText('Saved').waitFor();
  await tab.getByRole('button', { name: 'Chat', exact: true }).waitFor();

  // A link, and what was found, open the thread at the reply.
  await tab.bringToFront();
  await tab.goto('about:blank');
  await tab.goto(`${url}/r/${code}#m=${one}`);
  await inThread(tab, 'xylophone').and(tab.locator('.lit')).waitFor();
  await tab.getByRole('button', { name: 'Close the thread' }).click();
  await becomes(
    async () => (await get(tab, `/api/search?q=xylophone`)).results.map(({ key, in: id }) => [id, key]),
    [[server.chat, String(one)]],
  );
  await becomes(async () => (await get(guest, '/api/notices')).notices.filter(({ read }) => !read).length, 0);
  await tab.goto(`${url}/r/${code}#in=${server.chat}&at=${one}`);
  await inThread(tab, 'xylophone').and(tab.locator('.lit')).waitFor();
});
