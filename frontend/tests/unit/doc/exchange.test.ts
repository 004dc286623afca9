// Between the editor and the model: only what documents have, where it belongs, in a form that the server takes.
import { expect, test, vi } from 'vitest';
import { forEditor, fromEditor } from '../../../src/activities/doc/exchange';
import { isLineFormat } from '../../../src/activities/doc/format';
import { isCode } from '../../../src/activities/doc/code/value';
import { formulaOf } from '../../../src/activities/doc/formula/tex';
import { isLink, linkOf, tidyLink } from '../../../src/activities/doc/link';
import { shown, touched, wholeLines } from '../../../src/activities/doc/lines';
import { IMAGE, imageOf, pictureAt, tidyAlt } from '../../../src/activities/doc/picture';
import {
  apply,
  attributesOf,
  Builder,
  canonical,
  isDelete,
  isInsert,
  length,
  normal,
  same,
  size,
  slice,
  type Attributes,
  type Delta,
  type Insert,
} from '../../../src/lib/delta';
import { edges, forSeeds, type Random } from '../delta/random';

vi.setConfig({ testTimeout: 120_000 }); // many cases, and the machine may be busy

const INLINE: Attributes[] = [{ bold: true }, { italic: true, link: 'https://a.b/c' }, { code: true }];
const LINES: Attributes[] = [
  { header: 1 },
  { list: 'bullet' },
  { list: 'checked', indent: 2 },
  { 'code-block': true },
  { 'code-block': 'go' },
  { header: 2, blockquote: true },
];

const FILE = `sha256-${'0af1'.repeat(16)}`;
const IMAGES: Attributes[] = [{ alt: 'A map' }, { size: 'small', bold: true }, { shape: '640x480' }];

function document(random: Random, images = false): Delta {
  const out = new Builder();
  for (let i = 0; i < 1 + random.below(4); i++) {
    for (let j = random.below(3); j > 0; j--) {
      const insert = random.one(['ab', 'c', '漢', '😀']);
      if (images && random.below(4) === 0) {
        out.push({ insert: { formula: 'e=mc^2' }, attributes: random.one(INLINE) });
        continue;
      }
      if (images && random.below(4) === 0) {
        out.push({ insert: { image: FILE }, attributes: random.one(IMAGES) });
        continue;
      }
      out.push(random.below(2) === 0 ? { insert, attributes: random.one(INLINE) } : { insert });
    }
    out.push(random.below(2) === 0 ? { insert: '\n', attributes: random.one(LINES) } : { insert: '\n' });
  }
  return out.change();
}

/** A change as a careless editor might tell it. */
function loose(random: Random, text: Delta): Delta {
  const places = edges(text);
  const [a, b] = [random.one(places), random.one(places)].sort((x, y) => x - y) as [number, number];
  const out = new Builder().retain(a);
  const laid = [
    ...INLINE,
    ...LINES,
    ...IMAGES,
    { alt: null, size: 'huge' },
    { bold: null },
    { list: null },
    { color: 'red' },
    { header: 6, bold: true },
    { 'code-block': 'not a language' },
  ];
  if (random.below(6) === 0) {
    const image = random.one([FILE, 'https://elsewhere.example/x.png']);
    out.push({ insert: { image }, attributes: random.one([...INLINE, ...LINES, ...IMAGES]) });
  } else if (random.below(6) === 0) {
    const formula = random.one(['\\alpha', 'a$b', 'x'.repeat(3000)]);
    out.push({ insert: { formula }, attributes: random.one([...INLINE, ...LINES, ...IMAGES]) });
  } else if (random.below(2) === 0)
    out.push({
      insert: random.one(['x\ny', '\n', 'a\r\nb', 'q']),
      attributes: random.one(laid.filter((l) => !Object.values(l).includes(null))),
    });
  if (random.below(2) === 0) out.push({ delete: b - a });
  else out.push({ retain: b - a, attributes: random.one(laid) });
  return out.change();
}

function endsInLine(text: Delta): boolean {
  return String((text.at(-1) as Insert | undefined)?.insert).endsWith('\n');
}

