/// <reference types="node" />
// Colours of code: the languages that there are, what is read of them, and that one can read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blockAt, codeOf, inLanguage } from '../../src/activities/doc/code/choosing';
import { isCode } from '../../src/activities/doc/code/value';
import { ACCEPT_CODE, isCodeFile } from '../../src/activities/source/files';
import { colours, coloursNow, PIECES, RULES, spelled } from '../../src/lib/code/colours';
import { grammar, isColoured } from '../../src/lib/code/grammars';
import { editing } from '../../src/lib/code/editing';
import { LANGUAGES, languageOf, languageOfFile } from '../../src/lib/code/languages';
import { apply, attributesOf, compose, type Delta } from '../../src/lib/delta';

test('every language has names that are its own, and a grammar for pages and for the editor', async () => {
  const names = LANGUAGES.flatMap(({ name, also }) => [name, ...also]);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(isCode(name), name).toBe(true);
  for (const { name } of LANGUAGES) {
    if (!isColoured(name)) continue;
    expect(await grammar(name), name).not.toBeNull();
    if (name !== 'markdown') expect(await editing(name), name).not.toBeNull();
  }
  expect(isColoured('text')).toBe(false);
  for (const called of ['mermaid', '', 'constructor', '__proto__', 'a b']) {
    expect(isColoured(called), called).toBe(false);
    expect(await grammar(called), called).toBeNull();
    expect(await editing(called), called).toBeNull();
  }
});

test('bad names of languages are none', () => {
  for (const name of [true, 'go', 'c++', 'a'.repeat(32)]) expect(isCode(name)).toBe(true);
  for (const name of [false, 1, null, undefined, '', 'Go', 'a b', '-a', 'a\n', '<b>', 'é', 'a'.repeat(33)])
    expect(isCode(name), String(name)).toBe(false);
});

test('a file is in the language that its name says', () => {
  expect(languageOfFile('main.go')?.name).toBe('go');
  expect(languageOfFile('A.TSX')?.name).toBe('tsx');
  expect(languageOfFile('Dockerfile')?.name).toBe('dockerfile');
  expect(languageOfFile('notes')).toBeNull();
  for (const end of ACCEPT_CODE.split(',')) {
    expect(languageOfFile(`a${end}`), end).not.toBeNull();
    expect(isCodeFile({ name: `a${end}` }), end).toBe(true);
  }
  for (const { end } of LANGUAGES)
    expect(isCodeFile({ name: `a${end}` }) || ['.md', '.txt', '.html', '.nginx'].includes(end), end).toBe(
      true,
    );
  for (const name of ['a.md', 'a.html', 'a.docx', 'a.txt', 'a.png', 'a', '.go.md'])
    expect(isCodeFile({ name }), name).toBe(false);
});

test('code is told apart, and its text stays what it is', async () => {
  const text = 'func main() {\n\treturn "漢字" // 😀 done\n}\n';
  const parser = await grammar('Go');
  const pieces = coloursNow(parser!, text)!;
  const is = pieces.map(({ from, to, is }) => [is, text.slice(from, to)]);
  expect(is).toContainEqual(['c-keyword', 'func']);
  expect(is).toContainEqual(['c-string', '"漢字"']);
  expect(is).toContainEqual(['c-comment', '// 😀 done']);
  const page = document.createElement('pre');
  page.append(spelled(text, pieces));
  expect(page.textContent).toBe(text);
  expect(page.querySelector('.c-keyword')?.textContent).toBe('func');
  expect(await colours(parser!, text, () => true)).toEqual(pieces);
});

test('long code is read a little at a time, and no more of it once nobody wants it', async () => {
  const parser = await grammar('javascript');
  const text = 'const a = { b: [1, 2, "c"] }; // d\n'.repeat(20_000);
  expect(coloursNow(parser!, text)).toBeNull();
  let asked = 0;
  expect(await colours(parser!, text, () => ++asked < 3)).toBeNull();
  expect(asked).toBe(3);
});

test('every rule has a colour, and every colour can be read where code stands', () => {
  const css = readFileSync(join(__dirname, '../../src/lib/code/colours.css'), 'utf8');
  const classes = new Set(RULES.map((rule) => rule.class));
  expect([...classes].sort()).toEqual(PIECES.map((piece) => `c-${piece}`).sort());
  const found = new Map(
    [...css.matchAll(/--(c-\w+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(([, name, light, dark]) => [
      name,
      [light, dark] as [string, string],
    ]),
  );
  for (const name of classes) {
    const [light, dark] = found.get(name) ?? ['#ffffff', '#000000'];
    for (const ground of ['#ffffff', '#e9ecf3']) expect(contrast(light, ground), name).toBeGreaterThan(4.5);
    for (const ground of ['#1b1e26', '#2a2f3b']) expect(contrast(dark, ground), name).toBeGreaterThan(4.5);
    expect(css).toContain(`::highlight(${name}) {`);
  }
});

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const part = parseInt(colour.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

test('a block is lines beside each other in one language; another changes them and nothing else', () => {
  const text: Delta = [
    { insert: 'x\na' },
    { insert: '\n', attributes: { 'code-block': 'go' } },
    { insert: '漢' },
    { insert: '\n\n', attributes: { 'code-block': 'go' } },
    { insert: 'b' },
    { insert: '\n', attributes: { 'code-block': true } },
    { insert: 'y\n' },
  ];
  expect(blockAt(text, 0)).toEqual([]);
  expect(blockAt(text, 9)).toEqual([]);
  expect(blockAt(text, 2).map(({ text }) => text)).toEqual(['a', '漢', '']);
  expect(blockAt(text, 6)).toEqual(blockAt(text, 2));
  expect(blockAt(text, 8).map(({ text }) => text)).toEqual(['b']);
  expect(codeOf({ 'code-block': true, header: 1 })).toBe('');
  expect(codeOf({ list: 'bullet' })).toBeNull();
  const python = apply(text, inLanguage(blockAt(text, 4), 'python'));
  expect(python.flatMap((op) => attributesOf(op)?.['code-block'] ?? [])).toEqual(['python', 'python', true]);
  const none = compose(python, inLanguage(blockAt(python, 4), '')) as Delta;
  expect(blockAt(none, 2).map(({ text }) => text)).toEqual(['a', '漢', '', 'b']);
  expect(languageOf('JS')?.name).toBe('javascript');
});
