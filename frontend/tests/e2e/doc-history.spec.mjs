// The history of a document in real browsers: two people write, name, play back, compare and go back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow, post } from './harness.mjs';
import { choose } from './paper.mjs';
import { agreed, meeting } from './writers.mjs';

const live = (page) => page.locator('.ql-editor[contenteditable=true]');
const past = (page) => page.locator('.ql-editor.past');
async function write(page, text, at = 0.99999) {
  await choose(page, at, at);
  await page.keyboard.type(text);
}

/** Waits until the page of the past has these words, without the letters of those who wrote them. */
const shows = (page, text) =>
  page.waitForFunction((text) => {
    const shown = document.querySelector('.ql-editor.past')?.cloneNode(true);
    shown?.querySelectorAll('.letter, .unseen').forEach((one) => one.remove());
    return shown?.textContent.includes(text);
  }, text);
const shot = (page, name) =>
  process.env.SHOTS ? page.screenshot({ path: `${process.env.SHOTS}/${name}.png` }) : undefined;
const button = (page, name) => page.getByRole('button', { name, exact: true });

test('two write, name a version, look back, play, compare and restore while the other types', async (t) => {
  const meet = await meeting(t, { names: ['Ada Lovelace', 'Ben'] });
  const {
    pages: [ada, ben],
    faults,
  } = meet;
  await write(ada, 'The plan is simple.');
  await agreed(meet);
  await write(ben, ' We meet on Monday.');
  await agreed(meet);

  // Ada names what there is now.
  await button(ada, 'History').click();
  await shows(ada, 'The plan is simple. We meet on Monday.');
  assert.deepEqual(await barriers(ada), []);
  await becomes(() => overflow(ada), 0);
  const letters = await past(ada).locator('.letter').allTextContents();
  assert.deepEqual(letters, ['AL', 'B'], 'who wrote what is said in letters too');
  await shot(ada, 'history');
  await button(ada, 'Name this version').click();
  await ada.getByLabel('Name of the version').fill('First draft');
  await button(ada, 'Save').click();
  await ada.getByRole('button', { name: 'First draft' }).first().waitFor();
  await button(ada, 'Back to the document').click();

  // The work goes on, and something is lost.
  await choose(ben, 0, 0.5);
  await ben.keyboard.press('Delete');
  await write(ben, ' Or not at all.');
  await agreed(meet);

  // Ada looks at the named version and what has become of it.
  await button(ada, 'History').click();
  await shows(ada, 'Or not at all.');
  await ada.getByRole('button', { name: 'First draft' }).first().click();
  await shows(ada, 'The plan is simple. We meet on Monday.');
  await button(ada, 'Compare with now').click();
  await past(ada).locator('ins').first().waitFor();
  await shot(ada, 'inline');
  assert.match((await past(ada).locator('ins').allTextContents()).join(''), /Or not at all/);
  assert.ok((await past(ada).locator('del').allTextContents()).join('').includes('The plan'));
  assert.deepEqual(await barriers(ada), []);
  await shot(ada, 'inline');
  await button(ada, 'Side by side').click();
  await shot(ada, 'beside');
  await becomes(() => past(ada).count(), 2);
  assert.equal(await past(ada).first().locator('ins').count(), 0);
  assert.equal(await past(ada).last().locator('del').count(), 0);
  await button(ada, 'End the comparison').first().click();

  // From the beginning, as it came about.
  await ada.getByLabel('Time line').fill('0');
  await ada.waitForFunction(() => document.querySelector('.ql-editor.past')?.textContent === '');
  await ada.getByLabel('Speed').selectOption('8');
  await button(ada, 'Play from here').click();
  await shows(ada, 'Or not at all.');
  await button(ada, 'Play from here').waitFor();

  // Back to the named version; Ben goes on at once. What Ada's page had of him before would go with the rest.
  await ada.getByRole('button', { name: 'First draft' }).first().click();
  await shows(ada, 'The plan is simple. We meet on Monday.');
  await button(ada, 'Restore this version').click();
  await write(ben, ' Ben types on and on.');
  const after = await agreed(meet);
  assert.match(after, /The plan is simple\. We meet on Monday\./);
  assert.match(after.replace(/[^A-Za-z .]/g, ''), /Ben types on and on\./, 'nothing of it is lost');

  // It is in the history as what it was, and can be taken back.
  await button(ada, 'History').click();
  await ada.getByText('Brought back “First draft”').waitFor();
  await button(ada, 'Back to the document').click();
  await ada.getByRole('button', { name: 'Undo' }).last().click();
  assert.match(await agreed(meet), /Or not at all/);
  assert.deepEqual(faults(), []);
});

