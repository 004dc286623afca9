import type { Line, RoomOptions } from './options';
import type { Sent } from './outbox';
import type { Here } from './presence';
import type { Kind, Member } from './protocol';
import { Session } from './session';
import { SIGNAL_PACE } from './signals';
import type { Command } from './store';
import type { ActivityListener } from './watches';

const LOBBY = 'lobby';
/** With more than this waiting to go out, signals only make it worse, bytes. */
const CLOGGED = 64 * 1024;

/** One room, as one tab of one person lives in it: what it hears, and what it asks for until that is settled. */
export class Room {
  readonly #session: Session;
  readonly #o: RoomOptions;
  readonly #unfollow: () => void;

  /** Takes this tab's queue, or another that is free, and starts to connect. Never rejects. */
  static async open(o: RoomOptions): Promise<Room> {
    const session = new Session(o);
    await session.start();
    return new Room(o, session);
  }

  private constructor(o: RoomOptions, session: Session) {
    this.#o = o;
    this.#session = session;
    this.#unfollow = o.follow(this);
  }

  /** The room's join code. */
  get code(): string {
    return this.#o.code;
  }

  /** This tab's queue; events with this peer are answers to this tab. */
  get peer(): string {
    return this.#session.peer.queue.peer;
  }

  /** Who the person is here; the role decides what may be asked. Null before the first join. */
  get member(): Member | null {
    return this.#session.member;
  }

  /** The numbering of the room's log that this tab was told of last; null before it was told of any. */
  get epoch(): string | null {
    return this.#session.epoch;
  }

  /** Who may ask for what, by kind of activity, as the server says; empty before the first join. */
  get kinds(): ReadonlyMap<string, Kind> {
    return this.#session.server.kinds;
  }

  get here(): Here {
    return this.#session.here;
  }

  get line(): Line {
    return this.#session.line();
  }

  /** The server's clock, Unix milliseconds, as well as it is known. */
  serverTime(): number {
    return this.#o.clock.now() + this.#session.server.ahead;
  }

  /** Hears an activity from now on. One listener for each: a second takes over. */
  watch(activity: string, listener: ActivityListener): void {
    this.#session.watches.add(activity, listener);
  }

  unwatch(activity: string): void {
    this.#session.watches.remove(activity);
    this.#session.connection.send(JSON.stringify({ unwatch: [activity] }));
  }

  /**
   * Asks for something, once and in order, however often the connection breaks. The content is taken as
   * it is now. The promise is not rejected; it knows its number at once.
   */
  send(activity: string, name: string, content: unknown): Sent {
    const sent = this.#session.peer.outbox.send(activity, name, json(content));
    this.#session.tellLine();
    return sent;
  }

  /** The commands of an activity that are not settled, lowest number first. */
  unsettled(activity: string): Command[] {
    return this.#session.peer.unsettledIn(activity);
  }

  /** Gives an unsettled command another content, for the next time it has to be sent. */
  amend(n: number, content: unknown): void {
    this.#session.peer.queue.amend(n, json(content));
  }

  /** Casts a ballot; the newest with a key counts. The listener's `covers` tells when it is counted. */
  cast(activity: string, name: string, content: unknown, key: string): void {
    this.#session.peer.ballots.cast(activity, name, json(content), key);
    this.#session.tellLine();
  }

  /** Where a ballot is that is not counted yet; null if there is none. */
  ballot(activity: string, key: string): 'kept' | 'sent' | null {
    return this.#session.peer.ballots.mark(activity, key);
  }

  /** Tells something passing: only the newest with this name counts, and offline nothing does. `pace` in ms. */
  signal(activity: string, name: string, content: unknown, pace = SIGNAL_PACE): void {
    const { connection, signals } = this.#session;
    if (connection.backlog <= CLOGGED) signals.signal(activity, name, json(content), pace);
  }

  /** An activity's own record in this tab's queue; it survives a reload. */
  record(activity: string): unknown {
    return this.#session.peer.queue.record(activity);
  }

  /**
   * Keeps a record, plain and not changed afterwards; undefined forgets it. It is stored in one
   * transaction with what was sent in the same turn, before that goes out.
   */
  keep(activity: string, record: unknown): void {
    this.#session.peer.queue.keep(activity, record);
  }

  /** An activity keeps so many changes that it has not asked for yet; the state line counts them too. */
  holds(activity: string, count: number): void {
    this.#session.holds(activity, count);
  }

  /** Says which classes of commands are stopped for this person by the room's brakes. */
  stop(classes: readonly string[]): void {
    this.#session.stopped = classes;
  }

  /** Tells whether a class of commands is stopped for this person. */
  stopped(of: string): boolean {
    return this.#session.stopped.includes(of);
  }

  /** Tells whether role and brakes allow the person a command or signal of the lobby, or of a watched activity. */
  may(name: string): boolean;
  may(activity: string, name: string): boolean;
  may(first: string, second?: string): boolean {
    const { member, watches, server, stopped } = this.#session;
    const [activity, name] = second === undefined ? [LOBBY, first] : [first, second];
    const kind = watches.kind(activity) || activity;
    return member !== null && server.allows(member.role, kind, name, stopped);
  }

  /** Forgets recovered work. Rejects if the storage fails. */
  dismiss(peer: string): Promise<void> {
    return this.#session.dismiss(peer);
  }

  /** The page can be seen again, or (`doubt`) the network has changed. */
  wake(doubt: boolean): void {
    this.#session.lease.wake();
    this.#session.connection.wake(doubt);
  }

  /** The page goes away, perhaps for good. */
  leave(): void {
    this.#session.lease.leave();
  }

  /** Connects again after the end: the person has entered once more. */
  again(): void {
    this.#session.connection.start();
  }

  /** Ends. What is not settled stays stored, for the next page in this room. */
  close(): Promise<void> {
    this.#unfollow();
    return this.#session.end();
  }
}

function json(content: unknown): string {
  return JSON.stringify(content ?? null);
}
