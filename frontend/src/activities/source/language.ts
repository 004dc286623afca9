import { defineLanguageFacet, Language, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tagHighlighter, tags as t } from '@lezer/highlight';
import { GFM, parser } from '@lezer/markdown';

const source = new Language(defineLanguageFacet({}), parser.configure([GFM]), [], 'markdown');

/** Names for what stands in Markdown; how they look is in source.css. */
const look = tagHighlighter([
  { tag: t.heading1, class: 'md-h1' },
  { tag: t.heading2, class: 'md-h2' },
  { tag: t.heading3, class: 'md-h3' },
  { tag: [t.heading4, t.heading5, t.heading6], class: 'md-h3' },
  { tag: t.strong, class: 'md-strong' },
  { tag: t.emphasis, class: 'md-em' },
  { tag: t.strikethrough, class: 'md-strike' },
  { tag: [t.link, t.url], class: 'md-link' },
  { tag: t.monospace, class: 'md-code' },
  { tag: t.quote, class: 'md-quote' },
  { tag: [t.processingInstruction, t.contentSeparator, t.labelName], class: 'md-sign' },
  { tag: t.atom, class: 'md-sign' },
]);

/** Markdown, as GitHub writes it. */
export function markdown(): Extension {
  return [source, syntaxHighlighting(look)];
}
