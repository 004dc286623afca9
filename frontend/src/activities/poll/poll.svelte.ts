import { untrack } from 'svelte';
import type { Outcome } from '../../lib/net/outbox';
import type { Refusal } from '../../lib/net/protocol';
import type { Asked } from './question';
import { Seat, type PollRoom } from './seat';
import type { Poll } from './state';

/** A person's place at a poll, as a Svelte component follows it. */
export class LivePoll {
  readonly #seat: Seat;
  /** The room's code, and which of its activities this is: for named reads. */
  readonly code: string;
  readonly id: string;
  #version = $state(0);
  /** The last refusal of a host's command. */
  refused = $state.raw<Refusal | null>(null);
  /** Host's commands that the server has not settled. */
  waiting = $state(0);

  constructor(room: PollRoom, id: string) {
    this.code = room.code;
    this.id = id;
    this.#seat = new Seat(
      room,
      id,
      () => untrack(() => this.#version++),
      (refusal) => (this.refused = refusal),
    );
  }

  /** The seat itself; whoever reads it here hears of its changes. */
  get seat(): Seat {
    void this.#version;
    return this.#seat;
  }

  /** Something beside the poll has changed: what brakes stop. */
  heed(): void {
    this.#version++;
  }

  /** Null until the room has told it. */
  readonly poll: Poll | null = $derived.by(() => this.seat.poll);
  readonly gone: Refusal | null = $derived.by(() => this.seat.gone);
  /** The question on everybody's screen. */
  readonly present: Asked | null = $derived.by(() => this.seat.present);

  /** The server's clock. */
  readonly clock = (): number => this.#seat.now();

  /** Gives a host's command. The promise is not rejected; a refusal is also in `refused`. */
  async ask(name: string, content: unknown): Promise<Outcome> {
    this.waiting++;
    const outcome = await this.#seat.ask(name, content);
    this.waiting--;
    return outcome;
  }

  close(): void {
    this.#seat.close();
  }
}
