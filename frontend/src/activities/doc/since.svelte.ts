import { compare, length, type Delta } from '../../lib/delta';
import type { Room } from '../../lib/net/room';
import type { Span } from './lines';
import { lastSeen, rememberSeen, type Seen } from './seen';
import type { Sheet } from './sheet.svelte';
import { changedSpans, movedSpans } from './spans';
import { bare } from './talk/anchors';

/** A longer text is not compared on the side. */
const LONG = 300_000;

export interface Bar {
  y: number;
  height: number;
}

/** What has changed in a document since the person was last here, and remembering that they are here now. */
export class Since {
  /** How far it was read before; null if that is the newest, or it is not to be seen any more. */
  was = $state.raw<Seen | null>(null);
  /** Where the changed lines are on the paper. */
  bars = $state.raw<readonly Bar[]>([]);

  readonly #sheet: Sheet;
  readonly #room: Room;
  readonly #id: string;
  #begun = false;
  #spans: readonly Span[] = [];
  /** The text that they are places of. */
  #text: Delta | null = null;

  constructor(sheet: Sheet, room: Room, id: string) {
    this.#sheet = sheet;
    this.#room = room;
    this.#id = id;
  }

  /** The document is open: once, what has changed is found. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const last = lastSeen(this.#name);
    if (!last || last.rev >= this.#sheet.document.rev) return;
    this.was = last;
    void this.#find(last.rev);
  }

  /** The person has seen what there is by now. */
  remember(): void {
    const { rev, phase } = this.#sheet.document;
    if (phase === 'open') rememberSeen(this.#name, { rev, at: Date.now() });
  }

  dismiss(): void {
    this.was = this.#text = null;
    this.bars = [];
  }

  /** Looks where the changed passages are by now. */
  measure(): void {
    const { editor, document } = this.#sheet;
    if (!editor || !document.text || !this.#text) return;
    if (document.text !== this.#text) {
      this.#spans = movedSpans(this.#spans, compare(this.#text, document.text));
      this.#text = document.text;
    }
    const lines = new Map<number, Bar>();
    for (const { from, to } of this.#spans) {
      for (const { y, height } of editor.rects(from, to)) lines.set(Math.round(y), { y, height });
    }
    this.bars = [...lines.values()];
  }

  get #name(): string {
    return `${this.#room.code}/${this.#id}`;
  }

  /** Without the passages, that there are some must do. */
  async #find(rev: number): Promise<void> {
    const text = this.#sheet.document.text;
    if (!text || length(text) > LONG) return;
    const { Source } = await import('./history/source');
    const found = await new Source(this.#room.code, this.#id).revision(rev).catch(() => null);
    const now = this.#sheet.document.text;
    if (!found || !now || !this.was) return;
    const change = compare(found.content.map(bare), now.map(bare));
    if (change.length === 0) return this.dismiss(); // it was only commented on
    this.#spans = changedSpans(change);
    this.#text = now;
    this.measure();
  }
}
