import { tick } from 'svelte';
import { length, position, type Delta } from '../../../lib/delta';
import type { Paper } from '../paper';
import { tableAt } from '../table/acts';
import { about, placing, type Wish } from './placing';
import { pollOf, type Polled } from './told';

/** The polls in a document: what was seen of them, and the one that somebody is about to put in. */
export class Polls {
  /** By name, as everybody sees them. */
  seen = $state.raw<readonly Polled[]>([]);
  /** Some stand in the text. */
  some = $state(false);
  wish = $state.raw<Wish | null>(null);

  readonly #sheet: Pick<Paper, 'text' | 'writable' | 'act'>;

  constructor(sheet: Pick<Paper, 'text' | 'writable' | 'act'>) {
    this.#sheet = sheet;
  }

  /** Looks at the text and what is noted beside it. */
  look(text: Delta | null, seen: readonly Polled[]): void {
    this.seen = seen;
    this.some = text?.some((op) => 'insert' in op && pollOf(op.insert) !== null) ?? false;
  }

  /** Somebody wants a poll, about what is selected. */
  begin(range: { index: number; length: number }): void {
    const { text, writable } = this.#sheet;
    if (!text || !writable) return;
    const wish = about(text, range);
    // In a table it would be too narrow: it stands below.
    this.wish = { ...wish, at: tableAt(text, range.index)?.to ?? wish.at };
  }

  /** The text has changed: the place has moved. */
  moved(change: Delta): void {
    if (this.wish) this.wish = { ...this.wish, at: position(change, this.wish.at, true) };
  }

  /** Puts a poll where it was wanted. False if that cannot be any more. */
  async put(poll: string): Promise<boolean> {
    const at = this.wish?.at;
    this.wish = null;
    await tick(); // what asked for it is closed by then: the focus can go to the text
    const { text, writable } = this.#sheet;
    if (!text || !writable || at === undefined) return false;
    const { change, caret } = placing(text, Math.min(at, length(text)), poll);
    this.#sheet.act(change, caret);
    return true;
  }

  /** Takes a poll out of the text. It stays in the room. */
  remove(at: number): void {
    const { text } = this.#sheet;
    const line = text && at < length(text) ? at : null;
    if (line !== null) this.#sheet.act([...(at > 0 ? [{ retain: at }] : []), { delete: 1 }], at);
  }
}
