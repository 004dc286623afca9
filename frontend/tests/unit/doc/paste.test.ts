import { expect, test } from 'vitest';
import { masked, unmask } from '../../../src/activities/doc/paste';

function body(html: string): HTMLElement {
  const pasted = new DOMParser().parseFromString(masked(html), 'text/html');
  unmask(pasted);
  return pasted.body;
}

test('styles come back as properties, style sheets do not come at all', () => {
  expect(masked('<style>p{x:y}</style><p style="a:b">x style=y</p>')).toBe(
    '<p data-style="a:b">x style=y</p>',
  );
  const paragraph = body('<p STYLE="font-weight: 700">a</p>').querySelector('p');
  expect(paragraph?.style.fontWeight).toBe('700');
  expect(paragraph?.hasAttribute('data-style')).toBe(false);
});

test('what Word calls a list becomes one', () => {
  const item = (level: number, mark: string, text: string): string =>
    `<p style="mso-list:l0 level${level} lfo1"><span style="mso-list:Ignore">${mark}<span>&nbsp;</span></span>${text}</p>`;
  const html = body(
    `<p>before</p>${item(1, '1.', 'one')}${item(2, '·', 'under <b>it</b>')}<p>after</p>`,
  ).innerHTML;
  expect(html).toBe(
    '<p>before</p><ul class="word"><li data-list="ordered">one</li>' +
      '<li data-list="bullet" class="ql-indent-1">under <b>it</b></li></ul><p>after</p>',
  );
});
