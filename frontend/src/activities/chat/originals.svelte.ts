import type { RoomEvent } from '../../lib/net/protocol';
import { change, type Message, type Page } from './state';

/** Messages that others answer or that are pinned, and that are too old to be at hand: each is read once. */
export class Originals {
  readonly #read: (seq: number) => Promise<Page>;
  #known = $state.raw<ReadonlyMap<number, Message | null>>(new Map());
  readonly #asked = new Set<number>();
  #during: RoomEvent[] = [];

  constructor(read: (seq: number) => Promise<Page>) {
    this.#read = read;
  }

  /** A message, if it is known. */
  known(seq: number): Message | undefined {
    return this.#known.get(seq) ?? undefined;
  }

  /** Reads a message that is not known. */
  async want(seq: number): Promise<void> {
    if (this.#asked.has(seq)) return;
    this.#asked.add(seq);
    try {
      const page = this.#during.reduce(change, await this.#read(seq));
      this.#keep(seq, page.messages.find((message) => message.seq === seq) ?? null);
    } catch {
      this.#asked.delete(seq); // asked for again when it is shown again
    }
  }

  event(event: RoomEvent): void {
    if (event.did !== 'edited' && event.did !== 'deleted') return;
    this.#during = [...this.#during, event].slice(-100);
    for (const [seq, message] of this.#known) {
      if (!message) continue;
      const now = change({ messages: [message], more: false }, event).messages[0];
      if (now && now !== message) this.#keep(seq, now);
    }
  }

  #keep(seq: number, message: Message | null): void {
    this.#known = new Map([...this.#known, [seq, message]]);
  }

  forget(): void {
    this.#known = new Map();
    this.#asked.clear();
    this.#during = [];
  }
}
