// The second step for signing in: set up with an authenticator app, asked for on another device, recovered, taken away.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

const email = 'ada@example.org';
const password = 'correct horse battery';

/** What an authenticator app shows for a secret (RFC 6238); `ahead` codes later than now. */
function app(secret, ahead = 0) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replaceAll(' ', '')]
    .map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac('sha1', key).update(counter).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function enter(page, way) {
  await page.getByRole('tab', { name: way }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: way }).click();
}

test('a second step is set up, asked for, recovered from and taken away', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const laptop = await open();
  await laptop.goto(`${url}/account`);
  await enter(laptop, 'Create an account');
  await laptop.waitForURL(`${url}/`);
  await laptop.goto(`${url}/account`);
  const card = laptop.getByRole('region', { name: 'Second step' });
  await card.getByLabel('Password', { exact: true }).fill('wrong horse');
  await card.getByRole('button', { name: 'Set it up' }).click();
  await card.getByText('Your present password is not right.').waitFor();
  await card.getByLabel('Password', { exact: true }).fill(password);
  await card.getByRole('button', { name: 'Set it up' }).click();
  const secret = await card.locator('code').innerText();
  await card.getByLabel('Code from the app').fill('12');
  await card.getByRole('button', { name: 'Confirm' }).click();
  await card.getByText('This code is wrong').waitFor();
  assert.deepEqual(await barriers(laptop), []);
  await card.getByLabel('Code from the app').fill(app(secret));
  await card.getByRole('button', { name: 'Confirm' }).click();
  await card.getByText('They are shown only now.').waitFor();
  const recovery = await card.getByRole('listitem').allInnerTexts();
  assert.equal(recovery.length, 10);
  assert.deepEqual(await barriers(laptop), []);
  await card.getByRole('button', { name: 'I have kept them' }).click();
  await card.getByText('On. 10 recovery codes are left.').waitFor();

  // Another device: the password is not enough, the code of the app is.
  const phone = await open({ viewport: { width: 320, height: 640 } });
  await phone.goto(`${url}/account`);
  await enter(phone, 'Sign in');
  const code = phone.getByLabel('Code from your app, or a recovery code');
  await code.waitFor();
  await becomes(() => code.evaluate((input) => input === document.activeElement), true);
  assert.deepEqual(await barriers(phone), []);
  await becomes(() => overflow(phone), 0);
  await code.fill('000 000');
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await phone.getByText('This code is wrong').waitFor();
  await code.fill(app(secret, 1)); // a clock that is a little fast: the present code was used already
  await phone.getByRole('button', { name: 'Sign in' }).click();
  await phone.waitForURL(`${url}/`);

  // The phone is lost: a recovery code gets in, once.
  const tablet = await open();
  await tablet.goto(`${url}/account`);
  await enter(tablet, 'Sign in');
  await tablet.getByLabel('Code from your app, or a recovery code').fill(recovery[0]);
  await tablet.getByRole('button', { name: 'Sign in' }).click();
  await tablet.waitForURL(`${url}/`);
  await tablet.goto(`${url}/account`);
  const own = tablet.getByRole('region', { name: 'Second step' });
  await own.getByText('On. 9 recovery codes are left.').waitFor();
  await own.getByLabel('Password', { exact: true }).fill(password);
  await own.getByRole('button', { name: 'Take it away' }).click();
  await own.getByRole('button', { name: 'Set it up' }).waitFor();
  const another = await open();
  await another.goto(`${url}/account`);
  await enter(another, 'Sign in');
  await another.waitForURL(`${url}/`);
});
