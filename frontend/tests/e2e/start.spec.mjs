// The start page: how people get into rooms.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, browser, overflow, plenum } from './harness.mjs';

test('starting a room, and finding the way back', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  await page.goto(url);

  await page.getByLabel('What is it about?').fill('Team day');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.getByText('Please say what the others should call you.').waitFor();

  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.waitForURL(/\/r\/[2-9A-HJKMNP-Z]{6}$/);
  const code = page.url().slice(-6);

  await page.goto(url);
  const recent = page.getByRole('link', { name: /Team day/ });
  await becomes(() => recent.getAttribute('href'), `/r/${code}`);
  assert.equal(await page.getByLabel('Your name').count(), 0, 'the name is known by now');
  assert.deepEqual(await barriers(page), []);

  await page.getByRole('button', { name: 'Forget Team day' }).click();
  await recent.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await recent.waitFor();
  await recent.click();
  await page.waitForURL(`${url}/r/${code}`);
  assert.deepEqual(faults(), []);
});

test('joining by a code or by a link', async (t) => {
  const { url } = await plenum(t);
  const { open } = await browser(t);
  const host = await open();
  const made = await host.request.post(`${url}/api/rooms`, { data: { title: 'Team day', name: 'Ada' } });
  assert.equal(made.status(), 201);
  const { code } = await made.json();

  const page = await open({ viewport: { width: 390, height: 844 } });
  await page.goto(url);
  const field = page.getByLabel('Room code');
  const join = page.getByRole('button', { name: 'Join' });
  await becomes(
    () => field.evaluate((f) => f === document.activeElement),
    true,
    'the code field has the focus',
  );

  await page.keyboard.type('k7t');
  await join.click();
  await page.getByText('3 more letters or digits.').waitFor();

  await field.fill('222222');
  await page.getByText('There is no room with this code.').waitFor();
  await becomes(() => field.getAttribute('aria-invalid'), 'true');

  await field.fill(`${url}/r/${code.toLowerCase()}`);
  await becomes(() => field.inputValue(), code);
  await page.getByText(/^Team day · /).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/r/${code}`);
});

test('a lost server is said, and what was typed stays', async (t) => {
  const { url, stop } = await plenum(t);
  const { open } = await browser(t);
  const page = await open();
  await page.goto(url);
  await page.getByLabel('Your name').fill('Ada');
  await stop();
  await page.getByRole('button', { name: 'Start the room' }).click();
  await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
  await becomes(() => page.getByLabel('Your name').inputValue(), 'Ada');
});

test('the start page shows what it is: one writes along with Ben, and votes', async (t) => {
  const { url } = await plenum(t);
  const { open, faults } = await browser(t);
  const page = await open();
  await page.goto(url);
  const notes = page.getByRole('textbox', { name: 'Plan for June' });
  await notes.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('Dear all, ', { delay: 150 });
  const text = 'Dear all, We meet at the station at nine.\nBring food and water.\nTickets: I buy them today.';
  await page.waitForFunction((text) => document.querySelector('textarea')?.value === text, text);
  assert.equal(await notes.evaluate((area) => area.selectionStart), 'Dear all, '.length);

  await page.getByRole('radio', { name: 'The mountains' }).check();
  const table = page.getByRole('table', { name: 'Where do we go in June?' });
  await table.getByRole('row', { name: /^The mountains.* 2 / }).waitFor({ state: 'attached' });
  await page.getByText('9 people voted').waitFor();
  assert.deepEqual(await barriers(page), []);
  await becomes(() => overflow(page), 0);
  assert.deepEqual(faults(), []);
});
