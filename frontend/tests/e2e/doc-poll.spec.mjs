// Polls in the text of a document, against the real program: put in, voted on, closed and kept there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, get, overflow, post } from './harness.mjs';
import { choose } from './paper.mjs';
import { editor, meeting, saved } from './writers.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const block = (page, prompt = 'Which day?') => page.getByRole('region', { name: `Poll: ${prompt}` });
const option = (page, name) => block(page).locator('label.option', { hasText: name });
const dialog = (page) => page.getByRole('dialog', { name: 'A poll in the text' });

/** Waits until an option stands so, as a share of those who voted. */
const stands = (page, name, share) => option(page, name).getByText(share, { exact: true }).waitFor();

/** Ada types / and fills in a poll. */
async function put(ada, { button = 'Put in and open voting' } = {}) {
  await editor(ada).click();
  await ada.keyboard.press('Control+End');
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('/poll');
  await ada.getByRole('option', { name: 'Poll' }).click();
  await dialog(ada).getByLabel('Question').fill('Which day?');
  const options = dialog(ada).locator('ol, ul').getByRole('textbox');
  await options.nth(0).fill('Monday');
  await options.nth(1).fill('Friday');
  assert.deepEqual(await barriers(ada), []);
  await dialog(ada).getByRole('button', { name: button }).click();
  await block(ada).waitFor();
}

const exported = async (page, { code, id }, format) =>
  page.evaluate(
    async (path) => (await fetch(path)).text(),
    `/api/rooms/${code}/activities/${id}/read/export?format=${format}`,
  );

/** Waits until the document has noted that. */
async function noted({ view }, is) {
  for (let i = 0; i < 100; i++) {
    const { polls = [] } = await view();
    if (polls[0] && is(polls[0].asked)) return polls[0];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`not noted: ${JSON.stringify(await view())}`);
}

test('two vote where they read, the bars move, and the result stays in the text', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'We meet again.\n' }], options: [{}, PHONE] });
  const [ada, ben] = room.pages;
  await put(ada);
  await ada.keyboard.type('And we bring cake.');
  await saved(ada);
  await block(ben).waitFor();
  await editor(ben).getByText('And we bring cake.').waitFor();
  await becomes(() => overflow(ben), 0);
  await option(ben, 'Friday').click();
  await block(ben)
    .getByText(/^Counted ✓/)
    .waitFor();
  await stands(ben, 'Friday', '✓ 100%');
  // Who can vote sees that somebody has, and what only after having voted.
  await block(ada).getByText('1 person voted').waitFor();
  await option(ada, 'Monday').click();
  await stands(ada, 'Friday', '50%');
  await stands(ben, 'Monday', '50%');
  for (const page of [ada, ben]) assert.deepEqual(await barriers(page), []);
  // Keys in the block write nothing into the text.
  await option(ada, 'Monday').locator('input').press('ArrowDown');
  await stands(ben, 'Monday', '0%');
  await ada.keyboard.press('Enter');
  assert.equal(await block(ben).getByRole('button', { name: 'Close voting' }).count(), 0);
  assert.match(
    await exported(ada, room, 'text'),
    /\nWhich day\?\n\[ \] Monday\n\[ \] Friday\nAnd we bring cake\.\n/,
  );

  await block(ada).getByRole('button', { name: 'Close voting' }).click();
  for (const page of room.pages) {
    await block(page).getByText('Closed', { exact: true }).waitFor();
    await block(page).getByText('2 people voted').waitFor();
    await block(page).getByText('✓ You chose Friday').waitFor();
    assert.deepEqual(await barriers(page), []);
  }
  const { poll } = await noted(room, (asked) => asked.result?.counts.o2 === 2);
  assert.match(
    await exported(ada, room, 'text'),
    /Which day\?\n- Friday: 2 \(100%\)\n- Monday: 0 \(0%\)\nn = 2 · /,
  );
  assert.match(await exported(ada, room, 'markdown'), /\*\*Which day\?\*\*\n\n- Friday: 2 \(100%\)/);

  // The poll goes into the bin; its result does not go with it.
  await post(ada, `/api/rooms/${room.code}/activities/lobby/bin`, { with: { id: poll.split('/')[0] } });
  await ben.reload();
  await block(ben).getByText('2 people voted').waitFor();
  await becomes(() => block(ben).locator('input').count(), 0);
  assert.equal((await room.view()).content.filter(({ insert }) => insert.poll).length, 1);
  assert.deepEqual(room.faults(), []);
});

