import type { Room } from '../../lib/net/room';

/** The server is told at most so often how far one has read, ms; in a crowd less often. */
const PACE = 5000;
const PACE_PER_PERSON = 50;
/** The first time it is told soon, so that other tabs agree. */
const SOON = 700;

/** How far this person has read a chat, on all their tabs and devices. */
export class Place {
  /** All is read through here; null until it is known. */
  through = $state<number | null>(null);
  readonly #room: Room;
  readonly #tell: (seq: number) => Promise<unknown>;
  #told = 0;
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #ears = new AbortController();

  constructor(room: Room, tell: (seq: number) => Promise<unknown>) {
    this.#room = room;
    this.#tell = tell;
    addEventListener('pagehide', () => this.#now(), { signal: this.#ears.signal });
  }

  /** What the server knows. To who was never here, what was said before `now` is not news. */
  open(read: number | null, now: number): void {
    this.#told = Math.max(this.#told, read ?? 0);
    this.through = Math.max(this.through ?? 0, read ?? (this.through === null ? now : 0));
    if (this.through > this.#told) this.#soon();
  }

  /** Another tab has read so far. */
  heard(seq: number): void {
    this.#told = Math.max(this.#told, seq);
    this.through = Math.max(this.through ?? 0, seq);
  }

  /** This tab has read so far. */
  read(seq: number): void {
    if (this.through === null || seq <= this.through) return;
    this.through = seq;
    this.#soon();
  }

  close(): void {
    this.#ears.abort();
    this.#now();
    clearTimeout(this.#timer);
  }

  #soon(): void {
    if (this.#timer !== undefined) return;
    const pace = Math.max(PACE, this.#room.here.people * PACE_PER_PERSON);
    const wait = Math.max(SOON, this.#last + pace - Date.now());
    this.#timer = setTimeout(() => this.#now(), wait);
  }

  #now(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const seq = this.through ?? 0;
    if (seq <= this.#told) return;
    this.#last = Date.now();
    const before = this.#told;
    this.#told = seq;
    this.#tell(seq).catch(() => {
      this.#told = before; // told again with the next, or after a while
      if (!this.#ears.signal.aborted) this.#soon();
    });
  }
}
