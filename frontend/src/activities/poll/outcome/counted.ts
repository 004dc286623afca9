import { read } from '../../../lib/net/api';
import type { Asked, Counts, Method } from '../question';

/** One round of a run-off or of a transferable vote. */
export interface Round {
  votes: Counts;
  spent: number;
  elected?: readonly string[];
  out?: readonly string[];
}

/** What a method makes of the ballots. */
export interface Result {
  method: Method;
  order: readonly (readonly string[])[];
  winners: readonly string[];
  tied?: readonly string[];
  broken?: readonly (readonly string[])[];
  points?: Counts;
  pairs?: readonly (readonly number[])[];
  champion?: string;
  quota?: number;
  rounds?: readonly Round[];
}

/** A closed round of a ranking by all methods that go with it, the one that decides first. */
export interface ByMethods {
  question: string;
  round: number;
  people: number;
  results: readonly Result[];
}

/** Tells whether a question can be counted by several methods now. Hosts may look before it is shown. */
export function countable(asked: Asked, host: boolean): boolean {
  return asked.kind === 'ranking' && asked.state === 'closed' && (host || asked.shown);
}

/** Asks the server, which counts the stored ballots. */
export function count(code: string, activity: string, asked: Asked, host: boolean): Promise<ByMethods> {
  const which = { question: asked.id, round: String(asked.round) };
  return read(code, activity, host ? 'preview' : 'results', which);
}

/** The address of a question's ballots, without names. */
export function exportAddress(code: string, activity: string, asked: Asked): string {
  const path = `/api/rooms/${encodeURIComponent(code)}/activities/${encodeURIComponent(activity)}`;
  return `${path}/read/export?question=${encodeURIComponent(asked.id)}&round=${asked.round}`;
}

/** Tells whether all methods give the seats to the same, and leave the same tied. */
export function agree(results: readonly Result[]): boolean {
  const said = ({ winners, tied = [] }: Result): string =>
    JSON.stringify([[...winners].sort(), [...tied].sort()]);
  return new Set(results.map(said)).size <= 1;
}
