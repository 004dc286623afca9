// Documents in and out, and what makes writing easier: in real browsers against the real program.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { barriers, browser, overflow, plenum } from './harness.mjs';
import { chooseWords, paper } from './paper.mjs';

const post = (page, path, body) =>
  page.evaluate(
    async ([path, body]) => {
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    },
    [path, body],
  );

/** A room with a document, if its content is given, and two people who may write. */
async function meeting(t, { content, options = [] } = {}) {
  const server = await plenum(t);
  const { open, faults } = await browser(t);
  const pages = [await open(options[0]), await open(options[1])];
  const [ada, ben] = pages;
  for (const page of pages) await page.goto(server.url);
  const { code } = await post(ada, '/api/rooms', { title: 'Team day', name: 'Ada' });
  const { key } = await post(ada, `/api/rooms/${code}/links`, { role: 'editor' });
  await post(ben, `/api/rooms/${code}/enter`, { name: 'Ben', key });
  let id = '';
  if (content) {
    const made = await post(ada, `/api/rooms/${code}/activities/lobby/add`, {
      with: { kind: 'doc', title: 'Notes', settings: { content } },
    });
    id = made.events[0].with.id;
    await post(ada, `/api/rooms/${code}/activities/lobby/focus`, { with: { id } });
  }
  for (const page of pages) {
    await page.goto(`${server.url}/r/${code}`);
    if (content) await page.locator('.ql-editor[contenteditable=true]').waitFor();
  }
  return { server, pages, faults, open, code, id };
}

const editor = (page) => page.locator('.ql-editor');
const words = async (page) => (await paper(page)).map(([text]) => text).join('');

/** Waits until a page shows a text. */
async function shows(page, text) {
  let seen = '';
  for (let i = 0; i < 100; i++) {
    seen = await words(page);
    if (seen === text) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(seen, text);
}

const saved = (page) => page.locator('.line[role=status]', { hasText: 'Saved' }).first().waitFor();

/** What a menu entry saves. */
async function download(page, name) {
  await page.getByRole('button', { name: 'More for this document' }).click();
  const coming = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
}

const markdown = `# Team day

Some **bold** and _italic_ text, [a link](<https://plenum.example/>).

- [x] rooms
- [ ] food
  - soup

1. first
2. second

> Quoted & \\<kept>

\`\`\`
code  here
\`\`\`
`;

test('a Markdown file comes in for two people, and goes out in three formats', async (t) => {
  const { server, pages, faults } = await meeting(t);
  const [ada, ben] = pages;
  const path = join(server.folder, 'Plan für 会议.md');
  await writeFile(path, markdown);
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  const picking = ada.waitForEvent('filechooser');
  await ada.getByRole('menuitem', { name: 'From a file' }).click();
  await (await picking).setFiles(path);
  await ada.locator('.ql-editor h1').waitFor();
  await ben.getByRole('button', { name: 'Plan für 会议' }).click();
  await ben.locator('.ql-editor h1').waitFor();
  assert.deepEqual(await paper(ada), await paper(ben));
  const shown = await paper(ada);
  assert.deepEqual(shown.slice(0, 4), [
    ['Team day', []],
    ['\n', [['header', 1]]],
    ['Some ', []],
    ['bold', [['bold', true]]],
  ]);
  assert.ok(shown.some(([text, formats]) => text === '\n' && formats.some(([name]) => name === 'indent')));

  const md = await download(ada, 'Save as Markdown');
  assert.equal(md.name, 'Plan für 会议.md');
  assert.equal(md.text, markdown);
  const html = await download(ben, 'Save as a web page');
  assert.match(html.text, /<h1>Team day<\/h1>/);
  assert.match(html.text, /<blockquote><p>Quoted &amp; &lt;kept&gt;<\/p><\/blockquote>/);
  const text = await download(ada, 'Save as plain text');
  assert.match(text.text, /^Team day\nSome bold and italic text, a link \(https:\/\/plenum\.example\/\)\.\n/);

  // Each of them comes in again as the same document.
  const again = join(server.folder, 'again.html');
  await writeFile(again, html.text);
  const second = ada.waitForEvent('filechooser');
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  await ada.getByRole('menuitem', { name: 'From a file' }).click();
  await (await second).setFiles(again);
  await ada.getByRole('button', { name: 'again', exact: true }).waitFor();
  await ada.locator('.ql-editor h1').waitFor();
  assert.deepEqual(await paper(ada), shown);
  assert.deepEqual(faults(), []);
});

test('a file that is dropped becomes a document; one that cannot is refused with a sentence', async (t) => {
  const { pages, faults, code } = await meeting(t);
  const [ada, ben] = pages;
  const drop = (page, name, text) =>
    page.evaluate(
      ([name, text]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], name));
        const event = { dataTransfer, bubbles: true, cancelable: true };
        document.body.dispatchEvent(new DragEvent('dragover', event));
        return !document.body.dispatchEvent(new DragEvent('drop', event));
      },
      [name, text],
    );
  assert.equal(await drop(ada, 'notes.txt', 'eins\r\nzwei'), true);
  await shows(ada, 'eins\nzwei\n');
  await drop(ada, 'picture.png', 'x');
  await ada.getByText('“picture.png” cannot become part of a room').waitFor();
  await drop(ada, 'bomb.md', '>'.repeat(9000));
  await ada.getByText('This file is too tangled to be read.').waitFor();
  await drop(ben, 'mine.md', 'x');
  await ben.getByText('Only hosts can add a file to this room.').waitFor();
  const { view } = await ada.evaluate(
    async (path) => (await fetch(path)).json(),
    `/api/rooms/${code}/activities/lobby/view`,
  );
  const left = view.activities.filter(({ kind, binned }) => kind === 'doc' && !binned);
  assert.deepEqual(
    left.map(({ title }) => title),
    ['notes'],
  );
  assert.equal(faults().filter((fault) => !fault.includes('400')).length, 0, faults().join('\n'));
});

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
  assert.equal(await ada.getByLabel('Find in the document').count(), 0);
  assert.equal(await ada.evaluate(() => document.activeElement?.className), 'ql-editor');
  assert.deepEqual(faults(), []);
});

