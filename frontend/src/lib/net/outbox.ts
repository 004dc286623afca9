import { ApiError } from './api';
import { backoff, type Clock } from './clock';
import { LIMITS, VOID, WAITS, type Refusal, type RoomEvent } from './protocol';
import type { Queue } from './queue';
import type { Command } from './store';

/**
 * How a command ended. "elsewhere": another tab has this queue and goes on with it. "recovered": the
 * room's numbering was not continued; it was not sent again and is kept for the person.
 */
export type Outcome =
  | { is: 'done'; n: number; event: RoomEvent | null }
  | ({ is: 'refused'; n: number } & Refusal)
  | { is: 'elsewhere'; n: number }
  | { is: 'recovered'; n: number };

/** A promise of an outcome, never rejected, that knows its number at once. */
export type Sent = Promise<Outcome> & { readonly n: number };

/** What is said of a command that is too big to be sent at all. */
export const tooBig: Refusal = { because: 'too-big', say: 'That is too big to send.' };
const TOO_BIG: Outcome = { is: 'refused', n: 0, ...tooBig };

export interface OutboxOptions {
  queue: Queue;
  clock: Clock;
  random: () => number;
  /** Puts a frame on the live connection. */
  send(frame: string): boolean;
  /** Sends a big command by POST; rejects with an ApiError. */
  post(command: Command, stop: AbortSignal): Promise<unknown>;
  /** A command was settled, also one of an earlier page. */
  settled(command: Command, outcome: Outcome): void;
}

/**
 * Numbered commands: sent strictly in order, at most so many under way, each settled once. A number is
 * given up only when the server has settled it; one that we settled ourselves, or that was settled
 * before a lower one, goes out again without its meaning if it must go out again at all.
 */
export class Outbox {
  readonly #o: OutboxOptions;
  readonly #waiting = new Map<number, (outcome: Outcome) => void>();
  /** Settled on this connection, but a lower number is not. */
  readonly #settled = new Set<number>();
  #live = false;
  /** Sent on this connection, through this number. */
  #sent = 0;
  #held: (() => void) | null = null;
  #posting: { n: number; stop: AbortController } | null = null;
  #tries = 0;

  constructor(o: OutboxOptions) {
    this.#o = o;
  }

