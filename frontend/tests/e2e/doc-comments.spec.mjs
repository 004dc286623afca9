// Comments in documents: several people, a laptop and a phone, against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow, post } from './harness.mjs';
import { chooseWords } from './paper.mjs';
import { agreed, editor, meeting, saved, words } from './writers.mjs';

const text = 'We meet on Monday at nine.\nBring the numbers of last year.\n';
const content = [{ insert: text }];

const card = (page, words) => page.locator('[data-thread], .below', { hasText: words });
const marks = (page) => page.locator('.marks [data-comment]');

/** Comments on some words of the text. */
async function comment(page, on, said) {
  await chooseWords(page, on);
  await page.getByRole('button', { name: 'Comment (Ctrl+Alt+M)' }).click();
  const field = page.getByRole('textbox', { name: 'Write a comment' });
  await field.fill(said);
  await field.press('Control+Enter');
}

/** Puts the caret behind some words of the text. */
async function behind(page, words) {
  await chooseWords(page, words);
  await page.locator('.bubble').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.locator('.bubble').waitFor({ state: 'detached' });
}

test('two people talk about a passage, and it ends resolved', async (t) => {
  const room = await meeting(t, { content });
  const [ada, ben] = room.pages;
  await comment(ada, 'Monday', 'Tuesday is better.');
  await card(ben, 'Tuesday is better.').waitFor();
  await card(ben, 'Tuesday is better.').getByRole('button', { name: 'Comment by Ada' }).click();
  await ben.getByRole('textbox', { name: 'Write a reply' }).fill('@Ada why?');
  await ben.getByRole('button', { name: 'Send' }).click();
  await card(ada, '1 reply').or(card(ada, '@Ada why?')).first().waitFor();
  assert.deepEqual(await barriers(ben), []);
  await ben.getByRole('button', { name: 'Resolve' }).click();
  for (const page of room.pages) {
    await card(page, 'Tuesday is better.').waitFor({ state: 'detached' });
    await becomes(() => marks(page).count(), 0);
  }
  await ada.getByRole('button', { name: 'All comments' }).click();
  const list = ada.getByRole('dialog', { name: 'All comments' });
  await list.getByText('Tuesday is better.').click();
  await card(ada, 'Tuesday is better.').getByRole('button', { name: 'Open again' }).click();
  await marks(ben).first().waitFor();
  assert.deepEqual(room.faults(), []);
});

test('a comment moves with its text, dies with it and comes back with it', async (t) => {
  const room = await meeting(t, { content });
  const [ada, ben] = room.pages;
  await comment(ada, 'Monday', 'Sure?');
  await marks(ben).first().waitFor();
  await editor(ben).focus();
  await ben.keyboard.press('Control+Home');
  await ben.keyboard.type('Listen: ');
  await agreed(room);
  const anchored = async () =>
    (await room.view()).content
      .filter(({ attributes = {} }) => /comment-/.test(Object.keys(attributes)))
      .map(({ insert }) => insert)
      .join('');
  assert.equal(await anchored(), 'Monday');

  // What is written in the middle of it belongs to it; what is written behind it does not.
  await behind(ben, 'Mon');
  await ben.keyboard.type('X');
  await behind(ben, 'day');
  await ben.keyboard.type('Y');
  await agreed(room);
  assert.equal(await anchored(), 'MonXday', await words(ben));

  // Deleted, the comment is still in the list; undo brings it back to its text.
  await chooseWords(ben, 'MonXdayY');
  await ben.keyboard.press('Delete');
  await agreed(room);
  assert.equal(await anchored(), '');
  await ada.getByRole('button', { name: 'All comments' }).click();
  await ada.getByRole('heading', { name: 'Their text was deleted' }).waitFor();
  await ada.getByRole('dialog', { name: 'All comments' }).getByText('Sure?').click();
  await card(ada, 'The text of this comment was deleted').getByText('Monday').waitFor();
  await ben.keyboard.press('Control+z');
  await agreed(room);
  assert.equal(await anchored(), 'MonXday');

  // Cut and pasted elsewhere it goes along.
  await ben.keyboard.press('Escape');
  await chooseWords(ben, 'MonXday');
  await ben.keyboard.press('Control+x');
  await agreed(room);
  assert.equal(await anchored(), '');
  await ben.keyboard.press('Control+End');
  await ben.keyboard.press('Control+v');
  await agreed(room);
  assert.match(await words(ada), /MonXday\n*$/);
  assert.equal(await anchored(), 'MonXday');
  assert.deepEqual(room.faults(), []);
});

