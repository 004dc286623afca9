import { ApiError } from './api';
import { Connection, type Ended } from './connection';
import { Lease } from './lease';
import type { Line, RoomListener, RoomOptions } from './options';
import { Peer } from './peer';
import { present, type Here } from './presence';
import { CLOSE, PROTOCOL } from './protocol';
import type { Beat, JoinFrame, Joined, Member, Refusal, ServerFrame } from './protocol';
import type { Queue } from './queue';
import { Server } from './server';
import { Signals } from './signals';
import type { Recovered } from './store';
import { Told } from './told';
import { Watches } from './watches';

const HIDDEN: Refusal = { because: 'hidden', say: 'This part of the room is not shown to you any more.' };

/**
 * What goes on behind a Room: its parts, and what each frame and each loss of the connection means for
 * them. The queue may change under way; everything else stays.
 */
export class Session {
  member: Member | null = null;
  here: Here = { people: 0, here: [] };
  /** The classes of commands that brakes stop for this person. */
  stopped: readonly string[] = [];
  readonly server: Server;
  readonly connection: Connection;
  readonly watches: Watches;
  readonly signals: Signals;
  readonly lease: Lease;

  readonly #o: RoomOptions;
  #peer: Peer | null = null;
  #told = new Told(null);
  #line = '';
  readonly #held = new Map<string, number>();
  /** Recovered work that is not dismissed, by its queue. */
  readonly #left = new Map<string, Recovered>();

  constructor(o: RoomOptions) {
    this.#o = o;
    this.server = new Server(o.build);
    const { code, member, url, store, marks, clock, random, report } = o;
    this.connection = new Connection({
      url,
      WebSocket: o.WebSocket,
      clock,
      random,
      hello: () => this.#hello(),
      frame: (frame) => this.#frame(frame),
      lost: (why) => this.#lost(why),
      door: () => this.#door(),
      changed: () => this.tellLine(),
    });
    this.watches = new Watches({
      clock,
      random,
      report,
      ask: (activity) => this.connection.send(JSON.stringify({ watch: { [activity]: null } })),
      getView: (address) => o.api.getView(address),
      heard: (event) => this.peer.heard(event),
      mine: (activity, mine) => this.peer.mine(activity, mine),
    });
    this.signals = new Signals(clock, (frame) => this.connection.send(frame));
    this.lease = new Lease({
      room: code,
      member,
      store,
      marks,
      clock,
      kept: () => this.#kept(),
      taken: (queue) => this.#replaced(queue),
      idle: () => this.peer.queue.idle,
      found: (queue) => this.#found(queue),
    });
  }

  /** Takes a queue and starts to connect. */
  async start(): Promise<void> {
    this.#hold(await this.lease.take());
    this.connection.start();
    this.#keepForPerson(await this.lease.recovered());
  }

  get peer(): Peer {
    if (!this.#peer) throw new Error('the session has not started');
    return this.#peer;
  }

  get epoch(): string | null {
    return this.#told.through?.epoch ?? null;
  }

  line(): Line {
    return {
      state: this.connection.state,
      ended: this.connection.ended,
      unsettled: [...this.#held.values()].reduce((sum, count) => sum + count, this.peer.unsettled),
      storage: this.peer.queue.storage,
      newVersion: this.server.newVersion,
    };
  }

  /** Counts changes of an activity that are not commands yet. */
  holds(activity: string, count: number): void {
    if (count > 0) this.#held.set(activity, count);
    else this.#held.delete(activity);
    this.tellLine();
  }

  /** Forgets recovered work. Rejects if the storage fails. */
  async dismiss(peer: string): Promise<void> {
    await this.#o.store.dismiss(this.#o.code, peer);
    this.#left.delete(peer);
    this.#tell((listener) => listener.recovered?.([...this.#left.values()]));
  }

  /** Tells the state line, if it has changed. */
  tellLine(): void {
    const line = this.line();
    const text = JSON.stringify(line);
    if (text === this.#line) return;
    this.#line = text;
    this.#tell((listener) => listener.line?.(line));
  }

  /** Ends the connection; what is not settled stays stored. */
  async end(): Promise<void> {
    this.connection.stop('closed');
    this.signals.end();
    this.peer.abandon('elsewhere');
    await this.lease.release();
  }

  async #hello(): Promise<string> {
    await this.peer.queue.renew();
    const { queue } = this.peer;
    const join: JoinFrame = {
      join: this.#o.code,
      protocol: PROTOCOL,
      peer: queue.peer,
      next: queue.lowest,
      ...this.#told.through,
      watch: this.watches.join(this.#told.through?.seq ?? 0),
    };
    return JSON.stringify(join);
  }

  #frame(frame: ServerFrame): void {
    const { joined } = frame;
    if (joined && !this.#joined(joined, frame)) return;
    const { member, presence } = frame;
    if (member) this.#become(member);
    if (presence) this.here = present(this.here, presence);
    if (presence) this.#tell((listener) => listener.presence?.(this.here));
    this.#hear(frame);
    this.#told.frame(frame);
    if (frame.seq !== undefined) this.watches.through(frame.seq);
    this.peer.settle(frame);
    if (frame.beat) this.#beat(frame.beat);
    if (frame.notices) this.#tell((listener) => listener.notices?.());
    this.peer.queue.know(this.#told.through, this.member?.id ?? null);
    if (joined) this.#begin();
    this.tellLine();
  }

  /** With another role other things can be seen: until the fresh views are here, nothing can be built on. */
  #become(member: Member): void {
    if (this.member && this.member.role !== member.role) this.watches.doubtAll();
    this.member = member;
    this.#tell((listener) => listener.member?.(member));
  }

  /** Order: an activity starts afresh before it hears what followed. */
  #hear(frame: ServerFrame): void {
    for (const activity of frame.unwatched) this.watches.gone(activity, HIDDEN);
    for (const [activity, answer] of frame.watch) this.watches.answer(activity, answer);
    for (const event of frame.events) this.watches.event(event);
    for (const mine of frame.mine) this.watches.mine(mine);
    for (const digest of frame.digests) this.watches.digest(digest);
    for (const signal of frame.signals) this.watches.signal(signal);
  }

  /** False if the room's numbering was not continued: then nothing of ours may be sent into it. */
  #joined(joined: Joined, frame: ServerFrame): boolean {
    const before = this.#told.through;
    const { queue } = this.peer;
    if (before && (joined.forked || before.epoch !== joined.epoch) && !queue.untouched) {
      this.#recover(queue);
      return false;
    }
    this.#told.joined(joined.epoch, frame);
    this.server.joined(joined, this.#o.clock.now());
    return true;
  }

  #begin(): void {
    this.signals.begin();
    this.watches.begin();
    this.peer.begin();
  }

  /** If a frame got lost on the way, nobody knows which: nothing that is shown can be built on. */
  #beat(beat: Beat): void {
    if (!this.#told.agrees(beat)) {
      this.watches.doubtAll();
      return this.connection.resume();
    }
    this.watches.through(beat.seq);
    this.connection.sound();
  }

