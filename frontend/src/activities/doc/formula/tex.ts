import type { Embed, Insert } from '../../../lib/delta';

/** How long a formula may be, UTF-16 units. As on the server. */
export const MOST_TEX = 2000;

/** The TeX of an embed that is a formula. */
export function formulaOf(insert: string | Embed | undefined): string | null {
  if (typeof insert !== 'object' || Object.keys(insert).length !== 1) return null;
  const tex = insert['formula'];
  return typeof tex === 'string' && isFormula(tex) ? tex : null;
}

/** Whether a text can be a formula: TeX on one line, in which only an escaped $ stands. */
export function isFormula(tex: string): boolean {
  return (
    tex !== '' && tex.length <= MOST_TEX && tidyTex(tex) === tex && !/\p{Surrogate}/u.test(tex) && closed(tex)
  );
}

/** No sign ends it in Markdown, and its last does not escape the one that does. */
export function closed(tex: string): boolean {
  return /^(?:[^\\$]|\\[^])*$/.test(tex);
}

/** TeX on one line, without what it says only to who writes it. */
export function tidyTex(tex: string): string {
  const lines = tex.includes('\n')
    ? tex.split('\n').map((line) => (/^(?:[^\\%]|\\[^]|\\$)*/.exec(line)?.[0] ?? '').trim())
    : [tex];
  return lines
    .join(' ')
    .replace(/[\0-\x1f\x7f-\xa0\u2028\u2029]/g, ' ')
    .replace(/^ +| +$/g, '');
}

/** What an insert says in words: its text, or the TeX of a formula. */
export function wordsOf({ insert }: Insert): string {
  return typeof insert === 'string' ? insert : (formulaOf(insert) ?? '\ufffc');
}
