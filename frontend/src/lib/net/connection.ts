import { backoff, type Clock } from './clock';
import { readFrame } from './frame';
import { CLOSE, LIMITS, type ServerFrame } from './protocol';

/** As much of a WebSocket as is used. */
export type Socket = Pick<
  WebSocket,
  'send' | 'close' | 'bufferedAmount' | 'onopen' | 'onmessage' | 'onclose' | 'onerror'
>;

/** Why there will be no more connection, until somebody does something about it. */
export type Ended =
  'enter' | 'signed-out' | 'removed' | 'over' | 'deleted' | 'no-room' | 'protocol' | 'closed';

/** "offline" once a try has failed, until one succeeds. */
export type ConnectionState = 'connecting' | 'live' | 'offline' | 'ended';

export interface ConnectionOptions {
  url: string;
  WebSocket: new (url: string) => Socket;
  clock: Clock;
  random: () => number;
  /** The first frame, asked for anew on every connection. */
  hello(): Promise<string>;
  /** A frame has come; only frames from the answer to the join on. */
  frame(frame: ServerFrame): void;
  /** A live connection has gone, or one was refused. Tells why no other may follow, or null. */
  lost(code: number): Ended | null;
  /** The door did not open and the browser does not say why: asks over HTTP. */
  door(): Promise<Ended | null>;
  /** The state has changed. */
  changed(): void;
}

/** So long from the first try to the answer of the join, ms. */
const JOIN_TIME = 15_000;
/** After a sleep: a live connection that was silent longer than one beat and a bit is not trusted. */
const STALE = LIMITS.beat + 2_000;

/**
 * One WebSocket to one room, again and again: it joins, watches the silence, and comes back with full
 * jitter for as long as the page lives. Any doubt ends in a new join.
 */
export class Connection {
  state: ConnectionState = 'connecting';
  ended: Ended | null = null;

  readonly #o: ConnectionOptions;
  #socket: Socket | null = null;
  #opened = false;
  #heard = 0;
  #tries = 0;
  /** The server asked to be left alone until then. */
  #notBefore = 0;
  #after: number | null = null;
  /** The token was revoked while we were in. */
  #signedOut = false;
  #timer: () => void = () => undefined;

  constructor(o: ConnectionOptions) {
    this.#o = o;
  }

  /** Starts, or starts again after the end. */
  start(): void {
    if (this.#socket) return;
    this.ended = null;
    this.#become('connecting');
    this.#open();
  }

  /** Ends for good. */
  stop(why: Ended): void {
    this.#detach();
    this.ended = why;
    this.#become('ended');
  }

  /** Puts a frame on the live connection; without one it says false: what counts is sent again. */
  send(frame: string): boolean {
    if (this.state !== 'live' || !this.#socket) return false;
    this.#socket.send(frame);
    return true;
  }

  /** How many bytes wait to go out. */
  get backlog(): number {
    return this.#socket?.bufferedAmount ?? 0;
  }

  /** Something does not add up: joins again. */
  resume(): void {
    if (this.#socket) this.#drop(0);
  }

  /**
   * The page was woken or the network has changed (`doubt`: then no connection is trusted). A waiting
   * try is made at once, unless the server asked for peace.
   */
  wake(doubt: boolean): void {
    if (this.ended) return;
    const silent = this.#o.clock.now() - this.#heard;
    if (this.#socket && !doubt && silent <= STALE) return;
    if (this.#socket) this.#lost(0);
    const peace = this.#notBefore - this.#o.clock.now();
    if (peace > 0) this.#again(peace);
    else this.#open();
  }

  /** All is well, or the next join is no repetition: a wait starts short again. */
  sound(): void {
    this.#tries = 0;
  }

  #open(): void {
    this.#detach();
    this.#after = null;
    this.#heard = this.#o.clock.now();
    const socket = new this.#o.WebSocket(this.#o.url);
    this.#socket = socket;
    this.#opened = false;
    socket.onopen = () => {
      this.#opened = true;
      void this.#greet(socket);
    };
    socket.onmessage = (message) => this.#receive(message.data);
    socket.onclose = (closed) => this.#drop(closed.code);
    socket.onerror = null; // a close follows
    this.#expect(JOIN_TIME);
  }

  async #greet(socket: Socket): Promise<void> {
    const hello = await this.#o.hello();
    if (socket === this.#socket) socket.send(hello);
  }

  #receive(content: unknown): void {
    const frame = this.#read(content);
    if (!frame) return this.#drop(0);
    const now = this.#o.clock.now();
    this.#heard = now;
    if (frame.closing) {
      this.#after = frame.closing.after;
      this.#notBefore = now + frame.closing.after;
    }
    if (this.state !== 'live' && frame.joined) {
      this.#signedOut = false;
      this.#expect(LIMITS.silence);
      this.#become('live');
    }
    if (this.state === 'live') this.#o.frame(frame);
  }

  #read(content: unknown): ServerFrame | null {
    try {
      return typeof content === 'string' ? readFrame(content) : null;
    } catch {
      return null; // any frame that cannot be read is a doubt, and ends in a new join
    }
  }

  /** Gives the connection up if nothing is heard for so long. */
  #expect(patience: number): void {
    this.#timer();
    const silent = this.#o.clock.now() - this.#heard;
    this.#timer = this.#o.clock.after(Math.max(0, patience - silent), () => {
      if (this.#o.clock.now() - this.#heard >= patience) this.#drop(0);
      else this.#expect(patience);
    });
  }

  /** The connection has gone, whoever ended it; another follows after a while. */
  #drop(code: number): void {
    // Whoever signs in anew in another tab has another token: the door knows who we are now.
    this.#signedOut ||= code === CLOSE.token;
    const refused = !this.#opened || this.#signedOut;
    const ended = this.#lost(code);
    if (ended) return this.stop(ended);
    this.#again(this.#pause(code));
    if (refused) void this.#askDoor();
  }

  #lost(code: number): Ended | null {
    const wasLive = this.state === 'live';
    this.#detach();
    const ended = endOf(code) ?? this.#o.lost(code);
    this.#become(wasLive ? 'connecting' : 'offline');
    return ended;
  }

  #pause(code: number): number {
    this.#tries++;
    if (code === CLOSE.flood) this.#tries = Math.max(this.#tries, 5);
    const wait = backoff(this.#tries, this.#o.random);
    if (this.#after === null) return wait;
    const asked = code === CLOSE.restart ? this.#o.random() * this.#after : this.#after;
    this.#notBefore = this.#o.clock.now() + asked;
    return asked;
  }

  #again(wait: number): void {
    this.#timer();
    this.#timer = this.#o.clock.after(wait, () => this.#open());
  }

  async #askDoor(): Promise<void> {
    const ended = await this.#o.door();
    if (!ended || this.#socket || this.ended) return;
    this.stop(ended === 'enter' && this.#signedOut ? 'signed-out' : ended);
  }

  #detach(): void {
    this.#timer();
    this.#timer = () => undefined;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(state: ConnectionState): void {
    if (state === this.state) return;
    this.state = state;
    this.#o.changed();
  }
}

function endOf(code: number): Ended | null {
  if (code === CLOSE.removed) return 'removed';
  if (code === CLOSE.noRoom) return 'no-room';
  if (code === CLOSE.ended) return 'over';
  if (code === CLOSE.deleted) return 'deleted';
  return null;
}
