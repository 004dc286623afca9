import type { Clock } from './clock';

/** The pace of a signal, ms between two with one key, unless said otherwise. */
export const SIGNAL_PACE = 200;

/** Passing things told to the room: only the newest with a key goes out, at a pace; offline, none. */
export class Signals {
  readonly #clock: Clock;
  readonly #send: (frame: string) => void;
  /** Keys whose last signal was just sent, with the newest that waits. */
  readonly #resting = new Map<string, { frame: string | null; stop: () => void }>();
  #live = false;

  constructor(clock: Clock, send: (frame: string) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  begin(): void {
    this.#live = true;
  }

  end(): void {
    this.#live = false;
    for (const { stop } of this.#resting.values()) stop();
    this.#resting.clear();
  }

  signal(activity: string, name: string, content: string, pace: number): void {
    if (!this.#live) return;
    const where = `"signal":${JSON.stringify(name)},"in":${JSON.stringify(activity)}`;
    const frame = `{${where},"with":${content}}`;
    const resting = this.#resting.get(where);
    if (resting) resting.frame = frame;
    else this.#tell(where, frame, pace);
  }

  #tell(key: string, frame: string, pace: number): void {
    this.#send(frame);
    const rested = (): void => {
      const newest = this.#resting.get(key)?.frame ?? null;
      this.#resting.delete(key);
      if (newest !== null) this.#tell(key, newest, pace);
    };
    this.#resting.set(key, { frame: null, stop: this.#clock.after(pace, rested) });
  }
}
