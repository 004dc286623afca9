import MarkdownIt, { type Options, type Token } from 'markdown-it';
import { isLink } from '../../doc/link';
import { formulas } from './formulas';

/**
 * Markdown as a page. Nothing that is written can become an element or an attribute of its own: HTML is shown
 * as text, links lead where links of documents may lead, and pictures come from this server only.
 */

/** A part of the page: a block that stands by itself, and the lines of the source that it is made of. */
export interface Block {
  html: string;
  /** Its first line. */
  line: number;
}

const md = new MarkdownIt({ html: false, linkify: true });
md.validateLink = isLink;
md.use(formulas);
// Without a scheme, what looks like an address is more often the name of a file.
md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const { escapeHtml } = md.utils;

md.renderer.rules.link_open = (tokens, i, options, _env, self) => {
  const token = tokens[i] as Token;
  if (!String(token.attrGet('href')).startsWith('#')) {
    token.attrSet('target', '_blank');
    token.attrSet('rel', 'noopener noreferrer nofollow');
  }
  return self.renderToken(tokens, i, options);
};

// The page's security policy lets no picture come from elsewhere, so it is a link there.
md.renderer.rules.image = (tokens, i, options, env, self) => {
  const { content, attrGet } = picture(tokens[i] as Token);
  const source = attrGet('src');
  const alt = escapeHtml(
    self.renderInlineAsText((tokens[i] as Token).children ?? [], options as Options, env),
  );
  if (source.startsWith('/')) return `<img src="${escapeHtml(source)}" alt="${alt}" loading="lazy">`;
  const attributes = 'target="_blank" rel="noopener noreferrer nofollow" class="picture"';
  return `<a href="${escapeHtml(source)}" ${attributes}>${alt || escapeHtml(content || source)}</a>`;
};

function picture(token: Token): { content: string; attrGet(name: string): string } {
  return { content: token.content, attrGet: (name) => String(token.attrGet(name) ?? '') };
}

md.core.ruler.push('page', (state) => {
  const { tokens } = state;
  tokens.forEach((token, i) => {
    // Styles in attributes are not allowed by the policy either.
    const align = /^text-align:(\w+)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
    if (token.attrs) token.attrs = token.attrs.filter(([name]) => name !== 'style');
    if (align) token.attrSet('data-align', align);
    if (token.type === 'heading_open') token.attrSet('data-anchor', slug(tokens[i + 1]?.content ?? ''));
    if (token.type === 'list_item_open') check(token, tokens[i + 2], state.Token);
  });
});

/** An item that begins with brackets is a box to check. */
function check(item: Token, inline: Token | undefined, Made: typeof Token): void {
  const text = inline?.type === 'inline' ? inline.children?.[0] : undefined;
  const [sign = '', is] = /^\[([ xX])\]\s/.exec(text?.content ?? '') ?? [];
  if (!inline?.children || !text || !is) return;
  text.content = text.content.slice(sign.length);
  const box = new Made('check', 'input', 0);
  box.attrs = [
    ['type', 'checkbox'],
    ['aria-label', inline.content.slice(sign.length)],
    ...(is === ' ' ? [] : ([['checked', '']] as [string, string][])),
  ];
  box.meta = item.map?.[0] ?? 0;
  inline.children.unshift(box);
  item.attrJoin('class', 'task');
}

function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

/** Finds the blocks of a source, and leaves what is in them to `md`. */
const outside = new MarkdownIt({ html: false });
outside.validateLink = isLink; // of what links with names lead to
outside.use(formulas);
outside.core.ruler.enableOnly(['normalize', 'block']);
md.core.ruler.disable(['normalize', 'block']);

/** Makes pages, and makes again only the blocks that were not in the page before. */
export class Renderer {
  /** The blocks of the last page, by what they are made of. */
  #made = new Map<string, string>();
  /** What links with names lead to: it may be said anywhere in the source. */
  #references = '';

  /** The page of a source, block by block. */
  render(source: string): Block[] {
    const env: { references?: object } = {};
    const tokens = outside.parse(source, env);
    const references = JSON.stringify(env.references ?? {});
    const before = references === this.#references ? this.#made : new Map<string, string>();
    this.#references = references;
    this.#made = new Map();
    const lines = source.split(/(?<=\n)/);
    const blocks: Block[] = [];
    let from = 0;
    for (let i = 0; i < tokens.length; i++) {
      const { level, nesting } = tokens[i] as Token;
      if (level > 0 || nesting > 0) continue;
      const part = tokens.slice(from, i + 1);
      const [line, end] = part[0]?.map ?? [0, 0];
      const key = lines.slice(line, end).join(''); // a block of code ends with a newline if the source does
      const html = before.get(key) ?? inside(part, env);
      this.#made.set(key, html);
      blocks.push({ html, line });
      from = i + 1;
    }
    return blocks;
  }
}

function inside(part: Token[], env: object): string {
  const state = new md.core.State('', md, env);
  state.tokens = part;
  md.core.process(state);
  const line = part[0]?.map?.[0] ?? 0;
  for (const token of part) {
    for (const child of token.children ?? []) {
      if (child.type === 'check') child.attrSet('data-line', String(Number(child.meta) - line));
    }
  }
  return md.renderer.render(part, md.options, env);
}

/** What has to be put in the place of what, to make one page of another. */
export interface Patch {
  from: number;
  to: number;
  html: string[];
  /** The first line of every block. */
  lines: Int32Array;
}

export function patch(before: readonly string[], blocks: readonly Block[]): Patch {
  const most = Math.min(before.length, blocks.length);
  let from = 0;
  while (from < most && before[from] === blocks[from]?.html) from++;
  let tail = 0;
  while (tail < most - from && before.at(-1 - tail) === blocks.at(-1 - tail)?.html) tail++;
  const html = blocks.slice(from, blocks.length - tail).map((block) => block.html);
  return { from, to: before.length - tail, html, lines: Int32Array.from(blocks, ({ line }) => line) };
}
