/// <reference types="node" />
// The page of a source has the same formulas as the server finds in it: the cases are the server's.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formulaOf, isFormula, MOST_TEX, tidyTex } from '../../../src/activities/doc/formula/tex';
import { Renderer } from '../../../src/activities/source/preview/render';

const file = join(__dirname, '../../../../collab/markup/testdata/formulas.json');
const cases = JSON.parse(readFileSync(file, 'utf8')) as { markdown: string; formulas: string[] }[];

test.each(cases)('$markdown', ({ markdown, formulas }) => {
  const page = document.createElement('div');
  page.innerHTML = new Renderer()
    .render(markdown)
    .map(({ html }) => html)
    .join('');
  expect([...page.querySelectorAll('.math')].map((one) => one.textContent)).toEqual(formulas);
});

test('a formula is TeX on one line, no longer than it may be, in which only an escaped $ stands', () => {
  for (const tex of ['x', '\\$5', 'a\\\\', '公式 😀', 'x'.repeat(MOST_TEX), '\\def\\a{\\a}\\a'])
    expect(formulaOf({ formula: tex }), tex.slice(0, 40)).toBe(tex);
  const bad = [
    '',
    ' x',
    'x ',
    '$',
    'a$b',
    '\\\\$',
    'x\\',
    'a\\\\\\',
    'a\nb',
    'a\tb',
    'a\0b',
    'a\u2028b',
    '\ud800',
  ];
  for (const tex of [...bad, 'x'.repeat(MOST_TEX + 1)]) expect(isFormula(tex), tex.slice(0, 40)).toBe(false);
  expect(formulaOf({ formula: 1 })).toBeNull();
  expect(formulaOf({ formula: 'x', more: 'y' })).toBeNull();
  expect(tidyTex('\n a % why\n b \\% c \n')).toBe('a b \\% c');
});

test('nothing in a formula becomes an element', () => {
  const [block] = new Renderer().render('$<img src=x onerror=alert(1)>$');
  expect(block?.html).toBe('<p><span class="math" dir="ltr">&lt;img src=x onerror=alert(1)&gt;</span></p>\n');
});
