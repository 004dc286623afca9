import { changed, type Attributes, type Value } from '../../lib/delta';
import { isCode } from './code/value';
import { isLink } from './link';
import { IMAGE } from './picture';
import { look, markOf } from './suggest/marks';
import { CELL, CELL_START, isCell } from './table/cell';

/** The formats that documents have, the same as on the server. */
const yes = (value: Value): boolean => value === true;
const of =
  (...values: Value[]) =>
  (value: Value): boolean =>
    values.includes(value);

const INLINE: Record<string, (value: Value) => boolean> = {
  bold: yes,
  italic: yes,
  strike: yes,
  underline: yes,
  code: yes,
  link: (value) => typeof value === 'string' && isLink(value),
};

const LINE: Record<string, (value: Value) => boolean> = {
  'code-block': isCode,
  list: of('bullet', 'ordered', 'checked', 'unchecked'),
  blockquote: yes,
  header: of(1, 2, 3),
  indent: of(1, 2, 3, 4, 5, 6, 7, 8),
  [CELL]: isCell,
  [CELL_START]: isCell,
};

/** Of these a line can be shown as one only; where people gave it several at once, the first counts. */
export const BLOCKS = [CELL_START, CELL, 'code-block', 'list', 'blockquote', 'header'] as const;

/** What is suggested, as the editor is told: on text, and on the end of a line. No document has these names. */
export const SUGGEST = 'suggest';
export const SUGGEST_LINE = 'suggest-line';

/** The names of all formats, as an editor has to know them. */
export const FORMATS: readonly string[] = [
  ...Object.keys(INLINE),
  ...Object.keys(LINE),
  'image',
  'poll',
  'formula',
  SUGGEST,
  SUGGEST_LINE,
];

/** Tells whether a format is one of whole lines, which stands on the newline that ends them. */
export function isLineFormat(name: string): boolean {
  return Object.hasOwn(LINE, name);
}

/** What stands in a document: text, the newlines that end its lines, images, polls and formulas. */
export type Thing = 'text' | 'newline' | 'image' | 'poll' | 'formula';

const FOR: Record<Thing, Record<string, (value: Value) => boolean>> = {
  text: INLINE,
  newline: LINE,
  image: { ...INLINE, ...IMAGE },
  poll: INLINE,
  formula: INLINE,
};

/** The attributes that may stand on something. With `remove`, null may too. */
export function allowed(
  attributes: Attributes | undefined,
  thing: Thing,
  remove: boolean,
): Attributes | undefined {
  if (!attributes) return undefined;
  const known = FOR[thing];
  const kept = Object.entries(attributes).filter(
    ([name, value]) => Object.hasOwn(known, name) && (value === null ? remove : known[name]?.(value)),
  );
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** What a line is shown as: of what it is at once, one thing, how far it is indented, and what is suggested; in this order. */
export function shownLine(attributes: Attributes | undefined): Attributes {
  if (!attributes) return {};
  const block = BLOCKS.find((name) => name in attributes);
  const names = [block, 'indent'].filter((name) => name !== undefined && name in attributes);
  const line = Object.fromEntries(names.map((name) => [name, attributes[name as string] as Value]));
  const suggested = look(attributes);
  return suggested === null ? line : { ...line, [SUGGEST_LINE]: suggested };
}

/** Attributes of text as they are shown: marks as what they look like. */
export function shownText(attributes: Attributes | undefined): Attributes | undefined {
  if (!attributes) return undefined;
  const suggested = look(attributes);
  if (suggested === null) return attributes;
  const others = Object.entries(attributes).filter(([name]) => markOf(name) === null);
  return { ...Object.fromEntries(others), [SUGGEST]: suggested };
}

/** What has to be laid on a line that is shown, so that it is shown as another. */
export function shownChange(was: Attributes | undefined, is: Attributes | undefined): Attributes {
  return changed(shownLine(was), shownLine(is));
}