/** What the server would refuse a change for. */
function faults(change: Delta, text: Delta): string[] {
  const out: string[] = [];
  let at = 0;
  for (const op of change) {
    const covered = isInsert(op) ? [op] : slice(text, at, at + size(op));
    for (const piece of covered as Insert[]) {
      for (const name of Object.keys(attributesOf(op) ?? {})) {
        const formula = typeof piece.insert !== 'string' && formulaOf(piece.insert) !== null;
        if (formula && name in IMAGE) out.push(`${name} on a formula`);
        const fits = isLineFormat(name) ? /^\n+$/ : name in IMAGE ? /^!$/ : /^[^\n]+$/;
        if (!fits.test(typeof piece.insert === 'string' ? piece.insert : '!'))
          out.push(`${name} on ${JSON.stringify(piece.insert)}`);
      }
    }
    if (isInsert(op) && typeof op.insert !== 'string' && !imageOf(op.insert) && !formulaOf(op.insert))
      out.push('a foreign embed');
    for (const language of [attributesOf(op)?.['code-block'] ?? true])
      if (!isCode(language)) out.push(`code in ${String(language)}`);
    if (isInsert(op) && /[\r\0]/.test(String(op.insert))) out.push('a carriage return');
    if (isInsert(op) && at >= length(text)) out.push('an insert behind the end');
    if (!isInsert(op)) at += size(op);
    if (isDelete(op) && at >= length(text)) out.push('the last newline is gone');
  }
  if (!same(normal(change), change)) out.push('not in normal form');
  return out;
}

test('whatever the editor says, the server would take it', () => {
  let tried = 0;
  forSeeds(10_000, (random) => {
    const text = document(random, true);
    const said = loose(random, text);
    if (!endsInLine(apply(text, said))) return; // an editor always has a last line
    tried++;
    const change = fromEditor(said, text);
    const wrong = faults(change, text);
    if (wrong.length > 0)
      throw new Error(`${canonical(said)} on ${canonical(text)} gives ${canonical(change)}: ${wrong.join()}`);
  });
  expect(tried).toBeGreaterThan(5000);
});

test('the end of the document stays, however the editor puts it', () => {
  const list: Delta = [{ insert: 'a' }, { insert: '\n', attributes: { list: 'bullet' } }];
  const after = (ops: Delta, text: Delta): Delta => apply(text, fromEditor(ops, text));
  expect(after([{ retain: 2 }, { insert: 'b\n' }], list)).toEqual([...list, { insert: 'b\n' }]);
  expect(fromEditor([{ retain: 2 }, { insert: '\n' }], [{ insert: 'a\n' }])).toEqual([
    { retain: 1 },
    { insert: '\n' },
  ]);
  expect(fromEditor([{ retain: 2 }, { delete: 1 }], [{ insert: 'a\n\n' }])).toEqual([
    { retain: 1 },
    { delete: 1 },
  ]);
  expect(after([{ retain: 2 }, { delete: 2 }], [...list, { insert: 'b\n' }])).toEqual(list);
  expect(() => fromEditor([{ retain: 1 }, { delete: 1 }], [{ insert: 'a\n' }])).toThrow();
});

test('who makes a line something else makes it nothing hidden', () => {
  const both: Delta = [{ insert: 'a' }, { insert: '\n', attributes: { header: 1, list: 'bullet' } }];
  const quote: Delta = [{ retain: 1 }, { retain: 1, attributes: { list: null, blockquote: true } }];
  expect(apply(both, fromEditor(quote, both))).toEqual([
    { insert: 'a' },
    { insert: '\n', attributes: { blockquote: true } },
  ]);
  // Two people at once: one makes it a heading, the other a list. It is shown as a list.
  expect(shown(both, { from: 0, to: 2 })).toEqual([
    { insert: 'a' },
    { insert: '\n', attributes: { list: 'bullet' } },
  ]);
  const list: Delta = [{ insert: 'a' }, { insert: '\n', attributes: { list: 'bullet' } }];
  expect(forEditor([{ retain: 1 }, { retain: 1, attributes: { header: 1 } }], list)).toEqual([]);
  expect(forEditor([{ retain: 1 }, { retain: 1, attributes: { list: null } }], both)).toEqual([
    { retain: 1 },
    { retain: 1, attributes: { list: null, header: 1 } },
  ]);
});