test('the block menu and the signs of Markdown, each taken back in one step', async (t) => {
  const { pages, faults } = await meeting(t, { content: [{ insert: '\n' }] });
  const [ada] = pages;
  await editor(ada).click();
  const menu = ada.getByRole('listbox');
  await ada.keyboard.type('/');
  await menu.waitFor();
  assert.equal(await menu.getByRole('option').count(), 9);
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
  assert.equal(await menu.count(), 0);
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
  assert.equal(await editor(ada).locator('h1').count(), 0);
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
  assert.equal(await ada.getByRole('group', { name: 'Begin with' }).count(), 0);
  await chooseWords(ada, 'What did not');
  await ada.getByRole('button', { name: 'Outline' }).click();
  const outline = ada.getByRole('dialog', { name: 'Outline' });
  assert.equal(await outline.locator('ol button').count(), 5);
  assert.equal(await outline.locator('[aria-current]').textContent(), 'What did not');
  assert.match(await outline.textContent(), /26 words/);
  assert.deepEqual(await barriers(ada), []);
  await outline.getByRole('button', { name: 'What we will try' }).click();
  await ada.keyboard.type('Now: ');
  await ben.getByText('Now: What we will try').waitFor();

  await ben.getByRole('button', { name: 'Outline' }).click();
  await ben.getByRole('button', { name: 'Go to where Ada is' }).click();
  assert.equal(await overflow(ben), 0);
  assert.deepEqual(await barriers(ben), []);
  await saved(ada);
  await ada.getByRole('button', { name: 'Undo' }).click();
  await ada.getByRole('button', { name: 'Undo' }).click();
  await shows(ada, '\n');
  assert.deepEqual(faults(), []);
});

