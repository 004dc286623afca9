import type { PostedCommand } from './api';
import { Ballots, keyOf } from './ballots';
import type { Clock } from './clock';
import { Outbox, tooBig, type Outcome } from './outbox';
import { VOID, type Refusal, type RoomEvent, type ServerFrame } from './protocol';
import type { Queue } from './queue';
import type { Ballot, Command } from './store';
import type { Watches } from './watches';

export interface PeerOptions {
  queue: Queue;
  watches: Watches;
  clock: Clock;
  random: () => number;
  send(frame: string): boolean;
  post(command: PostedCommand, stop: AbortSignal): Promise<unknown>;
  /** Something was refused in an activity that nobody hears. */
  refused(refusal: Refusal, asked: Command | Ballot): void;
}

/** One queue of commands and what is done with it: numbered commands and ballots, until the server settled them. */
export class Peer {
  readonly queue: Queue;
  readonly outbox: Outbox;
  readonly ballots: Ballots;
  readonly #o: PeerOptions;
  readonly #watches: Watches;

  constructor(o: PeerOptions) {
    const { queue, watches, clock, random, send } = o;
    this.#o = o;
    this.queue = queue;
    this.#watches = watches;
    this.outbox = new Outbox({
      queue,
      clock,
      random,
      send,
      post: (command, stop) => o.post({ ...command, peer: queue.peer }, stop),
      settled: (command, outcome) => this.#settled(command, outcome),
    });
    this.ballots = new Ballots({
      queue,
      clock,
      send,
      marked: (ballot, mark, refusal) => {
        watches.tell(ballot.in, (listener) => listener.ballot?.(keyOf(ballot), mark, refusal));
        if (refusal) this.#refused(refusal, ballot);
      },
    });
  }

  /** Commands and ballots that are not settled. */
  get unsettled(): number {
    return this.outbox.unsettled + this.ballots.unsettled;
  }

  /** The commands of an activity that are not settled, lowest number first. */
  unsettledIn(activity: string): Command[] {
    return [...this.queue.commands.values()].filter((c) => c.in === activity && c.do !== VOID);
  }

  begin(): void {
    this.outbox.begin();
    this.ballots.begin();
  }

  end(): void {
    this.outbox.end();
    this.ballots.end();
  }

  pump(): void {
    this.outbox.pump();
    this.ballots.pump();
  }

  /** Ends the use of the queue: whoever waits is told what becomes of it. */
  abandon(is: 'elsewhere' | 'recovered'): void {
    this.end();
    this.outbox.abandon(is);
  }

  /** An event with our peer and number is its acknowledgement, whether it is news or not. */
  heard(event: RoomEvent): void {
    if (event.peer === this.queue.peer && event.n > 0) this.outbox.done(event.n, event);
  }

  /** The person's own part of an activity has come: it may show that a ballot is counted. */
  mine(activity: string, mine: unknown): void {
    this.#watches.tell(activity, (listener) =>
      this.ballots.mine(activity, (content) => listener.covers?.(mine, content) ?? false),
    );
  }

  /** What a frame settles, or wants again. */
  settle({ done, refused, wait }: ServerFrame): void {
    for (const n of done) this.outbox.done(n, null);
    if (refused?.n) this.outbox.refused(refused.n, refused);
    else if (refused) this.ballots.refused(refused.ref, refused);
    if (wait?.n) this.outbox.wait(wait.n, wait.after);
    else if (wait?.ref) this.ballots.wait(wait.ref, wait.after);
    else if (wait) this.#watches.wait(wait.after);
  }

  /** The server cut us off for the size of a frame: the largest under way is never sent again as it is. */
  cutForSize(): void {
    const command = this.outbox.largest();
    const ballot = this.ballots.largest();
    if (command && command.size >= (ballot?.size ?? 0)) this.outbox.reject(command.n, tooBig);
    else if (ballot) this.ballots.refused(ballot.ref, tooBig);
  }

  #settled(command: Command, outcome: Outcome): void {
    this.#watches.tell(command.in, (listener) => listener.settled?.(command, outcome));
    if (outcome.is === 'refused') this.#refused(outcome, command);
  }

  /** Every refusal is said: where nobody hears the activity, to the room's own listener. */
  #refused(refusal: Refusal, asked: Command | Ballot): void {
    const heard = this.#watches.tell(asked.in, (listener) => listener.refused?.(refusal, asked));
    if (!heard) this.#o.refused(refusal, asked);
  }
}
