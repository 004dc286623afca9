// What makes writing easier: in real browsers against the real program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barriers, becomes, overflow } from './harness.mjs';
import { chooseWords, paper } from './paper.mjs';
import { editor, meeting, saved, shows, words } from './writers.mjs';

test('find and replace while somebody else writes, as one step for undo', async (t) => {
  const content = [
    { insert: 'The cat sat. A ' },
    { insert: 'Cat', attributes: { bold: true } },
    { insert: ' ran. Concatenate 猫cat猫.\n' },
  ];
  const { pages, faults } = await meeting(t, { content });
  const [ada, ben] = pages;
  await editor(ada).click();
  await ada.keyboard.press('Control+f');
  const field = ada.getByLabel('Find in the document');
  await field.fill('cat');
  await ada.getByText('1 of 4').waitFor();
  await ada.keyboard.press('Enter');
  await ada.getByText('2 of 4').waitFor();
  await ada.keyboard.press('Shift+Enter');
  await ada.getByText('1 of 4').waitFor();
  await ada.getByRole('button', { name: 'Match case' }).click();
  await ada.getByText('1 of 3').waitFor();
  await ada.getByRole('button', { name: 'Whole words' }).click();
  await ada.getByText('1 of 1').waitFor();
  await ada.getByRole('button', { name: 'Match case' }).click();
  await ada.getByText('1 of 2').waitFor();
  assert.deepEqual(await barriers(ada), []);

  await editor(ben).click();
  await ben.keyboard.press('Control+Home');
  const writing = ben.keyboard.type('Ben says cat: ', { delay: 20 });
  await ada.getByLabel('Replace with').fill('dog');
  await writing;
  await ada.getByText('1 of 3').or(ada.getByText('2 of 3')).waitFor();
  await ada.getByRole('button', { name: 'Replace all' }).click();
  await ada.getByText('Not found').waitFor();
  const after = 'Ben says dog: The dog sat. A dog ran. Concatenate 猫cat猫.\n';
  await shows(ada, after);
  await shows(ben, after);
  assert.ok((await paper(ben)).some(([text, formats]) => text === 'dog' && formats[0]?.[0] === 'bold'));
  await ada.getByRole('button', { name: 'Undo' }).first().click();
  const before = after.replaceAll('dog', 'cat').replace('A cat', 'A Cat');
  await shows(ada, before);
  await shows(ben, before);
  await ada.getByLabel('Find in the document').focus();
  await ada.keyboard.press('Escape');
  await becomes(() => ada.getByLabel('Find in the document').count(), 0);
  await becomes(() => ada.evaluate(() => document.activeElement?.className), 'ql-editor');
  assert.deepEqual(faults(), []);
});

test('the block menu and the signs of Markdown, each taken back in one step', async (t) => {
  const { pages, faults } = await meeting(t, { content: [{ insert: '\n' }] });
  const [ada] = pages;
  await editor(ada).click();
  const menu = ada.getByRole('listbox');
  await ada.keyboard.type('/');
  await menu.waitFor();
  await becomes(() => menu.getByRole('option').count(), 13);
  assert.deepEqual(await barriers(ada), []);
  await ada.keyboard.type('h2');
  await ada.keyboard.press('Enter');
  await menu.waitFor({ state: 'detached' });
  await ada.keyboard.type('Two');
  assert.deepEqual(await paper(ada), [
    ['Two', []],
    ['\n', [['header', 2]]],
  ]);
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('/');
  await ada.keyboard.press('ArrowDown');
  await ada.keyboard.press('ArrowUp');
  await ada.keyboard.press('ArrowUp');
  assert.equal(
    await menu
      .locator('[aria-selected=true]')
      .textContent()
      .then((s) => s.trim()),
    'Text',
  );
  await ada.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  await ada.keyboard.type(' is a slash, a/b too');
  await becomes(() => menu.count(), 0);
  assert.equal(await words(ada), 'Two\n/ is a slash, a/b too\n');

  for (const [typed, format] of [
    ['# ', ['header', 1]],
    ['### ', ['header', 3]],
    ['- ', ['list', 'bullet']],
    ['1. ', ['list', 'ordered']],
    ['[] ', ['list', 'unchecked']],
    ['> ', ['blockquote', true]],
    ['```', ['code-block', true]],
  ]) {
    await ada.keyboard.press('Control+a');
    await ada.keyboard.press('Delete');
    await ada.keyboard.type('/text'); // whatever the line was
    await ada.keyboard.press('Enter');
    await ada.keyboard.type(typed);
    assert.deepEqual(await paper(ada), [['\n', [format]]], typed);
    await ada.keyboard.press('Control+z');
    assert.deepEqual(await paper(ada), [[`${typed}\n`, []]], typed);
  }
  assert.deepEqual(faults(), []);
});