test('an editor that is given every change shows what it should, or is told to look there', () => {
  forSeeds(6000, (random) => {
    const text = document(random, true);
    const said = loose(random, text);
    if (!endsInLine(apply(text, said))) return;
    const change = fromEditor(said, text);
    const span = touched(change);
    if (!span) return;
    const after = apply(text, change);
    const whole = (d: Delta): Delta => shown(d, { from: 0, to: length(d) });
    const seen = apply(whole(text), forEditor(change, text));
    const lines = wholeLines(after, span);
    // Outside of the lines that are looked at, nothing may differ.
    for (const [from, to] of [
      [0, lines.from],
      [lines.to, length(after)],
    ] as const) {
      if (!same(slice(seen, from, to), slice(whole(after), from, to)))
        throw new Error(`${canonical(change)} on ${canonical(text)}`);
    }
  });
});

test('whole lines are whole', () => {
  forSeeds(5000, (random) => {
    const text = document(random);
    const plain = text.map((op) => (op as Insert).insert).join('');
    const from = random.below(plain.length);
    const to = from + random.below(plain.length - from);
    const lines = wholeLines(text, { from, to });
    expect(lines.from).toBe(from === 0 ? 0 : plain.lastIndexOf('\n', from - 1) + 1);
    expect(lines.to).toBe(plain.indexOf('\n', to) + 1);
  });
});

test('text of code has no formats to see', () => {
  const text: Delta = [
    { insert: 'a', attributes: { bold: true } },
    { insert: '\n', attributes: { 'code-block': true } },
  ];
  expect(shown(text, { from: 0, to: 2 })[0]).toEqual({ insert: 'a' });
});

test('images are files of the room, described on one line', () => {
  expect(imageOf({ image: FILE })).toBe(FILE);
  for (const image of ['x', FILE.toUpperCase(), `${FILE}0`, 'data:image/png;base64,AA==', 1, null])
    expect(imageOf({ image }), String(image)).toBe(null);
  expect(imageOf({ image: FILE, more: 1 })).toBe(null);
  expect(tidyAlt(' A\nmap\u2028of\0the  island ')).toBe('A map of the  island');
  expect(tidyAlt('😀'.repeat(300))).toBe('😀'.repeat(250));
  for (const alt of ['', ' a', 'a\n', 'x'.repeat(501), 7])
    expect(IMAGE['alt']?.(alt), String(alt)).toBe(false);
  for (const shape of ['0x1', '1x', '100000x1', '1x1x1']) expect(IMAGE['shape']?.(shape), shape).toBe(false);
  const text: Delta = [
    { insert: 'ab' },
    { insert: { image: FILE }, attributes: { alt: 'A map' } },
    { insert: '\n' },
  ];
  expect(pictureAt(text, 2)).toEqual({ file: FILE, attributes: { alt: 'A map' } });
  expect([0, 1, 3, 9].map((at) => pictureAt(text, at))).toEqual([null, null, null, null]);
  const code: Delta = [...text.slice(0, 2), { insert: '\n', attributes: { 'code-block': true } }];
  expect(shown(code, { from: 0, to: 4 })).toEqual([{ insert: 'ab\ufffc' }, code[2]]);
});

test('links lead to the web, to a mail address or into this server', () => {
  const good = [
    'https://a.b',
    'http://localhost:8080/x?y#z',
    'mailto:a@b.c',
    '/r/ABCDEF',
    '#here',
    'HTTPS://A.B/',
  ];
  const bad = [
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    ' https://a.b',
    'https://a b',
    '//evil.example',
    '\\\\evil',
    '/\\evil',
    'data:text/html,x',
    'ftp://a.b',
    'https://',
    'https:a',
    'x',
    '',
    'mailto:',
    'https://a.b/%zz',
    'https://a.b/\u0000',
    `https://a.b/${'x'.repeat(2000)}`,
  ];
  for (const link of good) expect(isLink(link), link).toBe(true);
  for (const link of bad) expect(isLink(link), link).toBe(false);
  expect(linkOf(' plenum.org/a b ')).toBe('https://plenum.org/a%20b');
  expect(linkOf('ada@plenum.org')).toBe('mailto:ada@plenum.org');
  expect(linkOf('localhost:8080/x')).toBe('https://localhost:8080/x');
  expect(linkOf('javascript:alert(1)')).toBe(null);
  expect(linkOf('just words')).toBe(null);
  expect(tidyLink('https://x.org/ä b%')).toBe('https://x.org/%C3%A4%20b%25');
  expect(tidyLink('page.html')).toBe(null);
});
