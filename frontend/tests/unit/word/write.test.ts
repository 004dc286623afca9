import { expect, test } from 'vitest';
import type { Delta } from '../../../src/lib/delta';
import type { Noted } from '../../../src/activities/doc/poll/told';
import { all, FILE, said, unpacked, writing } from './paper';

const TEXT: Delta = [
  { insert: 'Team day' },
  { insert: '\n', attributes: { header: 1 } },
  { insert: 'Some ' },
  { insert: 'bold', attributes: { bold: true } },
  { insert: ', ' },
  { insert: 'slanted', attributes: { italic: true } },
  { insert: ', ' },
  { insert: 'under', attributes: { underline: true } },
  { insert: ', ' },
  { insert: 'struck', attributes: { strike: true } },
  { insert: ', ' },
  { insert: 'code', attributes: { code: true } },
  { insert: ' and ' },
  { insert: 'a link', attributes: { link: 'https://plenum.example/?a=1&b=2' } },
  { insert: '.\none' },
  { insert: '\n', attributes: { list: 'ordered' } },
  { insert: 'under one' },
  { insert: '\n', attributes: { list: 'bullet', indent: 1 } },
  { insert: 'two' },
  { insert: '\n', attributes: { list: 'ordered' } },
  { insert: 'between\none again' },
  { insert: '\n', attributes: { list: 'ordered' } },
  { insert: 'rooms' },
  { insert: '\n', attributes: { list: 'checked' } },
  { insert: 'soup' },
  { insert: '\n', attributes: { list: 'unchecked', indent: 1 } },
  { insert: 'Quoted' },
  { insert: '\n', attributes: { blockquote: true } },
  { insert: 'code  here' },
  { insert: '\n', attributes: { 'code-block': true } },
  { insert: '\treturn', attributes: { bold: true } },
  { insert: '\n', attributes: { 'code-block': true } },
  { insert: 'مرحبا بالعالم\n老城区\n' },
  { insert: { image: FILE }, attributes: { alt: 'A <map>', shape: '1200x600' } },
  { insert: { image: FILE.replace('ab', 'ff') }, attributes: { alt: 'lost' } },
  { insert: '\n\nEnd\u0001.\n' },
];

const attributed = (at: Document | Element, name: string, attribute = 'w:val'): (string | null)[] =>
  all(at, name).map((one) => one.getAttribute(attribute));

test('what a document has is what a Word file has', async () => {
  const { file, missing } = await writing({ text: TEXT });
  expect(missing).toBe(1);
  const part = await unpacked(file);
  const body = await part('word/document.xml');
  const paragraphs = all(body, 'w:p');
  expect(paragraphs.map(said)).toEqual([
    'Team day',
    'Some bold, slanted, under, struck, code and a link.',
    'one',
    'under one',
    'two',
    'between',
    'one again',
    ' rooms',
    ' soup',
    'Quoted',
    'code  here',
    'return',
    'مرحبا بالعالم',
    '老城区',
    '[lost]',
    '',
    'End.',
  ]);
  const by = (words: string): Element => paragraphs.find((p) => said(p).trim() === words) as Element;
  expect(attributed(by('Team day'), 'w:pStyle')).toEqual(['Heading1']);
  expect(attributed(by('Quoted'), 'w:pStyle')).toEqual(['Quote']);
  expect(attributed(by('return'), 'w:pStyle')).toEqual(['Code']);
  expect(all(by('return'), 'w:tab')).toHaveLength(1);
  expect(all(by('return'), 'w:b')).toHaveLength(0);
  expect(all(by('مرحبا بالعالم'), 'w:bidi')).toHaveLength(1);
  expect(all(by('مرحبا بالعالم'), 'w:rtl')).toHaveLength(1);
  expect(all(by('老城区'), 'w:bidi').every((one) => one.getAttribute('w:val') === 'false')).toBe(true);

  const runs = all(paragraphs[1] as Element, 'w:r');
  const run = (words: string): Element => runs.find((one) => said(one) === words) as Element;
  for (const [words, tag] of [
    ['bold', 'w:b'],
    ['slanted', 'w:i'],
    ['under', 'w:u'],
    ['struck', 'w:strike'],
  ] as const)
    expect([words, all(run(words), tag).length]).toEqual([words, 1]);
  expect(attributed(run('code'), 'w:rStyle')).toEqual(['CodeText']);
  const relations = all(await part('word/_rels/document.xml.rels'), 'Relationship');
  const target = (id: string | null): string | null | undefined =>
    relations.find((one) => one.getAttribute('Id') === id)?.getAttribute('Target');
  const [link] = all(body, 'w:hyperlink');
  expect([said(link as Element), target((link as Element).getAttribute('r:id'))]).toEqual([
    'a link',
    'https://plenum.example/?a=1&b=2',
  ]);

  const [blip] = all(body, 'a:blip');
  const [props] = all(body, 'wp:docPr');
  expect(target((blip as Element).getAttribute('r:embed'))).toMatch(/^media\/.*\.png$/);
  expect((props as Element).getAttribute('descr')).toBe('A <map>');
  expect(attributed(body, 'wp:extent', 'cx')).toEqual([String(600 * 9525)]);
  expect(attributed(body, 'wp:extent', 'cy')).toEqual([String(300 * 9525)]);

  const core = await part('docProps/core.xml');
  expect(all(core, 'dc:title')[0]?.textContent).toBe('Team day');
  expect(
    `${all(core, 'dc:creator')[0]?.textContent ?? ''}${all(core, 'cp:lastModifiedBy')[0]?.textContent ?? ''}`,
  ).toBe('');
});

