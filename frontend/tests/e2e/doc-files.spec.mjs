// Documents in and out: in real browsers against the real program.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { becomes } from './harness.mjs';
import { paper } from './paper.mjs';
import { editor, meeting, shows } from './writers.mjs';

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
  const { server, pages, faults } = await meeting(t, { document: false });
  const [ada, ben] = pages;
  const path = join(server.folder, 'Plan für 会议.md');
  await writeFile(path, markdown);
  await ada.getByRole('button', { name: 'Add', exact: true }).click();
  const picking = ada.waitForEvent('filechooser');
  await ada.getByRole('menuitem', { name: 'From a file' }).click();
  await (await picking).setFiles(path);
  const whole =
    'Team day\nSome bold and italic text, a link.\nrooms\nfood\nsoup\nfirst\nsecond\nQuoted & <kept>\ncode  here\n';
  await shows(ada, whole);
  await ben.getByRole('button', { name: 'Plan für 会议' }).click();
  await shows(ben, whole);
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
  await ada.locator('nav [aria-current=page]', { hasText: 'again' }).waitFor();
  await shows(ada, whole);
  assert.deepEqual(await paper(ada), shown);
  assert.deepEqual(faults(), []);
});

test('a file that is dropped becomes a document; one that cannot is refused with a sentence', async (t) => {
  const { pages, faults, code } = await meeting(t, { document: false });
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
  await ada.getByRole('button', { name: 'Add', exact: true }).waitFor(); // the room knows who she is
  assert.equal(await drop(ada, 'notes.txt', 'eins\r\nzwei'), true);
  await shows(ada, 'eins\nzwei\n');
  await drop(ada, 'picture.png', 'x');
  await ada.getByText('“picture.png” cannot become part of a room').waitFor();
  await drop(ada, 'bomb.md', '>'.repeat(9000));
  await ada.getByText('This file is too tangled to be read.').waitFor();
  await ben.getByRole('button', { name: 'notes' }).waitFor();
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
  await becomes(() => ada.getByRole('toolbar').isVisible(), true);
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
