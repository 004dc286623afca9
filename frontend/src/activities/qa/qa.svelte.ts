import type { Outcome } from '../../lib/net/outbox';
import type { Refusal } from '../../lib/net/protocol';
import { NO_STOPS, type Stops } from '../../lib/room/lobby';
import type { Room } from '../../lib/net/room';
import { apply, applyOwn, digest, open, openOwn, type Counted, type Own, type Qa } from './state';

/** What of the room a round of questions needs. */
export type QaRoom = Pick<Room, 'watch' | 'unwatch' | 'may' | 'send' | 'cast' | 'ballot' | 'unsettled'>;

/** What somebody asked that the server does not have yet. */
export interface Unsent {
  n: number;
  text: string;
}

/** How the person's vote for a question stands. */
export interface Vote {
  up: boolean;
  /** Not counted yet. */
  pending: boolean;
}

/** Questions as a panel shows them. */
export class LiveQa {
  readonly #room: QaRoom;
  readonly #id: string;
  /** Null until the room has told them. */
  qa = $state.raw<Qa | null>(null);
  own = $state.raw<Own>({ questions: [], votes: {} });
  unsent = $state.raw<readonly Unsent[]>([]);
  gone = $state.raw<Refusal | null>(null);
  refused = $state.raw<Refusal | null>(null);
  /** What was asked and refused: it goes back to where it was written. */
  returned = $state<string | null>(null);
  stops = $state.raw<Stops>(NO_STOPS);
  /** The turns that are under way, by question. */
  #casts = $state.raw<Readonly<Record<string, number>>>({});

  constructor(room: QaRoom, id: string) {
    this.#room = room;
    this.#id = id;
    room.watch(id, {
      open: (view, mine, seq) => {
        this.gone = null;
        this.qa = open(view, seq);
        this.own = openOwn(mine);
        this.#waits();
      },
      event: (event) => {
        if (this.qa) this.qa = apply(this.qa, event);
        this.own = applyOwn(this.own, event);
        this.#waits();
      },
      mine: (mine) => (this.own = openOwn(mine)),
      digest: (d) => {
        if (this.qa) this.qa = digest(this.qa, d);
      },
      covers: (mine, content) => {
        const { question, turn } = content as { question: number; turn: number };
        return (openOwn(mine).votes[question] ?? 0) >= turn;
      },
      ballot: (key, mark) => {
        if (mark === 'counted' || mark === 'refused') this.#settled(key);
      },
      settled: () => this.#waits(),
      refused: (refusal, asked) => {
        this.refused = refusal;
        if (asked.do === 'ask') this.returned = (JSON.parse(asked.with) as { text: string }).text;
        this.#waits();
      },
      moved: () => this.#waits(),
      gone: (refusal) => (this.gone = refusal),
    });
    this.#waits();
  }

  get host(): boolean {
    void this.qa; // another role comes with another view
    return this.#room.may(this.#id, 'approve');
  }

  get mayAsk(): boolean {
    void this.qa; // another role comes with another view
    void this.stops;
    return this.#room.may(this.#id, 'ask');
  }

  /** Gives a command. The promise is not rejected; a refusal is also in `refused`. */
  async ask(name: string, content: object): Promise<Outcome> {
    const outcome = this.#room.send(this.#id, name, content);
    this.#waits();
    return outcome;
  }

  /** How the person's vote stands, as they want it. */
  vote(id: number): Vote {
    const counted = this.own.votes[id] ?? 0;
    const turn = Math.max(this.#casts[id] ?? 0, counted);
    const under = turn > counted || this.#room.ballot(this.#id, String(id)) !== null;
    return { up: turn % 2 === 1, pending: under };
  }

  /** Votes for a question, or takes the vote back. */
  toggle(q: Counted): void {
    const turn = Math.max(this.#casts[q.id] ?? 0, this.own.votes[q.id] ?? 0) + 1;
    this.#casts = { ...this.#casts, [q.id]: turn };
    this.#room.cast(this.#id, 'vote', { question: q.id, turn }, String(q.id));
  }

  close(): void {
    this.#room.unwatch(this.#id);
  }

  #settled(key: string): void {
    const { [key]: _, ...rest } = this.#casts;
    this.#casts = rest;
  }

  #waits(): void {
    this.unsent = this.#room
      .unsettled(this.#id)
      .filter((command) => command.do === 'ask')
      .map((command) => ({ n: command.n, text: (JSON.parse(command.with) as { text: string }).text }));
  }
}