test('lists are lists: numbers begin anew after a line between, levels are levels, boxes can be checked', async () => {
  const { file } = await writing({ text: TEXT });
  const part = await unpacked(file);
  const body = await part('word/document.xml');
  const lists = await part('word/numbering.xml');
  const kinds = new Map(
    all(lists, 'w:abstractNum').map((one) => [
      one.getAttribute('w:abstractNumId'),
      attributed(one, 'w:numFmt'),
    ]),
  );
  const nums = new Map(
    all(lists, 'w:num').map((one) => [
      one.getAttribute('w:numId'),
      attributed(one, 'w:abstractNumId')[0] ?? '',
    ]),
  );
  const items = all(body, 'w:p').filter((p) => all(p, 'w:numPr').length > 0);
  const seen = items.map((p) => {
    const [id] = attributed(p, 'w:numId');
    const level = Number(attributed(p, 'w:ilvl')[0]);
    return [said(p).trim(), kinds.get(nums.get(id ?? '') ?? '')?.[level], level, id];
  });
  expect(seen.map((one) => one.slice(0, 3))).toEqual([
    ['one', 'decimal', 0],
    ['under one', 'bullet', 1],
    ['two', 'decimal', 0],
    ['one again', 'decimal', 0],
    ['rooms', 'bullet', 0],
    ['soup', 'bullet', 1],
  ]);
  expect(seen[0]?.[3]).toBe(seen[2]?.[3]);
  expect(seen[3]?.[3]).not.toBe(seen[0]?.[3]);
  expect(attributed(body, 'w14:checked', 'w14:val')).toEqual(['1', '0']);
});

const said_ = { by: 'm1', colour: 1, mentions: [], edited: false, gone: false };
const AT = Date.UTC(2026, 4, 3, 12, 30, 5);

test('comments are comments: with who, when, replies, and what is resolved', async () => {
  const text: Delta = [
    { insert: 'Meet ' },
    { insert: 'at the ', attributes: { 'comment-7': true } },
    { insert: 'lake', attributes: { 'comment-7': true, 'comment-9': true } },
    { insert: '.\n' },
  ];
  const threads = [
    {
      id: 7,
      quote: 'at the lake',
      resolved: '',
      comments: [
        { ...said_, seq: 7, at: AT, name: 'Ann', text: 'Which?\nThere are two, @Ben.' },
        { ...said_, seq: 8, at: AT + 60_000, name: 'Ben', text: 'The large one' },
        { ...said_, seq: 12, at: AT, name: 'Ben', text: '', gone: true },
      ],
    },
    {
      id: 9,
      quote: 'lake',
      resolved: 'm1',
      comments: [{ ...said_, seq: 9, at: AT, name: '安', text: 'ok' }],
    },
    {
      id: 10,
      quote: 'gone text',
      resolved: '',
      comments: [{ ...said_, seq: 10, at: AT, name: 'Eve', text: 'hm' }],
    },
  ];
  const { file } = await writing({ text, threads });
  const part = await unpacked(file);
  const comments = all(await part('word/comments.xml'), 'w:comment');
  expect(
    comments.map((c) => [c.getAttribute('w:id'), c.getAttribute('w:author'), all(c, 'w:p').map(said)]),
  ).toEqual([
    ['0', 'Ann', ['Which?', 'There are two, @Ben.']],
    ['1', 'Ben', ['The large one']],
    ['2', '安', ['ok']],
    ['3', 'Eve', ['“gone text”', '', 'hm']],
  ]);
  expect(comments[0]?.getAttribute('w:date')).toMatch(/^2026-05-03T12:30:05/);
  const extended = all(await part('word/commentsExtended.xml'), 'w15:commentEx');
  const [first, second, third] = extended;
  expect(second?.getAttribute('w15:paraIdParent')).toBe(first?.getAttribute('w15:paraId'));
  expect(third?.hasAttribute('w15:paraIdParent')).toBe(false);
  expect(extended.map((one) => one.getAttribute('w15:done'))).toEqual(['0', '0', '1', '0']);

  // Between its ends stands the text that each is about.
  const body = await part('word/document.xml');
  const about: Record<string, string> = {};
  const open = new Set<string>();
  for (const one of [...(all(body, 'w:p')[0]?.children ?? [])]) {
    const id = one.getAttribute('w:id') ?? '';
    if (one.tagName === 'w:commentRangeStart') open.add(id);
    else if (one.tagName === 'w:commentRangeEnd') open.delete(id);
    else for (const id of open) about[id] = (about[id] ?? '') + said(one);
  }
  expect(about).toEqual({ 0: 'at the lake', 1: 'at the lake', 2: 'lake' });
  expect(attributed(body, 'w:commentReference', 'w:id').sort()).toEqual(['0', '1', '2', '3']);
});

