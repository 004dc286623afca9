import { newId, type Clock } from './clock';
import { bytes, tooBig } from './outbox';
import { LIMITS, type Refusal } from './protocol';
import type { Queue } from './queue';
import type { Ballot } from './store';

/** Where a ballot is: kept on this device, sent, counted by the server, or refused. */
export type BallotMark = 'kept' | 'sent' | 'counted' | 'refused';

export interface BallotsOptions {
  queue: Queue;
  clock: Clock;
  send(frame: string): boolean;
  /** A ballot has a new mark; with the refusal, if it was refused. */
  marked(ballot: Ballot, mark: BallotMark, refusal: Refusal | null): void;
}

/**
 * Commands without a number. The newest with a key replaces the one before; each is kept, sent, and sent
 * again on every connection until the person's own part of the activity shows it, or it is refused.
 */
export class Ballots {
  readonly #o: BallotsOptions;
  /** The refs sent on this connection, and those that wait to be sent again. */
  readonly #sent = new Set<string>();
  readonly #held = new Map<string, () => void>();
  #live = false;

  constructor(o: BallotsOptions) {
    this.#o = o;
  }

  get unsettled(): number {
    return this.#o.queue.ballots.size;
  }

  cast(activity: string, name: string, content: string, key: string): void {
    const ballot = { key: `${activity} ${key}`, ref: newId(6), in: activity, do: name, with: content };
    if (bytes(content) > LIMITS.socket) {
      this.#o.marked(ballot, 'refused', tooBig);
      return;
    }
    this.#o.queue.putBallot(ballot);
    this.#o.marked(ballot, 'kept', null);
    this.pump();
  }

  /** Tells where the ballot with a key is; null if there is none under way. */
  mark(activity: string, key: string): 'kept' | 'sent' | null {
    const ballot = this.#o.queue.ballots.get(`${activity} ${key}`);
    if (!ballot) return null;
    return this.#sent.has(ballot.ref) ? 'sent' : 'kept';
  }

  begin(): void {
    this.#live = true;
    this.pump();
  }

  end(): void {
    this.#live = false;
    this.#sent.clear();
    for (const stop of this.#held.values()) stop();
    this.#held.clear();
  }

  pump(): void {
    if (!this.#live) return;
    for (const ballot of [...this.#o.queue.ballots.values()]) {
      if (this.#sent.has(ballot.ref) || this.#held.has(ballot.ref) || !this.#o.queue.ready(ballot.key))
        continue;
      this.#sent.add(ballot.ref);
      this.#o.send(encode(ballot));
      this.#o.marked(ballot, 'sent', null);
    }
  }

  /** The person's own part of an activity has come: what it covers is counted. */
  mine(activity: string, covers: (content: unknown) => boolean): void {
    for (const ballot of [...this.#o.queue.ballots.values()]) {
      if (ballot.in === activity && covers(JSON.parse(ballot.with))) this.#settle(ballot, 'counted', null);
    }
  }

  /** A ref of a ballot that was replaced since means nothing any more. */
  refused(ref: string, refusal: Refusal): void {
    const ballot = this.#find(ref);
    if (ballot) this.#settle(ballot, 'refused', refusal);
  }

  wait(ref: string, after: number): void {
    if (!this.#live || !this.#find(ref) || this.#held.has(ref)) return;
    this.#sent.delete(ref);
    const again = (): void => {
      this.#held.delete(ref);
      this.pump();
    };
    this.#held.set(ref, this.#o.clock.after(after, again));
  }

  /** The largest frame under way on this connection, if any. */
  largest(): { ref: string; size: number } | null {
    let largest: { ref: string; size: number } | null = null;
    for (const ballot of this.#o.queue.ballots.values()) {
      const size = bytes(encode(ballot));
      if (this.#sent.has(ballot.ref) && size > (largest?.size ?? 0)) largest = { ref: ballot.ref, size };
    }
    return largest;
  }

  #find(ref: string): Ballot | null {
    for (const ballot of this.#o.queue.ballots.values()) if (ballot.ref === ref) return ballot;
    return null;
  }

  #settle(ballot: Ballot, mark: 'counted' | 'refused', refusal: Refusal | null): void {
    this.#o.queue.dropBallot(ballot.key);
    this.#o.marked(ballot, mark, refusal);
  }
}

/** The key that a ballot was cast with. */
export function keyOf(b: Ballot): string {
  return b.key.slice(b.in.length + 1);
}

function encode(b: Ballot): string {
  return `{"in":${JSON.stringify(b.in)},"do":${JSON.stringify(b.do)},"with":${b.with},"ref":${JSON.stringify(b.ref)}}`;
}