test('only the paper is printed', async (t) => {
  const content = [
    { insert: 'Plan' },
    { insert: '\n', attributes: { header: 1 } },
    { insert: 'see ' },
    { insert: 'this', attributes: { link: 'https://plenum.example/' } },
    { insert: `\n${'A line of the plan.\n'.repeat(120)}` },
  ];
  const { pages, faults } = await meeting(t, { content });
  const [ada] = pages;
  const pdf = await ada.pdf({ format: 'A4' });
  const sheets = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  assert.ok(sheets >= 3, `the whole document is on paper, not only what was on the screen: ${sheets}`);
  await ada.emulateMedia({ media: 'print' });
  const left = await ada.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((e) => e.checkVisibility() && e.getClientRects().length > 0 && e.childElementCount === 0)
      .filter((e) => !e.closest('.ql-editor'))
      .map((e) => e.outerHTML),
  );
  assert.deepEqual(left, []);
  const link = ada.locator('.ql-editor a');
  assert.match(
    await link.evaluate((a) => getComputedStyle(a, '::after').content),
    /plenum\.example/,
    'on paper one cannot press a link',
  );
  await ada.emulateMedia({ media: 'screen' });
  assert.equal(await ada.getByRole('toolbar').isVisible(), true);
  assert.deepEqual(faults(), []);
});

const pastes = [
  [
    'Google Docs',
    `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-5f1c"><h1 dir="ltr" style="line-height:1.38;margin-top:20pt;margin-bottom:6pt;"><span style="font-size:20pt;font-family:Arial;color:#000000;background-color:transparent;font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;white-space:pre;white-space:pre-wrap;">Plan</span></h1><p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;"><span style="font-size:11pt;font-weight:700;font-style:normal;text-decoration:none;white-space:pre-wrap;">bold</span><span style="font-size:11pt;font-weight:400;white-space:pre-wrap;"> and </span><span style="font-size:11pt;font-weight:400;font-style:italic;white-space:pre-wrap;">slanted</span><a href="https://plenum.example/" style="text-decoration:none;"><span style="font-size:11pt;color:#1155cc;text-decoration:underline;white-space:pre-wrap;">link</span></a></p><ul style="margin-top:0;margin-bottom:0;padding-inline-start:48px;"><li dir="ltr" style="list-style-type:disc;font-size:11pt;" aria-level="1"><p dir="ltr" style="line-height:1.38;" role="presentation"><span style="font-size:11pt;white-space:pre-wrap;">one</span></p></li><ul style="margin-top:0;"><li dir="ltr" style="list-style-type:circle;" aria-level="2"><p dir="ltr" role="presentation"><span style="white-space:pre-wrap;">under</span></p></li></ul></ul></b>`,
    [
      ['Plan', []],
      ['\n', [['header', 1]]],
      ['bold', [['bold', true]]],
      [' and ', []],
      ['slanted', [['italic', true]]],
      [
        'link',
        [
          ['link', 'https://plenum.example/'],
          ['underline', true],
        ],
      ],
      ['\none', []],
      ['\n', [['list', 'bullet']]],
      ['under', []],
      [
        '\n',
        [
          ['indent', 1],
          ['list', 'bullet'],
        ],
      ],
    ],
  ],
  [
    'Word',
    `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} @list l0 {mso-list-id:1;} --></style></head><body lang=DE style='tab-interval:35.4pt'><!--StartFragment--><h2>Plan<o:p></o:p></h2><p class=MsoNormal><b><span style='font-family:"Arial",sans-serif'>bold</span></b><span lang=EN-US> text<o:p></o:p></span></p><p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>one<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>under<o:p></o:p></p><!--EndFragment--></body></html>`,
    [
      ['Plan', []],
      ['\n', [['header', 2]]],
      ['bold', [['bold', true]]],
      [' text\none', []],
      ['\n', [['list', 'bullet']]],
      ['under', []],
      [
        '\n',
        [
          ['indent', 1],
          ['list', 'ordered'],
        ],
      ],
    ],
  ],
];

test('what is pasted from Word and Google Docs comes in clean', async (t) => {
  const { pages, faults } = await meeting(t, { content: [{ insert: '\n' }] });
  const [ada] = pages;
  for (const [from, html, want] of pastes) {
    await editor(ada).click();
    await ada.keyboard.press('Control+a');
    await ada.keyboard.press('Delete');
    await ada.getByLabel('Style of the paragraph').selectOption('text');
    await editor(ada).focus();
    await ada.evaluate((html) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', html);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector('.ql-editor').dispatchEvent(event);
    }, html);
    const shown = await paper(ada);
    assert.deepEqual(shown.slice(0, want.length), want, from);
    assert.equal(
      shown
        .slice(want.length)
        .map(([text]) => text)
        .join('')
        .trim(),
      '',
      from,
    );
  }
  assert.deepEqual(faults(), []);
});