test('what is resolved is so in the file, also where nobody has replied', async () => {
  const text: Delta = [{ insert: 'lake', attributes: { 'comment-9': true } }, { insert: '\n' }];
  const comments = [{ ...said_, seq: 9, at: AT, name: 'Ann', text: 'ok' }];
  const { file } = await writing({ text, threads: [{ id: 9, quote: 'lake', resolved: 'm1', comments }] });
  const extended = await (await unpacked(file))('word/commentsExtended.xml');
  expect(all(extended, 'w15:commentEx').map((one) => one.getAttribute('w15:done'))).toEqual(['1']);
});

test('suggestions are tracked changes, with who and when', async () => {
  const text: Delta = [
    { insert: 'We meet ' },
    { insert: 'soon', attributes: { 'removed-m2-x1': 3, bold: true } },
    { insert: 'at ten', attributes: { 'added-m2-x1': 3 } },
    { insert: 'both', attributes: { 'added-m2-x1': 3, 'removed-m9-q': 1 } },
    { insert: '\n', attributes: { 'added-m2-x1': 3 } },
    { insert: { image: FILE }, attributes: { shape: '1x1', 'removed-m2-x1': 3 } },
    { insert: 'linked', attributes: { link: 'https://plenum.example/', 'added-m2-x1': 3 } },
    { insert: '\n', attributes: { 'removed-m9-q': 1 } },
    { insert: 'End\n' },
  ];
  const suggestions = [{ id: 'm2-x1', at: AT, by: 'm2', name: 'Ben', colour: 3, motion: null }];
  const { file } = await writing({ text, suggestions });
  const part = await unpacked(file);
  const body = await part('word/document.xml');
  const [one, two] = all(body, 'w:p') as [Element, Element];
  const changes = (at: Element, name: string) =>
    all(at, name).map((c) => [
      c.getAttribute('w:author'),
      all(c, 'w:t')
        .concat(all(c, 'w:delText'))
        .map((t) => t.textContent)
        .join(''),
    ]);
  expect(changes(one, 'w:del')).toEqual([
    ['Ben', 'soon'],
    ['Somebody', 'both'],
  ]);
  expect(changes(one, 'w:ins')).toEqual([
    ['Ben', ''],
    ['Ben', 'at ten'],
    ['Ben', 'both'],
  ]); // here, too
  expect(all(one, 'w:delText').map((t) => t.textContent)).toEqual(['soon', 'both']);
  expect(all(two, 'w:del').map((change) => all(change, 'w:drawing').length)).toEqual([0, 1]); // the first: the end of the line
  expect(changes(two, 'w:ins')).toEqual([['Ben', 'linked']]);
  expect(all(two, 'w:rPr').flatMap((p) => changes(p, 'w:del'))).toEqual([['Somebody', '']]);
  expect(all(body, 'w:ins')[0]?.getAttribute('w:date')).toBe('2026-05-03T12:30:05Z');
  const ids = [...all(body, 'w:ins'), ...all(body, 'w:del')].map((c) => c.getAttribute('w:id'));
  expect(new Set(ids).size).toBe(ids.length);
});

