import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cleaned, lettersOf } from '../../../src/activities/doc/word/in/clean';
import { read } from '../../../src/activities/doc/word/in/read';
import { lettersIn, passageOf, wordsOf } from '../../../src/activities/doc/word/in/talk';
import type { Delta } from '../../../src/lib/delta';
import { FILE, writing } from './paper';
import { buffered, line, relations, word, zipped } from './zips';

const WRAP = ['<div style="white-space:pre-wrap">', '</div>'] as const;
const inside = (html: string): string => {
  expect([html.slice(0, WRAP[0].length), html.slice(-WRAP[1].length)]).toEqual([...WRAP]);
  return html.slice(WRAP[0].length, -WRAP[1].length);
};

test('a file of LibreOffice', async () => {
  const file = buffered(readFileSync(`${import.meta.dirname}/files/minutes.docx`));
  const found = await read(file);
  const page = cleaned(found.html, []);
  expect(inside(page.html)).toBe(
    '<h1>Minutes</h1>' +
      '<div>Written by <strong>Ada</strong>, <em>slowly</em> and <u>well</u><sup>[1]</sup>. ' +
      'See <a href="https://plenum.example/a?b=1&amp;c=2">the plan</a>.</div>' +
      '<h2>Decided</h2>' +
      '<ul><li>tents<ul><li>two of them</li></ul></li><li>rope</li></ul>' +
      '<ol><li>first</li><li>second</li></ol>' +
      '<div>We meet at the lake at ten.</div>' +
      '<table><tbody><tr><td><div>Who</div></td><td><div>What</div></td></tr>' +
      '<tr><td><div>Ben</div></td><td><div>tents</div><div>and rope</div></td></tr></tbody></table>' +
      '<div>الختام</div>' +
      '<ol><li id="footnote-2"><div>A note at the foot.</div></li></ol>',
  );
  const [comment] = found.comments;
  expect(comment).toMatchObject({
    author: 'Ben',
    date: '2026-05-03T09:30:00Z',
    text: 'Which one?',
    replies: [],
  });
  const { from, to } = page.places.get(comment?.id ?? -1) ?? { from: 0, to: 0 };
  expect(page.letters.slice(from, to)).toBe('atthelake');
  expect(found.left).toEqual({ changes: 1, pictures: 0, formulas: 0, others: 0, margins: false });
});

const TEXT: Delta = [
  { insert: 'Plan  of ' },
  { insert: 'ours', attributes: { 'comment-7': true, bold: true } },
  { insert: '\n', attributes: { header: 2 } },
  { insert: { image: FILE }, attributes: { alt: 'A "map"', shape: '4x3' } },
  { insert: '\n\nrooms' },
  { insert: '\n', attributes: { list: 'checked' } },
  { insert: 'soup' },
  { insert: '\n', attributes: { list: 'unchecked', indent: 1 } },
  { insert: 'one' },
  { insert: '\n', attributes: { list: 'ordered' } },
  { insert: 'gone', attributes: { 'removed-m2-x': 1 } },
  { insert: 'under' },
  { insert: '\n', attributes: { list: 'bullet', indent: 1 } },
  { insert: 'said <b>' },
  { insert: '\n', attributes: { blockquote: true } },
  { insert: '' + 'a  b' },
  { insert: '\n\n', attributes: { 'code-block': true } },
  { insert: '\tc' },
  { insert: '\n', attributes: { 'code-block': true } },
  { insert: 'u', attributes: { underline: true } },
  { insert: 's', attributes: { strike: true } },
  { insert: 'i', attributes: { italic: true } },
  { insert: 'c', attributes: { code: true } },
  { insert: 'l', attributes: { link: '/r/k7tq2m' } },
  { insert: ' שלום\n' },
];

test('what goes out comes in again', async () => {
  const comment = { by: 'm1', name: 'Ann', colour: 1, mentions: [], edited: false, gone: false };
  const comments = [
    { ...comment, seq: 7, at: Date.UTC(2026, 4, 3), text: 'Whose?\nReally <b>' },
    { ...comment, seq: 8, at: Date.UTC(2026, 4, 4), text: 'Mine', name: 'Ben' },
  ];
  const { file } = await writing({
    text: TEXT,
    threads: [{ id: 7, quote: 'ours', resolved: 'm1', comments }],
  });
  const found = await read(file);
  const page = cleaned(found.html, [{ hash: FILE, width: 4, height: 3 }]);
  expect(inside(page.html)).toBe(
    '<h2>Plan  of <strong>ours</strong></h2>' +
      `<div><img alt="A &quot;map&quot;" src="files/${FILE}" width="4" height="3"></div><div><br></div>` +
      '<ul><li><input type="checkbox" checked="checked">rooms<ul><li><input type="checkbox">soup</li></ul></li></ul>' +
      '<ol><li>one<ul><li>under</li></ul></li></ol>' +
      '<blockquote><div>said &lt;b&gt;</div></blockquote>' +
      '<pre>a  b\n\n\tc</pre>' +
      '<div><u>u</u><s>s</s><em>i</em><code>c</code>' +
      '<a href="https://plenum.example/r/k7tq2m">l</a> שלום</div>',
  );
  expect(found.left.changes).toBe(1);
  expect(found.comments).toMatchObject([
    { author: 'Ann', text: 'Whose?\nReally <b>', resolved: true, replies: [{ author: 'Ben', text: 'Mine' }] },
  ]);

  // Its comment finds its passage in the document that comes of it.
  const after: Delta = TEXT.filter((op) => !('insert' in op && op.insert === 'gone'));
  const at = lettersIn(after, page.letters);
  expect(at && passageOf(at, page.places.get(found.comments[0]?.id ?? -1))).toEqual({ from: 9, to: 13 });
});

