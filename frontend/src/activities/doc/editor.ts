import { Delta as QuillDelta, type Range } from 'quill/core';
import {
  apply,
  Builder,
  canonical,
  compose,
  DeltaError,
  difference,
  isInsert,
  length,
  normal,
  position,
  readDocument,
  same,
  size,
  transform,
  type Delta,
  type Insert,
  type Selected,
} from '../../lib/delta';
import type { Shift } from './copy';
import { clean, forEditor, fromEditor } from './exchange';
import { formulaOf } from './formula/tex';
import { shown, textOf, touched, wholeLines, type Span } from './lines';
import { imageOf } from './picture';
import { pollOf } from './poll/told';
import { makeQuill, Quill, type Keys } from './quill';
import type { Suggesting } from './suggest/suggesting';
import { CellStart, reach } from './table/blots';
import { guarded } from './table/guard';
import { Carried } from './talk/carried';

export type Formats = Record<string, unknown>;

export interface EditorOptions extends Keys {
  /** What the text is called to those who do not see it. */
  label: string;
  /** The person changed the text. Throws if that cannot be. `selected`: what was selected before. */
  edit(change: Delta, selected: Selected | null): void;
  /** What the person did as a suggestion, if that is what they do now. */
  suggests(change: Delta, seen: Delta): Suggesting | null;
  /** The text as it is by now, where an edit could not be. */
  text(): Delta;
  /** The person has selected something, or has changed what is around it; null when the focus has gone. */
  selected(range: Range | null, byHand: boolean): void;
}

/**
 * Quill as a view of the model: what the person does becomes changes of the model, what happens in the
 * model is shown. Where both differ, the model is right and the view is repaired.
 */
export class Editor {
  readonly quill: Quill;
  readonly #o: EditorOptions;
  /** The model, as far as it is shown. */
  #seen: Delta = [{ insert: '\n' }];
  /** What is not shown yet, since somebody composes a character. */
  #behind: Delta | null = null;
  #composing = false;
  #selected: Selected | null = null;
  /** What was pressed last deletes to the right. */
  #forward = false;
  /** What is done now may change which cells tables have. */
  #free = false;
  readonly #carried = new Carried();

