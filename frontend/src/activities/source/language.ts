import { insertNewlineAndIndent } from '@codemirror/commands';
import {
  bracketMatching,
  defineLanguageFacet,
  indentOnInput,
  indentUnit,
  Language,
  ParseContext,
  syntaxHighlighting,
} from '@codemirror/language';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tagHighlighter, tags as t } from '@lezer/highlight';
import { GFM, parseCode, parser } from '@lezer/markdown';
import { RULES } from '../../lib/code/colours';
import { editing } from '../../lib/code/editing';
import { grammar, grammarNow, isColoured } from '../../lib/code/grammars';
import '../../lib/code/colours.css';
import { newline, shiftItem, shiftLines, STYLES } from './writing';

const reader = parser.configure([GFM, parseCode({ codeParser: inFence })]);
const source = new Language(defineLanguageFacet({}), reader, [], 'markdown');
const top = reader.nodeSet.types.find(({ name }) => name === 'Document');

/** What reads the code of a fence that says its language; while that is loaded, nothing does. */
function inFence(info: string): ReturnType<typeof grammarNow> {
  const called = /^[^\s{]*/.exec(info)?.[0] ?? '';
  if (!isColoured(called) || called === 'markdown') return null;
  return grammarNow(called) ?? ParseContext.getSkippingParser(grammar(called));
}

/** Names for what stands in Markdown; how they look is in source.css. */
const look = tagHighlighter(
  [
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
  ],
  { scope: (type) => type === top },
);

/** The colours of code, also of what stands in Markdown. */
const coloured = syntaxHighlighting(tagHighlighter(RULES, { scope: (type) => type !== top }));

/** How people write in an editor when the source is Markdown, as GitHub writes it. */
export function markdown(): Extension {
  return [
    keymap.of([
      ...STYLES.flatMap(({ key, run }) => (key ? [{ key, run, preventDefault: true }] : [])),
      { key: 'Enter', run: newline },
      { key: 'Tab', run: shiftItem(1), shift: shiftItem(-1) },
    ]),
    source,
    syntaxHighlighting(look),
    coloured,
    EditorView.lineWrapping,
    EditorView.perLineTextDirection.of(true),
    EditorView.contentAttributes.of({ spellcheck: 'true', autocapitalize: 'sentences' }),
  ];
}

/** How far a step of indentation goes where people are not of one mind about it. */
const UNITS: Record<string, string> = {
  go: '\t',
  c: '    ',
  cpp: '    ',
  csharp: '    ',
  java: '    ',
  kotlin: '    ',
  php: '    ',
  powershell: '    ',
  python: '    ',
  rust: '    ',
  swift: '    ',
};

/** How people write in an editor when the source is code. Until its language is loaded, there are no colours. */
export function code(name: string, language: Language | null): Extension {
  return [
    keymap.of([
      { key: 'Enter', run: insertNewlineAndIndent },
      { key: 'Tab', run: shiftLines(1), shift: shiftLines(-1) },
    ]),
    ...(language ? [language] : []),
    coloured,
    indentUnit.of(UNITS[name] ?? '  '),
    EditorState.tabSize.of(4),
    lineNumbers(),
    bracketMatching(),
    indentOnInput(),
    EditorView.editorAttributes.of({ class: 'is-code' }),
    EditorView.contentAttributes.of({
      dir: 'ltr',
      translate: 'no',
      spellcheck: 'false',
      autocapitalize: 'off',
      autocorrect: 'off',
    }),
  ];
}

/** A language by its name; null for none that an editor knows. */
export function languageNamed(name: string): Promise<Language | null> {
  return name === 'markdown' ? Promise.resolve(null) : editing(name);
}
