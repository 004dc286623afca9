// What makes writing easier, without a screen: finding, headings, counting, the block menu, templates, files.
import { expect, test } from 'vitest';
import { count } from '../../../src/activities/doc/more/count';
import { titleOf, typeOf } from '../../../src/activities/doc/more/files';
import { decoded } from '../../../src/lib/files/decoded';
import { nearest, replacing, search } from '../../../src/activities/doc/more/find';
import { headings, under } from '../../../src/activities/doc/more/outline';
import { asked, becoming, blocks, matching } from '../../../src/activities/doc/more/slash';
import { filled } from '../../../src/activities/doc/more/templates';
import { linesOf, plain } from '../../../src/activities/doc/more/text';
import { en } from '../../../src/activities/doc/more/words';
import { zh } from '../../../src/activities/doc/more/words.zh';
import { apply, length, type Delta } from '../../../src/lib/delta';

const find = (text: string, query: string, options = {}): number[] =>
  search(text, { query, matchCase: false, wholeWord: false, ...options }).map(({ from }) => from);

test('what is found is what stands there', () => {
  expect(find('One one ONE', 'one')).toEqual([0, 4, 8]);
  expect(find('One one ONE', 'one', { matchCase: true })).toEqual([4]);
  expect(find('one oneself (one) one_', 'one', { wholeWord: true })).toEqual([0, 13]);
  expect(find('会议纪要：会议', '会议')).toEqual([0, 5]);
  expect(find('会议纪要：会议', '会议', { wholeWord: true })).toEqual([0, 5]);
  expect(find('ÉCOLE école', 'école')).toEqual([0, 6]);
  expect(find('a😀b😀', '😀')).toEqual([1, 4]);
  expect(find('aaa', 'aa')).toEqual([0]);
  expect(find('x', '')).toEqual([]);
  const signs = 'a.*+?^${}()|[]\\/-b';
  expect(find(`zz${signs}`, signs)).toEqual([2]);
  expect(
    nearest(
      [
        { from: 3, to: 4 },
        { from: 9, to: 10 },
      ],
      4,
    ),
  ).toBe(1);
  expect(nearest([{ from: 3, to: 4 }], 4)).toBe(0);
});

test('what is replaced keeps the formats of what stood there, and all of it is one change', () => {
  const text: Delta = [
    { insert: 'a cat and ' },
    { insert: 'a cat', attributes: { bold: true } },
    { insert: '\n', attributes: { list: 'bullet' } },
  ];
  const matches = search(plain(text), { query: 'cat', matchCase: false, wholeWord: false });
  expect(apply(text, replacing(text, matches, '猫'))).toEqual([
    { insert: 'a 猫 and ' },
    { insert: 'a 猫', attributes: { bold: true } },
    { insert: '\n', attributes: { list: 'bullet' } },
  ]);
  expect(plain(apply(text, replacing(text, matches, '')))).toBe('a  and a \n');
});

test('headings are those that are shown as headings', () => {
  const text: Delta = [
    { insert: 'One' },
    { insert: '\n', attributes: { header: 1 } },
    { insert: 'text\nTwo' },
    { insert: '\n', attributes: { header: 2 } },
    { insert: 'item' },
    { insert: '\n', attributes: { header: 1, list: 'bullet' } },
    { insert: ' ' },
    { insert: '\n', attributes: { header: 3 } },
  ];
  const list = headings(text);
  expect(list).toEqual([
    { at: 0, level: 1, text: 'One' },
    { at: 9, level: 2, text: 'Two' },
  ]);
  expect([-1, 0, 8, 9, 99].map((at) => under(list, at))).toEqual([-1, 0, 0, 1, 1]);
  expect([...linesOf(text)].map((line) => line.at)).toEqual([0, 4, 9, 13, 18]);
});

test('words and characters are counted as writers count them', () => {
  for (const segments of [true, false]) {
    expect(count('Hello, world — 2 words\n', segments).words).toBe(4);
    expect(count('今天的会议 at 10\n', segments)).toEqual({ words: 7, characters: 11 });
    expect(count("don't e-mail\n\n- x", segments).words).toBe(3);
    expect(count('\n\n', segments)).toEqual({ words: 0, characters: 0 });
    expect(count('a\nb', segments).characters).toBe(2);
  }
  expect(count('👩‍👩‍👧é🇨🇳').characters).toBe(3);
  expect(count('ภาษาไทย').words).toBeGreaterThan(0);
});

test('a slash at the beginning of a line asks, anywhere else it is a slash', () => {
  const text: Delta = [
    { insert: 'one\n/he\na /x\n' },
    { insert: '/code' },
    { insert: '\n', attributes: { 'code-block': true } },
  ];
  expect(asked(text, 7)).toEqual({ at: 4, query: 'he' });
  expect(asked(text, 5)).toEqual({ at: 4, query: '' });
  expect(asked(text, 4)).toBe(null);
  expect(asked(text, 12)).toBe(null);
  expect(asked(text, 18)).toBe(null);
  expect(asked([{ insert: '、标\n' }], 2)).toEqual({ at: 0, query: '标' });
});

test('the menu finds by any word, the best first', () => {
  expect(blocks(true).map(({ id }) => id)).toContain('poll');
  const all = blocks(false);
  expect(all).toHaveLength(12);
  const ids = (query: string): string[] => matching(all, query).map(({ id }) => id);
  expect(ids('')).toHaveLength(12);
  expect(ids('h2')).toEqual(['header2']);
  expect(ids('todo')).toEqual(['unchecked']);
  expect(ids('picture')).toEqual(['image']);
  expect(ids('list')[0]).toBe('bullet');
  expect(ids('zzz')).toEqual([]);
});

test('what is chosen replaces what asked for it, and what the line was', () => {
  const text: Delta = [
    { insert: 'a\n/h2 rest' },
    { insert: '\n', attributes: { list: 'bullet', indent: 2 } },
  ];
  const heading = blocks(true).find(({ id }) => id === 'header2');
  if (!heading) throw new Error('there is no second heading');
  expect(apply(text, becoming(text, { at: 2, query: 'h2' }, heading))).toEqual([
    { insert: 'a\n rest' },
    { insert: '\n', attributes: { header: 2 } },
  ]);
});

test('templates are documents in every language, with the same lines', () => {
  for (const name of ['agenda', 'minutes', 'retrospective', 'brainstorm'] as const) {
    const shapes = [en, zh].map(({ templates }) => {
      const { change, last } = filled(templates[name]);
      expect(length(change)).toBeGreaterThan(20);
      const whole: Delta = [...change, { insert: '\n', ...(last ? { attributes: last } : {}) }];
      return [...linesOf(whole)].map(({ attributes }) => JSON.stringify(attributes)).join();
    });
    expect(shapes[0]).toBe(shapes[1]);
    expect(shapes[0]).toContain('"header":1');
  }
});

test('files are read in the encoding that they have', () => {
  const bytes = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer;
  expect(decoded(bytes(0xe4, 0xbc, 0x9a), ['en'])).toBe('会');
  expect(decoded(bytes(0xff, 0xfe, 0x1a, 0x4f), ['en'])).toBe('会');
  expect(decoded(bytes(0xbb, 0xe1), ['zh-CN'])).toBe('会');
  expect(decoded(bytes(0x63, 0xe9), ['fr'])).toBe('cé');
  expect(typeOf({ name: 'Notes.MD' })).toBe('text/markdown');
  expect(typeOf({ name: 'notes.docx' })).toBe('word');
  expect(typeOf({ name: 'notes.doc' })).toBe(null);
  expect(titleOf({ name: 'Team day.v2.md' })).toBe('Team day.v2');
});
