import type { Room } from '../../lib/net/room';
import type { Copy } from './copy';
import type { Drafts } from './drafts';
import { fromStored, toStored, type Kept } from './record';

/** What a document has on this device, for as long as the server does not have it, and how much that is. */
export class Keeping {
  readonly #room: Pick<Room, 'record' | 'keep' | 'holds'>;
  readonly #id: string;
  #stored = false;
  #sent = false;
  /** Steps of the person in the buffer. */
  #steps = 0;

  constructor(room: Pick<Room, 'record' | 'keep' | 'holds'>, id: string) {
    this.#room = room;
    this.#id = id;
  }

  /** How many steps of the person the server does not have yet. */
  get waits(): number {
    return this.#steps + (this.#sent ? 1 : 0);
  }

  /** What this tab's queue has kept. */
  load(): Kept {
    const kept = fromStored(this.#room.record(this.#id));
    this.#stored = kept.pending !== null || kept.drafts.length > 0;
    this.#sent = kept.pending !== null;
    this.#count(kept.pending?.client.is === 'waitingMore' ? 1 : 0);
    return kept;
  }

  /** Stores what there is. Order: in the same turn as what is sent, so that both are in one transaction. */
  keep(copy: Copy | null, drafts: Drafts, epoch: string | null): void {
    const pending = copy && { base: copy.base, client: copy.client, epoch };
    const record = toStored({ pending, drafts: drafts.list });
    if (record || this.#stored) this.#room.keep(this.#id, record);
    this.#stored = record !== undefined;
    this.#sent = copy !== null && copy.client.is !== 'synced';
    const waits = copy?.client.is === 'waitingMore';
    if (waits !== this.#steps > 0) this.#count(waits ? 1 : 0);
  }

  /** The person has made one more step that waits. */
  step(): void {
    this.#count(this.#steps + 1);
  }

  #count(steps: number): void {
    this.#steps = steps;
    this.#room.holds(this.#id, steps);
  }
}
