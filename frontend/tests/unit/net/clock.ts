import type { Clock } from '../../../src/lib/net/clock';

declare const setImmediate: (call: () => void) => void;

/** Time that passes when a test says so. Timers fire in order of their time. */
export class ManualClock implements Clock {
  #now = 1_700_000_000_000;
  readonly #timers = new Set<{ at: number; call: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#now + ms, call };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** When the next timer is due, or null. */
  next(): number | null {
    return this.#timers.size === 0 ? null : Math.min(...[...this.#timers].map((t) => t.at));
  }

  /** Lets time pass without any timer: the device slept. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  /** Moves to a time and fires what is due then. */
  moveTo(at: number): void {
    this.#now = Math.max(this.#now, at);
    const due = [...this.#timers].filter((t) => t.at <= this.#now).sort((a, b) => a.at - b.at);
    for (const timer of due) if (this.#timers.delete(timer)) timer.call();
  }
}

/** Lets everything that was started go on by one turn of the event loop. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A small random generator; the seed makes a run repeatable. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
