import { canonical, readDocument, synced, type Delta } from '../../lib/delta';
import type { Clock } from '../../lib/net/clock';
import type { Room } from '../../lib/net/room';
import { Copy } from './copy';

/** Where a document's copy lies on this device. Both may fail. */
export interface Shelf {
  get(): Promise<unknown>;
  put(copy: unknown): Promise<void>;
}

export interface ShelvingOptions {
  room: Pick<Room, 'member' | 'epoch' | 'may'>;
  id: string;
  clock: Clock;
  shelf?: Shelf;
}

interface Stored {
  rev: number;
  base: string;
  epoch: string;
  writable: boolean;
  language?: string;
}

/** A copy is put away so long after something new, ms: a long text is not written at every key. */
const PACE = 1_000;

/** What the server has of a document, put away for the time when it cannot be reached. */
export class Shelving {
  readonly #o: ShelvingOptions;
  /** Of a source: '' is Markdown. */
  language = '';
  #next: (() => Copy | null) | null = null;
  #kept: Delta | null = null;
  /** What the document is built on if it was on the shelf, until the server has told. */
  #from: { epoch: string; writable: boolean } | null = null;

  constructor(o: ShelvingOptions) {
    this.#o = o;
  }

  /** The numbering of the log that what is written now is built on; null if the queue knows it. */
  get epoch(): string | null {
    return this.#from?.epoch ?? null;
  }

  /** Whether the person could write when this was put away. */
  get writable(): boolean {
    return this.#from?.writable ?? true;
  }

  /** Goes on with what is in the queue, which may have been built on something from the shelf. */
  load(epoch: string | null): void {
    this.#from = epoch === null ? null : { epoch, writable: true };
  }

  /** The server has told. False if it goes on from another history than what was on the shelf. */
  told(): boolean {
    const same = this.#from === null || this.#from.epoch === this.#o.room.epoch;
    this.#from = null;
    return same;
  }

  /** What was seen last; null if nothing that makes sense is there, or it is not wanted any more. */
  async take(wanted: () => boolean): Promise<Copy | null> {
    if (this.#o.room.member !== null) return null;
    try {
      const { rev, base, epoch, writable, language } = (await this.#o.shelf?.get()) as Stored;
      if (!Number.isSafeInteger(rev) || typeof epoch !== 'string') return null;
      const copy = new Copy(readDocument(JSON.parse(base)), synced(rev));
      if (!wanted()) return null;
      this.#from = { epoch, writable };
      this.language = language ?? '';
      return copy;
    } catch {
      return null; // the document is then shown when the server is reached
    }
  }

  /** Puts away, after a while, what there is by then; null if that is nothing whole. */
  later(now: () => Copy | null): void {
    if (!this.#o.shelf || this.#next) return;
    this.#next = now;
    this.#o.clock.after(PACE, () => this.flush());
  }

  /** Puts away what waits for that. */
  flush(): void {
    const { room, id } = this.#o;
    const copy = this.#next?.() ?? null;
    this.#next = null;
    if (!copy || room.epoch === null || copy.base === this.#kept) return;
    this.#kept = copy.base;
    const { client, base } = copy;
    this.#put({
      rev: client.rev,
      base: canonical(base),
      epoch: room.epoch,
      writable: room.may(id, 'change'),
      ...(this.language !== '' && { language: this.language }),
    });
  }

  /** It may not be seen any more. */
  forget(): void {
    this.#next = this.#kept = null;
    this.#put(null);
  }

  /** A convenience: where nothing can be kept, the document needs the server to be read. */
  #put(copy: Stored | null): void {
    this.#o.shelf?.put(copy).catch(() => undefined);
  }
}