test('a comment has no place where the letters are others', () => {
  const text: Delta = [{ insert: 'a b' }, { insert: { image: FILE } }, { insert: '\n\tc\n' }];
  expect(lettersIn(text, 'abc')).toEqual([0, 2, 6]);
  for (const other of ['ab', 'abcd', 'abd', '']) expect(lettersIn(text, other)).toBe(null);
  expect(lettersOf('a \u00a0\n\tb')).toBe('ab');
});

test('a passage: between letters, at a point, at the end, and no longer than a passage may be', () => {
  const at = [0, 2, 6, 7];
  expect(passageOf(at, { from: 1, to: 3 })).toEqual({ from: 2, to: 7 });
  expect(passageOf(at, { from: 2, to: 2 })).toEqual({ from: 6, to: 7 });
  expect(passageOf(at, { from: 4, to: 4 })).toEqual({ from: 7, to: 8 });
  expect(passageOf(at, { from: 0, to: 4 })).toEqual({ from: 0, to: 8 });
  expect(passageOf([], { from: 0, to: 0 })).toBe(null);
  expect(passageOf(at, undefined)).toBe(null);
  const long = Array.from({ length: 20_000 }, (_, i) => i);
  expect(passageOf(long, { from: 5, to: 20_000 })).toEqual({ from: 5, to: 10_005 });
});

test('18 who said it elsewhere is in the words, and they are no longer than a comment may be', () => {
  const one = {
    id: 1,
    author: ' Ann ',
    date: '2026-05-03T10:00:00Z',
    text: 'Hm',
    resolved: false,
    replies: [],
  };
  expect(wordsOf(one)).toBe('Ann, 2026-05-03: Hm');
  expect(wordsOf({ ...one, author: '', date: 'soon' })).toBe('Hm');
  const long = wordsOf({ ...one, text: '🙂'.repeat(4000) });
  expect(long.length).toBeLessThanOrEqual(4000);
  expect(long).toMatch(/🙂…$/u);
});

test('boxes of Word: a line that begins with one is checked or not, others are signs', async () => {
  const box = (on: number): string =>
    `<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="${on}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`;
  const run = (words: string): string => `<w:r><w:t xml:space="preserve">${words}</w:t></w:r>`;
  const body = `<w:p>${box(1)}${run(' done')}</w:p><w:p>${run('yes ')}${box(1)}${run(' no ')}${box(0)}</w:p>`;
  const { html } = await read(zipped(word(body)));
  expect(inside(cleaned(html, []).html)).toBe(
    '<ul><li><input type="checkbox" checked="checked">done</li></ul><div>yes ☑ no ☐</div>',
  );
});

test('what a document has not is counted: changes by who and when, formulas, charts, what stands in the margins', async () => {
  const change = (name: string, who: string, at: string): string =>
    `<w:${name} w:id="1" w:author="${who}" w:date="${at}"><w:r>${name === 'ins' ? '<w:t>new</w:t>' : '<w:delText>old</w:delText>'}</w:r></w:${name}>`;
  const maths =
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>';
  const body =
    `<w:p>${change('del', 'Ann', '1')}${change('ins', 'Ann', '1')}${change('ins', 'Ben', '1')}${change('ins', 'Ben', '2')}</w:p>` +
    `<w:p>${maths}</w:p><w:p><w:r><w:object/></w:r></w:p><w:sectPr><w:footerReference r:id="r9"/></w:sectPr>`;
  const found = await read(zipped(word(body)));
  expect(found.html).toMatch(/^<p>newnewnew<\/p>/);
  expect(found.left).toEqual({ changes: 3, pictures: 0, formulas: 1, others: 1, margins: true });
});

test('a picture that cannot be had is there in words', async () => {
  const { file } = await writing({ text: TEXT });
  const { html } = await read(file);
  expect(cleaned(html, [null]).html).toContain('<div>[A "map"]</div>');
  expect(
    cleaned('<p><img src="http://evil.example/x.png" alt="x"><img src="word-picture:9"></p>', []).html,
  ).toBe(`${WRAP[0]}<div>[x]</div>${WRAP[1]}`);
});

test('notes and comments without a part of their own are none', async () => {
  const rels = relations(['r1', 'comments', 'comments.xml'], ['r2', 'footnotes', 'notes.xml']);
  const found = await read(zipped(word(line('x'), { 'word/_rels/document.xml.rels': rels })));
  expect([found.html, found.comments]).toEqual(['<p>x</p>', []]);
});
