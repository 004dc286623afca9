// Accounts: a guest keeps rooms by making one, comes back on another device, and ends what should end.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

const email = 'ada@example.org';
const password = 'correct horse battery';

/** Makes a room by the start page and tells its code. */
async function startRoom(page, url, title) {
  await page.goto(url);
  await page.getByLabel('What is it about?').fill(title);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  return page.url().slice(-6);
}

async function fill(page, way, words = password) {
  await page.getByRole('tab', { name: way }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(words);
  await page.getByRole('button', { name: way }).click();
}

async function say(page, text) {
  const box = page.getByLabel('Write a message');
  await box.fill(text);
  await box.press('Enter');
  await page.getByText(text).waitFor();
}

test('a guest keeps a room, writes in it from another device, and signs that device out', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const laptop = await open();
  const code = await startRoom(laptop, url, 'Team day');

  await laptop.goto(url);
  await laptop.getByRole('link', { name: 'Sign in' }).click();
  await laptop.getByRole('tab', { name: 'Create an account' }).click();
  await laptop.getByText('The room that you are in on this device comes along.').waitFor();
  await fill(laptop, 'Create an account');
  await laptop.getByRole('link', { name: 'Account' }).waitFor();
  await laptop.getByRole('heading', { name: 'Your rooms' }).waitFor();

  // The other device knows nothing yet.
  const phone = await open({ viewport: { width: 390, height: 844 } });
  await phone.goto(`${url}/account`);
  await fill(phone, 'Sign in', 'wrong horse');
  await phone.getByText('The e-mail address or the password is wrong.').waitFor();
  await fill(phone, 'Sign in');
  const found = phone.getByRole('link', { name: /Team day/ });
  await found.waitFor();
  await becomes(() => found.innerText(), new RegExp(`${code}\\s*owner · last active`));
  await found.click();
  await phone.waitForURL(`${url}/r/${code}`);
  await phone.getByRole('button', { name: 'Chat' }).click();
  await say(phone, 'from my phone');

  // The laptop sees it as its own, and ends the phone's session.
  await laptop.goto(`${url}/r/${code}`);
  await laptop.getByRole('button', { name: 'Chat', exact: true }).click();
  await laptop.getByText('from my phone').waitFor();
  await laptop.goto(`${url}/account`);
  await laptop.getByText('this device').waitFor();
  await laptop.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await phone.getByText('This device was signed out.').waitFor();

  // From there one comes back to where one was.
  await phone.getByRole('link', { name: 'Sign in' }).click();
  await fill(phone, 'Sign in');
  await phone.waitForURL(`${url}/r/${code}`);
  await phone.getByRole('button', { name: 'Chat' }).click();
  await phone.getByText('from my phone').waitFor();
});

test('a room that is open in another tab goes on when its guest makes an account', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const room = await open();
  const code = await startRoom(room, url, 'Team day');
  await room.getByRole('button', { name: 'Chat', exact: true }).click();
  await say(room, 'before');

  const other = await room.context().newPage();
  await other.goto(`${url}/account`);
  const rejoined = room.waitForEvent('websocket');
  await fill(other, 'Create an account');
  await other.waitForURL(`${url}/`);
  await rejoined; // the token of before is worthless
  await say(room, 'still here');
  assert.equal(room.url(), `${url}/r/${code}`);
  assert.deepEqual(faults(), []);
});

test('signing out leaves nothing of the account on the device', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  await startRoom(page, url, 'Team day');
  await page.goto(`${url}/account`);
  await fill(page, 'Create an account');
  await page.getByRole('link', { name: /Team day/ }).waitFor();
  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await becomes(() => page.getByRole('link', { name: /Team day/ }).count(), 0);
  assert.deepEqual(faults(), []);
});

test('a new password is asked for the present one', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const page = await open();
  await page.goto(`${url}/account`);
  await fill(page, 'Create an account', 'short');
  await page.getByText('A password has at least 8 characters.').waitFor();
  await fill(page, 'Create an account', 'password123');
  await page.getByText('This password is one of the first').waitFor();
  await fill(page, 'Create an account');
  await page.getByRole('link', { name: 'Account' }).click();

  const card = page.getByRole('region', { name: 'Change the password' });
  const change = card.getByRole('button', { name: 'Change the password' });
  const next = card.getByLabel('New password');
  await card.getByLabel('Present password').fill('not the one');
  await next.fill('another horse battery');
  await change.click();
  await card.getByText('Your present password is not right.').waitFor();
  await card.getByLabel('Present password').fill(password);
  await becomes(() => next.getAttribute('type'), 'password');
  await card.getByRole('switch', { name: 'Show the password' }).click();
  await becomes(() => next.getAttribute('type'), 'text');
  await change.click();
  await page.getByText('The password is changed.').waitFor();

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await fill(page, 'Sign in');
  await page.getByText('The e-mail address or the password is wrong.').waitFor();
  await fill(page, 'Sign in', 'another horse battery');
  await page.getByRole('link', { name: 'Account' }).waitFor();
});

