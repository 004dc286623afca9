import type { Speech } from '../../../lib/i18n/speech';
import type { Refusal } from '../../../lib/net/protocol';
import type { Words } from '../en';
import { standings, whole, type Asked, type Counts } from '../question';
import type { Seat } from '../seat';
import type { Later } from './later';

/** What a view of a poll for voters is made of. */
export interface Scene {
  seat: Seat;
  offline: boolean;
  later: Later;
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
  return first ? null : standings(asked);
}

/** How large a part of what is possible something has: of those who voted, or of all points. */
export function share(asked: Asked, counts: Counts, place: string): number {
  const most = whole(asked);
  return most > 0 ? Math.min(1, (counts[place] ?? 0) / most) : 0;
}