test('who may not write comments all the same, and erases what they said', async (t) => {
  const room = await meeting(t, { content, names: ['Ada'] });
  const [ada] = room.pages;
  const eve = await room.open();
  await eve.goto(room.server.url);
  await post(eve, `/api/rooms/${room.code}/enter`, { name: 'Eve' });
  await eve.goto(`${room.server.url}/r/${room.code}`);
  await eve.locator('.reads').waitFor();
  await chooseWords(eve, 'the numbers');
  await eve.getByRole('button', { name: 'Comment', exact: true }).click();
  await eve.getByRole('textbox', { name: 'Write a comment' }).fill('Which ones?');
  await eve.getByRole('button', { name: 'Comment', exact: true }).click();
  await card(ada, 'Which ones?').waitFor();

  const own = card(eve, 'Which ones?');
  await own.getByRole('button', { name: 'Comment by Eve' }).click();
  await own.getByRole('button', { name: 'More for this comment' }).click();
  await eve.getByRole('menuitem', { name: 'Edit' }).click();
  await eve.getByRole('textbox', { name: 'Edit' }).fill('Which numbers?');
  await eve.getByRole('button', { name: 'Save' }).click();
  await card(ada, 'Which numbers?').waitFor();
  await card(eve, 'Which numbers?').getByRole('button', { name: 'More for this comment' }).click();
  await eve.getByRole('menuitem', { name: 'Erase' }).click();
  await card(eve, 'Which numbers?').getByRole('button', { name: 'Erase', exact: true }).click();
  await card(ada, 'Which numbers?').waitFor({ state: 'detached' });
  assert.deepEqual((await room.view()).threads ?? [], []);
  assert.deepEqual((await room.view()).content, content);
  assert.deepEqual(room.faults(), []);
});

test('on a phone a comment is at the bottom, and keyboard and width do', async (t) => {
  const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
  const room = await meeting(t, { content, options: [{}, phone] });
  const [ada, ben] = room.pages;
  await comment(ada, 'last year', 'Or this one?');
  await marks(ben).first().waitFor({ state: 'attached' });
  const at = await marks(ben).first().boundingBox();
  await ben.touchscreen.tap(at.x + at.width / 2, at.y + at.height / 2);
  await ben.locator('.below').getByText('Or this one?').waitFor();
  assert.deepEqual(await barriers(ben), []);
  await becomes(() => overflow(ben), 0);
  await ben.getByRole('textbox', { name: 'Write a reply' }).fill('This one.');
  await ben.getByRole('button', { name: 'Send' }).click();
  await ben.locator('.below').getByText('This one.').waitFor();
  await ben.keyboard.press('Escape');
  await ben.locator('.below').waitFor({ state: 'detached' });

  // By the keyboard alone: select, ask, write, send.
  await editor(ada).focus();
  await ada.keyboard.press('Control+Home');
  for (let i = 0; i < 2; i++) await ada.keyboard.press('Control+Shift+ArrowRight');
  await ada.keyboard.press('Control+Alt+m');
  await ada.keyboard.type('Who is we?');
  await ada.keyboard.press('Control+Enter');
  await saved(ada);
  await card(ada, 'Who is we?').waitFor();
  await becomes(() => editor(ada).innerText(), /^We meet on Monday/, 'what was typed is not in the text');
  assert.deepEqual(room.faults(), []);
});
