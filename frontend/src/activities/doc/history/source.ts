import { ApiError, read } from '../../../lib/net/api';
import {
  readPlayback,
  readRevision,
  readSum,
  readTimeline,
  type Person,
  type Playback,
  type Revision,
  type Timeline,
} from './told';

/** A history that was never read before is made ready in parts: so many times it is asked for, this far apart, ms. */
const TRIES = 200;
const PAUSE = 300;

/** Gets a document's history from the server, and remembers who is who in it. */
export class Source {
  readonly people = new Map<string, Person>();
  readonly #code: string;
  readonly #id: string;
  /** Set when nobody wants the answers any more. */
  #closed = false;

  constructor(code: string, id: string) {
    this.#code = code;
    this.#id = id;
  }

  close(): void {
    this.#closed = true;
  }

  async timeline(range: { from?: number; to?: number } = {}): Promise<Timeline> {
    return this.#know(readTimeline(await this.#ask('timeline', range)));
  }

  /** The content at a revision, or the newest, with who wrote what. */
  async revision(rev?: number): Promise<Revision> {
    return this.#know(
      readRevision(await this.#ask('revision', { ...(rev === undefined ? {} : { rev }), authors: 1 })),
    );
  }

  /** The changes from one revision to another, in steps; as far as one answer goes. */
  async playback(from: number, to: number, most: number): Promise<Playback> {
    return this.#know(readPlayback(await this.#ask('playback', { from, to, most })));
  }

  /** The hash of what is stored as a revision. */
  async sum(rev: number): Promise<string> {
    return readSum(await this.#ask('sum', { rev }));
  }

  async #ask(name: string, params: Record<string, number>): Promise<unknown> {
    const asked = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
    for (let tries = 1; ; tries++) {
      try {
        return await read(this.#code, this.#id, name, asked);
      } catch (error) {
        const again = error instanceof ApiError && error.because === 'preparing';
        if (!again || this.#closed || tries >= TRIES) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  #know<T extends { people: readonly Person[] }>(answer: T): T {
    for (const person of answer.people) this.people.set(person.id, person);
    return answer;
  }
}
