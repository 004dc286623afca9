// Word files that are made to do harm. Numbers are those of the list of bad inputs that Plenum is tested with.
import { expect, test, vi } from 'vitest';
import { cleaned } from '../../../src/activities/doc/word/in/clean';
import { isImage } from '../../../src/activities/doc/word/in/images';
import { MOST_XML } from '../../../src/activities/doc/word/in/parts';
import { read } from '../../../src/activities/doc/word/in/read';
import {
  MOST_BYTES,
  MOST_ENTRIES,
  MOST_RATIO,
  MOST_UNPACKED,
  Zip,
} from '../../../src/activities/doc/word/in/zip';
import { POINT } from './paper';
import { buffered, line, relations, text, W, word, zipped, type Part } from './zips';

/** Why a file is refused; '' if it is read. */
async function why(file: ArrayBuffer | Part[]): Promise<string> {
  try {
    await read(Array.isArray(file) ? zipped(file) : file);
    return '';
  } catch (error) {
    return (error as { why?: string }).why ?? String(error);
  }
}

const ok = word(line('Hello'));
const main = 'word/document.xml';
const has = (bytes: Uint8Array, says: Part['says']): Part[] => [
  ...ok,
  { name: 'x', bytes, ...(says && { says }) },
];
test('what these tests change is read without the change', async () => {
  expect(await why(ok)).toBe('');
});

test('22 a bomb that tells what it is, is refused before anything is unpacked', async () => {
  const half = (MOST_UNPACKED >> 1) - 1;
  const says = { size: half, packed: 1 << 20 };
  const twice = (more: number): Part[] => [
    { name: 'a', bytes: text('x'), says },
    { name: 'b', bytes: text('y'), says: { ...says, size: half + 2 + more, at: 2 << 20 } },
  ];
  expect(() => new Zip(new Uint8Array(zipped(twice(0))))).not.toThrow();
  expect(() => new Zip(new Uint8Array(zipped(twice(1))))).toThrow('bomb');
});

test('22 a bomb that lies is stopped when it has become as large as it said', async () => {
  let through = 0;
  const Honest = DecompressionStream;
  class Counting {
    readonly writable: WritableStream;
    readonly readable: ReadableStream;
    constructor(format: CompressionFormat) {
      const stream = new Honest(format);
      const transform = (bytes: Uint8Array, to: TransformStreamDefaultController): void => {
        through += bytes.length;
        to.enqueue(bytes);
      };
      this.writable = stream.writable;
      this.readable = stream.readable.pipeThrough(new TransformStream({ transform }));
    }
  }
  vi.stubGlobal('DecompressionStream', Counting);
  const zeros = new Uint8Array(30 << 20);
  const lies = word('', { [main]: zeros }).map((part) =>
    part.name === main ? { ...part, says: { size: 1000 } } : part,
  );
  expect(await why(lies)).toBe('bomb');
  vi.unstubAllGlobals();
  expect(through).toBeLessThan(2 << 20);
});

test('22 a part may not be packed too small', async () => {
  const size = 2 << 20;
  const packed = size / MOST_RATIO;
  expect(await why(has(text('x'), { size, packed: Math.ceil(packed) }))).toBe('');
  expect(await why(has(text('x'), { size, packed: Math.floor(packed) }))).toBe('bomb');
  expect(await why(has(new Uint8Array(2 << 20), {}))).toBe('bomb');
});

test('22 parts that share their bytes are a bomb', async () => {
  const first = zipped(ok);
  expect(first.byteLength).toBeGreaterThan(0);
  expect(await why([...ok, { name: 'again', bytes: text('x'), says: { at: 0 } }])).toBe('bomb');
});

test('22 as many parts as are read, and one more', async () => {
  const many = (n: number): Part[] => [
    ...ok,
    ...Array.from({ length: n - ok.length }, (_, i) => ({ name: `word/media/${i}`, bytes: text('') })),
  ];
  expect(await why(many(MOST_ENTRIES))).toBe('');
  expect(await why(many(MOST_ENTRIES + 1))).toBe('bomb');
});

