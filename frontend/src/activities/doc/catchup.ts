import { ApiError } from '../../lib/net/api';
import { backoff, type Clock } from '../../lib/net/clock';
import { WAITS } from '../../lib/net/protocol';
import { readSteps, type Step } from './told';

export interface CatchUpOptions {
  clock: Clock;
  random: () => number;
  /** The named read "changes" since a revision, as this peer sees it. */
  changes(from: number): Promise<unknown>;
}

/**
 * Gets what was missed since a revision, however long that takes; null if it cannot be had, and undefined
 * as soon as nobody wants it any more.
 */
export async function catchUp(
  o: CatchUpOptions,
  from: number,
  wanted: () => boolean,
  missed: (changes: unknown) => void,
): Promise<Step[] | null | undefined> {
  for (let tries = 1; wanted(); tries++) {
    try {
      const changes = await o.changes(from);
      const steps = readSteps(changes);
      if (wanted()) missed(changes);
      return steps;
    } catch (error) {
      if (!passes(error)) return wanted() ? null : undefined;
    }
    await new Promise<void>((resolve) => o.clock.after(backoff(tries, o.random), resolve));
  }
  return undefined;
}

/** Tells whether a request failed for a reason that passes. */
function passes(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === 0 || error.status === 429 || error.status >= 500 || WAITS.has(error.because);
}
