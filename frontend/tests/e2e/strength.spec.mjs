// One person, one vote: codes that a host hands out, and accounts.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';
import { counted, newPoll, phone, room } from './voters.mjs';

const NARROW = { viewport: { width: 320, height: 640 }, colorScheme: 'dark' };

async function picture(page, name) {
  const folder = process.env.PLENUM_PICTURES;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function written(host, prompt, secrecy) {
  await newPoll(host);
  await host.keyboard.type(prompt);
  await host.getByRole('textbox', { name: 'Option A', exact: true }).fill('Yes');
  await host.getByRole('textbox', { name: 'Option B', exact: true }).fill('No');
  if (secrecy) await host.getByRole('radio', { name: secrecy, exact: true }).check();
  await press(host, 'Add to the deck');
  await host.getByRole('heading', { name: prompt }).waitFor();
}

async function says(page, code) {
  await page.getByRole('textbox', { name: 'Your voting code' }).fill(code);
  await press(page, 'Go on to vote');
}

test('a code is one vote: made once, used once, without a script too', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const { host, code } = await room(open, url);
  await written(host, 'Shall we move?', 'Nobody');
  await press(host, 'Who may vote');
  await host.getByRole('radio', { name: /^Who has a code/ }).check();
  await host.getByText('There are no codes yet.').waitFor();
  await host.getByLabel('How many codes').fill('3');
  assert.deepEqual(await barriers(host, '[open]'), []);
  await picture(host, 'strength-dialog');
  await press(host, 'Make 3 codes');
  await host.getByText('These codes are shown only now').waitFor();
  await host
    .getByRole('listitem')
    .getByText(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/)
    .nth(2)
    .waitFor();
  const codes = await host.getByText(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/).allTextContents();
  assert.equal(new Set(codes).size, 3);
  assert.deepEqual(await barriers(host), []);
  await picture(host, 'strength-sheet');
  await press(host, 'Done');
  await host.getByText('They cannot be shown again.').waitFor();
  const [file] = await Promise.all([host.waitForEvent('download'), press(host, 'Save as CSV')]);
  assert.equal(await readFile(await file.path(), 'utf8'), `\ufeffCode\r\n${codes.join('\r\n')}\r\n`);
  await press(host, 'Close');

  const bea = await phone(open, url, code, 'Bea');
  const cleo = await phone(open, url, code, 'Cleo', NARROW);
  await press(host, 'Open voting');
  await bea.getByText('Voting here needs a code').waitFor();
  await bea.getByRole('textbox', { name: 'Your voting code' }).waitFor();
  assert.deepEqual(await barriers(bea), []);
  await picture(bea, 'strength-phone');
  await says(bea, 'ABCDE-ABCDE');
  await bea.getByRole('alert').getByText('This code is wrong.').waitFor();
  await says(bea, codes[0].toLowerCase());
  await bea.getByRole('radio', { name: 'Yes' }).check();
  await counted(bea);
  await says(cleo, codes[0]);
  await cleo.getByText('This code has been used already.').waitFor();
  await becomes(() => overflow(cleo), 0);
  assert.deepEqual(await barriers(cleo), []);
  await picture(cleo, 'strength-phone-used');
  await says(cleo, codes[1]);
  await cleo.getByRole('radio', { name: 'No' }).check();
  await counted(cleo);
  await bea.reload();
  await bea.getByRole('radio', { name: 'No' }).check();
  await counted(bea);

  const dan = await open({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  await dan.goto(`${url}/plain/${code}`);
  await dan.getByLabel('Your name, as the others will see it').fill('Dan');
  await press(dan, 'Join');
  await dan.getByLabel('Your voting code').fill(codes[1]);
  await press(dan, 'Send');
  await dan.getByRole('alert').getByText('This code has been used already.').waitFor();
  await dan.getByLabel('Your voting code').fill(codes[2]);
  await press(dan, 'Send');
  await dan.getByRole('radio', { name: 'Yes' }).check();
  await press(dan, 'Send');
  await dan.getByText('Your answer counts.').waitFor();

  const screen = await host.context().newPage();
  await screen.setViewportSize({ width: 1920, height: 1080 });
  await screen.goto(`${url}/r/${code}/present`);
  await screen.getByText('Vote with your code').waitFor();
  await screen.getByText('3 people voted').waitFor();
  await picture(screen, 'strength-hall');
  await screen.close();
  await press(host, 'Who may vote');
  await host.getByText('3 of 3 codes used').waitFor();
  await host.getByText('this stays as it is').waitFor();
  assert.deepEqual(
    faults().filter((fault) => !/status of 40[39] .*(redeem|plain)/.test(fault)),
    [],
  );
});

test('who is signed in votes, and a guest is shown where to sign in', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const { host, code } = await room(open, url);
  await written(host, 'Tea?');
  await press(host, 'Who may vote');
  await host.getByRole('radio', { name: /^Who is signed in/ }).check();
  await becomes(() => host.getByRole('radio', { name: /^Who is signed in/ }).isChecked(), true);
  await host.keyboard.press('Escape');
  const bea = await phone(open, url, code, 'Bea');
  await press(host, 'Open voting');
  await bea.getByRole('link', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await barriers(bea), []);
  await picture(bea, 'strength-phone-account');
  const made = await bea.request.post(`${url}/api/account`, {
    data: { email: 'bea@example.org', password: 'a long enough password' },
    headers: { origin: url },
  });
  assert.equal(made.status(), 201);
  await bea.reload();
  await bea.getByRole('radio', { name: 'Yes' }).check();
  await counted(bea);
});