test('what somebody composes is not disturbed by the menu', async (t) => {
  const { pages, faults } = await meeting(t, { content: [{ insert: '\n' }] });
  const [ada, ben] = pages;
  await editor(ada).click();
  const cdp = await ada.context().newCDPSession(ada);
  await ada.keyboard.type('/');
  await ada.getByRole('listbox').waitFor();
  await cdp.send('Input.imeSetComposition', { text: 'biao', selectionStart: 4, selectionEnd: 4 });
  await ben.locator('.ql-editor').click();
  // The key that ends the composition belongs to it.
  await ada.evaluate(() => {
    const key = new KeyboardEvent('keydown', {
      key: 'Enter',
      isComposing: true,
      bubbles: true,
      cancelable: true,
    });
    document.querySelector('.ql-editor').dispatchEvent(key);
  });
  await becomes(() => editor(ada).locator('h1').count(), 0);
  await cdp.send('Input.insertText', { text: '标' });
  await shows(ben, '/标\n');
  assert.equal(await words(ada), '/标\n');
  assert.deepEqual(faults(), []);
});

test('an empty document begins with a template; the outline leads through it and to colleagues', async (t) => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  const { pages, faults } = await meeting(t, { content: [{ insert: '\n' }], options: [{}, phone] });
  const [ada, ben] = pages;
  await ada.getByRole('button', { name: 'Retrospective' }).click();
  await ben.getByText('What puzzles us').waitFor();
  await becomes(() => ada.getByRole('group', { name: 'Begin with' }).count(), 0);
  await chooseWords(ada, 'What did not');
  await ada.getByRole('button', { name: 'Outline' }).click();
  const outline = ada.getByRole('dialog', { name: 'Outline' });
  await outline.locator('ol button').nth(4).waitFor();
  await becomes(() => outline.locator('ol button').count(), 5);
  await becomes(() => outline.locator('[aria-current]').textContent(), 'What did not');
  await becomes(() => outline.textContent(), /26 words/);
  assert.deepEqual(await barriers(ada), []);
  await outline.getByRole('button', { name: 'What we will try' }).click();
  await ada.keyboard.type('Now: ');
  await ben.getByText('Now: What we will try').waitFor();

  await ben.getByRole('button', { name: 'Outline' }).click();
  await ben.getByRole('button', { name: 'Go to where Ada is' }).click();
  await becomes(() => overflow(ben), 0);
  assert.deepEqual(await barriers(ben), []);
  await saved(ada);
  await ada.getByRole('button', { name: 'Undo' }).click();
  await ada.getByRole('button', { name: 'Undo' }).click();
  await shows(ada, '\n');
  assert.deepEqual(faults(), []);
});

test('one follows a colleague through a long text, until one scrolls oneself', async (t) => {
  const lines = Array.from({ length: 120 }, (_, i) => `Line ${i + 1} of many\n`).join('');
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
  const { pages, faults } = await meeting(t, { content: [{ insert: lines }], options: [{}, phone] });
  const [ada, ben] = pages;
  const seen = (page, text) =>
    page.getByText(text, { exact: true }).evaluate((line) => {
      const { top, bottom } = line.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
  await ada.locator('.ql-editor').click();
  await ada.keyboard.press('Control+End');
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('The end');
  await ben.getByRole('button', { name: 'Outline' }).click();
  await ben.getByRole('button', { name: 'Follow Ada' }).click();
  await ben.getByText('You follow Ada').waitFor();
  await becomes(() => seen(ben, 'The end'), true);
  assert.deepEqual(await barriers(ben), []);
  if (process.env.PLENUM_PICTURES)
    await ben.screenshot({ path: `${process.env.PLENUM_PICTURES}/follow.png` });
  await ada.keyboard.press('Control+Home');
  await becomes(() => seen(ben, 'Line 1 of many'), true);
  for (let n = 0; n < 50; n++) await ada.keyboard.press('ArrowDown');
  await becomes(() => seen(ben, 'Line 51 of many'), true);

  await ben.mouse.move(200, 400);
  await ben.mouse.wheel(0, 60);
  await ben.getByText('You follow Ada').waitFor({ state: 'detached' });
  await ada.keyboard.press('Control+Home');
  await ada.keyboard.type('First: ');
  await ben.getByText('First: Line 1 of many').waitFor({ state: 'attached' });
  assert.equal(await seen(ben, 'First: Line 1 of many'), false);
  assert.deepEqual(faults(), []);
});
