/** How a question is answered: one option, several, or a step of a scale. */
export type Form = 'single' | 'multiple' | 'rating';

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
  /** How many options are to be chosen. */
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
  const asked = ({ kind, prompt, options, least, most, from, to, low, high }: Question): string =>
    JSON.stringify([kind, prompt, options.map((o) => [o.id, o.text]), least, most, from, to, low, high]);
  return asked(one) === asked(other);
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
