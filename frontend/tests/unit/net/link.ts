import type { Socket } from '../../../src/lib/net/connection';

export type Handler = {
  opened(link: Link): void;
  received(link: Link, text: string): void;
  gone(link: Link): void;
  /** No connection is let in. */
  shut: boolean;
};

/** A WebSocket between a page and the played server. Nothing moves until it is carried. */
export class Link implements Socket {
  bufferedAmount = 0;
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  onerror: Socket['onerror'] = null;
  /** Every frame the page has sent, oldest first. */
  readonly sent: string[] = [];
  open = false;
  /** The page has closed it, or been told that it is closed. */
  over = false;
  /** Frames are lost without anybody being told: the network is gone. */
  dead = false;

  readonly #server: Handler;
  #up: string[] = [];
  #down: (string | number)[] = [];

  constructor(server: Handler) {
    this.#server = server;
  }

  send(text: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (!this.open) throw new Error('sent before it was open');
    if (this.over) return;
    this.sent.push(String(text));
    this.#up.push(String(text));
  }

  close(): void {
    if (this.over) return;
    this.over = true;
    this.#server.gone(this);
    queueMicrotask(() => this.onclose?.call(this as never, { code: 1005 } as CloseEvent));
  }

  /** The server sends a frame. */
  tell(frame: unknown): void {
    this.#down.push(JSON.stringify(frame));
  }

  /** Loses the last frame with events under way to the page, or doubles it; false if the last is none. */
  spoil(how: 'lose' | 'double'): boolean {
    const last = this.#down.at(-1);
    if (typeof last !== 'string' || !last.includes('"events"') || last.includes('"watch"')) return false;
    if (how === 'lose') this.#down.pop();
    else this.#down.push(last);
    return true;
  }

  /** The server closes; what it told before still arrives. */
  end(code: number): void {
    this.#down.push(code);
  }

  /** The network breaks: what is under way is lost, and both sides are told. */
  cut(code = 1006): void {
    if (this.over) return;
    this.over = true;
    this.#up = [];
    this.#down = [];
    this.#server.gone(this);
    this.onclose?.call(this as never, { code } as CloseEvent);
  }

  /** Carries the next thing in one direction; false if nothing was under way. */
  carry(direction: 'up' | 'down'): boolean {
    if (this.over || this.dead) return false;
    if (!this.open && this.#server.shut) {
      this.cut();
      return true;
    }
    if (!this.open) {
      this.open = true;
      this.#server.opened(this);
      this.onopen?.call(this as never, {} as Event);
      return true;
    }
    return direction === 'up' ? this.#carryUp() : this.#carryDown();
  }

  #carryUp(): boolean {
    const text = this.#up.shift();
    if (text === undefined) return false;
    this.#server.received(this, text);
    return true;
  }

  #carryDown(): boolean {
    const next = this.#down.shift();
    if (next === undefined) return false;
    if (typeof next === 'number') this.cut(next);
    else this.onmessage?.call(this as never, { data: next } as MessageEvent);
    return true;
  }
}
