import { describe, expect, test } from 'vitest';
import { onlyEmoji, parse, plain, type Block, type Inline } from '../../../src/activities/chat/markup';

const ben = { id: 'm2', name: 'Ben' };
const benji = { id: 'm3', name: 'Ben J. *star*' };

/** The words of a message of one paragraph. */
function words(text: string, mentions = [ben]): Inline[] {
  const [block, ...others] = parse(text, mentions);
  expect(others).toEqual([]);
  return block?.is === 'text' ? block.inner : [];
}

/** Every link in a tree. */
function links(nodes: readonly (Inline | Block)[]): { href: string; host: string }[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [];
    if (node.is === 'link') return [{ href: node.href, host: node.host }, ...links(node.inner)];
    if ('inner' in node) return links(node.inner);
    if ('blocks' in node) return links(node.blocks);
    return 'items' in node ? node.items.flatMap(links) : [];
  });
}

describe('marks', () => {
  test.each<[string, Inline[]]>([
    ['plain', ['plain']],
    ['a **b** c', ['a ', { is: 'strong', inner: ['b'] }, ' c']],
    [
      '*a* _b_ ~~c~~',
      [{ is: 'em', inner: ['a'] }, ' ', { is: 'em', inner: ['b'] }, ' ', { is: 's', inner: ['c'] }],
    ],
    ['**a *b* c**', [{ is: 'strong', inner: ['a ', { is: 'em', inner: ['b'] }, ' c'] }]],
    ['`**a**`', [{ is: 'code', text: '**a**' }]],
    ['snake_case_name', ['snake_case_name']],
    ['2 * 3 * 4', ['2 * 3 * 4']],
    ['**open', ['**open']],
    ['****', ['****']],
    ['\\*not\\*', ['*not*']],
    ['`', ['`']],
    ['a\nb', ['a\nb']],
    ['hi @Ben!', ['hi ', { is: 'mention', ...ben }, '!']],
    ['hi @Bob', ['hi @Bob']],
  ])('%j', (text, want) => expect(words(text)).toEqual(want));

  test('the longer of two names is meant', () => {
    expect(words('@Ben J. *star* came', [ben, benji])).toEqual([{ is: 'mention', ...benji }, ' came']);
  });
});

describe('blocks', () => {
  test('code keeps its lines and marks', () => {
    expect(parse('a\n```js\n**x**\n\n  y\n```\nb')).toEqual([
      { is: 'text', inner: ['a'] },
      { is: 'code', text: '**x**\n\n  y' },
      { is: 'text', inner: ['b'] },
    ]);
    expect(parse('```\nnever closed')).toEqual([{ is: 'code', text: 'never closed' }]);
  });

  test('lists and quotes', () => {
    expect(parse('- a\n- **b**\n3. c\n4. d\n> e\n> - f')).toEqual([
      { is: 'list', start: null, items: [['a'], [{ is: 'strong', inner: ['b'] }]] },
      { is: 'list', start: 3, items: [['c'], ['d']] },
      {
        is: 'quote',
        blocks: [
          { is: 'text', inner: ['e'] },
          { is: 'list', start: null, items: [['f']] },
        ],
      },
    ]);
  });
});

