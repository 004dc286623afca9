import type { Delta } from '../../lib/delta';
import type { Heading } from '../doc/more/outline';
import { linesOf } from '../doc/more/text';

/** The headings of a Markdown source, but for what looks like one in a block of code. */
export function headings(text: Delta): Heading[] {
  const out: Heading[] = [];
  let fence = '';
  for (const { at, text: line } of linesOf(text)) {
    const [, bar = ''] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence) {
      if (bar.startsWith(fence) && line.trim() === bar) fence = '';
      continue;
    }
    fence = bar;
    const [, signs = '', words = ''] = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/.exec(line) ?? [];
    if (words !== '') out.push({ at, level: Math.min(signs.length, 3), text: words });
  }
  return out;
}
