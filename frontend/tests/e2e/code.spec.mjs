// Code and formulas in documents, and documents that are code: in real browsers against the real program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { barriers, becomes, get, overflow, post } from './harness.mjs';
import { agreed, editor, meeting, words } from './writers.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The texts on a page that are painted as something. */
const painted = (page, is) =>
  page.evaluate(
    (is) => [...(CSS.highlights.get(`c-${is}`) ?? [])].map((range) => range.toString()).sort(),
    is,
  );

const code = (lines, language) =>
  lines.flatMap((line) => [
    ...(line ? [{ insert: line }] : []),
    { insert: '\n', attributes: { 'code-block': language } },
  ]);

test('two write in one block of code, one composes; it has colours, and the text has nothing of them', async (t) => {
  const content = [{ insert: 'Intro\n' }, ...code(['func main() {', '}'], true), { insert: 'End\n' }];
  const r = await meeting(t, { content });
  const [ada, ben] = r.pages;
  const line = (page, n) => page.locator('.ql-code-block').nth(n);

  // The language is for everybody.
  await line(ada, 0).click();
  assert.deepEqual(await painted(ada, 'keyword'), []);
  await ada.getByLabel('Language of this code').selectOption({ label: 'Go' });
  for (const page of r.pages) await becomes(() => painted(page, 'keyword'), ['func']);

  // Ben composes in the middle of what Ada types around it.
  await line(ben, 1).click();
  await ben.keyboard.press('Home');
  const ime = await ben.context().newCDPSession(ben);
  await ime.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await line(ada, 0).click();
  await ada.keyboard.press('End');
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('return "漢字" // done', { delay: 5 });
  await becomes(() => painted(ada, 'string'), ['"漢字"']);
  await ime.send('Input.imeSetComposition', { text: 'nihao', selectionStart: 5, selectionEnd: 5 });
  await becomes(
    () => ben.evaluate(() => document.querySelector('.ql-editor').textContent.includes('nihao')),
    true,
  );
  await ime.send('Input.insertText', { text: '你好' });
  await ben.keyboard.type(' := 1');
  await agreed(r);
  const want = [
    { insert: 'Intro\nfunc main() {' },
    ...code(['', 'return "漢字" // done', '你好 := 1}'], 'go'),
    { insert: 'End\n' },
  ];
  assert.deepEqual((await r.view()).content, want);
  for (const page of r.pages) {
    await becomes(() => painted(page, 'keyword'), ['func', 'return']);
    await becomes(() => painted(page, 'comment'), ['// done']);
    await becomes(() => painted(page, 'number'), ['1']);
  }

  // Undo gives the colours back as it gives back the text; another language, and none, have others.
  await ben.keyboard.press('Control+z');
  await becomes(() => painted(ada, 'number'), []);
  await line(ada, 0).click();
  await ada.getByLabel('Language of this code').selectOption({ label: 'No language' });
  for (const page of r.pages) await becomes(() => painted(page, 'keyword'), []);
  await agreed(r);
  assert.deepEqual(await barriers(ada), []);
  assert.deepEqual(r.faults(), []);
});

test('a document in Go is made, typed, read on a phone, kept and saved as what it is', async (t) => {
  const r = await meeting(t, { document: false, options: [{}, PHONE] });
  const [ada, phone] = r.pages;
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  await ada.getByRole('menuitem', { name: /^Code\b/ }).click();
  await ada.getByLabel('Language of this document').selectOption('go');
  await ada.locator('.cm-gutters').waitFor();
  await ada.locator('.cm-content').click();
  await ada.keyboard.type('func main() {');
  await ada.keyboard.press('Enter');
  await ada.keyboard.type('x := 1');
  await ada.keyboard.press('Control+/');
  const lines = () => ada.locator('.cm-content .cm-line').allTextContents();
  await becomes(lines, ['func main() {', '\t// x := 1']);
  await becomes(() => ada.locator('.cm-content .c-keyword').allTextContents(), ['func']);
  await becomes(() => ada.locator('.cm-content .c-comment').allTextContents(), ['// x := 1']);
  assert.equal(await ada.getByRole('group', { name: 'What is shown' }).getByRole('button').count(), 0);

  const lobby = `/api/rooms/${r.code}/activities/lobby`;
  const { view } = await get(ada, `${lobby}/view`);
  const { id } = view.activities.find(({ kind }) => kind === 'source');
  await post(ada, `${lobby}/rename`, { with: { id, title: 'main.go' } });
  await post(ada, `${lobby}/focus`, { with: { id } });
  await phone.reload();
  await becomes(() => phone.locator('.cm-content .c-keyword').allTextContents(), ['func']);
  assert.equal(await overflow(phone), 0);

  await ada.reload();
  await becomes(() => ada.locator('.cm-content .c-keyword').allTextContents(), ['func']);
  await becomes(() => ada.getByLabel('Language of this document').inputValue(), 'go');
  assert.deepEqual(await barriers(ada), []);
  const coming = ada.waitForEvent('download');
  await ada.getByRole('button', { name: 'More' }).last().click();
  await ada.getByRole('menuitem', { name: 'Save as .go' }).click();
  const file = await coming;
  assert.equal(file.suggestedFilename(), 'main.go');
  assert.equal(await readFile(await file.path(), 'utf8'), 'func main() {\n\t// x := 1\n');
  assert.deepEqual(r.faults(), []);
});

