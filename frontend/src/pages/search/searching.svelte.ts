import { ApiError } from '../../lib/net/api';
import { search, searchPath, type Answer } from '../../lib/search';

/** How long what was typed rests before one listens for changes, ms; and before a lost line is tried again. */
const RESTS = 300;
const AGAIN = 3000;

/**
 * What was found for what stands in the box. One question is under way at a time, the next is always for
 * the newest text; when it rests, the list is live.
 */
export class Searching {
  answer = $state.raw<Answer | null>(null);
  /** The text that the answer is for. */
  answered = $state.raw('');
  problem = $state.raw<ApiError | null>(null);
  asking = $state(false);
  #text = '';
  #room = '';
  #asked: AbortController | null = null;
  #live: EventSource | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Looks for a text, in one room by its code or in all. */
  look(text: string, room: string): void {
    if (text === this.#text && room === this.#room) return;
    const other = room !== this.#room;
    this.#text = text;
    this.#room = room;
    this.#quiet();
    if (text.trim() === '') {
      this.#asked?.abort();
      this.#asked = null;
      this.asking = false;
      this.answer = null;
      this.problem = null;
      return;
    }
    if (other) this.answer = null;
    if (!this.#asked) void this.#ask();
  }

  again(): void {
    this.#quiet();
    if (!this.#asked && this.#text.trim() !== '') void this.#ask();
  }

  close(): void {
    this.#quiet();
    this.#asked?.abort();
    this.#text = '';
  }

  async #ask(): Promise<void> {
    const asked = new AbortController();
    this.#asked = asked;
    this.asking = true;
    const text = this.#text;
    const room = this.#room;
    try {
      const answer = await search(text, room, asked.signal);
      if (asked.signal.aborted) return;
      if (room === this.#room) this.#show(text, answer);
    } catch (error) {
      if (asked.signal.aborted) return;
      this.#fail(error);
    }
    this.#asked = null;
    if (text !== this.#text || room !== this.#room) return void this.#ask();
    this.asking = false;
    if (!this.problem) this.#rest = setTimeout(() => this.#listen(), RESTS);
  }

  #show(text: string, answer: Answer): void {
    this.answer = answer;
    this.answered = text;
    this.problem = null;
  }

  #fail(error: unknown): void {
    this.problem =
      error instanceof ApiError ? error : new ApiError('offline', 'The server cannot be reached.', 0);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.again(), AGAIN);
  }

  #listen(): void {
    const text = this.#text;
    const live = new EventSource(searchPath(text, this.#room, true));
    this.#live = live;
    live.onmessage = (message: MessageEvent<string>) => {
      const told = JSON.parse(message.data) as Partial<Answer>;
      if (told.results) this.#show(text, told as Answer);
    };
    live.onerror = () => {
      this.#quiet();
      this.#rest = setTimeout(() => this.again(), AGAIN); // asking tells what is wrong
      if (!navigator.onLine) this.#fail(null);
    };
  }

  #quiet(): void {
    clearTimeout(this.#rest);
    this.#live?.close();
    this.#live = null;
  }
}
