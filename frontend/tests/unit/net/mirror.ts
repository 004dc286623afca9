import type { Outcome } from '../../../src/lib/net/outbox';
import type { Refusal, RoomEvent } from '../../../src/lib/net/protocol';
import type { ActivityListener } from '../../../src/lib/net/watches';

/** What a browser keeps for one tab, or for all of them. */
export class Words {
  #all = new Map<string, string>();
  getItem(key: string): string | null {
    return this.#all.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#all.set(key, value);
  }
  removeItem(key: string): void {
    this.#all.delete(key);
  }
  copy(): Words {
    const copy = new Words();
    copy.#all = new Map(this.#all);
    return copy;
  }
}

/** An activity's state as a page mirrors it, which also checks that nothing is told twice. */
export class Mirror implements ActivityListener {
  items: unknown[] = [];
  mineNow: unknown = null;
  opens = 0;
  seq = 0;
  moves = 0;
  heard: RoomEvent[] = [];
  refusals: Refusal[] = [];
  outcomes: Outcome[] = [];
  /** What was refused, as JSON. */
  refusedContents: string[] = [];
  marks: string[] = [];
  keys = new Set<string>();
  digests: unknown[] = [];
  signals: unknown[] = [];
  lost: Refusal | null = null;
  /** A test may let it fail. */
  fault: (() => void) | null = null;

  open(view: unknown, mine: unknown, seq: number): void {
    this.items = [...(view as { items: unknown[] }).items];
    this.mineNow = mine;
    this.seq = seq;
    this.opens++;
    this.lost = null;
  }
  event(event: RoomEvent): void {
    this.fault?.();
    if (event.seq <= this.seq) throw new Error(`event ${event.seq} was told after ${this.seq}`);
    this.seq = event.seq;
    this.items.push(event.with);
    this.heard.push(event);
  }
  mine(mine: unknown): void {
    this.mineNow = mine;
  }
  digest(digest: unknown): void {
    this.digests.push(digest);
  }
  signal(signal: unknown): void {
    this.signals.push(signal);
  }
  settled(_: unknown, outcome: Outcome): void {
    this.outcomes.push(outcome);
  }
  refused(refusal: Refusal, asked: { with: string }): void {
    this.refusals.push(refusal);
    this.refusedContents.push(asked.with);
  }
  covers(mine: unknown, content: unknown): boolean {
    return ((mine as { turn: number } | null)?.turn ?? 0) >= (content as { turn: number }).turn;
  }
  ballot(key: string, mark: string): void {
    this.marks.push(mark);
    this.keys.add(key);
  }
  moved(): void {
    this.moves++;
  }
  gone(refusal: Refusal): void {
    this.lost = refusal;
  }
}