test('a formula is written, said to be wrong, written anew by another, and goes through a file', async (t) => {
  const r = await meeting(t, { content: [{ insert: 'It is \n\n' }] });
  const [ada, ben] = r.pages;
  await editor(ada).click();
  await ada.keyboard.press('Control+End');
  await ada.keyboard.type('/formula');
  await ada.keyboard.press('Enter');
  const field = ada.getByLabel('Formula in TeX');
  await field.pressSequentially('\\frac{1}{');
  await ada.locator('.writing [role=status]', { hasText: /Expected|end of input/i }).waitFor();
  await field.pressSequentially('2}');
  await becomes(() => ada.locator('.writing [role=status]').textContent(), '');
  await field.press('Enter');
  await ben.locator('.ql-formula .katex math').waitFor({ state: 'attached' });
  await ben.locator('.ql-formula .katex-display').waitFor(); // alone in its line

  // Another selects it by keys, and writes on in it; a bomb is said to be one, and harms nobody.
  await editor(ben).click();
  await ben.keyboard.press('Control+End');
  await ben.keyboard.press('Shift+ArrowLeft');
  const other = ben.getByLabel('Formula in TeX');
  await other.waitFor();
  await ben.keyboard.press('Enter');
  await becomes(() => other.evaluate((node) => node === document.activeElement), true);
  await other.fill('\\def\\a{\\a\\a}\\a');
  await ben.locator('.writing [role=status]', { hasText: /expan/i }).waitFor();
  await other.fill('e=mc^2');
  assert.deepEqual(await barriers(ben), []);
  await other.press('Enter');
  await ben.keyboard.type('!');
  await agreed(r);
  assert.deepEqual((await r.view()).content, [
    { insert: 'It is \n' },
    { insert: { formula: 'e=mc^2' } },
    { insert: '!\n' },
  ]);
  assert.equal(await words(ada), 'It is \n\ufffc!\n');

  const api = `/api/rooms/${r.code}/activities`;
  const exported = (format) =>
    ada.evaluate(async (path) => (await fetch(path)).text(), `${api}/${r.id}/read/export?format=${format}`);
  assert.equal(await exported('markdown'), 'It is&#32;\\\n$e=mc^2$!\n');
  assert.match(await exported('html'), /<code class="math">e=mc\^2<\/code>!/);
  assert.equal(await exported('text'), 'It is \ne=mc^2!\n');
  const again = await post(ada, `${api}/lobby/add`, { with: { kind: 'doc', title: 'Again' } });
  const { id } = again.events[0].with;
  await ada.evaluate(
    async ([path, body]) =>
      fetch(path, { method: 'POST', headers: { 'Content-Type': 'text/markdown' }, body }),
    [`${api}/${id}/import`, await exported('markdown')],
  );
  assert.deepEqual((await get(ada, `${api}/${id}/view`)).view.content, (await r.view()).content);

  // Copied and pasted it is the same; what was taken out comes back.
  await editor(ada).click();
  await ada.keyboard.press('Control+a');
  await ada.keyboard.press('Control+c');
  await ada.keyboard.press('Control+End');
  await ada.keyboard.press('Control+v');
  await becomes(() => ada.locator('.ql-formula .katex').count(), 2);
  await ada.keyboard.press('Control+z');
  await becomes(() => ben.locator('.ql-formula').count(), 1);
  await agreed(r);
  assert.deepEqual(r.faults(), []);
});
