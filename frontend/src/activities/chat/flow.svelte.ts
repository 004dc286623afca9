import { read } from '../../lib/net/api';
import type { RoomEvent } from '../../lib/net/protocol';
import type { Room } from '../../lib/net/room';
import type { Place } from './place.svelte';
import { append, apply, change, prepend, type Chat, type Message, type Page } from './state';

/** What a flow needs to know of its chat. */
interface Setting {
  room: Room;
  id: string;
  place: Place;
  /** By what the messages here are asked for, besides their place. */
  ask(): Record<string, string>;
  /** A message that was asked for stands in a thread: this page of it was read. */
  elsewhere(page: Page, seq: number): void;
  /** The newest messages of a thread are there. */
  opened(page: Page): void;
  /** All was read through here. */
  read(seq: number): void;
}

/** Messages one after the other as a panel shows them: those of the chat itself, or of one of its threads. */
export class Flow {
  /** The message that the thread begins with, or what begins a talk of two; 0: the chat itself; below: not begun. */
  thread = $state(0);
  readonly place: Place;
  readonly #o: Setting;
  /** The newest messages; null until they are known. */
  end = $state.raw<Chat | null>(null);
  /** An earlier part that is looked at in the place of the end. */
  past = $state.raw<Page | null>(null);
  loading = $state(false);
  failed = $state(false);
  /** A message that is to be shown. */
  wanted = $state<number | null>(null);
  /** What was said here and refused: it goes back to where it was written. */
  returned = $state<string | null>(null);

  readonly shown: Page | null = $derived(this.past ?? this.end);
  readonly fresh: readonly Message[] = $derived.by(() => {
    const through = this.place.through;
    const me = this.#o.room.member?.id;
    if (through === null) return [];
    return this.end?.messages.filter((m) => m.seq > through && m.by !== me && !m.gone) ?? [];
  });

  /** What happened while messages were being read: they may not know of it. */
  #during: RoomEvent[] = [];

  constructor(thread: number, o: Setting) {
    this.thread = thread;
    this.place = o.place;
    this.#o = o;
  }

  /** The message that the thread begins with, once it is known. */
  get first(): Message | null {
    return this.shown?.first ?? null;
  }

  find(seq: number): Message | undefined {
    for (const page of [this.end, this.past]) {
      if (page?.first?.seq === seq) return page.first;
      const found = page?.messages.find((message) => message.seq === seq);
      if (found) return found;
    }
    return undefined;
  }

  /** What one looks at is read. */
  read(seq: number): void {
    this.place.read(seq);
    this.#o.read(seq);
  }

  event(event: RoomEvent): void {
    if (this.loading) this.#during.push(event);
    if (this.end) this.end = apply(this.end, event, this.thread);
    if (this.past) this.past = change(this.past, event);
  }

  /** Reads the newest messages of a thread. */
  open(): Promise<boolean> {
    return this.#load('older', { limit: '50' }, (page) => {
      this.end = this.#during.reduce((now, event) => apply(now, event, this.thread), page);
      this.#o.opened(this.end);
    });
  }

  /** Loads earlier messages; false if there are none or they did not come. */
  older(): Promise<boolean> {
    if (!this.shown && this.thread) return this.open();
    const first = this.shown?.messages[0];
    if (!first || !this.shown?.more) return Promise.resolve(false);
    return this.#load('older', { before: String(first.seq), limit: '50' }, (page) => {
      if (this.past) this.past = prepend(this.past, page);
      else if (this.end) this.end = prepend(this.end, page);
    });
  }

  /** Loads later messages, if an earlier part is looked at. */
  later(): Promise<boolean> {
    const last = this.past?.messages.at(-1);
    if (!last) return Promise.resolve(false);
    return this.#load('around', { at: String(last.seq), limit: '100' }, (page) => {
      if (this.past) this.past = append(this.past, page);
      this.#join();
    });
  }

  /** Brings the messages around one, if they are not there; false if it is not to be shown here. */
  async around(seq: number): Promise<boolean> {
    if (seq === this.thread || this.shown?.messages.some((message) => message.seq === seq)) return true;
    if (this.end?.messages.some((message) => message.seq === seq)) {
      this.past = null;
      return true;
    }
    let here = true;
    const came = await this.#load('around', { at: String(seq), limit: '50' }, (page) => {
      here = (page.thread ?? page.first?.seq ?? 0) === this.thread;
      if (!here) return this.#o.elsewhere(page, seq);
      this.past = page;
      this.#join();
    });
    return came && here;
  }

  /** An earlier part that reaches the newest messages goes on with them. */
  #join(): void {
    const first = this.end?.messages[0]?.seq ?? 0;
    const last = this.past?.messages.at(-1)?.seq ?? 0;
    if (!this.past || !this.end || (last < first && this.past.later)) return;
    this.end = prepend(this.end, this.past);
    this.past = null;
  }

  /** One read at a time. */
  async #load(name: string, ask: Record<string, string>, take: (page: Page) => void): Promise<boolean> {
    if (this.loading) return false;
    this.loading = true;
    this.failed = false;
    this.#during = [];
    try {
      const { room, id } = this.#o;
      const where = name === 'older' ? { ...ask, ...this.#o.ask() } : ask;
      const page = await read<Page>(room.code, id, name, where);
      take(this.#during.reduce(change, page));
      return true;
    } catch {
      this.failed = true; // the sentence stands where the messages would be, with a way to try again
      return false;
    } finally {
      this.loading = false;
    }
  }
}