test('a restore that is too big for the socket goes by POST', async (t) => {
  const line = 'All work and no play.\n';
  const lines = 3000;
  const meet = await meeting(t, { names: ['Ada Lovelace', 'Ben'] });
  const {
    pages: [ada, ben],
    code,
    id,
  } = meet;
  const change = { base: 0, change: [{ insert: line.repeat(lines) }] };
  await post(ada, `/api/rooms/${code}/activities/${id}/change`, { with: change });
  await agreed(meet);
  await choose(ben, 0, 0.99999);
  await ben.keyboard.press('Delete');
  await write(ben, 'Gone');
  await agreed(meet);
  await button(ada, 'History').click();
  await shows(ada, 'Gone');
  await ada.getByLabel('Time line').fill('1');
  await shows(ada, 'All work');
  const posted = ada.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/change'));
  await button(ada, 'Restore this version').click();
  assert.ok(((await posted).postData() ?? '').includes('"restores":1'));
  await agreed(meet);
  const text = (await meet.view()).content.map((op) => op.insert).join('');
  assert.equal(text.split(line).length - 1, lines);
});

test('who comes back sees what has changed since', async (t) => {
  const meet = await meeting(t, {
    content: [{ insert: 'One\nTwo\nThree\n' }],
    names: ['Ada Lovelace', 'Ben'],
  });
  const {
    pages: [ada, ben],
    server,
    code,
  } = meet;
  await write(ada, ' by Ada');
  await agreed(meet);
  await ada.goto(server.url);
  await write(ben, 'New ', 0);
  await ben.waitForFunction(() => document.querySelector('.line[role=status]')?.textContent === 'Saved');
  await ada.goto(`${server.url}/r/${code}`);
  await ada.getByText(/This has changed since you were here/).waitFor();
  await ada.locator('.bars span').first().waitFor();
  await becomes(() => ada.locator('.bars span').count(), 1, 'one line has changed');
  assert.deepEqual(await barriers(ada), []);
  await shot(ada, 'since');
  await button(ada, 'Show the changes').click();
  await past(ada).locator('ins').filter({ hasText: 'New' }).waitFor();
  await button(ada, 'Back to the document').click();

  // Who wrote it, where one writes.
  await button(ada, 'Who wrote this').click();
  await ada.getByText('Written by Ben and Ada Lovelace').waitFor({ state: 'attached' });
  await becomes(() => ada.locator('.marks .letter').count(), 2);
  await shot(ada, 'authors');
});

test('on a phone, by somebody who may only read', async (t) => {
  const meet = await meeting(t, { names: ['Ada Lovelace', 'Ben'] });
  const {
    pages: [ada],
    open,
    server,
    code,
    faults,
  } = meet;
  await write(ada, 'A first line of a text that everybody may read.');
  await agreed(meet);
  const phone = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.goto(server.url);
  await post(phone, `/api/rooms/${code}/enter`, { name: 'Cleo' });
  await post(ada, `/api/rooms/${code}/activities/lobby/focus`, { with: { id: meet.id } });
  await phone.goto(`${server.url}/r/${code}`);
  await phone.getByRole('button', { name: 'History', exact: true }).click();
  await shows(phone, 'A first line');
  await becomes(() => overflow(phone), 0);
  assert.deepEqual(await barriers(phone), []);
  assert.equal(await button(phone, 'Restore this version').count(), 0);
  assert.equal(await button(phone, 'Name this version').count(), 0);
  await shot(phone, 'phone');
  await button(phone, 'Versions and changes').click();
  await phone.getByRole('button', { name: /Ada Lovelace/ }).waitFor();
  await shot(phone, 'phone-list');
  await becomes(() => overflow(phone), 0);
  assert.deepEqual(faults(), []);
});
