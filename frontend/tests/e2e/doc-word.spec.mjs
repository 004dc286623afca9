// Word files: out of a document and into another, and files that are made to do harm. In real browsers against the real program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { barriers, becomes, get, overflow, post } from './harness.mjs';
import { picture } from './pictures.mjs';
import { meeting, shows } from './writers.mjs';

const shot = (page, name) =>
  process.env.SHOTS && page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });

const line = (text, attributes) => [{ insert: text }, { insert: '\n', attributes }];
const content = [
  ...line('Team day', { header: 1 }),
  { insert: 'We meet on ' },
  { insert: 'Monday', attributes: { bold: true } },
  { insert: ' at the lake.\n' },
  ...line('Tents', { list: 'checked' }),
  ...line('Rope', { list: 'unchecked', indent: 1 }),
  ...line('first', { list: 'ordered' }),
  ...line('quoted', { blockquote: true }),
  ...line('code  here', { 'code-block': true }),
  { insert: 'مرحبا\n老城区 &<>\n' },
];

/** Brings a picture into the room, as the person of a page. */
function upload(page, code, width, height) {
  const bytes = picture(width, height).toString('base64');
  return page.evaluate(
    async ([code, bytes]) => {
      const body = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
      const headers = { 'Content-Type': 'application/octet-stream' };
      const path = `/api/rooms/${code}/files?name=map.png`;
      return (await fetch(path, { method: 'POST', headers, body })).json();
    },
    [code, bytes],
  );
}

/** Gives a page a file, in the menu of kinds. */
async function fromFile(page, name, buffer) {
  const picking = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'From a file' }).click();
  await (await picking).setFiles({ name, mimeType: '', buffer });
}

test('a document goes out as a Word file and comes in again, with its picture and what was said about it', async (t) => {
  const room = await meeting(t, { content });
  const { code, id, faults } = room;
  const [ada, ben] = room.pages;
  const path = `/api/rooms/${code}/activities/${id}`;
  const { hash } = await upload(ada, code, 900, 500);
  const rev = async () => (await room.view()).rev;
  const image = [
    { retain: 9 },
    { insert: { image: hash }, attributes: { alt: 'A map', shape: '900x500', size: 'small' } },
    { insert: '\n' },
  ];
  await post(ada, `${path}/change`, { with: { base: await rev(), change: image } });
  const place = (await room.view()).content
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('');
  const at = place.indexOf('at the lake');
  const said = await post(ada, `${path}/comment`, {
    with: { base: await rev(), from: at, to: at + 11, text: 'Which of them?' },
  });
  await post(ben, `${path}/reply`, { with: { thread: said.events[0].seq, text: 'The large one' } });
  const { member } = await post(ben, `/api/rooms/${code}/enter`, { name: 'Ben' });
  const suggested = [
    { retain: place.indexOf('Monday') },
    { retain: 6, attributes: { [`removed-${member.id}-ab12`]: 2 } },
    { insert: 'Tuesday', attributes: { [`added-${member.id}-ab12`]: 2 } },
  ];
  await post(ben, `${path}/suggest`, { with: { base: await rev(), change: suggested } });
  await ada.locator('[data-suggest^=added]', { hasText: 'Tuesday' }).waitFor();

  await ada.getByRole('button', { name: 'More for this document' }).click();
  await ada.getByRole('menuitem', { name: 'Save as a Word file' }).waitFor();
  assert.deepEqual(await barriers(ada), []);
  await shot(ada, 'word-menu');
  const coming = ada.waitForEvent('download');
  await ada.getByRole('menuitem', { name: 'Save as a Word file' }).click();
  const file = await coming;
  assert.equal(file.suggestedFilename(), 'Notes.docx');
  const bytes = await readFile(await file.path());
  if (process.env.SHOTS) await file.saveAs(`${process.env.SHOTS}/Notes.docx`);
  const parts = unzipped(bytes);
  assert.match(parts.get('word/document.xml'), /<w:del [^>]*w:author="Ben"[^>]*>.*<w:delText[^>]*>Monday</);
  assert.match(parts.get('word/document.xml'), /<w:ins [^>]*w:author="Ben"[^>]*>.*Tuesday/);
  assert.match(parts.get('word/comments.xml'), /w:author="Ada".*Which of them\?.*w:author="Ben"/);
  assert.ok(![...parts.values()].some((part) => /127\.0\.0\.1|plenum-e2e/.test(part)));

  await fromFile(ada, 'Notes again.docx', bytes);
  await ada.locator('nav [aria-current=page]', { hasText: 'Notes again' }).waitFor();
  const text =
    'Team day\n\ufffc\nWe meet on Tuesday at the lake.\nTents\nRope\nfirst\nquoted\ncode  here\nمرحبا\n老城区 &<>\n';
  await shows(ada, text);
  await ada.getByText('One tracked change is in the text as if it were accepted.').waitFor();
  await ada
    .getByText(/Ada, \d{4}-\d\d-\d\d: Which of them\?/)
    .first()
    .waitFor();
  await ben.getByRole('button', { name: 'Notes again' }).first().click();
  await ben.getByRole('img', { name: 'A map' }).waitFor();
  await shot(ada, 'word-again');

  const lobby = await get(ada, `/api/rooms/${code}/activities/lobby/view`);
  const again = lobby.view.activities.find(({ title }) => title === 'Notes again').id;
  const { view } = await get(ada, `/api/rooms/${code}/activities/${again}/view`);
  const bare = view.content.map(({ insert, attributes = {} }) => {
    const kept = Object.entries(attributes).filter(([name]) => !name.startsWith('comment-'));
    return kept.length > 0 ? { insert, attributes: Object.fromEntries(kept) } : { insert };
  });
  assert.deepEqual(bare[2], { insert: { image: hash }, attributes: { alt: 'A map', shape: '900x500' } });
  const own = content.map((op) => JSON.stringify(op));
  for (const op of [own[1], own[6], own[8], own[10], own[12], own[14]])
    assert.ok(
      bare.some((one) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(JSON.parse(op)))),
      op,
    );
  const [thread] = view.threads;
  assert.match(thread.quote, /^at the lake$/);
  assert.match(thread.comments[1].text, /^Ben, \d{4}-\d\d-\d\d: The large one$/);
  await ada.setViewportSize({ width: 320, height: 640 });
  await becomes(() => overflow(ada), 0);
  assert.deepEqual(faults(), []);
});

