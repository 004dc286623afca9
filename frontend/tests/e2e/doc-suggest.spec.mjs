// Suggestions: who may not write suggests, an editor decides; against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow, post } from './harness.mjs';
import { chooseWords } from './paper.mjs';
import { agreed, editor, meeting, saved } from './writers.mjs';

const content = [{ insert: 'We meet on Monday at nine.\nBring the numbers.\n' }];

const card = (page, words) => page.locator('.card, .below', { hasText: words });

/** A room of an editor and somebody who may take part only. */
async function parted(t, options = {}) {
  const room = await meeting(t, { content, ...options });
  const [ada, ben] = room.pages;
  const { member } = await post(ben, `/api/rooms/${room.code}/enter`, { name: 'Ben' });
  await post(ada, `/api/rooms/${room.code}/activities/lobby/role`, {
    with: { member: member.id, role: 'participant' },
  });
  await ben.locator('.ql-editor:not([contenteditable=true])').waitFor();
  return room;
}

/** What the document says: `without` what is only suggested, or with all of it. */
async function texts({ view }) {
  const ops = (await view()).content;
  const said = (keep) =>
    ops
      .filter((op) => keep(Object.keys(op.attributes ?? {}).join()))
      .map((op) => op.insert)
      .join('');
  return { without: said((a) => !/added-/.test(a)), with: said((a) => !/removed-/.test(a)) };
}

/** Puts the caret before some words, or selects them. */
async function before(page, words) {
  await chooseWords(page, words);
  await page.keyboard.press('ArrowLeft');
}

async function suggests(page) {
  await page.getByRole('button', { name: 'Suggest changes' }).click();
  await page.locator('.ql-editor[contenteditable=true][data-suggests]').waitFor();
}

test('who may not write suggests, sees it at once, and an editor accepts', async (t) => {
  const room = await parted(t);
  const [ada, ben] = room.pages;
  await suggests(ben);
  await chooseWords(ben, 'Monday');
  await ben.keyboard.type('Tuesday');
  await agreed(room);
  assert.deepEqual(await texts(room), {
    without: content[0].insert,
    with: 'We meet on Tuesday at nine.\nBring the numbers.\n',
  });
  await becomes(() => ben.locator('[data-suggest^=added]').textContent(), 'Tuesday');
  await becomes(() => ada.locator('[data-suggest^=removed]').textContent(), 'Monday');
  await card(ada, 'Replace').getByRole('article', { name: 'Suggestion by Ben' }).waitFor();
  assert.deepEqual(await barriers(ada), []);
  assert.deepEqual(await barriers(ben), []);
  await card(ada, 'Replace').getByRole('button', { name: 'Accept' }).click();
  await ada.getByText('1 suggestion accepted.').waitFor();
  await agreed(room);
  assert.equal((await texts(room)).without, 'We meet on Tuesday at nine.\nBring the numbers.\n');
  await becomes(() => ben.locator('[data-suggest]').count(), 0);
  // It was a step of the editor's: they take it back.
  await ada.getByRole('button', { name: 'Undo' }).first().click();
  await card(ada, 'Replace').waitFor();
  await card(ada, 'Replace').getByRole('button', { name: 'Reject' }).click();
  await agreed(room);
  assert.deepEqual(await texts(room), { without: content[0].insert, with: content[0].insert });
  assert.deepEqual(room.faults(), []);
});

test('keys do to a suggestion what they do to text, and undo leaves nothing of it', async (t) => {
  const room = await parted(t);
  const [, ben] = room.pages;
  await suggests(ben);
  await before(ben, 'Monday');
  for (let i = 0; i < 3; i++) await ben.keyboard.press('Delete');
  for (let i = 0; i < 3; i++) await ben.keyboard.press('Backspace');
  await agreed(room);
  assert.equal((await texts(room)).with, 'We meet on day at nine.\nBring the numbers.\n');
  await ben.keyboard.type('by ');
  await ben.keyboard.press('Backspace'); // one's own is really gone
  await before(ben, 'Bring');
  await ben.keyboard.press('Backspace'); // joins two lines
  await ben.keyboard.press('Control+End');
  await ben.keyboard.press('Enter');
  await ben.keyboard.type('# more');
  await agreed(room);
  assert.deepEqual(await texts(room), {
    without: content[0].insert,
    with: 'We meet on byday at nine.Bring the numbers.\n# more\n',
  });
  await becomes(() => ben.locator('[data-suggest-line]').count(), 2);
  for (let i = 0; i < 30; i++) await ben.keyboard.press('Control+z');
  await agreed(room);
  assert.deepEqual((await room.view()).content, content);
  assert.deepEqual(room.faults(), []);
});

