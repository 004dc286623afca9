import {
  isDelete,
  isInsert,
  isRetain,
  pending,
  position,
  size,
  type Client,
  type Delta,
} from '../../lib/delta';
import type { Person, RoomEvent, Signal } from '../../lib/net/protocol';

/** Where somebody else is in what this person sees. */
export interface Caret {
  peer: string;
  by: string;
  name: string;
  colour: number;
  anchor: number;
  head: number;
  /** Counts the times that its owner came or went somewhere else than by writing. */
  visits: number;
}

export type Who = Pick<Caret, 'peer' | 'by' | 'name' | 'colour'>;

/** So many committed changes are kept, to bring a late word of a caret up to date. */
const RECENT = 100;
/** So many carets are shown, of those that moved last. */
const MOST = 30;

interface Committed {
  from: number;
  to: number;
  change: Delta;
  peer: string;
}

/** The carets of the others. They are told at a revision and moved from there by every change. */
export class Cursors {
  readonly #all = new Map<string, Caret>();
  /** Told at a revision that is not here yet. */
  readonly #early = new Map<string, Signal>();
  #recent: Committed[] = [];

  /** Those that moved last, at most 30. */
  get list(): Caret[] {
    return [...this.#all.values()].slice(-MOST);
  }

  /** Somebody told where they are. True if that shows at once. */
  hear(signal: Signal, client: Client): boolean {
    this.#early.delete(signal.peer);
    const told = read(signal.with);
    if (!told) return this.#all.delete(signal.peer);
    if (told.rev > client.rev) {
      this.#early.set(signal.peer, signal);
      return false;
    }
    const since = this.#since(told.rev, client.rev);
    if (!since) return false; // from too long ago: the next word will do
    const now = (index: number): number => {
      const committed = since.reduce((at, c) => position(c.change, at, c.peer !== signal.peer), index);
      return pending(client).reduce((at, change) => position(change, at, true), committed);
    };
    const { peer, by, name, colour } = signal;
    this.#put({ peer, by, name, colour, anchor: now(told.anchor), head: now(told.head), visits: 1 });
    return true;
  }

  /** A change was committed: `change` as it is on the server, `shown` as it is in what this person sees. */
  committed(made: Committed, shown: Delta, client: Client, who: Who | null): void {
    this.move(shown);
    const end = who && endOf(shown);
    if (who && end !== null) this.#put({ ...who, anchor: end, head: end, visits: 0 });
    this.own(made, client);
  }

  /** This person's own change was committed: what is seen does not move. */
  own(made: Committed, client: Client): void {
    this.#recent = [...this.#recent.slice(1 - RECENT), made];
    for (const signal of [...this.#early.values()]) this.hear(signal, client);
  }

  /** What is seen has changed: carets stay before what is written at their place. */
  move(change: Delta): void {
    for (const [peer, caret] of this.#all) {
      const [anchor, head] = [position(change, caret.anchor, true), position(change, caret.head, true)];
      this.#all.set(peer, { ...caret, anchor, head });
    }
  }

  /** Nothing that was known of revisions counts any more. */
  reset(): void {
    this.#all.clear();
    this.#early.clear();
    this.#recent = [];
  }

  #since(rev: number, head: number): Committed[] | null {
    if (rev === head) return [];
    const first = this.#recent.findIndex((c) => c.from === rev);
    return first < 0 ? null : this.#recent.slice(first);
  }

  #put(caret: Caret): void {
    const before = this.#all.get(caret.peer);
    this.#all.delete(caret.peer);
    this.#all.set(caret.peer, { ...caret, visits: (before?.visits ?? 0) + caret.visits });
  }
}

function read(value: unknown): { rev: number; anchor: number; head: number } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { rev, anchor, head } = value as Record<string, unknown>;
  const sound = [rev, anchor, head].every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
  return sound ? { rev: rev as number, anchor: anchor as number, head: head as number } : null;
}

/** Where a change ends: there its author is. Null if it only sets formats. */
function endOf(change: Delta): number | null {
  let at = 0;
  let end: number | null = null;
  for (const op of change) {
    if (!isDelete(op)) at += size(op);
    if (!isRetain(op) || isInsert(op)) end = at;
  }
  return end;
}

/** Who made an event: one whose caret is there, or one of those who are in the room. */
export function whoOf(
  { by, peer }: RoomEvent,
  carets: readonly Caret[],
  here: readonly Person[],
): Who | null {
  const known = carets.find((one) => one.peer === peer) ?? here.find((person) => person.id === by);
  return known ? { peer, by, name: known.name, colour: known.colour } : null;
}