test('22 entities, of its own or from elsewhere, are refused in every part that is read', async () => {
  const laughs =
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>';
  const trap = `<?xml version="1.0"?>${laughs}<w:document ${W}><w:body>${line('&b;&c;')}</w:body></w:document>`;
  expect(await why(word('', { [main]: trap }))).toBe('trap');
  expect(
    await why(word(line('x'), { '_rels/.rels': laughs + relations(['r1', 'officeDocument', main]) })),
  ).toBe('trap');
  const styles = {
    'word/_rels/document.xml.rels': relations(
      ['r1', 'styles', 'styles.xml'],
      ['r2', 'comments', 'comments.xml'],
    ),
  };
  expect(await why(word(line('x'), { ...styles, 'word/styles.xml': `${laughs}<w:styles ${W}/>` }))).toBe(
    'trap',
  );
  expect(await why(word(line('x'), { ...styles, 'word/comments.xml': `${laughs}<w:comments ${W}/>` }))).toBe(
    'trap',
  );
  // Without a declaration an entity is nothing.
  expect((await read(zipped(word(line('a&amp;b'))))).html).toBe('<p>a&amp;b</p>');
});

test('22 XML that is too deep or too long', async () => {
  const deep = (n: number): string => '<w:tbl>'.repeat(n) + '</w:tbl>'.repeat(n);
  expect(await why(word(deep(200)))).toBe('');
  expect(await why(word(deep(300)))).toBe('tangled');
  const long = (size: number): Part[] =>
    ok.map((part) => (part.name === main ? { ...part, says: { size, packed: 1 << 20 } } : part));
  const others = ok.filter(({ name }) => name !== main).reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(await why(long(MOST_XML - others))).toBe('broken'); // it is not as long as it says
  expect(await why(long(MOST_XML - others + 1))).toBe('tangled');
});

test('24 names that lead out of the file', async () => {
  for (const name of ['../../etc/passwd', '/etc/passwd', 'word\\..\\x', 'C:x', 'a\0b', 'word/../../x', ''])
    expect([name, await why([...ok, { name, bytes: text('x') }])]).toEqual([name, 'names']);
  for (const name of ['__proto__', 'constructor', 'CON', '..x'])
    expect([name, await why([...ok, { name, bytes: text('x') }])]).toEqual([name, '']);
  // A relation may say what it likes: it finds a part of the file, or none.
  const up = { 'word/_rels/document.xml.rels': relations(['r1', 'styles', '../../../../etc/passwd']) };
  expect(await why(word(line('x'), up))).toBe('');
});

test('files that are none, each with its reason', async () => {
  const ole = (words: string): ArrayBuffer =>
    buffered(
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from(words, 'utf16le'),
      ]),
    );
  expect(await why(ole('EncryptedPackage'))).toBe('locked');
  expect(await why(ole('WordDocument'))).toBe('old');
  expect(await why(has(text('x'), { flags: 1 }))).toBe('locked');
  expect(await why(new ArrayBuffer(0))).toBe('empty');
  expect(await why(buffered(text('{\\rtf1 Hello}')))).toBe('other');
  expect(await why(buffered(text('<html><script>alert(1)</script></html>')))).toBe('other');
  expect(await why([{ name: 'hello.txt', bytes: text('x') }])).toBe('other');
  const sheet = word('', {
    '[Content_Types].xml':
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
  });
  expect(await why(sheet)).toBe('other');
  const whole = zipped(ok);
  expect(await why(whole.slice(0, whole.byteLength - 30))).toBe('broken');
  expect(await why(whole.slice(0, 100))).toBe('broken');
  expect(await why(ok.map((part) => (part.name === main ? { ...part, says: { crc: 1 } } : part)))).toBe(
    'broken',
  );
  expect(await why([...ok, ok[0] as Part])).toBe('broken');
  expect(await why(has(text('x'), { method: 14 }))).toBe('broken');
  expect(await why(word('<w:p><w:r><w:t>cut'))).toBe('broken');
  const large = new Uint8Array(MOST_BYTES + 1);
  large.set([0x50, 0x4b]);
  expect(await why(buffered(large))).toBe('large');
  expect(await why(buffered(large.subarray(1)))).toBe('other');
});