const sorted = ({ insert, attributes = {} }) => [insert, Object.entries(attributes).sort()];

/** The parts of a file that are text. */
function unzipped(bytes) {
  const out = new Map();
  let at = bytes.readUInt32LE(bytes.length - 22 + 16);
  for (let n = bytes.readUInt16LE(bytes.length - 22 + 10); n > 0; n--) {
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const from = bytes.readUInt32LE(at + 42);
    const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const part = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    out.set(bytes.toString('utf8', at + 46, at + 46 + name), part.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return out;
}

/** A file of parts; `says` is what its directory tells of their size. */
function zipped(parts, says = {}) {
  const [files, directory] = [[], []];
  let at = 0;
  for (const [name, words] of Object.entries(parts)) {
    const [bytes, label] = [Buffer.from(words), Buffer.from(name)];
    const packed = deflateRawSync(bytes);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(label.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(bytes), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(says[name] ?? bytes.length, 24);
    entry.writeUInt16LE(label.length, 28);
    entry.writeUInt32LE(at, 42);
    files.push(head, label, packed);
    directory.push(entry, label);
    at += 30 + label.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(parts).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, ...directory, end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...each) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each
    .map(
      ([id, type, to, mode = 'Internal']) =>
        `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${to}" TargetMode="${mode}"/>`,
    )
    .join('')}</Relationships>`;
const word = (body, more = {}) => ({
  '[Content_Types].xml':
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  '_rels/.rels': relations(['r1', 'officeDocument', 'word/document.xml']),
  'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}"><w:body>${body}</w:body></w:document>`,
  ...more,
});
const paragraph = (words) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;

test('a bomb is refused, nothing runs, a long file can be stopped, and an empty document takes a file on a phone', async (t) => {
  const phone = {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  };
  const { pages, faults, code } = await meeting(t, { options: [{}, phone] });
  const [ada, ben] = pages;
  await fromFile(ada, 'bomb.docx', zipped(word(paragraph('x')), { 'word/document.xml': 200 << 20 }));
  await ada.getByText('Unpacked, this Word file would be larger than 100 MB.').waitFor();

  const evil = word(
    `<w:p><w:hyperlink r:id="r1"><w:r><w:t>click</w:t></w:r></w:hyperlink></w:p><w:altChunk r:id="r2"/>${paragraph('&lt;img src=x onerror="document.title=1"&gt;')}`,
    {
      'word/_rels/document.xml.rels': relations(
        ['r1', 'hyperlink', 'javascript:document.title=1', 'External'],
        ['r2', 'aFChunk', 'evil.html'],
      ),
      'word/evil.html': '<script>document.title=1</script>',
    },
  );
  await fromFile(ada, 'evil.docx', zipped(evil));
  await shows(ada, 'click\n<img src=x onerror="document.title=1">\n');
  await ada.getByText('Not taken along from the Word file: 1 chart or embedded file.').waitFor();
  assert.equal(await ada.locator('.ql-editor :is(a, img, script)').count(), 0);
  assert.notEqual(await ada.title(), '1');

  const long = Array.from({ length: 120_000 }, (_, i) =>
    paragraph(`Words of ${i} and ${(i * 7919) % 10007}`),
  );
  await fromFile(ada, 'long.docx', zipped(word(long.join(''))));
  const dialog = ada.getByRole('dialog', { name: 'Reading long.docx' });
  await dialog.getByText('Reading the text…').waitFor();
  assert.deepEqual(await barriers(ada), []);
  await shot(ada, 'word-reading');
  await dialog.getByRole('button', { name: 'Stop' }).click();
  await ada.getByText('Stopped. Nothing was taken from the file.').waitFor();
  await becomes(() => dialog.count(), 0);
  const { view } = await get(ada, `/api/rooms/${code}/activities/lobby/view`);
  const left = view.activities.filter(({ kind, binned }) => kind === 'doc' && !binned);
  assert.deepEqual(
    left.map(({ title }) => title),
    ['Notes', 'evil'],
  );

  const picking = ben.waitForEvent('filechooser');
  await ben.getByRole('button', { name: 'A file…' }).click();
  await (await picking).setFiles(fileURLToPath(new URL('../unit/word/files/minutes.docx', import.meta.url)));
  await ben.getByText('One tracked change is in the text as if it were accepted.').waitFor();
  await ben.getByRole('heading', { name: 'Minutes' }).waitFor();
  await ben.locator('.marks [data-comment]').first().waitFor();
  const cells = () => ben.locator('.ql-editor td:not(.ql-left)').allTextContents();
  await becomes(cells, ['Who', 'What', 'Ben', 'tentsand rope']); // of two lines
  await becomes(() => overflow(ben), 0);
  assert.deepEqual(await barriers(ben), []);
  await shot(ben, 'word-phone');
  assert.deepEqual(faults(), []);
});
