import type { Mention } from '../../../lib/mentions';

/** A piece of a comment: plain words, or the name of somebody it calls, with their id. */
export interface Piece {
  text: string;
  mention: string;
}

/** A comment with the names that it calls set apart. */
export function pieces(text: string, mentions: readonly Mention[]): Piece[] {
  const out: Piece[] = [];
  const byLength = [...mentions].sort((a, b) => b.name.length - a.name.length);
  let plain = '';
  for (let at = 0; at < text.length;) {
    const called = text[at] === '@' && byLength.find(({ name }) => text.startsWith(name, at + 1));
    if (!called) {
      plain += text[at++];
      continue;
    }
    if (plain) out.push({ text: plain, mention: '' });
    plain = '';
    out.push({ text: `@${called.name}`, mention: called.id });
    at += called.name.length + 1;
  }
  if (plain) out.push({ text: plain, mention: '' });
  return out;
}