test('every part cut short or changed is read or refused, never more', async () => {
  const file = new Uint8Array(zipped(word(line('Hello') + line('again'))));
  const reasons = new Set(['', 'broken', 'bomb', 'names', 'locked', 'other', 'tangled', 'trap']);
  for (let i = 0; i < file.length; i += 7) {
    const changed = file.slice();
    changed[i] = (changed[i] ?? 0) ^ 0x55;
    for (const one of [changed, file.slice(0, i)]) {
      const said = await why(buffered(one));
      expect(reasons.has(said) || (i === 0 && said === 'empty'), said).toBe(true);
    }
  }
});

test('two documents in one file: the first counts', async () => {
  const two = word(line('first'), {
    '_rels/.rels': relations(['r1', 'officeDocument', main], ['r2', 'officeDocument', 'word/other.xml']),
    'word/other.xml': `<w:document ${W}><w:body>${line('second')}</w:body></w:document>`,
  });
  expect((await read(zipped(two))).html).toBe('<p>first</p>');
});

test('19 links that would run something are words', async () => {
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'file:///etc/passwd',
    'vbscript:x',
  ];
  const body = bad
    .map((_, i) => `<w:p><w:hyperlink r:id="l${i}"><w:r><w:t>click</w:t></w:r></w:hyperlink></w:p>`)
    .join('');
  const links = relations(
    ...bad.map((target, i): [string, string, string, string] => [`l${i}`, 'hyperlink', target, 'External']),
  );
  const { html } = await read(zipped(word(body, { 'word/_rels/document.xml.rels': links })));
  expect(cleaned(html, []).html).toBe(
    `<div style="white-space:pre-wrap">${'<div>click</div>'.repeat(bad.length)}</div>`,
  );
});

test('20 markup in the text is text, and what is embedded is never looked at', async () => {
  const evil = '&lt;img src=x onerror=alert(1)&gt;&lt;/div&gt;&lt;script&gt;';
  const body = `${line(evil)}<w:altChunk r:id="r7"/><w:p><w:r><w:object><w:control/></w:object></w:r></w:p>`;
  const file = word(body, {
    'word/_rels/document.xml.rels': relations(
      ['r7', 'aFChunk', 'evil.html'],
      ['r8', 'vbaProject', 'vbaProject.bin'],
    ),
    'word/evil.html': '<script>alert(1)</script>',
    'word/vbaProject.bin': 'macro',
    'mammoth/style-map': 'p => script',
  });
  const found = await read(zipped(file));
  const { html } = cleaned(found.html, []);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&lt;/div&gt;&lt;script&gt;');
  expect(html).not.toMatch(/<script|<img|<iframe|macro/);
  expect(found.left.others).toBe(2);
});

test('22 nothing that lies elsewhere is asked for', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no'));
  const blip = (how: string): string =>
    `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip ${how}/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
  const gone = '<w:p><w:hyperlink r:id="none"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>';
  const rels = relations(
    ['r1', 'image', 'http://127.0.0.1:1/x.png', 'External'],
    ['r2', 'image', 'media/a.png'],
    ['r3', 'attachedTemplate', 'http://127.0.0.1:1/x.dotm', 'External'],
  );
  const file = word(
    blip('r:link="r1"') + blip('r:embed="r2"') + blip('r:embed="r1"') + blip('r:embed="none"') + gone,
    {
      'word/_rels/document.xml.rels': rels,
      'word/media/a.png': POINT,
    },
  );
  const found = await read(zipped(file));
  expect(fetched).not.toHaveBeenCalled();
  expect(found.pictures).toHaveLength(1);
  expect(found.left.pictures).toBe(3);
  expect([...(found.pictures[0] ?? [])]).toEqual([...POINT]);
  fetched.mockRestore();
});

test('23 a picture is what its bytes say, whatever the file calls it', () => {
  expect(isImage(POINT)).toBe(true);
  expect(isImage(Buffer.from('RIFF1234WEBPVP8 '))).toBe(true);
  for (const other of [
    '<html><script>',
    '<svg onload=alert(1)>',
    'BM1234',
    '\xd7\xcd\xc6\x9a',
    'RIFF1234AVI ',
    '',
  ])
    expect([other, isImage(Buffer.from(other, 'latin1'))]).toEqual([other, false]);
});
