/**
 * The small part of Markdown that messages may use, read into a tree that is rendered to elements: nothing
 * that people wrote ever becomes HTML. What is not marked up as it should be stays as it was written.
 */

import type { Mention } from '../../lib/mentions';

export type { Mention };

export type Inline =
  | string
  | { is: 'strong' | 'em' | 's'; inner: Inline[] }
  | { is: 'code'; text: string }
  /** `host` is shown beside the words if they do not show it themselves. */
  | { is: 'link'; href: string; host: string; inner: Inline[] }
  | { is: 'mention'; id: string; name: string };

export type Block =
  | { is: 'text'; inner: Inline[] }
  | { is: 'code'; text: string }
  | { is: 'quote'; blocks: Block[] }
  | { is: 'list'; start: number | null; items: Inline[][] };

/** Deeper than this, marks are only characters. */
const DEEPEST = 5;
/** So far a mark is looked for that ends another, so that hostile text costs no time. */
const FARTHEST = 4000;

const FENCE = /^\s{0,3}```/;
const QUOTE = /^\s{0,3}>\s?/;
const BULLET = /^\s{0,3}[-*+]\s+(?=\S)/;
const NUMBER = /^\s{0,3}(\d{1,4})[.)]\s+(?=\S)/;

/** Reads a message. */
export function parse(text: string, mentions: readonly Mention[] = []): Block[] {
  const known = [...mentions].sort((a, b) => b.name.length - a.name.length);
  return blocks(text.split('\n'), known, 0);
}

function blocks(lines: string[], mentions: readonly Mention[], depth: number): Block[] {
  const all: Block[] = [];
  for (let at = 0; at < lines.length;) {
    const [block, next] = blockAt(lines, at, mentions, depth);
    if (block) all.push(block);
    at = next;
  }
  return all;
}

function blockAt(
  lines: string[],
  at: number,
  mentions: readonly Mention[],
  depth: number,
): [Block | null, number] {
  const line = lines[at] ?? '';
  if (FENCE.test(line)) {
    const end = lines.findIndex((other, i) => i > at && FENCE.test(other));
    const last = end < 0 ? lines.length : end;
    return [{ is: 'code', text: lines.slice(at + 1, last).join('\n') }, last + 1];
  }
  if (QUOTE.test(line) && depth < DEEPEST) {
    const end = runOf(lines, at, (other) => QUOTE.test(other));
    const inner = lines.slice(at, end).map((other) => other.replace(QUOTE, ''));
    return [{ is: 'quote', blocks: blocks(inner, mentions, depth + 1) }, end];
  }
  const mark = BULLET.test(line) ? BULLET : NUMBER.test(line) ? NUMBER : null;
  if (mark) {
    const end = runOf(lines, at, (other) => mark.test(other));
    const items = lines.slice(at, end).map((other) => inline(other.replace(mark, ''), mentions, 0));
    return [{ is: 'list', start: mark === NUMBER ? Number(NUMBER.exec(line)?.[1]) : null, items }, end];
  }
  const end = runOf(lines, at, (other, i) => i === at || !starts(other, depth));
  const text = lines
    .slice(at, end)
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
  return [text === '' ? null : { is: 'text', inner: inline(text, mentions, 0) }, end];
}

function starts(line: string, depth: number): boolean {
  return FENCE.test(line) || (QUOTE.test(line) && depth < DEEPEST) || BULLET.test(line) || NUMBER.test(line);
}

/** The end of the lines from one on that belong together. */
function runOf(lines: string[], from: number, belongs: (line: string, at: number) => boolean): number {
  let at = from;
  while (at < lines.length && belongs(lines[at] ?? '', at)) at++;
  return at;
}

/** Reads words on a line. */
export function inline(text: string, mentions: readonly Mention[], depth: number): Inline[] {
  const all: Inline[] = [];
  let plain = '';
  const take = (node: Inline): void => {
    if (plain) all.push(plain);
    plain = '';
    all.push(node);
  };
  for (let at = 0; at < text.length;) {
    if (text[at] === '\\' && /[\\`*_~[\]()>@-]/.test(text[at + 1] ?? '')) {
      plain += text[at + 1] ?? '';
      at += 2;
      continue;
    }
    const found = nodeAt(text, at, mentions, depth);
    if (found) {
      take(found[0]);
      at = found[1];
    } else plain += text[at++] ?? '';
  }
  if (plain) all.push(plain);
  return all;
}

type Found = [node: Inline, end: number] | null;

function nodeAt(text: string, at: number, mentions: readonly Mention[], depth: number): Found {
  switch (text[at]) {
    case '`':
      return codeAt(text, at);
    case '@':
      return mentionAt(text, at, mentions);
    case '[':
      return depth < DEEPEST ? namedLinkAt(text, at, mentions) : null;
    case '*':
    case '_':
    case '~':
      return depth < DEEPEST ? markedAt(text, at, mentions, depth) : null;
    case 'h':
    case 'm':
      return linkAt(text, at);
  }
  return null;
}

function codeAt(text: string, at: number): Found {
  const end = text.indexOf('`', at + 1);
  if (end <= at + 1 || end - at > FARTHEST) return null;
  return [{ is: 'code', text: text.slice(at + 1, end) }, end + 1];
}