test('two who suggest at one place end with the same, and all is settled at once', async (t) => {
  const room = await meeting(t, { content, names: ['Ada', 'Ben', 'Cleo'] });
  const [ada, ben, cleo] = room.pages;
  for (const page of [ben, cleo]) await suggests(page);
  await chooseWords(ben, 'Monday');
  await chooseWords(cleo, 'on Monday');
  await Promise.all([ben.keyboard.type('Tuesday', { delay: 20 }), cleo.keyboard.type('soon', { delay: 20 })]);
  await before(cleo, 'numbers');
  await cleo.keyboard.type('old ');
  await agreed(room);
  assert.equal((await texts(room)).without, content[0].insert);
  await ada.getByRole('button', { name: 'Suggestions' }).click();
  const list = ada.getByRole('dialog', { name: 'Suggestions' });
  await becomes(() => list.getByRole('listitem').count(), 3);
  await list.getByRole('button', { name: 'Accept all' }).click();
  await agreed(room);
  const { without } = await texts(room);
  assert.match(without, /Tuesday/);
  assert.match(without, /soon/);
  assert.match(without, /Bring the old numbers\./);
  assert.doesNotMatch(without, /Monday/);
  await becomes(() => ada.getByRole('button', { name: 'Suggestions' }).count(), 0);
  assert.deepEqual(room.faults(), []);
});

test('what is suggested without the network comes back after a reload and is sent once', async (t) => {
  const room = await parted(t);
  const [, ben] = room.pages;
  await suggests(ben);
  await before(ben, 'numbers');
  await ben.keyboard.type('good ');
  await saved(ben);
  await ben.context().setOffline(true);
  await ben.keyboard.type('old ');
  await ben
    .locator('.line[role=status]', { hasText: /kept on this device/ })
    .first()
    .waitFor();
  await ben.context().setOffline(false);
  await ben.reload();
  await agreed(room);
  assert.deepEqual(await texts(room), {
    without: content[0].insert,
    with: 'We meet on Monday at nine.\nBring the good old numbers.\n',
  });
  assert.equal((await room.view()).suggestions.length, 1);
});

test('a client that was tampered with is refused with a sentence', async (t) => {
  const room = await parted(t);
  const [, ben] = room.pages;
  const { rev } = await room.view();
  const ask = (command, change) =>
    ben.evaluate(
      ([path, body]) =>
        fetch(path, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }).then((answer) => answer.json()),
      [`/api/rooms/${room.code}/activities/${room.id}/${command}`, { with: { base: rev, change } }],
    );
  const plain = await ask('change', [{ insert: 'x' }]);
  assert.equal(plain.because, 'role');
  const dressed = await ask('suggest', [{ delete: 3 }]);
  assert.equal(dressed.because, 'suggestion');
  assert.match(dressed.say, /stays as it is/);
  assert.deepEqual((await room.view()).content, content);
});

test('on a phone a suggestion is a card at the bottom', async (t) => {
  const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
  const room = await parted(t, { options: [phone, {}] });
  const [ada, ben] = room.pages;
  await suggests(ben);
  await chooseWords(ben, 'Monday');
  await ben.keyboard.type('Tuesday');
  await agreed(room);
  await ada.locator('[data-suggest^=added]').tap();
  const below = ada.locator('.below', { hasText: 'Replace' });
  await below.waitFor();
  await becomes(() => overflow(ada), 0);
  assert.deepEqual(await barriers(ada), []);
  await below.getByRole('button', { name: 'Accept' }).click();
  await agreed(room);
  assert.equal((await texts(room)).without, 'We meet on Tuesday at nine.\nBring the numbers.\n');
  assert.deepEqual(room.faults(), []);
});