  #lost(code: number): Ended | null {
    if (code === CLOSE.tooBig || code === CLOSE.notText) this.peer.cutForSize();
    this.peer.end();
    this.signals.end();
    const { queue } = this.peer;
    if (code === CLOSE.replaced) this.#replaced(queue);
    if (code !== CLOSE.join) return null;
    // It may be the queue that made no sense; a fresh one does, unless the whole page is out of date.
    if (queue.untouched) return 'protocol';
    this.#move(this.lease.fresh(), 'elsewhere');
    void queue.release();
    return null;
  }

  /** Another page has our queue and goes on with all that is stored of it; what is not, only we have. */
  #replaced(queue: Queue): void {
    if (queue !== this.peer.queue) return;
    if (queue.storage === 'lost') return this.#recover(queue);
    this.#move(this.lease.fresh(), 'elsewhere');
    queue.abandon();
  }

  /** Nothing of this queue may be sent any more; it is kept for the person. */
  #recover(queue: Queue): void {
    const left = this.lease.setAside(queue);
    this.connection.sound();
    this.#move(this.lease.fresh(), 'recovered');
    if (left.commands.length + left.ballots.length > 0) this.#keepForPerson([left]);
  }

  #keepForPerson(left: Recovered[]): void {
    for (const work of left) this.#left.set(work.peer, work);
    if (left.length > 0) this.#tell((listener) => listener.recovered?.([...this.#left.values()]));
  }

  /** A queue with work that another page left behind: ours is idle, so we look after that one. */
  #found(queue: Queue): void {
    const before = this.peer.queue;
    this.connection.sound();
    this.#move(queue, 'elsewhere');
    void before.release();
  }

  /** Goes on with another queue: all is asked for anew. What becomes of the old one is the caller's. */
  #move(queue: Queue, is: 'elsewhere' | 'recovered'): void {
    this.peer.abandon(is);
    this.#hold(queue);
    this.watches.forget();
    this.connection.resume();
    this.tellLine();
  }

  #hold(queue: Queue): void {
    const { code, clock, random, api } = this.#o;
    this.#peer = new Peer({
      queue: this.lease.hold(queue),
      watches: this.watches,
      clock,
      random,
      send: (frame) => this.connection.send(frame),
      post: (command, stop) => api.postCommand(code, command, stop),
      refused: (refusal, asked) => this.#tell((listener) => listener.refused?.(refusal, asked)),
    });
    this.#told = new Told(queue.through);
  }

  #kept(): void {
    this.peer.pump();
    this.tellLine();
  }

  async #door(): Promise<Ended | null> {
    try {
      const { member, ended } = await this.#o.api.aboutRoom(this.#o.code);
      if (ended && !member) return 'over';
      // As somebody else we cannot go on: what waits here was written by the one we were.
      return member && (this.member === null || member.id === this.member.id) ? null : 'enter';
    } catch (error) {
      const status = error instanceof ApiError ? error.status : 0;
      return status === 404 ? 'no-room' : status === 410 ? 'deleted' : null;
    }
  }

  #tell(call: (listener: RoomListener) => void): void {
    try {
      call(this.#o.listener);
    } catch (error) {
      this.#o.report(error);
    }
  }
}
