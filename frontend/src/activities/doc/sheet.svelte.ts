import type { Range } from 'quill/core';
import { length, position, type Delta } from '../../lib/delta';
import type { Refusal } from '../../lib/net/protocol';
import { toasts } from '../../ui/toasts.svelte';
import type { Shift } from './copy';
import type { Caret } from './cursors';
import type { LiveDocument } from './document';
import type { Draft } from './drafts';
import { hasCode } from './code/choosing';
import { Editor, type Formats } from './editor';
import { Formulas } from './formula/formulas.svelte';
import type { Span } from './lines';
import { linkOf } from './link';
import { Pictures } from './pictures.svelte';
import { Polls } from './poll/polls.svelte';
import type { Screen } from './screen';
import { suggesting, type Suggester } from './suggest/suggesting';
import { Tables } from './table/tables.svelte';
import type { Decision, Suggestion } from './suggest/told';
import type { Remark } from './talk/remarks';
import type { Thread } from './talk/threads';
import type { Version } from './told';
import { words } from './words';

/** What stands above the text at most, px. */
const BARS = 110;

/** What a document's panel shows: the document on one side, the editor on the other. */
export class Sheet implements Screen {
  phase = $state.raw<LiveDocument['phase']>('loading');
  refusal = $state.raw<Refusal | null>(null);
  /** What the person writes changes the text. */
  writable = $state(false);
  /** What the person writes is a suggestion. */
  suggests = $state(false);
  blank = $state(true);
  drafts = $state.raw<readonly Draft[]>([]);
  carets = $state.raw<readonly Caret[]>([]);
  versions = $state.raw<readonly Version[]>([]);
  threads = $state.raw<readonly Thread[]>([]);
  /** Who began the suggestions that are known. */
  suggestions = $state.raw<readonly Suggestion[]>([]);
  /** What the room has decided last while one looked. */
  decision = $state.raw<Decision | null>(null);
  /** The passage that a comment is being written about. */
  composing = $state.raw<Span | null>(null);
  /** Comments on their way. */
  remarks = $state.raw<readonly Remark[]>([]);
  /** The formats at the selection. */
  formats = $state.raw<Formats>({});
  /** What is selected; null without the focus. */
  range = $state.raw<Range | null>(null);
  /** Somebody asked for a link by key. */
  linking = $state(false);
  /** Counts what may have moved things on the page. */
  layout = $state(0);

  /** Somebody asked by key to comment on what is selected. */
  oncomment: () => void = () => undefined;
  /** Who the person is, if they may suggest here. */
  suggester: () => Suggester | null = () => null;
  /** The suggestion that a change goes on with, or a new one. */
  onsuggest: (change: Delta, text: Delta) => string = () => '';
  readonly pictures = new Pictures(this);
  readonly polls: Polls = new Polls(this);
  readonly tables: Tables = new Tables(this);
  readonly formulas: Formulas = new Formulas(this);
  /** Some of the text is code. */
  codes = $state(false);

  readonly #document: LiveDocument;
  #editor: Editor | null = null;
  /** What was selected when a link was asked for. */
  #at: Range | null = null;
  /** The person wants to suggest. */
  #wants = false;
  /** How the editor is set. */
  #set = '';

  constructor(document: LiveDocument) {
    this.#document = document;
  }

  get document(): LiveDocument {
    return this.#document;
  }

  /** The whole text; null until there is one. */
  get text(): Delta | null {
    return this.#document.text;
  }

  get editor(): Editor | null {
    return this.#editor;
  }

  /** Puts the editor into an element. What it returns ends that. */
  mount(host: HTMLElement): () => void {
    const document = this.#document;
    const editor = new Editor(host, {
      label: words().text,
      edit: (change, selected) => {
        document.edit(change, selected);
        this.composing = document.beside.composing;
        this.pictures.moved(change);
        this.polls.moved(change);
        this.formulas.moved(change);
      },
      suggests: (change, seen) => {
        const by = this.suggests ? this.suggester() : null;
        return by && suggesting(change, seen, by, this.onsuggest(change, seen));
      },
      text: () => document.text ?? [{ insert: '\n' }],
      selected: (range, byHand) => this.#selected(range, byHand),
      undo: () => this.undo(),
      redo: () => this.redo(),
      pause: () => document.pause(),
      link: () => this.askLink(),
      comment: () => this.oncomment(),
      cell: (by) => this.tables.go(by),
      arrow: (way) => this.tables.arrow(way),
      above: () => this.writable && this.tables.above(),
      images: (files, at) => this.pictures.bring(files, at),
    });
    this.#editor = editor;
    editor.enable(false, false);
    this.#set = '';
    document.attach(this);
    const resized = new ResizeObserver(() => this.layout++);
    resized.observe(host);
    // Who may only read selects, too, but the editor does not look at it.
    const selects = (): void => {
      if (!this.writable && !this.suggests) this.range = editor.chosen();
    };
    window.document.addEventListener('selectionchange', selects);
    return () => {
      window.document.removeEventListener('selectionchange', selects);
      resized.disconnect();
      document.detach();
      this.pictures.end();
      this.#editor = null;
    };
  }

