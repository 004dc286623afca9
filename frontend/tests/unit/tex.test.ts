// Formulas: what TeX may do on a page, and what it may not.
import { beforeEach, expect, test } from 'vitest';

// As pages of ours are: KaTeX looks when it is loaded.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });
const { show } = await import('../../src/lib/tex/show');

let box: HTMLElement;
beforeEach(() => (box = document.createElement('span')));

test('a formula is there for the eye and for who does not see it', () => {
  expect(show('\\frac{a}{b}', box, false)).toBeNull();
  expect(box.querySelector('math annotation')?.textContent).toBe('\\frac{a}{b}');
  expect(box.querySelector('.katex-html')?.getAttribute('aria-hidden')).toBe('true');
  expect(box.querySelector('.katex-display')).toBeNull();
  expect(show('x', box, true)).toBeNull();
  expect(box.querySelector('.katex-display')).not.toBeNull();
});

test('what is wrong is said, and is not shown', () => {
  for (const tex of ['\\frac{1}{', '\\nosuch', '}', '\\begin{matrix}a', 'a & b', '\\verb|x']) {
    expect(show(tex, box, false), tex).toMatch(/\S/);
    expect(box.querySelector('.katex-error'), tex).toBeNull();
  }
});

test('bombs end, and leave little', () => {
  const bombs = [
    '\\def\\a{\\a\\a}\\a',
    '\\def\\a#1{#1#1}\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{\\a{x}}}}}}}}}}}}',
    `${Array.from({ length: 20 }, (_, i) => `\\def\\x${'abcdefghijklmnopqrst'[i]}{${i === 0 ? 'x' : `\\x${'abcdefghijklmnopqrst'[i - 1]}`.repeat(10)}}`).join('')}\\xt`,
    '\\newcommand{\\a}{\\a}\\a',
    '{'.repeat(900) + '}'.repeat(900),
    '\\sqrt'.repeat(300) + '{x}',
    '\\rule{100000em}{100000em}',
  ];
  for (const tex of bombs) {
    show(tex, box, true);
    expect(box.querySelectorAll('*').length, tex.slice(0, 30)).toBeLessThan(20_000);
  }
  expect(show(bombs[0] as string, box, false)).toMatch(/expan/i);
});

test('what one formula defines is not there in another', () => {
  expect(show('\\gdef\\mine{x}\\mine', box, false)).toBeNull();
  expect(show('\\mine', box, false)).not.toBeNull();
});

test('nothing in it leads elsewhere, loads anything or is an element of its own', () => {
  const tries = [
    '\\href{javascript:alert(1)}{x}',
    '\\href{https://a.b}{x}',
    '\\url{https://a.b}',
    '\\includegraphics{https://a.b/c.png}',
    '\\htmlClass{a}{x}',
    '\\htmlStyle{background:url(https://a.b)}{x}',
    '\\htmlData{a=b}{x}',
    '\\text{<img src=x onerror=alert(1)>}',
    '\\unicode{x3c}script',
  ];
  for (const tex of tries) {
    show(tex, box, false);
    expect(box.querySelector('a, img, script, [onerror], [href], [src], [data-a]'), tex).toBeNull();
  }
});