for (const colorScheme of ['light', 'dark']) {
  for (const locale of ['en', 'zh-CN']) {
    test(`the account has no barriers: ${colorScheme}, ${locale}`, async (t) => {
      const { url } = await plenum(t);
      const { open, faults } = await browser(t);
      const page = await open({ colorScheme, locale });
      await page.request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
      const look = async (name) => {
        for (const viewport of [
          { width: 320, height: 640 },
          { width: 390, height: 844 },
          { width: 1440, height: 900 },
        ]) {
          await page.setViewportSize(viewport);
          await becomes(() => overflow(page), 0, `${name}: wider than ${viewport.width} px`);
          assert.deepEqual(await barriers(page), [], `${name} at ${viewport.width} px`);
          const shots = process.env.PLENUM_SHOTS;
          if (shots)
            await page.screenshot({
              path: `${shots}/${name}-${colorScheme}-${locale}-${viewport.width}.png`,
              fullPage: true,
            });
        }
      };
      await page.goto(`${url}/account`);
      await page.locator('main h1').waitFor();
      await page.getByRole('tab').nth(1).click();
      await look('sign-up');
      await page.getByRole('tab').first().click();
      await look('sign-in');
      await page.request.post(`${url}/api/account`, { data: { email, password } });
      await page.request.post(`${url}/api/account/login`, {
        data: { email, password },
        headers: { Cookie: '' },
      });
      await page.goto(`${url}/account`);
      await page.locator('main ul li').first().waitFor();
      await look('account');
      await page.goto(url);
      await page.getByRole('link', { name: /Team day/ }).waitFor();
      await look('home');
      assert.deepEqual(faults(), []);
    });
  }
}

test('what there is of a person is theirs to download', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  await startRoom(page, url, 'Team day');
  await page.goto(`${url}/account`);
  await fill(page, 'Create an account');
  await page.getByRole('link', { name: 'Account' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download my data' }).click(),
  ]);
  assert.match(file.suggestedFilename(), /^plenum-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = await readFile(await file.path());
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  await page.getByRole('heading', { name: email }).waitFor();
  assert.deepEqual(faults(), []);
});

test('an account is deleted, on every device', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const laptop = await open();
  const code = await startRoom(laptop, url, 'Team day');
  await laptop.goto(`${url}/account`);
  await fill(laptop, 'Create an account');
  await laptop.waitForURL(`${url}/`);
  const phone = await open({ viewport: { width: 320, height: 640 } });
  await phone.goto(`${url}/account`);
  await fill(phone, 'Sign in');
  await phone.waitForURL(`${url}/`);
  await phone.goto(`${url}/r/${code}`);
  await phone.getByRole('button', { name: 'Chat' }).waitFor();

  await laptop.goto(`${url}/account`);
  const card = laptop.getByRole('region', { name: 'Delete the account' });
  await card.getByLabel('Password', { exact: true }).fill('wrong horse');
  await card.getByRole('button', { name: 'Delete the account for ever' }).click();
  await card.getByText('Your present password is not right.').waitFor();
  assert.deepEqual(await barriers(laptop), []);
  await card.getByLabel('Password', { exact: true }).fill(password);
  await card.getByRole('button', { name: 'Delete the account for ever' }).click();
  await laptop.waitForURL(`${url}/`);
  await laptop.getByText('Your account is deleted.').waitFor();
  await becomes(() => laptop.getByRole('link', { name: /Team day/ }).count(), 0);

  // The phone was in a room: it is nobody there any more.
  await phone.waitForURL(`${url}/r/${code}`);
  await phone.getByText('This device was signed out.').waitFor();
  await laptop.goto(`${url}/account`);
  await fill(laptop, 'Sign in');
  await laptop.getByText('The e-mail address or the password is wrong.').waitFor();
});
