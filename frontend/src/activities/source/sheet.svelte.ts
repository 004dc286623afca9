import { length, type Delta, type Selected } from '../../lib/delta';
import type { Refusal } from '../../lib/net/protocol';
import { toasts } from '../../ui/toasts.svelte';
import type { Shift } from '../doc/copy';
import type { Caret } from '../doc/cursors';
import type { LiveDocument } from '../doc/document';
import type { Draft } from '../doc/drafts';
import type { Match } from '../doc/more/find';
import { plain } from '../doc/more/text';
import type { Paper } from '../doc/paper';
import type { Screen } from '../doc/screen';
import type { Version } from '../doc/told';
import { words as doc } from '../doc/words';
import { SourceEditor } from './editor';
import { words } from './words';

/** What a source's panel shows: the document on one side, CodeMirror on the other. */
export class SourceSheet implements Screen, Paper {
  phase = $state.raw<LiveDocument['phase']>('loading');
  refusal = $state.raw<Refusal | null>(null);
  writable = $state(false);
  blank = $state(true);
  drafts = $state.raw<readonly Draft[]>([]);
  carets = $state.raw<readonly Caret[]>([]);
  versions = $state.raw<readonly Version[]>([]);
  /** What it is written in; '' is Markdown. */
  language = $state('');
  range = $state.raw<{ index: number; length: number } | null>(null);
  /** Counts what may have changed. */
  layout = $state(0);
  editor = $state.raw<SourceEditor | null>(null);

  readonly document: LiveDocument;
  /** Whether the editor lets the person write. */
  #enabled = false;

  constructor(document: LiveDocument) {
    this.document = document;
  }

  get text(): Delta | null {
    return this.document.text;
  }

  /** The source as it is now. */
  get source(): string {
    const { text } = this.document;
    return text ? plain(text).slice(0, -1) : '';
  }

  /** What is printed: the source, or code as a page of Markdown has it. */
  get page(): string {
    const { source, language } = this;
    if (language === '') return source;
    const longest = Math.max(2, ...(source.match(/`+/g) ?? []).map(({ length }) => length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${source}\n${fence}`;
  }

  /** Puts the editor into an element. What it returns ends that. */
  mount(host: HTMLElement): () => void {
    const editor = new SourceEditor(host, {
      label: words().text,
      edit: (change, selected) => this.document.edit(change, selected),
      text: () => this.source,
      selected: (selected, byHand) => this.#selected(selected, byHand),
      undo: () => this.undo(),
      redo: () => this.redo(),
    });
    this.editor = editor;
    this.document.attach(this);
    return () => {
      this.document.detach();
      this.editor = null;
      editor.close();
    };
  }

  show(): void {
    this.editor?.show();
    this.changed();
  }

  shift({ change }: Shift): void {
    this.editor?.shift(change);
    this.changed();
  }

  changed(): void {
    const { phase, refusal, writable, drafts, carets, beside } = this.document;
    const { versions } = beside;
    this.language = beside.language ?? this.language;
    this.editor?.speak(this.language);
    Object.assign(this, { phase, refusal, writable, carets, versions, drafts: drafts.list });
    if (this.#enabled !== writable) this.editor?.enable((this.#enabled = writable));
    this.#look();
  }

  refused(refusal: Refusal): void {
    toasts.refused(refusal);
  }

  undo(): void {
    this.#again('undo');
  }

  redo(): void {
    this.#again('redo');
  }

  /** Does something that is a step of its own for undo. */
  alone(act: () => void): void {
    this.document.pause();
    act();
    this.document.pause();
  }

  act(change: Delta, caret?: number): void {
    if (this.writable && change.length > 0) this.alone(() => this.editor?.act(change, caret));
  }

  focus(): void {
    this.editor?.view.focus();
  }

  see(index: number, block: 'center' | 'nearest' = 'center'): void {
    this.editor?.see(index, block);
  }

  go(index: number, length = 0): void {
    this.editor?.select({ anchor: index, head: index + length });
    this.see(index);
    this.focus();
  }

  mark(matches: readonly Match[], now: number): void {
    this.editor?.mark({ carets: this.carets, matches, now });
  }

  /** Checks a box in a line of the source, or unchecks it. */
  check(line: number): void {
    const doc = this.editor?.view.state.doc;
    if (!doc || !this.writable || line >= doc.lines) return;
    const { from, text } = doc.line(line + 1);
    const [before = '', is] = /^[\s>]*(?:[-*+]|\d+[.)])\s+\[([ xX])(?=\]\s)/.exec(text) ?? [];
    if (is === undefined) return;
    const at = from + before.length - 1;
    this.act([{ retain: at }, { insert: is === ' ' ? 'x' : ' ' }, { delete: 1 }]);
  }

  restore(content: Delta, rev: number): void {
    if (this.document.restore(content, rev)) toasts.tell(doc().restored, () => this.undo());
    this.#look();
  }

  put(draft: Draft): void {
    const text = this.text;
    if (!text || !this.writable) return;
    this.act([{ retain: length(text) - 1 }, ...(this.blank ? [] : [{ insert: '\n' }]), ...draft.content]);
    this.dismiss(draft);
  }

  dismiss(draft: Draft): void {
    this.document.dismiss(draft.at);
  }

  #again(way: 'undo' | 'redo'): void {
    const selected = this.document.again(way);
    if (selected) this.editor?.select(selected);
    this.#look();
  }

  #selected({ anchor, head }: Selected, byHand: boolean): void {
    this.range = { index: Math.min(anchor, head), length: Math.abs(anchor - head) };
    this.document.select({ anchor, head }, byHand);
    this.#look();
  }

  #look(): void {
    this.blank = this.text === null || length(this.text) <= 1;
    this.layout++;
  }
}
