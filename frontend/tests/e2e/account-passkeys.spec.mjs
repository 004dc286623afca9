// Passkeys: made in the account, signed in with on this device and on another, turned away, taken away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

const email = 'ada@example.org';
const password = 'correct horse battery';

/** Pictures for whoever wants to look: a folder in PLENUM_PICTURES. */
async function shot(page, name) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

/** A finger reader in a page's device, with what keeps keys. */
async function reader(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    keys: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    put: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    /** The finger is the right one, or another. */
    knows: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

test('a passkey is made, signs in here and on another device, and is taken away', async (t) => {
  const site = (await plenum(t)).url.replace('127.0.0.1', 'localhost'); // a key belongs to a host with a name
  const { open } = await browser(t);
  const laptop = await open();
  const finger = await reader(laptop);
  await laptop.goto(`${site}/account`);
  await laptop.getByRole('tab', { name: 'Create an account' }).click();
  await laptop.getByLabel('E-mail').fill(email);
  await laptop.getByLabel('Password', { exact: true }).fill(password);
  await laptop.getByRole('button', { name: 'Create an account' }).click();
  await laptop.waitForURL(`${site}/`);

  await laptop.goto(`${site}/account`);
  const card = laptop.getByRole('region', { name: 'Passkeys' });
  await card.getByLabel('Password', { exact: true }).fill('wrong horse');
  await card.getByRole('button', { name: 'Add a passkey' }).click();
  await card.getByText('Your present password is not right.').waitFor();
  await card.getByLabel('Password', { exact: true }).fill(password);
  await card.getByRole('button', { name: 'Add a passkey' }).click();
  await card.getByRole('listitem').filter({ hasText: 'Chrome on Linux' }).waitFor();
  assert.equal((await finger.keys()).length, 1);
  assert.deepEqual(await barriers(laptop), []);
  await shot(laptop, 'passkeys');
  // This device has its key: it makes no second one.
  await card.getByLabel('Password', { exact: true }).fill(password);
  await card.getByRole('button', { name: 'Add a passkey' }).click();
  await card.getByText('No passkey was made.').waitFor();
  await becomes(() => card.getByRole('listitem').count(), 1);

  // Signed out, and in again with a finger alone.
  await laptop.getByRole('button', { name: 'Sign out', exact: true }).click();
  await laptop.waitForURL(`${site}/`);
  await laptop.goto(`${site}/account`);
  await finger.knows(false);
  await laptop.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await laptop.getByText('No passkey was used.').waitFor();
  assert.deepEqual(await barriers(laptop), []);
  await finger.knows(true);
  await laptop.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await laptop.waitForURL(`${site}/`);

  // A phone that has the same key, as those of one maker share them.
  const phone = await open({ viewport: { width: 320, height: 640 } });
  const face = await reader(phone);
  for (const key of await finger.keys()) await face.put({ ...key, signCount: key.signCount + 1 });
  await phone.goto(`${site}/account`);
  await phone.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  await becomes(() => overflow(phone), 0);
  assert.deepEqual(await barriers(phone), []);
  await shot(phone, 'passkeys-phone');
  await phone.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await phone.waitForURL(`${site}/`);
  await phone.goto(`${site}/account`);
  const own = phone.getByRole('region', { name: 'Passkeys' });
  await own.getByText('last used').waitFor();
  await becomes(() => overflow(phone), 0);
  await own.getByRole('button', { name: 'Take away the passkey of Chrome on Linux' }).click();
  await own.getByRole('listitem').waitFor({ state: 'detached' });

  // It is worthless everywhere.
  await phone.getByRole('button', { name: 'Sign out', exact: true }).click();
  await phone.waitForURL(`${site}/`);
  await phone.goto(`${site}/account`);
  await phone.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await phone.getByText('This passkey is not known here').waitFor();
});

test('an address without a name has no passkeys, and says why', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const laptop = await open();
  await laptop.goto(`${url}/account`);
  await laptop.getByRole('tab', { name: 'Create an account' }).click();
  await laptop.getByLabel('E-mail').fill(email);
  await laptop.getByLabel('Password', { exact: true }).fill(password);
  await laptop.getByRole('button', { name: 'Create an account' }).click();
  await laptop.waitForURL(`${url}/`);
  await laptop.goto(`${url}/account`);
  const card = laptop.getByRole('region', { name: 'Passkeys' });
  await card.getByText('Passkeys need an address').waitFor();
  await becomes(() => card.getByRole('button').count(), 0);
});
