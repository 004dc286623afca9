import type { Attributes, Delta } from '../../../lib/delta';
import { STYLES, LISTS, formatOf, type Style } from '../tools';
import { words as documentWords } from '../words';
import { words as pollWords } from '../poll/words';
import { cellOf } from '../table/cell';
import { words as formulaWords } from '../formula/words';
import { words as tableWords } from '../table/words';
import { lineAt } from './text';

/** What a line can become. */
export interface Block {
  id: string;
  label: string;
  /** The newline's new formats; null takes one away. */
  formats: Attributes;
  /** What else it may be called. */
  also: string;
}

/** Not what a line becomes, but what is put into it. */
export const IMAGE = 'image';
export const POLL = 'poll';
export const TABLE = 'table';
export const FORMULA = 'formula';

/** Everything that a line was is gone when it becomes something else. */
const NOTHING: Attributes = { header: null, list: null, blockquote: null, 'code-block': null, indent: null };

const ALSO: Record<string, string> = {
  text: 'paragraph normal plain',
  header1: 'h1 title',
  header2: 'h2',
  header3: 'h3',
  blockquote: 'quote citation',
  code: 'code pre',
  bullet: 'bullet ul',
  ordered: 'numbers ol 1',
  unchecked: 'todo task check',
};

/** All that a line can become, in the language on the screen. `polls`: the person may make some. */
export function blocks(polls: boolean): Block[] {
  const styles = STYLES.map((style: Style): Block => {
    const format = formatOf(style);
    const formats = format ? { ...NOTHING, [format.name]: format.value as number | true } : NOTHING;
    return { id: style, label: documentWords().styles[style], formats, also: ALSO[style] ?? '' };
  });
  const lists = LISTS.map((tool): Block => {
    const value = String(tool.value);
    return { id: value, label: tool.label(), formats: { ...NOTHING, list: value }, also: ALSO[value] ?? '' };
  });
  const image: Block = { id: IMAGE, label: documentWords().image.name, formats: {}, also: 'picture photo' };
  const poll: Block = { id: POLL, label: pollWords().name, formats: {}, also: 'vote survey question' };
  const table: Block = { id: TABLE, label: tableWords().name, formats: {}, also: 'grid rows columns' };
  const formula: Block = {
    id: FORMULA,
    label: formulaWords().name,
    formats: {},
    also: 'math tex latex equation',
  };
  return [
    ...styles.filter(({ id }) => id !== 'text'),
    ...lists,
    table,
    image,
    formula,
    ...(polls ? [poll] : []),
    ...styles.filter(({ id }) => id === 'text'),
  ];
}

/** Those that somebody may mean. What a word begins with comes before what it has within. */
export function matching(all: readonly Block[], query: string): Block[] {
  const wanted = query.toLowerCase();
  const rank = ({ label, also }: Block): number => {
    const names = `${label} ${also}`.toLowerCase();
    if (names.startsWith(wanted)) return 0;
    return names.includes(` ${wanted}`) ? 1 : names.includes(wanted) ? 2 : 3;
  };
  return all
    .map((block) => ({ block, at: rank(block) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .map(({ block }) => block);
}

/** The key of the slash writes these, as the keyboard has it. */
const ASKED = /^[/／、]([\p{L}\p{N}]{0,20})$/u;

export interface Asked {
  /** Where the slash stands. */
  at: number;
  query: string;
}

/** What stands between the beginning of a line and the caret, if it asks for the menu. */
export function asked(text: Delta, caret: number): Asked | null {
  const line = lineAt(text, caret);
  if (!line || line.attributes['code-block'] || cellOf(line.attributes)) return null;
  const found = ASKED.exec(line.text.slice(0, caret - line.at));
  return found ? { at: line.at, query: found[1] ?? '' } : null;
}

/** The change that makes a line what was chosen, and takes away what was typed to ask for it. */
export function becoming(text: Delta, { at, query }: Asked, { formats }: Block): Delta {
  const line = lineAt(text, at);
  const typed = query.length + 1;
  const rest = (line?.text.length ?? typed) - typed;
  const has = line?.attributes ?? {};
  const laid = Object.fromEntries(
    Object.entries(formats).filter(([name, value]) => value !== null || name in has),
  );
  const change: Delta = [...(at > 0 ? [{ retain: at }] : []), { delete: typed }];
  if (Object.keys(laid).length === 0) return change;
  return [...change, ...(rest > 0 ? [{ retain: rest }] : []), { retain: 1, attributes: laid }];
}
