/** How a question is answered: one option, several, a step of a scale, or options in order. */
export type Form = 'single' | 'multiple' | 'rating' | 'ranking';

/** In the order of the menu. */
export const FORMS: readonly Form[] = ['single', 'multiple', 'rating', 'ranking'];

/** How a ranking is counted: run-off, duels (Schulze), points for places, single transferable vote. */
export type Method = 'irv' | 'schulze' | 'borda' | 'stv';

/** Ties stay, or the option that stands first in the list comes first. */
export type Ties = 'shown' | 'order';

/** When the audience sees results by itself: while it is open, at the close, or when a host reveals them. */
export type Show = 'live' | 'closed' | 'revealed';

export interface Option {
  id: string;
  text: string;
}

/** A question as a host has written it. */
export interface Question {
  id: string;
  kind: Form;
  prompt: string;
  /** None for a rating. */
  options: readonly Option[];
  /** How many options are to be chosen, or ranked. */
  least: number;
  most: number;
  /** The first and the last step of a rating, and what they mean. */
  from: number;
  to: number;
  low: string;
  high: string;
  show: Show;
  /** The timer when it is opened, 0 for none. */
  seconds: number;
  /** A ranking only: how many win, by which method, and what becomes of ties. */
  seats?: number;
  method?: Method;
  ties?: Ties;
}

/** Votes by option or step. */
export type Counts = Readonly<Record<string, number>>;

/** A question with all that happens to it, as far as one may see it. Times are the server's, in ms. */
export interface Asked extends Question {
  state: 'draft' | 'open' | 'closed';
  round: number;
  opened: number;
  /** When it will close, or has closed; 0: no timer. */
  closes: number;
  /** The audience sees the results. */
  shown: boolean;
  /** Who voted. */
  people: number;
  /** Null while one may not see them. */
  counts: Counts | null;
  /** Of a ranking: how many others an option was put above, in all; its counts are first places. */
  points?: Counts | null;
  /** The place in the room's log through which people and counts are complete. */
  through: number;
}

/** The steps of a rating, or the ids of the options: what a vote can fall on. */
export function places(question: Question): string[] {
  if (question.kind !== 'rating') return question.options.map((option) => option.id);
  return Array.from({ length: question.to - question.from + 1 }, (_, i) => String(question.from + i));
}

/** Tells whether two questions ask the same, so that votes on one are votes on the other. */
export function asksTheSame(one: Question, other: Question): boolean {
  const asked = ({ kind, prompt, options, least, most, from, to, low, high, ...q }: Question): string => {
    const ranking = [q.seats, q.method, q.ties];
    const choices = options.map((o) => [o.id, o.text]);
    return JSON.stringify([kind, prompt, choices, least, most, from, to, low, high, ...ranking]);
  };
  return asked(one) === asked(other);
}

/** The methods that go with so many winners, the usual one first. */
export function methodsFor(seats: number): readonly Method[] {
  return [seats > 1 ? 'stv' : 'irv', 'schulze', 'borda'];
}

/** What is shown of a question as bars: votes, or for points of a ranking, the points. */
export function standings(asked: Asked): Counts | null {
  return asked.method === 'borda' ? (asked.points ?? null) : asked.counts;
}

/** What a full bar would be: everybody's vote, or the first place on every ballot. */
export function whole(asked: Asked): number {
  return asked.method === 'borda' ? asked.people * (asked.options.length - 1) : asked.people;
}

/** The mean of a rating, null without votes. */
export function average(counts: Counts): number | null {
  let votes = 0;
  let sum = 0;
  for (const [step, n] of Object.entries(counts)) {
    votes += n;
    sum += n * Number(step);
  }
  return votes > 0 ? sum / votes : null;
}
