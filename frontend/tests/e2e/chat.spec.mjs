// The chat as people use it: changing and deleting what was said, answering, naming, what is unread.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { enter, start } from './rooms.mjs';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const talk = (page) => page.getByRole('button', { name: /^Chat/ }).click();
const line = (page, text) => page.locator('.line').filter({ hasText: text });

async function say(page, text) {
  await page.getByLabel('Write a message').fill(text);
  await page.keyboard.press('Enter');
  await line(page, text.split(/[\n*@]/)[0].trim())
    .last()
    .waitFor();
}

/** Chooses something in the menu of a message. */
async function choose(page, text, name) {
  await line(page, text).hover();
  await line(page, text).getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Two people in the chat of one room. */
async function two(t, options = {}) {
  const server = await plenum(t);
  const { open, faults } = await browser(t);
  const host = await open();
  const code = await start(host, server.url);
  const guest = await open(options);
  await enter(guest, server.url, code, 'Ben');
  await talk(host);
  await host.getByLabel('Write a message').waitFor();
  return { ...server, open, faults, host, guest, code };
}

test('what is deleted is gone from every page and from the files, also for who was away', async (t) => {
  const { host, guest, url, folder, faults } = await two(t);
  await talk(guest);
  await say(host, 'the word is xylophone');
  await say(host, 'something else');
  await line(guest, 'xylophone').waitFor();
  await guest.evaluate(() => navigator.serviceWorker.ready.then(() => undefined)); // its script is here
  await guest.context().setOffline(true);

  await choose(host, 'xylophone', 'Delete');
  await host.getByRole('button', { name: 'Undo' }).click();
  await host.getByText('deleting…').waitFor({ state: 'detached' });
  await choose(host, 'xylophone', 'Delete');
  await host.getByText('deleting…').waitFor();
  await host.getByText('This message was deleted.').waitFor({ timeout: 20_000 });
  await becomes(() => line(host, 'xylophone').count(), 0);

  await guest.context().setOffline(false);
  await guest.getByText('This message was deleted.').waitFor({ timeout: 60_000 });
  await becomes(() => line(guest, 'xylophone').count(), 0);
  await host.reload();
  await talk(host);
  await host.getByText('This message was deleted.').waitFor();

  const files = () =>
    ['plenum.db', 'plenum.db-wal'].map((name) => readFileSync(join(folder, name), 'latin1')).join('');
  for (let left = 100; files().includes('xylophone'); left--) {
    assert.ok(left > 0, 'the word is still in the files');
    await host.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }
  assert.ok(files().includes('something else'));
  assert.ok(url);
  assert.deepEqual(
    faults().filter((fault) => !fault.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  );
});

test('one corrects the last message with the arrow key, and others see it; guests change only their own', async (t) => {
  const { host, guest } = await two(t);
  await talk(guest);
  await say(guest, 'Helo all');
  await line(host, 'Helo all').waitFor();
  await guest.getByLabel('Write a message').press('ArrowUp');
  await guest.getByText('Editing your message').waitFor();
  await guest.getByLabel('Write a message').fill('Hello all');
  await guest.keyboard.press('Enter');
  for (const page of [host, guest]) {
    await line(page, 'Hello all').getByText('edited').waitFor();
    await becomes(() => line(page, 'Helo all').count(), 0);
  }
  await becomes(() => guest.getByLabel('Write a message').inputValue(), '');
  await say(host, 'from the host');
  await line(guest, 'from the host').hover();
  await line(guest, 'from the host').getByRole('button', { name: 'More' }).click();
  await becomes(() => guest.getByRole('menuitem').allInnerTexts(), ['Copy link']);
});

test('answers, reactions, names and marks are seen by both; nothing that is written becomes HTML', async (t) => {
  const { host, guest, faults } = await two(t);
  await talk(guest);
  await say(guest, 'What about **Friday**? <img src=x onerror=alert(1)>');
  await line(host, 'Friday').locator('strong').waitFor();
  assert.equal(await host.locator('.line img').count(), 0);

  await line(host, 'Friday').hover();
  await line(host, 'Friday').getByRole('button', { name: 'React' }).click();
  await host.getByRole('button', { name: 'React with 🎉' }).click();
  await guest.getByRole('button', { name: '🎉 1: Ada' }).click();
  await host.getByRole('button', { name: '🎉 2: Ada and Ben' }).waitFor();
  await guest.getByRole('button', { name: '🎉 2: Ada and Ben' }).click();
  await host.getByRole('button', { name: '🎉 1: Ada' }).waitFor();

  await line(host, 'Friday').hover();
  await line(host, 'Friday').getByRole('button', { name: 'Reply', exact: true }).click();
  await host.getByText('Answering Ben').waitFor();
  const field = host.getByLabel('Write a message');
  await field.pressSequentially('@be');
  await host.getByRole('option', { name: '@Ben' }).waitFor();
  await field.press('Enter');
  await becomes(() => field.inputValue(), '@Ben ');
  await field.pressSequentially('yes, see https://example.com/a_b.');
  await field.press('Enter');
  const answer = line(guest, 'yes, see');
  await answer.getByRole('button', { name: /Ben What about Friday/ }).waitFor();
  await becomes(() => answer.locator('.mention.me').innerText(), '@Ben');
  const link = answer.getByRole('link');
  await becomes(() => link.getAttribute('href'), 'https://example.com/a_b');
  await becomes(() => link.getAttribute('rel'), 'noopener noreferrer nofollow');

  await host.mouse.move(5, 5);
  for (const page of [host, guest]) assert.deepEqual(await barriers(page), []);
  assert.deepEqual(faults(), []);
});

test('what is unread is counted, for all tabs of a person, until one has read it; also after the server was killed', async (t) => {
  const server = await two(t);
  const { host, guest, code, url } = server;
  const tab = await guest.context().newPage();
  await tab.goto(`${url}/r/${code}`);
  await tab.getByText('Saved').waitFor();
  await say(host, 'one');
  await say(host, 'two for you, @Ben');
  for (const page of [guest, tab]) {
    await page.getByRole('button', { name: 'Chat @2' }).waitFor();
    assert.match(await page.title(), /^\(2 @\) /);
  }
  await server.stop('SIGKILL');
  await plenum(t, { folder: server.folder, listen: new URL(url).host });
  await tab.reload();
  await tab.getByRole('button', { name: 'Chat @2' }).waitFor({ timeout: 60_000 });

  await guest.bringToFront();
  await talk(guest);
  await guest.locator('.new').waitFor();
  await guest.getByRole('button', { name: 'Chat', exact: true }).waitFor();
  await tab.getByRole('button', { name: 'Chat', exact: true }).waitFor({ timeout: 60_000 });
  assert.match(await tab.title(), /^Team day/);
  await tab.reload();
  await tab.getByText('Saved').waitFor();
  await tab.getByRole('button', { name: 'Chat', exact: true }).waitFor();
});

test('a link leads to a message of long ago, and what is pinned is found', async (t) => {
  const { host, guest, code, url } = await two(t, phone);
  const post = (text) =>
    host.evaluate(
      async ([room, said]) => {
        const lobby = await (await fetch(`/api/rooms/${room}/activities/lobby/view`)).json();
        const chat = lobby.view.activities.find((a) => a.kind === 'chat').id;
        const answer = await fetch(`/api/rooms/${room}/activities/${chat}/say`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ with: { text: said } }),
        });
        return (await answer.json()).seq;
      },
      [code, text],
    );
  const first = await post('the very first');
  for (let i = 0; i < 160; i++) await post(`number ${i}`);
  await line(host, 'number 159').waitFor();

  await guest.goto('about:blank');
  await guest.goto(`${url}/r/${code}#m=${first}`);
  await line(guest, 'the very first').and(guest.locator('.lit')).waitFor();
  assert.equal(await line(guest, 'number 159').count(), 0);
  await becomes(() => overflow(guest), 0);
  assert.deepEqual(await barriers(guest), []);
  await guest.getByRole('button', { name: /Jump to the latest|new message/ }).click();
  await line(guest, 'number 159').waitFor();

  await host.goto(`${url}/r/${code}#m=${first}`);
  await choose(host, 'the very first', 'Pin');
  await guest.getByRole('button', { name: /Pinned the very first/ }).click();
  await line(guest, 'the very first').and(guest.locator('.lit')).waitFor();
  await choose(host, 'the very first', 'Delete');
  await guest.getByRole('button', { name: /Pinned/ }).waitFor({ state: 'detached', timeout: 20_000 });
});