  /** How many commands people wait for. */
  get unsettled(): number {
    let count = 0;
    for (const c of this.#o.queue.commands.values()) if (c.do !== VOID) count++;
    return count;
  }

  /** Gives the command its number and keeps it; it goes out when it is stored and its turn comes. */
  send(activity: string, name: string, content: string): Sent {
    if (bytes(content) > LIMITS.post) return Object.assign(Promise.resolve(TOO_BIG), { n: 0 });
    const { n } = this.#o.queue.add(activity, name, content);
    const outcome = new Promise<Outcome>((resolve) => this.#waiting.set(n, resolve));
    return Object.assign(outcome, { n });
  }

  /**
   * A connection is live: everything unsettled goes again, in order. A number above an unsettled one
   * goes again even if it was settled, without its meaning: the server may have forgotten a refusal.
   */
  begin(): void {
    this.#live = true;
    this.#sent = 0;
    this.#settled.clear();
    this.#release();
    this.pump();
  }

  /** The connection has gone. */
  end(): void {
    this.#live = false;
    this.#release();
    this.#posting?.stop.abort();
    this.#posting = null;
  }

  /** Sends what may be sent now. */
  pump(): void {
    const { queue } = this.#o;
    this.#sent = Math.max(this.#sent, queue.lowest - 1);
    while (this.#live && !this.#held && !this.#posting) {
      const n = this.#sent + 1;
      const command = queue.commands.get(n);
      if (!command || n - queue.lowest >= LIMITS.unsettled || !queue.ready(n)) return;
      const frame = encode(command);
      if (bytes(frame) <= LIMITS.socket) {
        this.#sent = n;
        this.#o.send(frame);
      } else if (n === queue.lowest) void this.#post(command);
      else return; // a big one goes alone, after all before it
    }
  }

  /** The server settled a number as done. `event` is what happened, where we may see it. */
  done(n: number, event: RoomEvent | null): void {
    this.#settle(n, { is: 'done', n, event });
  }

  /** The server settled a number as refused. */
  refused(n: number, refusal: Refusal): void {
    this.#settle(n, { ...refusal, is: 'refused', n });
  }

  /** The server wants a number, and all after it, again after a while. */
  wait(n: number, after: number): void {
    if (!this.#live || n < this.#o.queue.lowest || n > this.#sent) return;
    this.#sent = n - 1;
    this.#hold(after);
  }

  /** The largest frame under way on this connection, if any. */
  largest(): { n: number; size: number } | null {
    let largest: { n: number; size: number } | null = null;
    for (const command of this.#o.queue.commands.values()) {
      const size = bytes(encode(command));
      if (command.n <= this.#sent && size > (largest?.size ?? 0)) largest = { n: command.n, size };
    }
    return largest;
  }

  /** Settles a command ourselves: it is never sent again as it is, only its number is. */
  reject(n: number, refusal: Refusal): void {
    const command = this.#o.queue.commands.get(n);
    if (!command) return;
    this.#tell(command, { ...refusal, is: 'refused', n });
    this.#o.queue.empty(n);
  }

  /** Ends the use of the queue: whoever waits is told what becomes of it. */
  abandon(is: 'elsewhere' | 'recovered'): void {
    this.end();
    for (const command of [...this.#o.queue.commands.values()]) this.#tell(command, { is, n: command.n });
  }

  #settle(n: number, outcome: Outcome): void {
    const { queue } = this.#o;
    const command = queue.commands.get(n);
    if (!command || this.#settled.has(n)) return;
    this.#settled.add(n);
    if (this.#posting?.n === n) {
      this.#posting.stop.abort();
      this.#posting = null;
    }
    if (n === queue.lowest) this.#dropSettled();
    else queue.empty(n);
    this.#tell(command, outcome);
    this.pump();
  }

  #dropSettled(): void {
    const { queue } = this.#o;
    for (let n = queue.lowest; this.#settled.delete(n); n = queue.lowest) queue.drop(n);
  }

  #tell(command: Command, outcome: Outcome): void {
    if (command.do === VOID) return;
    const resolve = this.#waiting.get(command.n);
    this.#waiting.delete(command.n);
    resolve?.(outcome);
    this.#o.settled(command, outcome);
  }

  async #post(command: Command): Promise<void> {
    const posting = { n: command.n, stop: new AbortController() };
    this.#posting = posting;
    let failure: ApiError | null = null;
    try {
      await this.#o.post(command, posting.stop.signal);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      failure = error;
    }
    if (this.#posting !== posting) return; // settled by its event, or to be sent again
    this.#posting = null;
    this.#answered(command.n, failure);
  }

  #answered(n: number, failure: ApiError | null): void {
    if (failure === null) {
      this.#tries = 0;
      this.done(n, null);
    } else if (settlesNothing(failure)) this.#hold(backoff(++this.#tries, this.#o.random));
    else {
      // Whether the room itself refused it, or somebody on the way, only the room can say.
      this.#tries = 0;
      this.reject(n, failure);
    }
    this.pump();
  }

  #hold(after: number): void {
    this.#held?.();
    this.#held = this.#o.clock.after(after, () => {
      this.#held = null;
      this.pump();
    });
  }

  #release(): void {
    this.#held?.();
    this.#held = null;
  }
}

/** What somebody on the way says, or the server before any room is asked. */
const NOT_NOW: ReadonlySet<string> = new Set([...WAITS, 'offline', 'token', 'tries', 'crowded', 'restart']);

function settlesNothing({ because }: ApiError): boolean {
  return NOT_NOW.has(because) || because.startsWith('http-5');
}

function encode(c: Command): string {
  return `{"in":${JSON.stringify(c.in)},"do":${JSON.stringify(c.do)},"with":${c.with},"n":${c.n}}`;
}

const utf8 = new TextEncoder();

/** The size of a text as it goes over the wire. */
export function bytes(text: string): number {
  return text.length * 3 <= LIMITS.socket ? text.length : utf8.encode(text).length;
}