test('the past shows a poll as it was, and nobody votes there', async (t) => {
  const room = await meeting(t, { content: [{ insert: 'We meet again.\n' }] });
  const [ada] = room.pages;
  await put(ada, { button: 'Put in, open later' });
  await block(ada).getByText('Not open yet').waitFor();
  await block(ada).getByRole('button', { name: 'Open voting' }).click();
  await option(ada, 'Monday').click();
  await stands(ada, 'Monday', '✓ 100%');
  const open = (await noted(room, (asked) => asked.state === 'open')) && (await room.view()).rev;
  await block(ada).getByRole('button', { name: 'Close voting' }).click();
  await noted(room, (asked) => asked.result);
  await ada.getByRole('button', { name: 'History' }).click();
  const past = ada.locator('.ql-editor.past');
  await past.getByText('1 person voted').waitFor();
  assert.equal(await past.locator('input').count(), 0);
  assert.deepEqual(await barriers(ada), []);
  const then = await get(ada, `/api/rooms/${room.code}/activities/${room.id}/read/revision?rev=${open}`);
  assert.equal(then.polls[0].asked.state, 'open');
  assert.equal(then.polls[0].asked.result, undefined);
  assert.deepEqual(room.faults(), []);
});

test('a list becomes a poll about it, and taking that out takes out the block alone', async (t) => {
  const content = [{ insert: 'Which day?\nMonday' }, { insert: '\n', attributes: { list: 'bullet' } }];
  content.push({ insert: 'Friday' }, { insert: '\n', attributes: { list: 'bullet' } });
  const room = await meeting(t, { content, options: [{}, PHONE] });
  const [ada, ben] = room.pages;
  await choose(ada, 0.45, 0.99); // from behind the question
  await ada.getByRole('button', { name: 'Vote on this' }).click();
  await dialog(ada).waitFor();
  await becomes(() => dialog(ada).getByLabel('Question').inputValue(), 'Which day?');
  await dialog(ada).getByRole('button', { name: 'Put in and open voting' }).click();
  await option(ada, 'Friday').click();
  await option(ben, 'Friday').click();
  await stands(ben, 'Friday', '✓ 100%');
  await becomes(() => overflow(ben), 0);
  // Who does not run the room puts none in.
  assert.equal(
    await ben.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'Poll' }).count(),
    0,
  );
  await block(ada).getByRole('button', { name: 'Remove the poll from the text' }).click();
  await block(ben).waitFor({ state: 'detached' });
  await ada.getByRole('button', { name: 'Undo' }).last().click();
  await stands(ben, 'Friday', '✓ 100%');
  // A copy of it is the same poll.
  await editor(ada).focus();
  for (const key of ['Control+a', 'Control+c', 'Control+End', 'Control+v']) await ada.keyboard.press(key);
  await block(ben).nth(1).locator('label.option', { hasText: 'Friday' }).getByText('✓ 100%').waitFor();
  await saved(ada);
  // A poll of another room is none here.
  await editor(ben).click();
  const embed = [{ insert: { poll: 'poll-zzzz/q1' } }];
  const { rev } = await room.view();
  await post(ada, `/api/rooms/${room.code}/activities/${room.id}/change`, {
    with: { base: rev, change: embed },
  });
  await ben.getByText('There is a poll here that is not in this room, or not for you.').waitFor();
  assert.deepEqual(room.faults(), []);
});

test('without the network nothing is put in, and that is said', async (t) => {
  const room = await meeting(t, { names: ['Ada'] });
  const [ada] = room.pages;
  await editor(ada).click();
  await ada.keyboard.type('/poll');
  await ada.getByRole('option', { name: 'Poll' }).click();
  await dialog(ada).getByRole('button', { name: 'Put in and open voting' }).click();
  await dialog(ada).getByText('Ask a question.').waitFor();
  await dialog(ada).getByLabel('Question').fill('Which day?');
  await dialog(ada).getByLabel('How people answer').selectOption('Rating');
  await ada.context().setOffline(true);
  await dialog(ada).getByRole('button', { name: 'Put in and open voting' }).click();
  await dialog(ada).locator('.failed').waitFor();
  await ada.context().setOffline(false);
  await dialog(ada).getByRole('button', { name: 'Put in and open voting' }).click();
  await block(ada).getByText('Choose a number').waitFor();
});
