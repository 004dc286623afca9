import { attributesOf, Builder, slice, withAttributes, type Delta } from '../../../lib/delta';
import { isLineFormat } from '../format';

export interface Wanted {
  query: string;
  matchCase: boolean;
  wholeWord: boolean;
}

/** Where something was found, in UTF-16 units. */
export interface Match {
  from: number;
  to: number;
}

const LETTER = '[\\p{L}\\p{N}\\p{M}_]';
/** Where words are written without spaces, any part of a text may be one. */
const NO_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** All places where something stands, first to last; none of them overlap. */
export function search(text: string, { query, matchCase, wholeWord }: Wanted): Match[] {
  if (query === '') return [];
  const literal = query.replace(/[\\^$.*+?()[\]{}|/]/g, (c) => `\\${c}`);
  const edges = wholeWord && !NO_SPACES.test(query);
  const pattern = edges ? `(?<!${LETTER})${literal}(?!${LETTER})` : literal;
  const found = text.matchAll(new RegExp(pattern, matchCase ? 'gu' : 'giu'));
  return Array.from(found, ({ index, 0: { length } }) => ({ from: index, to: index + length }));
}

/** The change that puts something else in the places found. It has the formats of what it replaces. */
export function replacing(text: Delta, matches: readonly Match[], by: string): Delta {
  const out = new Builder();
  let at = 0;
  for (const { from, to } of matches) {
    const first = slice(text, from, from + 1)[0];
    const formats = Object.entries((first && attributesOf(first)) ?? {}).filter(
      ([name]) => !isLineFormat(name),
    );
    out.retain(from - at);
    const attributes = formats.length > 0 ? Object.fromEntries(formats) : undefined;
    if (by !== '') out.push(withAttributes({ insert: by }, attributes));
    out.push({ delete: to - from });
    at = to;
  }
  return out.change();
}

/** Which of the matches is the first at or after a place; the first of all if there is none. */
export function nearest(matches: readonly Match[], at: number): number {
  const found = matches.findIndex(({ from }) => from >= at);
  return found < 0 ? 0 : found;
}