  constructor(host: HTMLElement, o: EditorOptions) {
    this.#o = o;
    const quill = makeQuill(host, o);
    this.quill = quill;
    quill.on(Quill.events.EDITOR_CHANGE, (what, value, _old, source) => {
      if (what === Quill.events.SELECTION_CHANGE) this.#selects(value as Range | null, source);
      else if (source === Quill.sources.USER) this.#edits((value as QuillDelta).ops);
    });
    const { root } = quill;
    root.addEventListener('keydown', ({ key }) => (this.#forward = key === 'Delete'), { capture: true });
    root.addEventListener(
      'beforeinput',
      ({ inputType }) => (this.#forward ||= inputType.endsWith('Forward')),
    );
    const on = quill as unknown as { on(event: string, call: () => void): void };
    on.on(Quill.events.COMPOSITION_START, () => (this.#composing = true));
    on.on(Quill.events.COMPOSITION_END, () => this.#composed());
  }

  /** Shows a text; nothing that was shown before counts. */
  show(text: Delta): void {
    this.#seen = text;
    this.#behind = null;
    this.#put(() => this.quill.setContents(forQuill(shown(text, all(text))), Quill.sources.API));
  }

  /** Shows what has happened in the model. While somebody composes a character, it waits. */
  shift({ change }: Shift): void {
    if (change.length === 0) return;
    if (!this.#composing) this.quill.update(); // what was just typed comes before
    if (this.#composing) this.#behind = this.#behind ? compose(this.#behind, change) : change;
    else this.#show(change);
  }

  select({ anchor, head }: Selected): void {
    const most = length(this.#seen) - 1;
    const [from, to] = [Math.min(anchor, head, most), Math.min(Math.max(anchor, head), most)];
    this.quill.setSelection(from, to - from, Quill.sources.USER);
  }

  /** What is selected on the screen, also while nobody may write here. */
  chosen(): Range | null {
    const { root, selection } = this.quill;
    const native = document.getSelection();
    if (
      !native ||
      native.isCollapsed ||
      !root.contains(native.anchorNode) ||
      !root.contains(native.focusNode)
    )
      return null;
    const range = selection.normalizeNative(native.getRangeAt(0));
    return range && selection.normalizedToRange(range);
  }

  /** Lets the person write, or only read. `suggests`: what they write is a suggestion. */
  enable(writable: boolean, suggests: boolean): void {
    const { root } = this.quill;
    root.toggleAttribute('data-suggests', suggests);
    this.quill.enable(writable);
    for (const table of root.querySelectorAll<HTMLTableElement>('.ql-table')) reach(table, writable);
    const box = { role: 'textbox', 'aria-multiline': 'true', 'aria-label': this.#o.label };
    for (const [name, value] of Object.entries(box)) {
      if (writable) root.setAttribute(name, value);
      else root.removeAttribute(name);
    }
  }

  /** Does what may change which cells tables have; by typing and pasting nobody can. */
  free(act: () => void): void {
    this.#free = true;
    try {
      act();
    } finally {
      this.#free = false;
    }
  }

  /** Where a line of the page stands in the text. */
  indexOf(line: Element): number | null {
    const blot = this.quill.root.contains(line) ? Quill.find(line) : null;
    return blot && !(blot instanceof Quill) ? this.quill.getIndex(blot) : null;
  }

  /** The cell of a table that a place is in, on the page. */
  cellAt(index: number): HTMLElement | null {
    const [line] = this.quill.getLine(index);
    return (line?.domNode as HTMLElement | undefined)?.closest('td') ?? null;
  }

  /** Where the text begins that an element of the page shows as suggested; null if it shows none. */
  placeOf(target: Element): number | null {
    const shows = target.closest(`[data-suggest]`) ?? target.closest(`[data-suggest-line]`);
    const blot = shows && this.quill.root.contains(shows) ? Quill.find(shows) : null;
    if (!blot || blot instanceof Quill) return null;
    const index = this.quill.getIndex(blot);
    return shows?.hasAttribute('data-suggest') ? index : index + blot.length() - 1;
  }

  /** Where a part of the text is on the screen, line by line; of a place, where its caret is. */
  rects(from: number, to: number): DOMRect[] {
    const most = this.quill.getLength() - 1;
    const { selection, container } = this.quill;
    const range = {
      index: Math.min(from, most),
      length: Math.max(0, Math.min(to, most) - Math.min(from, most)),
    };
    const origin = container.getBoundingClientRect();
    const here = ({ x, y, width, height }: DOMRect): DOMRect =>
      new DOMRect(x - origin.x, y - origin.y, width, height);
    if (range.length === 0) {
      const at = selection.getBounds(range.index);
      return at ? [here(new DOMRect(at.left, at.top, 0, at.height))] : [];
    }
    const [startNode, start, endNode, end] = selection.rangeToNative(range);
    if (!startNode || !endNode) return [];
    const native = document.createRange();
    native.setStart(startNode, start);
    native.setEnd(endNode, end);
    return [...native.getClientRects()].filter(({ width }) => width > 0).map(here);
  }

  #edits(ops: readonly object[]): void {
    const before = this.#selected;
    try {
      const told = this.#read(ops);
      const left = this.#free ? told : guarded(told, this.#seen);
      const did = this.#carried.onto(left, this.#seen);
      const suggestion = this.#o.suggests(did, this.#seen);
      const change = suggestion?.change ?? did;
      const crossed = transform(change, this.#behind ?? []);
      this.#o.edit(crossed.late, before);
      const typed = suggestion && apply(this.#seen, did);
      this.#seen = apply(this.#seen, change);
      if (this.#behind) this.#behind = crossed.committed;
      if (before) this.#selected = moved(before, change);
      if (typed) this.#fix(suggestion.fix, typed);
      this.#check(
        left !== told || (ops.length > 0 && change.length === 0)
          ? all(this.#seen)
          : both(touched(change), touched(ops as Delta)), // not all of it may have become one
      );
    } catch (error) {
      console.warn('editor:', error);
      this.show(this.#o.text());
    }
  }

  /** Shows as suggested what the person just did. Who deletes to the right goes on behind what stays. */
  #fix(fix: Delta, typed: Delta): void {
    const { quill } = this;
    const [at] = this.#forward && quill.hasFocus() ? quill.selection.getRange() : [null];
    this.#put(() => quill.updateContents(forQuill(forEditor(fix, typed)), Quill.sources.API));
    const stays = at ? insertedAt(fix, at.index) : 0;
    if (!at || stays === 0) return;
    // Order: Quill puts the caret back to where the browser had it when it has told all.
    queueMicrotask(() => quill.setSelection(at.index + stays, 0, Quill.sources.USER));
  }

  /** What the person did; if the editor's word for it makes no sense, what has become of the text. */
  #read(ops: readonly object[]): Delta {
    try {
      return fromEditor(ops, this.#seen);
    } catch (error) {
      if (!(error instanceof DeltaError)) throw error;
      const now = (readDocument(this.quill.getContents().ops) as Insert[]).map((op) => ({
        ...op,
        insert:
          imageOf(op.insert) || pollOf(op.insert) || formulaOf(op.insert) ? op.insert : clean(textOf(op)),
      }));
      return fromEditor(difference(shown(this.#seen, all(this.#seen)), now), this.#seen);
    }
  }

  #selects(range: Range | null, source: string): void {
    if (range && this.#unseen(range)) {
      // Order: Quill puts the caret back to where the browser had it when it has told all.
      queueMicrotask(() => this.quill.setSelection(range.index + 1, 0, Quill.sources.USER));
      return;
    }
    if (range && source !== Quill.sources.SILENT) this.#selected = ends(range);
    this.#o.selected(range, source === Quill.sources.USER);
  }

  /** The caret is in the empty line that a cell begins with, which nobody sees. */
  #unseen({ index, length }: Range): boolean {
    if (length > 0) return false;
    const [line] = this.quill.getLine(index);
    return line instanceof CellStart && line.length() === 1;
  }

  #composed(): void {
    this.#composing = false;
    const behind = this.#behind;
    this.#behind = null;
    if (behind) this.#show(behind);
  }

  #show(change: Delta): void {
    const shownChange = forEditor(change, this.#seen);
    this.#seen = apply(this.#seen, change);
    if (this.#selected) this.#selected = moved(this.#selected, change);
    this.#put(() => this.quill.updateContents(forQuill(shownChange), Quill.sources.API));
    this.#check(touched(change));
  }

  /** Compares what the editor shows of some lines with the model, and repairs it. */
  #check(span: Span | null): void {
    if (!span) return;
    const lines =
      this.quill.getLength() === length(this.#seen) ? wholeLines(this.#seen, span) : all(this.#seen);
    const want = shown(this.#seen, lines);
    const got = this.#contents(lines);
    if (same(want, got)) return;
    if (import.meta.env.DEV) console.warn('editor: repaired', canonical(want), 'from', canonical(got));
    const repair = difference(got, want).reduce((out, op) => out.push(op), new Builder().retain(lines.from));
    this.#put(() => this.quill.updateContents(forQuill(repair.change()), Quill.sources.API));
    if (!same(want, this.#contents(lines))) this.show(this.#seen);
  }

  #contents({ from, to }: Span): Delta {
    const whole = from === 0 && to >= length(this.#seen);
    return normal((whole ? this.quill.getContents() : this.quill.getContents(from, to - from)).ops as Delta);
  }

  /** Changes what is shown without taking the focus from where it is. */
  #put(change: () => void): void {
    const chosen = document.getSelection();
    const { root, selection } = this.quill;
    if (!this.quill.hasFocus() && chosen?.anchorNode && root.contains(chosen.anchorNode)) {
      const kept = selection.savedRange;
      chosen.removeAllRanges();
      selection.update(Quill.sources.SILENT);
      selection.savedRange = kept;
    }
    change();
  }
}

/** A change in Quill's own order, in which inserts stand before deletes: it looks the same, and goes no further. */
function forQuill(change: Delta): QuillDelta {
  const out = new QuillDelta();
  for (const op of change) out.push(op as QuillDelta['ops'][number]);
  return out;
}

/** How much a change inserts at a place of the text before it. */
function insertedAt(change: Delta, place: number): number {
  let at = 0;
  for (const op of change) {
    if (isInsert(op) && at === place) return size(op);
    if (!isInsert(op)) at += size(op);
    if (at > place) break;
  }
  return 0;
}

/** From the beginning of the first part to the end of the last. */
function both(a: Span | null, b: Span | null): Span | null {
  return a && b ? { from: Math.min(a.from, b.from), to: Math.max(a.to, b.to) } : (a ?? b);
}

function all(text: Delta): Span {
  return { from: 0, to: length(text) };
}

function ends({ index, length }: Range): Selected {
  return { anchor: index, head: index + length };
}

function moved({ anchor, head }: Selected, change: Delta): Selected {
  return { anchor: position(change, anchor, true), head: position(change, head, true) };
}