describe('links', () => {
  test.each([
    ['see https://a.example/b_c?d=1.', 'https://a.example/b_c?d=1', ''],
    ['(https://a.example/x)', 'https://a.example/x', ''],
    ['https://a.example/x_(y)', 'https://a.example/x_(y)', ''],
    ['[words](https://a.example/x)', 'https://a.example/x', 'a.example'],
    ['[https://bank.example](https://evil.example/)', 'https://evil.example/', 'evil.example'],
    ['[**https://bank.example**](https://evil.example/)', 'https://evil.example/', 'evil.example'],
    ['https://bank.example.evil.example/', 'https://bank.example.evil.example/', ''],
    ['https://аpple.example/', 'https://xn--pple-43d.example/', 'xn--pple-43d.example'],
    ['mailto:ben@a.example', 'mailto:ben@a.example', ''],
    ['[write](mailto:ben@a.example)', 'mailto:ben@a.example', 'ben@a.example'],
  ])('%s', (text, href, host) => expect(links(parse(text))).toEqual([{ href, host }]));

  test.each([
    'javascript:alert(1)',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert`1`)',
    '[a](data:text/html,<script>alert(1)</script>)',
    '[a](vbscript:x)',
    '[a](//evil.example)',
    '[a](/r/ABCDEF)',
    '[a](https:evil.example)',
    'https://bank.example@evil.example/',
    '[a](https://bank.example:pw@evil.example/)',
    'http://',
    'xhttps://a.example',
    'file:///etc/passwd',
  ])('no link: %s', (text) => expect(links(parse(text))).toEqual([]));

  test('a link has no link in it', () => {
    expect(links(parse('[https://a.example](https://b.example/)'))).toHaveLength(1);
    const [outer] = words('[**https://a.example** @Ben](https://b.example/)');
    expect(outer).toMatchObject({ is: 'link', inner: ['**', 'https://a.example', '** ', { is: 'mention' }] });
  });
});

test('hostile text keeps its characters and takes no time that grows with its square', () => {
  const size = 16_000;
  const evil = [
    '*',
    '**',
    '_',
    '~~',
    '*a ',
    '**a ',
    '[',
    '[a](',
    '`',
    '> ',
    '- ',
    '@',
    '\\',
    '[a](https://',
    'h',
    '*a*',
    '***',
  ];
  for (const part of evil) {
    const text = part.repeat(Math.floor(size / part.length));
    const before = steps(() => parse(text.slice(0, size / 4), [ben]));
    const all = steps(() => parse(text, [ben]));
    expect(all, part).toBeLessThan(40 * Math.max(before, 5)); // a square would be 16 times, with a lot to spare
  }
});

/** How often a text is looked into: no clock. */
function steps(run: () => void): number {
  const { indexOf, startsWith, slice } = String.prototype;
  let count = 0;
  String.prototype.indexOf = function (this: string, ...a: Parameters<typeof indexOf>) {
    count++;
    return indexOf.apply(this, a);
  };
  try {
    run();
  } finally {
    Object.assign(String.prototype, { indexOf, startsWith, slice });
  }
  return count;
}

test('random text never throws, and plain text keeps every letter', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const next = (n: number): number => (state = (state * 1103515245 + 12345) % 2 ** 31) % n;
  const parts = [
    '*',
    '**',
    '_',
    '~~',
    '`',
    '```',
    '\n',
    '> ',
    '- ',
    '1. ',
    '[',
    '](',
    ')',
    'https://a.example',
    '@Ben',
    ' ',
    'a',
    'é',
    '😀',
    '\\',
    '<b>',
    '\u202e',
  ];
  for (let run = 0; run < 300; run++) {
    const text = Array.from({ length: next(40) }, () => parts[next(parts.length)]).join('');
    const letters = (from: string): number => [...from].filter((char) => char === 'é').length;
    expect(() => parse(text, [ben]), `seed ${seed}, ${text}`).not.toThrow();
    const code = text.includes('```');
    if (!code) expect(letters(plain(text, [ben])), `seed ${seed}, ${text}`).toBe(letters(text));
  }
});

test.each([
  ['🎉', true],
  ['🎉 👍🏽 ❤️', true],
  ['🏳️‍🌈🇨🇭', true],
  ['🎉🎉🎉🎉🎉🎉', true],
  ['🎉🎉🎉🎉🎉🎉🎉', false],
  ['🎉 yes', false],
  ['1', false],
  ['#', false],
  ['', false],
  [' ', false],
])('%j is only emoji: %s', (text, want) => expect(onlyEmoji(text)).toBe(want));

test('a quote is one line without marks', () => {
  expect(plain('**a**\n- b\n- [c](https://x.example)\n> @Ben', [ben])).toBe('a b · c @Ben');
});
