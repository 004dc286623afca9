import type { Asked } from '../question';
import { words } from './words';

/** What is to be said of the results of a secret question, "" if nothing is; in the hall in few words. */
export function secretNote(asked: Asked, hall = false): string {
  const { secrecy } = words();
  if (asked.lost) return secrecy.lost;
  if (asked.held) return secrecy.held;
  const { counted = null, counts, people, state } = asked;
  if (!counts || counted === null || state !== 'open') return '';
  if (counted === 0) return secrecy.few;
  if (counted === people) return '';
  return hall ? secrecy.part(counted, people) : secrecy.steps(counted, people);
}
