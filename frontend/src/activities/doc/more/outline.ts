import type { Delta } from '../../../lib/delta';
import { shownLine } from '../format';
import { linesOf } from './text';

export interface Heading {
  at: number;
  level: number;
  text: string;
}

/** The headings of a document that say something, in order. */
export function headings(text: Delta): Heading[] {
  const out: Heading[] = [];
  for (const { at, text: words, attributes } of linesOf(text)) {
    const level = shownLine(attributes)['header'];
    if (typeof level === 'number' && words.trim() !== '') out.push({ at, level, text: words.trim() });
  }
  return out;
}

/** Which heading a place stands under; -1 if it stands before all of them. */
export function under(list: readonly Heading[], at: number): number {
  return list.findLastIndex((heading) => heading.at <= at);
}
