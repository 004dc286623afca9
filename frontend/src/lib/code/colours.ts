import type { Parser, Tree } from '@lezer/common';
import { highlightTree, tagHighlighter, tags as t } from '@lezer/highlight';

/** What pieces of code are, as far as colours tell them apart; how they look is in colours.css. */
export const PIECES = [
  'keyword',
  'string',
  'number',
  'comment',
  'type',
  'call',
  'name',
  'sign',
  'added',
  'removed',
] as const;
export type PieceOf = (typeof PIECES)[number];

/** One place for all: the editor, pages and blocks of code in documents. */
export const RULES = [
  {
    tag: [
      t.keyword,
      t.controlKeyword,
      t.definitionKeyword,
      t.moduleKeyword,
      t.operatorKeyword,
      t.modifier,
      t.self,
    ],
    class: 'c-keyword',
  },
  {
    tag: [t.string, t.special(t.string), t.regexp, t.character, t.attributeValue, t.escape],
    class: 'c-string',
  },
  { tag: [t.number, t.bool, t.null, t.atom, t.unit, t.color], class: 'c-number' },
  { tag: [t.comment, t.docComment, t.lineComment, t.blockComment, t.quote], class: 'c-comment' },
  { tag: [t.typeName, t.className, t.namespace, t.tagName, t.standard(t.name), t.heading], class: 'c-type' },
  {
    tag: [
      t.function(t.variableName),
      t.function(t.propertyName),
      t.function(t.definition(t.variableName)),
      t.link,
    ],
    class: 'c-call',
  },
  { tag: [t.propertyName, t.attributeName, t.labelName, t.macroName, t.annotation], class: 'c-name' },
  { tag: [t.meta, t.processingInstruction], class: 'c-sign' },
  { tag: [t.inserted], class: 'c-added' },
  { tag: [t.deleted], class: 'c-removed' },
];

const highlighter = tagHighlighter(RULES);

/** A piece of code that has a colour. */
export interface Coloured {
  from: number;
  to: number;
  is: string;
}

/** More code than this in one block stays without colours, UTF-16 units. */
export const MOST = 100_000;
/** So long may reading code take at a time, ms. */
const SLICE = 6;

/** The pieces of a text that have colours, in their order. */
function pieces(tree: Tree): Coloured[] {
  const out: Coloured[] = [];
  highlightTree(tree, highlighter, (from, to, classes) => {
    const is = classes.split(' ')[0];
    if (is) out.push({ from, to, is });
  });
  return out;
}

/** The pieces of a text at once; null if that would take long. */
export function coloursNow(parser: Parser, text: string): Coloured[] | null {
  const parse = parser.startParse(text);
  const end = performance.now() + SLICE;
  for (;;) {
    const tree = parse.advance();
    if (tree) return pieces(tree);
    if (performance.now() > end) return null;
  }
}

/** The pieces of a text, a little at a time; null once it is not wanted any more. */
export async function colours(
  parser: Parser,
  text: string,
  wanted: () => boolean,
): Promise<Coloured[] | null> {
  const parse = parser.startParse(text);
  for (let end = performance.now() + SLICE; ;) {
    const tree = parse.advance();
    if (tree) return pieces(tree);
    if (performance.now() < end) continue;
    await idle();
    if (!wanted()) return null;
    end = performance.now() + SLICE;
  }
}

/** Until the browser has nothing better to do. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 20);
  });
}

/** A text in elements that have colours. */
export function spelled(text: string, all: readonly Coloured[]): DocumentFragment {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const { from, to, is } of all) {
    out.append(text.slice(at, from));
    const piece = document.createElement('span');
    piece.className = is;
    piece.textContent = text.slice(from, to);
    out.append(piece);
    at = to;
  }
  out.append(text.slice(at));
  return out;
}
