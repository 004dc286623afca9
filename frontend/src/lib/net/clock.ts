/** Time, as the connection needs it; tests bring their own. */
export interface Clock {
  /** Unix milliseconds of this device. */
  now(): number;
  /** Calls once after so many milliseconds; what it returns calls that off. */
  after(ms: number, call: () => void): () => void;
}

/** The browser's own clock. */
export const deviceClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/** Full jitter: a random part of a span that doubles with every try, 0.3 s to 30 s. */
export function backoff(tries: number, random: () => number): number {
  const least = 300;
  const most = Math.min(30_000, least * 2 ** Math.min(tries, 10));
  return least + random() * (most - least);
}

/** A random name of hexadecimal digits. Works on plain http, where crypto.randomUUID does not exist. */
export function newId(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
