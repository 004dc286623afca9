import { newId, type Clock } from './clock';
import type { Marks } from './marks';
import { Queue, type QueueOptions, type QueueStore } from './queue';
import type { Claim, Recovered, Store } from './store';

export interface LeaseOptions {
  room: string;
  /** Who this person is in the room, if known. */
  member: string | null;
  store: QueueStore & Pick<Store, 'claim' | 'recovered' | 'dismiss'>;
  marks: Marks;
  clock: Clock;
  /** Something was stored, or could not be. */
  kept(): void;
  /** Another page has our queue: take a fresh one. */
  taken(queue: Queue): void;
  /** Nothing of ours is under way, so that a queue left behind by another page may be looked after. */
  idle(): boolean;
  /** A queue with work that another page left behind. */
  found(queue: Queue): void;
}

/** How often a lease is renewed, ms. */
const RENEWAL = 2_000;

/** Which queue this page holds, and that it goes on holding it. */
export class Lease {
  readonly #o: LeaseOptions;
  readonly #page = newId(8);
  #queue: Queue | null = null;
  #stop: () => void = () => undefined;

  constructor(o: LeaseOptions) {
    this.#o = o;
  }

  /** The queue that this tab had before a reload, or another that is free, or a fresh one. Never rejects. */
  async take(): Promise<Queue> {
    const { room, marks } = this.#o;
    // If the store fails here, the first write of the fresh queue fails too, and says so.
    const kept = await this.#o.store.claim(this.#claim(marks.before(room))).catch(() => null);
    this.#renewLater();
    return kept ? Queue.found(this.#options(), kept) : this.fresh();
  }

  /** A queue that nobody has used. */
  fresh(): Queue {
    return Queue.fresh(this.#options(), this.#queue?.member ?? this.#o.member);
  }

  /** This is the page's queue from now on. */
  hold(queue: Queue): Queue {
    this.#queue = queue;
    this.#o.marks.hold(this.#o.room, queue.peer, this.#page);
    return queue;
  }

  /** The page is here again, perhaps after a long sleep: is the queue still ours? */
  wake(): void {
    if (!this.#queue) return;
    this.hold(this.#queue);
    void this.#queue.renew();
  }

  /** The page goes away: its successor in this tab may have the queue at once. */
  leave(): void {
    if (this.#queue) this.#o.marks.leave(this.#o.room, this.#queue.peer, this.#page);
  }

  /** Ends; what is in the queue stays stored, for the next page. */
  async release(): Promise<void> {
    this.#stop();
    const queue = this.#queue;
    this.#queue = null;
    await queue?.release();
  }

  /** Work that was set aside and not dismissed. Empty if the storage fails. */
  recovered(): Promise<Recovered[]> {
    return this.#o.store.recovered(this.#o.room, this.#o.member).catch(() => []);
  }

  /** Ends a queue for good and returns its work, which the store keeps until it is dismissed. */
  setAside(queue: Queue): Recovered {
    const { work, stored } = queue.setAside();
    // If that fails the queue is found again by the next page, which sets it aside in its turn.
    stored.catch(() => undefined);
    const { room, clock } = this.#o;
    return { room, peer: queue.peer, member: queue.member, at: clock.now(), ...work };
  }

  #claim(before: Claim['before']): Claim {
    const { room, marks } = this.#o;
    const member = this.#queue?.member ?? this.#o.member;
    const onlyWork = this.#queue !== null;
    return { room, member, page: this.#page, before, spoiled: marks.spoiled(), onlyWork };
  }

  #options(): QueueOptions {
    const { room, store, marks, kept, taken } = this.#o;
    return { room, page: this.#page, store, marks, kept, taken };
  }

  #renewLater(): void {
    this.#stop = this.#o.clock.after(RENEWAL, () => void this.#renew());
  }

  async #renew(): Promise<void> {
    this.#renewLater();
    await this.#queue?.renew();
    if (!this.#queue || !this.#o.idle()) return;
    const left = await this.#o.store.claim(this.#claim(null)).catch(() => null);
    if (!left) return;
    const queue = Queue.found(this.#options(), left);
    if (this.#queue && this.#o.idle()) this.#o.found(queue);
    else await queue.release();
  }
}
