// The page of a Markdown source: nothing that is written runs, and only what has changed is put there anew.
import { expect, test } from 'vitest';
import { patch, Renderer, type Block } from '../../../src/activities/source/preview/render';

const render = (source: string): Block[] => new Renderer().render(source);

const page = (source: string): HTMLElement => {
  const root = document.createElement('div');
  root.innerHTML = render(source)
    .map(({ html }) => html)
    .join('');
  return root;
};

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java\nscript:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](javascript&colon;alert(1))',
  '[a](\\javascript:alert(1))',
  '[a](vbscript:msgbox(1))',
  '[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[a](//evil.example)',
  '[a]\n\n[a]: //evil.example',
  '[a]\n\n[a]: javascript:alert(1)',
  '[a](file:///etc/passwd)',
  '![a](javascript:alert(1))',
  '![a](data:image/svg+xml,<svg onload=alert(1)>)',
  '![" onerror="alert(1)](/x.png "\\" onload=\\"alert(1)")',
  '![a](https://evil.example/"onerror="alert(1))',
  '<javascript:alert(1)>',
  '[a]: javascript:alert(1)\n[a]',
  '[<img src=x onerror=alert(1)>](https://plenum.example)',
  '```"><script>alert(1)</script>\nx\n```',
  '- [x] "><img src=x onerror=alert(1)>',
  '# "><script>alert(1)</script>',
  '| a |\n|:-:|\n| <script>alert(1)</script> |',
  '`<script>alert(1)</script>`',
  '<https://plenum.example/"onmouseover="alert(1)>',
  '<!--><script>alert(1)</script>-->',
  '<a href="javascript:alert(1)">a</a>',
  '<style>*{display:none}</style><math><mi//xlink:href="data:x,<script>alert(1)</script>">',
];

const ELEMENTS =
  'A BLOCKQUOTE BR CODE DIV EM H1 H2 H3 H4 H5 H6 HR IMG INPUT LI OL P PRE S STRONG TABLE TBODY TD TH THEAD TR UL'.split(
    ' ',
  );
const ATTRIBUTES =
  'href target rel class src alt loading title start type checked aria-label data-line data-align data-anchor'.split(
    ' ',
  );

test.each(HOSTILE)('%j is only text', (source) => {
  for (const written of [source, `text ${source} text`, `> ${source}`, `- ${source}\n  ${source}`]) {
    for (const element of page(written).querySelectorAll('*')) {
      expect(ELEMENTS).toContain(element.nodeName);
      for (const { name } of element.attributes) expect(ATTRIBUTES).toContain(name);
      const href = element.getAttribute('href');
      if (href !== null) expect(href).toMatch(/^(https?:\/\/|mailto:|#|\/(?!\/))/);
      const src = element.getAttribute('src');
      if (src !== null) expect(src).toMatch(/^\/(?!\/)/);
      expect(element.getAttribute('class') ?? '').toMatch(/^(|task|picture|language-\S+)$/);
    }
  }
});

test('what Markdown says is there', () => {
  const root = page(
    '# Plan *b*\n\n- [x] done **it**\n- [ ] open\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n\n```js\nx<1\n```\n\n~~gone~~ https://plenum.example ![chart](/c.png) ![far](https://x.example/c.png) [up](#plan-b)',
  );
  expect(root.querySelector('h1')?.getAttribute('data-anchor')).toBe('plan-b');
  const boxes = [...root.querySelectorAll('input')];
  expect(
    boxes.map((box) => [box.checked, box.dataset['line'], box.ariaLabel ?? box.getAttribute('aria-label')]),
  ).toEqual([
    [true, '0', 'done **it**'],
    [false, '1', 'open'],
  ]);
  expect(root.querySelectorAll('li.task')).toHaveLength(2);
  expect(root.querySelector('td')?.getAttribute('data-align')).toBe('right');
  expect(root.querySelector('pre code')?.textContent).toBe('x<1\n');
  expect(root.querySelector('s')?.textContent).toBe('gone');
  expect([...root.querySelectorAll('img')].map((one) => one.getAttribute('src'))).toEqual(['/c.png']);
  expect([...root.querySelectorAll('a')].map((one) => one.getAttribute('href'))).toEqual([
    'https://plenum.example',
    'https://x.example/c.png',
    '#plan-b',
  ]);
});

test('every block knows its line, and only what has changed is put there anew', () => {
  const before = render('# A\n\none\n\n- x\n- y\n\nlast\n');
  expect(before.map(({ line }) => line)).toEqual([0, 2, 4, 7]);
  const html = before.map((block) => block.html);
  const after = render('# A\n\nnew\n\none\n\n- x\n- y\n\nlast\n');
  const { from, to, html: put, lines } = patch(html, after);
  expect([from, to, put]).toEqual([1, 1, ['<p>new</p>\n']]);
  expect([...lines]).toEqual([0, 2, 4, 6, 9]);
  expect(patch(html, before)).toMatchObject({ from: 4, to: 4, html: [] });
  expect(patch(html, [])).toMatchObject({ from: 0, to: 4, html: [] });
  expect(render('')).toEqual([]);
});

test('a page that is made again in part is the page that is made anew', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1e9);
  let state = seed;
  const random = (n: number): number => (state = (state * 48271) % 2147483647) % n;
  const LINES = [
    ...[
      '# head',
      'text *and* [a]',
      'more [b](/x)',
      '- item',
      '  - [x] inner',
      '1. one',
      '> said',
      '```',
      '    code',
    ],
    ...['| a | b |', '|---|---|', '| 1 | 2 |', '[a]: /one', '[a]: /two', '***', '&amp; <b>', ''],
  ];
  const lines: string[] = [];
  const renderer = new Renderer();
  for (let i = 0; i < 200; i++) {
    const line = LINES[random(LINES.length)] as string;
    lines.splice(random(lines.length + 1), random(5) === 0 ? random(3) : 0, line, ...(random(2) ? [''] : []));
    if (lines.length > 60) lines.splice(random(40), 20);
    const source = lines.join('\n');
    expect(renderer.render(source), `SEED=${seed} step ${i}\n${source}`).toEqual(render(source));
  }
});
