import type { RoomEvent } from '../../lib/net/protocol';

/** What the server says of a thread in which this person takes part: what they have not read, oldest first. */
export interface Unread {
  thread: number;
  seqs: number[];
}

/** So many of a thread are counted, as the server does. */
const MOST = 30;

/** What is unread in the threads in which this person takes part, on all their tabs and devices. */
export class UnreadReplies {
  #by = $state.raw<ReadonlyMap<number, readonly number[]>>(new Map());
  readonly #me: () => string;

  constructor(me: () => string) {
    this.#me = me;
  }

  readonly count: number = $derived([...this.#by.values()].reduce((sum, seqs) => sum + seqs.length, 0));
  /** The thread in which something has been unread for longest. */
  readonly next: number | null = $derived.by(() => {
    const waiting = [...this.#by].filter(([, seqs]) => seqs.length > 0);
    return waiting.sort(([, a], [, b]) => (a[0] ?? 0) - (b[0] ?? 0))[0]?.[0] ?? null;
  });

  /** The seqs of what is unread in a thread. */
  of(thread: number): readonly number[] {
    return this.#by.get(thread) ?? [];
  }

  open(threads: readonly Unread[] = []): void {
    this.#by = new Map(threads.map(({ thread, seqs }) => [thread, seqs]));
  }

  event(event: RoomEvent): void {
    const content = (event.with ?? {}) as { thread?: number; began?: string; of?: number; seq?: number };
    const { thread } = content;
    if (!thread) return;
    const seqs = this.#by.get(thread);
    if (event.did === 'said') {
      const mine = event.by === this.#me();
      if (!seqs && !mine && content.began !== this.#me()) return;
      this.#set(thread, mine ? (seqs ?? []) : [...(seqs ?? []), event.seq].slice(-MOST));
    } else if (event.did === 'deleted' && seqs) {
      this.#set(
        thread,
        seqs.filter((seq) => seq !== content.of),
      );
    } else if (event.did === 'read') this.read(thread, content.seq ?? 0);
  }

  /** All in a thread was read through a seq. */
  read(thread: number, through: number): void {
    const seqs = this.of(thread);
    if (seqs.some((seq) => seq <= through))
      this.#set(
        thread,
        seqs.filter((seq) => seq > through),
      );
  }

  #set(thread: number, seqs: readonly number[]): void {
    this.#by = new Map([...this.#by, [thread, seqs]]);
  }
}