function mentionAt(text: string, at: number, mentions: readonly Mention[]): Found {
  const one = mentions.find(({ name }) => text.startsWith(name, at + 1));
  return one ? [{ is: 'mention', id: one.id, name: one.name }, at + 1 + one.name.length] : null;
}

const MARKS = [
  ['**', 'strong'],
  ['~~', 's'],
  ['*', 'em'],
  ['_', 'em'],
] as const;

function markedAt(text: string, at: number, mentions: readonly Mention[], depth: number): Found {
  for (const [mark, is] of MARKS) {
    if (!text.startsWith(mark, at)) continue;
    const end = closing(text, at + mark.length, mark);
    if (mark === '_' && word(text[at - 1])) continue;
    if (end < 0) continue;
    const inner = inline(text.slice(at + mark.length, end), mentions, depth + 1);
    return [{ is, inner }, end + mark.length];
  }
  return null;
}

/** Where a mark is closed: it hugs its words on both sides. */
function closing(text: string, from: number, mark: string): number {
  if (/\s/.test(text[from] ?? ' ')) return -1;
  const most = Math.min(text.length, from + FARTHEST);
  let tries = 0;
  for (let at = text.indexOf(mark, from + 1); at >= 0 && at < most && tries < 40; tries++) {
    const doubled = mark.length === 1 && (text[at + 1] === mark || text[at - 1] === mark);
    if (!/\s/.test(text[at - 1] ?? '') && !doubled && !(mark === '_' && word(text[at + 1]))) return at;
    at = text.indexOf(mark, at + 1);
  }
  return -1;
}

function word(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}

function namedLinkAt(text: string, at: number, mentions: readonly Mention[]): Found {
  const match = /^\[([^[\]\n]{1,500})\]\(([^\s()]{1,2000}(?:\([^\s()]{0,200}\)[^\s()]{0,500})?)\)/.exec(
    text.slice(at, at + FARTHEST),
  );
  const url = match && safe(match[2] ?? '');
  if (!match || !url) return null;
  const words = match[1] ?? '';
  // An address among the words is no link of its own.
  const inner = inline(words, mentions, DEEPEST).flatMap((node) =>
    typeof node === 'object' && node.is === 'link' ? node.inner : [node],
  );
  return [{ is: 'link', href: url.href, host: hostOf(url, words), inner }, at + match[0].length];
}

function linkAt(text: string, at: number): Found {
  if (word(text[at - 1])) return null;
  const match = /^(?:https?:\/\/|mailto:)[^\s<>"`]+/i.exec(text.slice(at, at + 2000));
  if (!match) return null;
  let raw = match[0].replace(/[.,;:!?'"*_~\]»”’。，！？；：、）]+$/u, '');
  if (raw.endsWith(')') && !raw.includes('(')) raw = raw.slice(0, -1);
  const url = safe(raw);
  return url && [{ is: 'link', href: url.href, host: hostOf(url, raw), inner: [raw] }, at + raw.length];
}

/** An address that may be a link. One with a name before its host is meant to deceive. */
function safe(raw: string): URL | null {
  try {
    const url = new URL(raw);
    if (url.protocol === 'mailto:') return url;
    const web = url.protocol === 'http:' || url.protocol === 'https:';
    return web && url.username === '' && url.password === '' && /^https?:\/\//i.test(raw) ? url : null;
  } catch {
    return null;
  }
}

/** The host a link really leads to; '' where the words say it themselves. */
function hostOf(url: URL, words: string): string {
  if (url.protocol === 'mailto:') return words.includes(url.pathname) ? '' : url.pathname;
  return words.toLowerCase().startsWith(`${url.protocol}//${url.host}`) ? '' : url.host;
}

const EMOJI =
  /^(?:\p{RI}\p{RI}|\p{Extended_Pictographic}\uFE0F?\p{EMod}?(?:\u200D\p{Extended_Pictographic}\uFE0F?\p{EMod}?)*|\s)+$/u;

/** Tells whether a message is a few emoji and nothing else: it is shown big. */
export function onlyEmoji(text: string): boolean {
  if (text.length > 60 || !EMOJI.test(text)) return false;
  const all = [...new Intl.Segmenter().segment(text.replace(/\s/g, ''))];
  return all.length > 0 && all.length <= 6;
}

/** The text on one line without its marks, for a quote. */
export function plain(text: string, mentions: readonly Mention[] = []): string {
  const words = (node: Inline): string =>
    typeof node === 'string'
      ? node
      : node.is === 'code'
        ? node.text
        : node.is === 'mention'
          ? `@${node.name}`
          : node.inner.map(words).join('');
  const lines = (block: Block): string =>
    block.is === 'text'
      ? block.inner.map(words).join('')
      : block.is === 'code'
        ? block.text
        : block.is === 'quote'
          ? block.blocks.map(lines).join(' ')
          : block.items.map((item) => item.map(words).join('')).join(' · ');
  return parse(text.slice(0, 600), mentions).map(lines).join(' ').replace(/\s+/g, ' ').trim();
}

/** A message on one line: its words, or the name of what it brings along. */
export function gist(message: {
  text: string;
  mentions?: readonly Mention[];
  file?: { name: string };
}): string {
  return plain(message.text, message.mentions) || (message.file?.name ?? '');
}