  show(text: Delta): void {
    this.#editor?.show(text);
    this.changed();
  }

  shift(shift: Shift): void {
    this.#editor?.shift(shift);
    this.pictures.moved(shift.change);
    this.polls.moved(shift.change);
    this.formulas.moved(shift.change);
    const at = this.#at;
    if (at) this.#at = { index: position(shift.change, at.index, true), length: at.length };
    this.changed();
  }

  changed(): void {
    const { phase, refusal, drafts, carets, beside, text } = this.#document;
    const { versions, threads, suggestions, remarks, composing, decision } = beside;
    const suggests = this.#wants && this.suggester() !== null;
    const writable = this.#document.writable && !suggests;
    Object.assign(this, { phase, refusal, writable, suggests, carets, versions, threads, suggestions });
    Object.assign(this, { remarks, composing, decision });
    this.polls.look(text, beside.polls);
    this.#things(text);
    this.drafts = drafts.list;
    this.blank = isBlank(text);
    const set = `${String(writable || suggests)} ${String(suggests)}`;
    if (this.#set !== set) this.#editor?.enable(writable || suggests, suggests);
    this.#set = set;
    this.layout++;
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

  /** From now on what the person writes is a suggestion, or it is not any more. */
  suggest(wants: boolean): void {
    this.#wants = wants;
    this.#document.pause();
    this.changed();
    if (this.suggests) this.focus();
  }

  /** Notes the passage that a comment is being written about, or that there is none any more. */
  compose(span: Span | null): void {
    this.#document.beside.composing = span;
    this.changed();
  }

  /** Gives the selection a format, or takes it away where it has it. */
  format(name: string, value: unknown = true): void {
    const editor = this.#editor;
    if (!editor || !this.writable) return;
    this.#document.pause();
    const is = this.formats[name];
    const ends = is === value || (name === 'code-block' && is !== undefined && value === true); // in any language
    editor.quill.format(name, ends ? false : value, 'user');
    this.#document.pause();
    this.#look();
  }

  /**
   * Changes the text as one step for undo, and puts the caret where it is said. `free`: it may change which
   * cells tables have.
   */
  act(change: Delta, caret?: number, free = false): void {
    const editor = this.#editor;
    const quill = editor?.quill;
    if (!quill || !this.writable || change.length === 0) return;
    this.#document.pause();
    const make = (): unknown => quill.updateContents([...change], 'user');
    if (free) editor.free(make);
    else make();
    this.#document.pause();
    if (caret !== undefined) quill.setSelection(caret, 0, 'user');
    this.#look();
  }

  /** Brings a place of the text into the middle of the screen, or only into sight. */
  see(index: number, block: 'center' | 'nearest' = 'center'): void {
    const quill = this.#editor?.quill;
    const [leaf] = quill?.getLeaf(Math.min(index, quill.getLength() - 1)) ?? [null];
    const node = leaf?.domNode;
    const element = node instanceof Element ? node : node?.parentElement;
    element?.scrollIntoView({ block });
    this.layout++;
  }

  focus(): void {
    this.#editor?.quill.focus();
  }

  /** Goes to a place of the text to write there. */
  go(index: number, length = 0): void {
    this.#editor?.quill.setSelection(index, length, 'user');
    this.see(index);
  }

  /** Makes a link of what was selected, or changes the one that is there. False if the address is none. */
  link(address: string): boolean {
    const quill = this.#editor?.quill;
    const to = linkOf(address);
    if (!quill || !this.#at || to === null) return false;
    const { index, length: n } = this.#at.length > 0 ? this.#at : (this.#linkAt(this.#at) ?? this.#at);
    if (n > 0) quill.formatText(index, n, 'link', to, 'user');
    else quill.insertText(index, address.trim(), 'link', to, 'user');
    this.endLink();
    return true;
  }

  /** Asks for the address of a link, for what is selected now. */
  askLink(): void {
    this.#at = this.#editor?.quill.getSelection(true) ?? null;
    this.linking = this.writable && this.#at !== null;
  }

  /** Lets somebody choose an image for where the caret is, or was. */
  addImage(): void {
    const range = this.#editor?.quill.getSelection(true);
    if (range && this.writable) this.pictures.choose(range.index + range.length);
  }

  /** Puts a table where the caret is, or was. */
  addTable(): void {
    const range = this.#editor?.quill.getSelection(true);
    if (range) this.tables.put(range.index + range.length);
  }

  /** Asks for a formula behind what is selected. */
  addFormula(): void {
    const range = this.#editor?.quill.getSelection(true);
    if (range) this.formulas.begin(range.index + range.length);
  }

  /** Asks for a poll about what is selected. */
  addPoll(): void {
    const range = this.#editor?.quill.getSelection(true);
    if (range) this.polls.begin(range);
  }

  /** Goes back to the text without a link. */
  endLink(): void {
    this.linking = false;
    if (this.#at) this.#editor?.quill.setSelection(this.#at.index, this.#at.length, 'user');
  }

  /** Where the selection is, on the paper. */
  place(): { left: number; top: number; bottom: number } | null {
    const range = this.linking ? this.#at : this.range;
    const rects = range ? this.#editor?.rects(range.index, range.index + range.length) : undefined;
    const [first, last] = [rects?.[0], rects?.at(-1)];
    return first && last ? { left: first.left, top: first.top, bottom: last.bottom } : null;
  }

  /** How much of the paper is out of sight above, under the bar. */
  hidden(): number {
    const top = this.#editor?.quill.container.getBoundingClientRect().top ?? 0;
    return BARS - top;
  }

  unlink(): void {
    const quill = this.#editor?.quill;
    const range = quill?.getSelection(true);
    const at = range && this.#linkAt(range);
    if (at) quill?.formatText(at.index, at.length, 'link', false, 'user');
  }

  /** Makes the text what it was at a revision, and says so with a way back. */
  restore(content: Delta, rev: number): void {
    if (this.#document.restore(content, rev)) toasts.tell(words().restored, () => this.undo());
    this.blank = isBlank(this.#document.text);
  }

  /** Puts a draft at the end of the document. */
  put(draft: Draft): void {
    const text = this.#document.text;
    const quill = this.#editor?.quill;
    if (!text || !quill || !(this.writable || this.suggests)) return;
    const ops = [{ retain: length(text) - 1 }, ...(this.blank ? [] : [{ insert: '\n' }]), ...draft.content];
    quill.updateContents(ops, 'user');
    this.dismiss(draft);
  }

  dismiss(draft: Draft): void {
    this.#document.dismiss(draft.at);
  }

  #again(way: 'undo' | 'redo'): void {
    const selected = this.#document.again(way);
    if (selected) this.#editor?.select(selected);
    this.#look();
  }

  #selected(range: Range | null, byHand: boolean): void {
    this.range = range;
    this.pictures.look(range);
    this.formulas.selected(range);
    if (range) this.#document.select({ anchor: range.index, head: range.index + range.length }, byHand);
    this.#look();
  }

  #look(): void {
    const quill = this.#editor?.quill;
    if (quill && this.range) this.formats = quill.getFormat(this.range.index, this.range.length);
    this.blank = isBlank(this.#document.text);
    this.polls.look(this.#document.text, this.#document.beside.polls);
    this.#things(this.#document.text);
    this.layout++;
  }

  /** Notes what of the text has screens of its own, which are loaded then. */
  #things(text: Delta | null): void {
    this.formulas.look(text);
    this.codes = hasCode(text);
  }

  /** The whole of the link that a place is in. */
  #linkAt(range: Range): { index: number; length: number } | null {
    const quill = this.#editor?.quill;
    const [leaf] = quill?.getLeaf(range.index + (range.length > 0 ? 1 : 0)) ?? [null];
    for (let blot = leaf?.parent; blot && quill; blot = blot.parent as typeof blot) {
      if (blot.statics.blotName === 'link') return { index: quill.getIndex(blot), length: blot.length() };
    }
    return null;
  }
}

function isBlank(text: Delta | null): boolean {
  return text !== null && length(text) === 1 && text[0] !== undefined && !('attributes' in text[0]);
}
