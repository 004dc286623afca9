// A suggestion that the room decides on, by vote; against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow } from './harness.mjs';
import { chooseWords } from './paper.mjs';
import { agreed, meeting } from './writers.mjs';

const content = [{ insert: 'We meet on Monday at nine.\n' }];
const card = (page) => page.locator('.card, .below', { hasText: 'Monday' });
const text = async (room) => (await room.view()).content.map(({ insert }) => insert).join('');

/** Ben suggests another day, and Ada puts it to the room by a rule. */
async function put(room, votes, rule) {
  const [ada, ben] = room.pages;
  await ben.getByRole('button', { name: 'Suggest changes' }).click();
  await chooseWords(ben, 'Monday');
  await ben.keyboard.type('Tuesday');
  await agreed(room);
  await card(ada).getByRole('button', { name: 'Put to the room' }).click();
  const form = ada.getByRole('form', { name: 'Put to the room' });
  await form.getByRole('spinbutton', { name: 'How many' }).fill(String(votes));
  await form.getByRole('combobox', { name: 'By which rule' }).selectOption(rule);
  assert.deepEqual(await barriers(ada), []);
  await form.getByRole('button', { name: 'Ask the room' }).click();
}

const vote = (page, name) => card(page).getByRole('button', { name: new RegExp(`^${name}`) });

test('as soon as enough agree, the suggestion is accepted by itself', async (t) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const room = await meeting(t, { content, names: ['Ada', 'Ben', 'Cleo'], options: [{}, {}, phone] });
  const [ada, ben, cleo] = room.pages;
  await put(room, 2, 'side');
  await vote(ben, 'Agree').click();
  await card(ada).getByText('Agree: Ben').waitFor();
  await vote(ada, 'Disagree').click(); // and thinks again
  await card(ben).getByText('Disagree: Ada').waitFor();
  // On a phone it asks by itself.
  await vote(cleo, 'Agree').waitFor();
  await becomes(() => overflow(cleo), 0);
  assert.deepEqual(await barriers(cleo), []);
  assert.deepEqual(await barriers(ben), []);
  assert.match(await text(room), /TuesdayMonday/);
  await vote(cleo, 'Agree').click();
  for (const page of room.pages)
    await page.getByText('The room has accepted a suggestion: 2 for, 1 against.').waitFor();
  await agreed(room);
  assert.equal(await text(room), 'We meet on Tuesday at nine.\n');
  await ada.getByRole('button', { name: 'History' }).click();
  await ada.getByText('Suggestion accepted, 2 : 1').waitFor();
  await ada.getByText('The room', { exact: true }).waitFor();
  assert.deepEqual(room.faults(), []);
});

test('a majority rejects, and what is changed meanwhile is not voted on any more', async (t) => {
  const room = await meeting(t, { content });
  const [ada, ben] = room.pages;
  await put(room, 2, 'majority');
  await vote(ada, 'Disagree').click();
  await card(ben).getByText('Disagree: Ada').waitFor();
  // Its author goes on writing beside it: that is another suggestion.
  await ben.keyboard.type('!');
  await agreed(room);
  assert.equal((await room.view()).suggestions.length, 2);
  // And takes a part of it back: the room decides no more.
  await ben.keyboard.press('Backspace');
  await ben.keyboard.press('Backspace');
  await card(ada).getByRole('button', { name: 'Put to the room' }).waitFor();
  await card(ada).getByRole('button', { name: 'Put to the room' }).click();
  await ada.getByRole('spinbutton', { name: 'How many' }).fill('2');
  await ada.getByRole('combobox', { name: 'By which rule' }).selectOption('majority');
  await ada.getByRole('button', { name: 'Ask the room' }).click();
  for (const page of [ada, ben]) await vote(page, 'Disagree').click();
  await ada.getByText('The room has rejected a suggestion: 0 for, 2 against.').waitFor();
  await agreed(room);
  assert.equal(await text(room), content[0].insert);
  assert.deepEqual(room.faults(), []);
});
