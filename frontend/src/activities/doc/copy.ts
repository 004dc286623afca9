import {
  acknowledged,
  apply,
  canonical,
  compare,
  difference,
  DUE,
  edited,
  heard,
  History,
  isRetain,
  numbered,
  pending,
  same,
  synced,
  type Client,
  type Delta,
  type Selected,
} from '../../lib/delta';
import { Cursors, type Who } from './cursors';
import { leaveAnchors } from './talk/anchors';
import type { Step } from './told';

/** A change of what the person sees that was not made by their hand. */
export interface Shift {
  change: Delta;
  before: Delta;
}

/**
 * A document as one tab has it: what the server has (the base), what was sent, and the buffer; all three
 * together are the text that the person sees. No connection and no storage.
 */
export class Copy {
  base: Delta;
  text: Delta;
  client: Client;
  readonly history = new History();
  readonly cursors = new Cursors();

  /** Begins with what was kept: the base, and what is pending on it. */
  constructor(base: Delta, client: Client) {
    this.base = base;
    this.client = client;
    this.text = pending(client).reduce(apply, base);
  }

  get pending(): Delta[] {
    return pending(this.client);
  }

  /** The number under way, DUE if there is something to send, or null if the server has everything. */
  get n(): number | null {
    return this.client.is === 'synced' ? null : this.client.n;
  }

  /**
   * The person changed the text. True if that is a new step for undo. Throws a DeltaError if the change
   * does not fit, and then nothing happened.
   */
  edit(change: Delta, selected: Selected | null, at: number): boolean {
    const before = this.text;
    this.#write(change);
    return this.history.record(change, before, selected, at);
  }

  /** Takes the person's last step back, or does it again. Null if there is nothing to take. */
  again(way: 'undo' | 'redo', selected: Selected | null): (Shift & { selected: Selected | null }) | null {
    const before = this.text;
    const step = this.history[way](before, selected);
    if (!step) return null;
    this.#write(step.change);
    return { ...step, before };
  }

  /** What makes the text what it was once; null if it is. */
  towards(content: Delta): Delta | null {
    const change = leaveAnchors(compare(this.text, content));
    return change.some((op) => !isRetain(op) || op.attributes) ? change : null;
  }

  /** The person makes a change otherwise than in an editor. It is a step of its own for undo. */
  make(change: Delta, selected: Selected | null, at: number): Shift {
    const before = this.text;
    this.history.pause();
    this.edit(change, selected, at);
    this.history.pause();
    return { change, before };
  }

  /** What is to be sent has its number; with DUE, it was refused but may be sent anew. */
  number(n: number): void {
    this.client = numbered(this.client, n);
  }

  /** The change under way was committed. Throws if it came back as another. */
  own(change: Delta, rev: number, peer: string): void {
    const sent = this.client.is === 'synced' ? null : this.client.sent;
    this.base = apply(this.base, change);
    this.client = acknowledged(this.client, rev);
    this.cursors.own({ from: rev - 1, to: rev, change, peer }, this.client);
    if (!sent || !same(change, sent)) throw new Error(`own change came back as ${canonical(change)}`);
  }

  /** What others did between two revisions; `who` if it was one of them. */
  foreign(change: Delta, from: number, to: number, who: Who | null): Shift {
    const before = this.text;
    const base = apply(this.base, change);
    const moved = heard(this.client, change, to);
    this.text = apply(before, moved.change);
    this.base = base;
    this.client = moved.client;
    this.history.heard(moved.change);
    this.cursors.committed({ from, to, change, peer: who?.peer ?? '' }, moved.change, moved.client, who);
    return { change: moved.change, before };
  }

  /** A part of a catch-up. Throws if it does not go on from here. */
  step(step: Step, peer: string): Shift | null {
    if (step.from !== this.client.rev)
      throw new Error(`a step begins at ${step.from}, not at ${this.client.rev}`);
    if (!step.own || step.n !== this.n || step.n === DUE) {
      return this.foreign(step.change, step.from, step.to, null);
    }
    this.own(step.change, step.to, peer);
    return null;
  }

  /** Goes on from what the server has, without what is pending. */
  reset(base: Delta, rev: number): Shift {
    const before = this.text;
    const change = difference(before, base);
    this.base = this.text = base;
    this.client = synced(rev);
    this.cursors.reset();
    this.history.heard(change);
    return { change, before };
  }

  #write(change: Delta): void {
    this.text = apply(this.text, change);
    this.client = edited(this.client, change);
    this.cursors.move(change);
  }
}
