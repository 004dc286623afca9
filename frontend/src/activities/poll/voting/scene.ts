import type { Speech } from '../../../lib/i18n/speech';
import type { Refusal } from '../../../lib/net/protocol';
import type { Words } from '../en';
import type { Asked, Counts } from '../question';
import type { Seat } from '../seat';

/** What a view of a poll for voters is made of. */
export interface Scene {
  seat: Seat;
  offline: boolean;
  words: Words;
  speech: Speech;
  /** Why something was refused, in the language of the words. */
  told: (refusal: Refusal) => string;
}

/**
 * The votes by option or step, when one may know them. Who can vote does so first: nobody follows the
 * others before having chosen.
 */
export function seen({ seat }: Scene, asked: Asked): Counts | null {
  if (!asked.shown) return null;
  const first = asked.state === 'open' && seat.may('vote') && seat.standing(asked).is === 'none';
  return first ? null : asked.counts;
}

/** How large a part of those who voted chose something. */
export function share(asked: Asked, counts: Counts, place: string): number {
  return asked.people > 0 ? Math.min(1, (counts[place] ?? 0) / asked.people) : 0;
}
