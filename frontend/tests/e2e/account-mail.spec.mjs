// What an account does by mail: the address is confirmed, a forgotten password is set, the address changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, get, overflow, plenum, post } from './harness.mjs';
import { postOffice } from './letters.mjs';

const email = 'ada@example.org';

/** The address of the link in a letter, on the server of the test. */
function linkIn(letter, url) {
  const [link] = /http:\/\/plenum\.example\/account#\S+/.exec(letter.text) ?? [];
  assert.ok(link, letter.text);
  return link.replace('http://plenum.example', url);
}

async function enter(page, way, password) {
  await page.getByRole('tab', { name: way }).click();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: way }).click();
}

test('an address is confirmed, a forgotten password set, and the address changed', async (t) => {
  const office = await postOffice(t);
  const { url } = await plenum(t, { env: office.env });
  const { open, faults } = await browser(t);
  const laptop = await open();
  await laptop.goto(`${url}/account`);
  await enter(laptop, 'Create an account', 'correct horse battery');
  await laptop.waitForURL(`${url}/`);
  await laptop.goto(`${url}/account`);
  await laptop.getByText('Your address is not confirmed yet').waitFor();
  const first = await office.next();
  assert.equal(first.to, email);
  await laptop.getByRole('button', { name: 'Send it again' }).click();
  await laptop.getByText(`A letter to ${email} is on its way.`).waitFor();

  // The link is opened on another device, where nobody is signed in; the first letter's is worthless by now.
  const phone = await open({ viewport: { width: 390, height: 844 } });
  await phone.goto(linkIn(first, url));
  await phone.getByText('This link is used or too old.').waitFor();
  await phone.goto('about:blank');
  await phone.goto(linkIn(await office.next(), url));
  await phone.getByText(`${email} is confirmed.`).waitFor();
  assert.deepEqual(await barriers(phone), []);
  await becomes(() => overflow(phone), 0);
  await laptop.reload();
  await laptop.getByRole('heading', { name: email }).waitFor();
  await becomes(() => laptop.getByText('not confirmed yet').count(), 0);

  // The password is forgotten.
  await phone.getByRole('button', { name: 'To the account' }).click();
  await phone.getByLabel('E-mail').fill(email);
  await phone.getByRole('button', { name: 'Forgot your password?' }).click();
  await becomes(() => phone.getByLabel('E-mail').inputValue(), email);
  assert.deepEqual(await barriers(phone), []);
  await phone.getByRole('button', { name: 'Mail me a link' }).click();
  await phone.getByText(`If ${email} has an account, a letter is on its way.`).waitFor();
  await phone.goto(linkIn(await office.next(), url));
  await phone.reload(); // the fragment alone loads no page
  await phone.getByRole('textbox', { name: 'New password' }).fill('short');
  await phone.getByRole('button', { name: 'Set the password' }).click();
  await phone.getByText('A password has at least 8 characters.').waitFor();
  await phone.getByRole('textbox', { name: 'New password' }).fill('another horse');
  assert.deepEqual(await barriers(phone), []);
  await phone.getByRole('button', { name: 'Set the password' }).click();
  await phone.getByRole('heading', { name: email }).waitFor();
  assert.equal(new URL(phone.url()).hash, '');
  assert.match((await office.next()).text, /was changed/);
  await laptop.reload();
  await laptop.getByRole('tab', { name: 'Sign in' }).waitFor(); // it was signed out

  // Another address: the present one stays until the link is opened.
  const form = phone.getByRole('region', { name: 'Change the address' });
  await form.getByLabel('New e-mail address').fill('ada@example.net');
  await form.getByLabel('Password', { exact: true }).fill('another horse');
  await phone.getByRole('button', { name: 'Change the address' }).click();
  await phone.getByText('Open the link in the letter to ada@example.net.').waitFor();
  await phone.getByRole('heading', { name: email }).waitFor();
  assert.deepEqual(await barriers(phone), []);
  const asked = await office.next();
  assert.equal(asked.to, 'ada@example.net');
  await laptop.goto('about:blank');
  await laptop.goto(linkIn(asked, url));
  await laptop.getByText('ada@example.net is confirmed.').waitFor();
  assert.match((await office.next()).text, /has another one now/);
  await phone.reload();
  await phone.getByRole('heading', { name: 'ada@example.net' }).waitFor();
  assert.deepEqual(
    faults().filter((line) => !line.includes('404')),
    [],
  );
});

test('what was not read comes by mail, leads to its place, and a switch ends that', async (t) => {
  const office = await postOffice(t);
  const { url } = await plenum(t, { env: { ...office.env, PLENUM_MAIL_UNREAD: '100ms' } });
  const { open, faults } = await browser(t);
  const [ada, ben] = [await open(), await open({ viewport: { width: 390, height: 844 } })];
  await ben.goto(`${url}/account`);
  await enter(ben, 'Create an account', 'correct horse battery');
  await ben.waitForURL(`${url}/`);
  await ben.goto(linkIn(await office.next(), url));
  await ben.getByText(`${email} is confirmed.`).waitFor();
  await ada.goto(url);
  const { code } = await post(ada, '/api/rooms', { title: 'Team day', name: 'Ada' });
  const { member } = await post(ben, `/api/rooms/${code}/enter`, { name: 'Ben' });
  const { view } = await get(ada, `/api/rooms/${code}/activities/lobby/view`);
  await post(ada, `/api/rooms/${code}/activities/${view.activities[0].id}/say`, {
    with: { text: 'Can you bring it, @Ben?', mentions: [{ id: member.id, name: 'Ben' }] },
  });
  const letter = await office.next();
  assert.equal(letter.to, email);
  assert.match(letter.text, /^Ada mentioned you in Team day\n {2}Can you bring it, @Ben\?\n/);
  const [place] = /http:\/\/plenum\.example\/r\/\S+/.exec(letter.text);
  await ben.goto(place.replace('http://plenum.example', url));
  await ben.getByRole('log').getByText('Can you bring it, @Ben?').waitFor();
  await ben.getByRole('button', { name: 'Notifications', exact: true }).click();
  const list = ben.getByRole('dialog', { name: 'Notifications' });
  await list.getByText('Settings').click();
  const mails = list.getByRole('switch', { name: 'Mail me what I have not read' });
  await becomes(() => mails.isChecked(), true);
  await mails.click();
  await ben.getByText('Saved.').waitFor();
  assert.deepEqual(await barriers(ben, 'dialog'), []);
  await becomes(() => overflow(ben), 0);
  const settings = await get(ben, '/api/notices/settings');
  assert.equal(settings.mail, false);
  assert.deepEqual(faults(), []);
});

test('without mail the page says so', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const page = await open();
  await page.goto(`${url}/account`);
  await page.getByText('Whoever runs this server can set a new one.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Forgot your password?' }).count(), 0);
});