const poll: Noted = {
  kind: 'single',
  columns: [],
  zone: '',
  x: null,
  y: null,
  picture: null,
  prompt: 'Where?',
  options: [
    { id: 'a', text: 'Here' },
    { id: 'b', text: 'There' },
  ],
  method: '',
  from: 0,
  to: 0,
  low: '',
  high: '',
  total: 0,
  state: 'closed',
  round: 1,
  closes: AT,
  result: { people: 3, counts: { a: 1, b: 2 }, points: null, counted: undefined },
};

test('a poll is a table of what was counted, or a ballot; what stands beside it in its line stays', async () => {
  const text: Delta = [
    { insert: 'before ' },
    { insert: { poll: 'poll-x/q1' } },
    { insert: ' after\n' },
    { insert: { poll: 'poll-x/q2' } },
    { insert: '\n' },
    { insert: { poll: 'poll-x/q3' } },
    { insert: '\nEnd\n' },
  ];
  const polls = [
    { poll: 'poll-x/q1', asked: poll },
    { poll: 'poll-x/q2', asked: { ...poll, prompt: 'When?', result: null, state: 'open' as const } },
  ];
  const { file } = await writing({ text, polls });
  const body = await (await unpacked(file))('word/document.xml');
  const rows = all(body, 'w:tr').map((row) => all(row, 'w:tc').map(said));
  expect(rows).toEqual([
    ['There', '2', '67%'],
    ['Here', '1', '33%'],
  ]);
  const lines = [...(all(body, 'w:body')[0]?.children ?? [])].filter((p) => p.tagName === 'w:p').map(said);
  expect(lines).toEqual([
    'before ',
    'Where?',
    'n = 3 · 2026-05-03 12:30 UTC',
    ' after',
    'When?',
    ' Here',
    ' There',
    'End',
  ]);
  expect(all(body, 'w14:checked')).toHaveLength(2);
});

test('a table is a table, with what two people left of it, and with a comment in a cell', async () => {
  const cell = (name: string) => ({ insert: '\n', attributes: { cell: name } });
  const start = (name: string) => ({ insert: '\n', attributes: { 'cell-start': name } });
  const text: Delta = [
    { insert: 'Who does what\n' },
    ...['t-a-x', 't-a-y', 't-b-x'].flatMap((name) => [start(name), { insert: `in ${name}` }, cell(name)]),
    { insert: 'and ' },
    { insert: 'more', attributes: { bold: true, 'comment-7': true } },
    cell('t-b-x'),
    start('u-a-x'),
    { insert: 'another table' },
    cell('u-a-x'),
  ];
  const comment = { by: 'm1', name: 'Ann', colour: 1, mentions: [], edited: false, gone: false };
  const comments = [{ ...comment, seq: 7, at: Date.UTC(2026, 4, 3), text: 'How much?' }];
  const lost = { id: 9, quote: 'gone', resolved: '', comments: [{ ...comments[0]!, seq: 9 }] };
  const { file } = await writing({
    text,
    threads: [{ id: 7, quote: 'more', resolved: '', comments }, lost],
  });
  const body = await (await unpacked(file))('word/document.xml');
  const tables = all(body, 'w:tbl').map((table) =>
    all(table, 'w:tr').map((row) => all(row, 'w:tc').map((one) => all(one, 'w:p').map(said))),
  );
  expect(tables).toEqual([
    [
      [['in t-a-x'], ['in t-a-y']],
      [['in t-b-x', 'and more'], ['']], // a cell that nobody has filled
    ],
    [[['another table']]],
  ]);
  expect(all(body, 'w:tblHeader')).toHaveLength(1);
  expect(all(body, 'w:commentReference')).toHaveLength(2);
  // Word joins tables between which there is nothing, and wants something behind the last.
  expect([...(all(body, 'w:body')[0]?.children ?? [])].map(({ tagName }) => tagName)).toEqual([
    'w:p',
    'w:tbl',
    'w:p',
    'w:tbl',
    'w:p',
    'w:sectPr',
  ]);
});

test('code has its style in any language, and a formula is its TeX', async () => {
  const text: Delta = [
    { insert: 'x := 1' },
    { insert: '\n', attributes: { 'code-block': 'go' } },
    { insert: 'It is ' },
    { insert: { formula: '\\frac{a}{b} < c' }, attributes: { bold: true } },
    { insert: '.\n' },
  ];
  const { file } = await writing({ text });
  const body = await (await unpacked(file))('word/document.xml');
  const [code, line] = all(body, 'w:p') as [Element, Element];
  expect([said(code), said(line)]).toEqual(['x := 1', 'It is \\frac{a}{b} < c.']);
  expect(attributed(code, 'w:pStyle')).toEqual(['Code']);
  expect(attributed(line, 'w:rStyle')).toEqual(['CodeText']);
});
