// Signing in at an identity provider: a guest becomes an account without a password, comes back on another device, sets a
// password; an account that was there before is connected, and disconnected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum } from './harness.mjs';
import { provider } from './provider.mjs';

const site = 'http://plenum.localhost';

test('people sign in at an identity provider', async (t) => {
  const there = await provider(t, {
    Ada: { sub: 'a-1', email: 'ada@example.org', email_verified: true },
    Bob: { sub: 'b-2', email: 'bob@example.org', email_verified: true },
  });
  const { url } = await plenum(t, { env: { ...there.env, PLENUM_BASE_URL: site } });
  const { open, faults } = await browser(t, { hosts: `MAP plenum.localhost ${new URL(url).host}` });

  // Ada is here as a guest with a room, and turns away once.
  const laptop = await open();
  await laptop.goto(site);
  const { code } = await laptop.evaluate(async () => {
    const body = JSON.stringify({ title: 'Team day', name: 'Ada' });
    const made = await fetch('/api/rooms', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    return made.json();
  });
  await laptop.goto(`${site}/account?to=/r/${code}`);
  const way = laptop.getByRole('button', { name: 'Sign in with Example University' });
  await way.waitFor();
  assert.deepEqual(await barriers(laptop), []);
  await way.click();
  await laptop.getByRole('link', { name: 'I am nobody' }).click();
  await laptop.getByText('You did not sign in there.').waitFor();
  assert.deepEqual(await barriers(laptop), []);
  await laptop.getByRole('button', { name: 'Back' }).click();
  await laptop.goto(`${site}/account?to=/r/${code}`);
  await way.click();
  await laptop.getByRole('link', { name: 'I am Ada' }).click();
  await laptop.waitForURL(`${site}/r/${code}`);

  // On her phone the account has the room, and no password to ask for.
  const phone = await open({ viewport: { width: 320, height: 640 } });
  await phone.goto(`${site}/account`);
  await phone.getByRole('button', { name: 'Sign in with Example University' }).click();
  await phone.getByRole('link', { name: 'I am Ada' }).click();
  await phone.waitForURL(`${site}/`);
  await phone.getByText('Team day').waitFor();
  await phone.goto(`${site}/account`);
  const elsewhere = phone.getByRole('region', { name: 'Signing in elsewhere' });
  await elsewhere.getByText('You can sign in with Example University').waitFor();
  assert.deepEqual(await barriers(phone), []);
  await becomes(() => overflow(phone), 0);
  await elsewhere.getByRole('button', { name: 'Disconnect' }).click();
  await elsewhere.getByText('Nobody could sign in to this account any more.').waitFor();
  const end = phone.getByRole('region', { name: 'Delete the account' });
  await end.getByRole('button').click(); // once is not enough
  await end.getByText('Press once more').waitFor();
  const first = phone.getByRole('region', { name: 'Set a password' });
  await first.getByLabel('New password').fill('correct horse battery');
  await first.getByRole('button', { name: 'Set a password' }).click();
  await phone.getByRole('region', { name: 'Change the password' }).waitFor();
  await elsewhere.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await elsewhere.getByRole('button', { name: 'Disconnect' }).click();
  await elsewhere.getByText('Sign in with Example University from now on').waitFor();

  // Bob has an account already: the provider's word alone does not open it, his password connects it.
  const desk = await open();
  await desk.goto(`${site}/account`);
  await desk.evaluate(() =>
    fetch('/api/account', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'bob@example.org', password: 'correct horse battery' }),
    }),
  );
  const stranger = await open();
  await stranger.goto(`${site}/account`);
  await stranger.getByRole('button', { name: 'Sign in with Example University' }).click();
  await stranger.getByRole('link', { name: 'I am Bob' }).click();
  await stranger.getByText('There is an account with your e-mail address already.').waitFor();
  assert.equal((await get(stranger, '/api/account')).account, undefined);
  await desk.reload();
  const own = desk.getByRole('region', { name: 'Signing in elsewhere' });
  await own.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await own.getByRole('button', { name: 'Connect with Example University' }).click();
  await desk.getByRole('link', { name: 'I am Bob' }).click();
  await own.getByText('You can sign in with Example University').waitFor();
  await stranger.getByRole('button', { name: 'Back' }).click();
  await stranger.getByRole('button', { name: 'Sign in with Example University' }).click();
  await stranger.getByRole('link', { name: 'I am Bob' }).click();
  await stranger.waitForURL(`${site}/`);
  assert.equal((await get(stranger, '/api/account')).account.email, 'bob@example.org');
  assert.deepEqual(
    faults().filter((fault) => !/status of (403|409)/.test(fault)),
    [],
  );
});
