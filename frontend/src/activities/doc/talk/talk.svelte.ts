import type { Range } from 'quill/core';
import type { Mention } from '../../../lib/mentions';
import type { Room } from '../../../lib/net/room';
import { notices } from '../../../lib/notices.svelte';
import { toasts } from '../../../ui/toasts.svelte';
import type { Span } from '../lines';
import type { Sheet } from '../sheet.svelte';
import { passages } from './anchors';
import type { Remark } from './remarks';
import type { Thread } from './threads';
import { words } from './words';

/** A comment that is being written, or that the server does not have yet, in the place of a thread's id. */
export const NEW = 0;

/** A passage as it is on the paper. */
export interface Mark {
  thread: number;
  lines: readonly DOMRect[];
  /** What search calls its comments by. */
  keys: readonly string[];
}

/** So many passages are drawn; beyond, the page would become slow. */
const MOST = 200;

/** The comments of a document as a person sees them: which is looked at, and where they are on the paper. */
export class Talk {
  /** The thread that is looked at; NEW while one writes a comment. */
  active = $state<number | null>(null);
  marks = $state.raw<readonly Mark[]>([]);

  readonly #sheet: Sheet;
  readonly #room: Room;
  readonly #id: string;

  /** Where each thread hangs. */
  readonly #places = $derived.by(() => {
    void this.#sheet.layout;
    const { text } = this.#sheet;
    return text && this.#sheet.threads.length > 0 ? passages(text) : new Map<number, Span[]>();
  });
  /** Those on the text, in its order; those that are resolved, and those whose text is gone, by age. */
  readonly open = $derived.by(() =>
    this.#sheet.threads
      .filter(({ id, resolved }) => resolved === '' && this.#places.has(id))
      .sort((a, b) => this.place(a.id) - this.place(b.id)),
  );
  readonly resolved = $derived.by(() => this.#sheet.threads.filter(({ resolved }) => resolved !== ''));
  readonly orphaned = $derived.by(() =>
    this.#sheet.threads.filter(({ id, resolved }) => resolved === '' && !this.#places.has(id)),
  );
  /** The thread that is looked at. */
  readonly shown = $derived.by(() => this.#sheet.threads.find(({ id }) => id === this.active) ?? null);

  constructor(sheet: Sheet, room: Room, id: string) {
    this.#sheet = sheet;
    this.#room = room;
    this.#id = id;
  }

  get me(): string {
    return this.#room.member?.id ?? '';
  }

  get may(): boolean {
    return this.#sheet.phase === 'open' && this.#room.may(this.#id, 'comment');
  }

  /** The passage that a comment is being written about. */
  get composing(): Span | null {
    return this.#sheet.composing;
  }

  get remarks(): readonly Remark[] {
    return this.#sheet.remarks;
  }

  /** Where a thread begins in the text; -1 if its text is gone. */
  place(thread: number): number {
    return this.#places.get(thread)?.[0]?.from ?? -1;
  }

  mayTurn(thread: Thread): boolean {
    return this.may && (thread.comments[0]?.by === this.me || this.#room.may(this.#id, 'change'));
  }

  mayErase(by: string): boolean {
    return this.may && (by === this.me || (this.#room.member?.role ?? '') in { host: 1, owner: 1 });
  }

  /** The people one may mention: who is here, and who has commented. */
  people(): Mention[] {
    const all = new Map<string, string>();
    for (const { comments } of this.#sheet.threads) {
      for (const { by, name } of comments) if (name) all.set(by, name);
    }
    for (const { id, name } of this.#room.here.here) all.set(id, name);
    all.delete(this.me);
    return [...all].map(([id, name]) => ({ id, name }));
  }

  /** Begins a comment on what is selected. */
  begin(range: Range | null = this.#sheet.range): void {
    if (!this.may) return;
    if (!range || range.length === 0) return toasts.tell(words().none);
    this.#sheet.compose({ from: range.index, to: range.index + range.length });
    this.active = NEW;
    this.measure(); // not in the next frame: what is typed next is not to replace the passage
  }

  leave(): void {
    this.#sheet.compose(null);
    this.active = null;
  }

  /** Says what was written about the passage. */
  say(text: string, mentions: Mention[]): void {
    const span = this.composing;
    this.leave();
    if (span) this.#sheet.document.comment(span, text, mentions);
  }

  /** Asks for something about a thread. True once it is done. */
  async ask(name: string, content: object): Promise<boolean> {
    return (await this.#room.send(this.#id, name, content)).is === 'done';
  }

  /** A comment is before the eyes of the person. */
  read(thread: number, comment: number): void {
    notices.seen(this.#room.code, this.#id, `comment-${thread}-${comment}`);
  }

  /** Goes to a thread and its passage. */
  go(thread: number): void {
    this.active = thread;
    const at = this.place(thread);
    if (at >= 0) this.#sheet.see(at);
  }

  /** The person is at a place of the text: the innermost thread that hangs there is looked at. */
  at(index: number): void {
    if (this.active === NEW) return;
    const here = this.open.filter(({ id }) =>
      this.#places.get(id)?.some(({ from, to }) => from <= index && index <= to),
    );
    this.active = here.at(-1)?.id ?? null;
  }

  /** The thread whose passage is at a point of the paper; null if there is none. */
  under(x: number, y: number): number | null {
    const hit = this.marks.findLast(({ lines }) =>
      lines.some((line) => x >= line.left && x <= line.right && y >= line.top && y <= line.bottom),
    );
    return hit?.thread ?? null;
  }

  /** Looks where the passages are by now. */
  measure(): void {
    const { editor } = this.#sheet;
    if (!editor) return;
    const draw = (thread: number, spans: readonly Span[]): Mark => ({
      thread,
      lines: spans.flatMap(({ from, to }) => (to > from ? editor.rects(from, to) : [])),
      keys: (this.#sheet.threads.find(({ id }) => id === thread)?.comments ?? []).map(
        ({ seq }) => `comment-${thread}-${seq}`,
      ),
    });
    const shown = this.shown && this.shown.resolved !== '' ? [...this.open, this.shown] : this.open;
    const marks = shown.slice(0, MOST).map(({ id }) => draw(id, this.#places.get(id) ?? []));
    const waiting = [this.composing, ...this.remarks].filter((span) => span !== null);
    this.marks = [...marks, ...waiting.map((span) => draw(NEW, [span]))].filter(
      ({ lines }) => lines.length > 0,
    );
  }
}
