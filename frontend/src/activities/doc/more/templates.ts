import { Builder, withAttributes, type Attributes, type Delta } from '../../../lib/delta';
import { words } from './words';

export type Template = 'agenda' | 'minutes' | 'retrospective' | 'brainstorm';
export const TEMPLATES: readonly Template[] = ['agenda', 'minutes', 'retrospective', 'brainstorm'];

/** What a line begins with, and what that makes of it. */
const MARKS: readonly [string, Attributes][] = [
  ['### ', { header: 3 }],
  ['## ', { header: 2 }],
  ['# ', { header: 1 }],
  ['- ', { list: 'bullet' }],
  ['1. ', { list: 'ordered' }],
  ['[] ', { list: 'unchecked' }],
  ['> ', { blockquote: true }],
];

/** The text of a template, in the language on the screen, without its last newline; and that one's formats. */
export function fill(template: Template): { change: Delta; last: Attributes | undefined } {
  return filled(words().templates[template]);
}

export function filled(text: string): { change: Delta; last: Attributes | undefined } {
  const out = new Builder();
  let last: Attributes | undefined;
  text.split('\n').forEach((line, i) => {
    if (i > 0) out.push(withAttributes({ insert: '\n' }, last));
    const mark = MARKS.find(([begin]) => line.startsWith(begin));
    out.push({ insert: mark ? line.slice(mark[0].length) : line });
    last = mark?.[1];
  });
  return { change: out.change(), last };
}
