import type { Attributes, Delta } from '../../../lib/delta';
import { shownLine } from '../format';
import { linesOf, type Line } from '../more/text';

/** The lines of the block of code that a place is in: those beside each other in one language. */
export function blockAt(text: Delta, index: number): Line[] {
  let block: Line[] = [];
  for (const line of linesOf(text)) {
    const is = codeOf(line.attributes);
    if (is === null || is !== codeOf(block.at(-1)?.attributes ?? {})) {
      if (block.length > 0 && within(block, index)) return block;
      block = [];
    }
    if (is !== null) block.push(line);
  }
  return within(block, index) ? block : [];
}

function within(block: readonly Line[], index: number): boolean {
  const [first, last] = [block[0], block.at(-1)];
  return (
    first !== undefined && last !== undefined && first.at <= index && index <= last.at + last.text.length
  );
}

/** The language of a line of code, '' if it says none; null if it is no code. */
export function codeOf(attributes: Attributes): string | null {
  const value = shownLine(attributes)['code-block'];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : '';
}

/** Whether a block of code stands in a text. */
export function hasCode(text: Delta | null): boolean {
  return text?.some((op) => 'attributes' in op && op.attributes?.['code-block'] !== undefined) ?? false;
}

/** The change that gives a block a language; '' for none. */
export function inLanguage(block: readonly Line[], language: string): Delta {
  const out: { retain: number; attributes?: Attributes }[] = [];
  let at = 0;
  for (const { at: start, text } of block) {
    const end = start + text.length;
    if (end > at) out.push({ retain: end - at });
    out.push({ retain: 1, attributes: { 'code-block': language === '' ? true : language } });
    at = end + 1;
  }
  return out;
}
