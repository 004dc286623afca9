import type { Answers } from './answers';
import type { Key } from './quiz/game';

/** Forms whose answers are no options: words for a cloud, texts for a wall, a number; and points for options. */
export type SpecialForm = 'words' | 'wall' | 'estimate' | 'points';

/** Forms that are answered row by row: yes, if need be or no to days and times; columns of a grid. */
export type GridForm = 'dates' | 'grid';

/** Forms that are answered by places: of items between two axes, of pins on a picture; and what is only shown. */
export type PlaceForm = 'axes' | 'pins' | 'slide';

/** How a question is answered: one option, several, a step of a scale, options in order, or in a special form. */
export type Form = 'single' | 'multiple' | 'rating' | 'ranking' | SpecialForm | GridForm | PlaceForm;

/** In the order of the menu. */
export const FORMS: readonly Form[] = [
  'single',
  'multiple',
  'words',
  'wall',
  'rating',
  'ranking',
  'estimate',
  'points',
  'dates',
  'grid',
  'axes',
  'pins',
  'slide',
];

/** How a ranking is counted: run-off, duels (Schulze), points for places, single transferable vote. */
export type Method = 'irv' | 'schulze' | 'borda' | 'stv';

/** Ties stay, or the option that stands first in the list comes first. */
export type Ties = 'shown' | 'order';

/** Who can find out how somebody voted. Without one, votes are kept with their voters. */
export type Secrecy = 'pseudonymous' | 'anonymous';

/** When the audience sees results by itself: while it is open, at the close, or when a host reveals them. */
export type Show = 'live' | 'closed' | 'revealed';

export interface Option {
  id: string;
  text: string;
  /** Of dates: a day, or a time in ms. */
  date?: string;
  start?: number;
  end?: number;
  /** Of pins: a rectangle, or the corners of a shape. */
  area?: readonly number[];
  /** Of a single or a multiple choice. */
  picture?: Picture;
}

/** A stored image of the room, and what it shows in words. */
export interface Picture {
  file: string;
  alt: string;
  width: number;
  height: number;
}

/** One of two scales that cross each other, and what its ends mean. */
export interface Axis {
  title: string;
  low?: string;
  high?: string;
}

/** A question as a host has written it. */
export interface Question {
  id: string;
  kind: Form;
  prompt: string;
  /** None for a rating, texts and numbers; of a grid its rows, of pins the named areas. */
  options: readonly Option[];
  /** How many options are to be chosen or ranked, texts given, or rows answered. */
  least: number;
  most: number;
  /** The first and the last step of a rating or of a grid with a scale, and what they mean. */
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
  /** A wall only: hosts read an answer before it is shown. */
  review?: boolean;
  /** An estimate only: its bounds, digits and unit, and for hosts the true value. */
  min?: number;
  max?: number;
  decimals?: number;
  unit?: string;
  truth?: number | null;
  /** Points only: how many are given out. */
  total?: number;
  /** Dates only: the time zone in which hosts mean them. */
  zone?: string;
  /** A grid only: its columns, if they are no scale; several of them can be chosen in a row. */
  columns?: readonly Option[];
  several?: boolean;
  /** Axes only. Their steps go from 0 to `to`. */
  x?: Axis;
  y?: Axis;
  /** Of pins, or of a slide. */
  picture?: Picture;
  /** A slide only, in the Markdown of chats. */
  text?: string;
  /** A question of a quiz: what a right answer is worth; and what is right, for hosts, and for all after the reveal. */
  worth?: number;
  key?: Key | null;
  secrecy?: Secrecy;
  /** Anonymous only: results are shown of fewer than five votes, too. */
  few?: boolean;
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
  /** Of a ranking: how many others an option was put above, in all; its counts are first places. Or points given. */
  points?: Counts | null;
  /** Of a special form, null while one may not see them. Only views and summaries tell them. */
  answers?: Answers | null;
  /** How many people's votes the counts have, if not those of all. */
  counted?: number | undefined;
  /** How many voted, if those were too few for results; they stay hidden. */
  held?: number | undefined;
  /** The key to the secret votes was lost, and with it the votes. */
  lost?: boolean | undefined;
  /** The place in the room's log through which people and counts are complete. */
  through: number;
}

/** The steps of a rating, the ids of the options, or those of rows and columns: what a vote can fall on. */
export function places(question: Question): string[] {
  const ids = question.options.map((option) => option.id);
  if (question.kind === 'pins') return ids.length > 0 ? [...ids, '-'] : parts();
  if (gridded(question.kind) || question.kind === 'axes')
    return ids.flatMap((row) => columnsOf(question).map((id) => `${row}/${id}`));
  return question.kind === 'rating' ? steps(question) : ids;
}

/** What the columns of a grid are called in votes and counts. */
export function columnsOf(question: Question): string[] {
  if (question.kind === 'dates') return ['yes', 'maybe', 'no'];
  if (question.kind === 'axes') return ['n', 'x', 'y', 'xx', 'yy'];
  return question.columns?.map((column) => column.id) ?? steps(question);
}

/** The parts of a picture without named areas. */
function parts(): string[] {
  return [1, 2, 3].flatMap((row) => [1, 2, 3].map((column) => `r${row}c${column}`));
}

function steps({ from, to }: Question): string[] {
  return Array.from({ length: to - from + 1 }, (_, i) => String(from + i));
}

/** Tells whether two questions ask the same, so that votes on one are votes on the other. */
export function asksTheSame(one: Question, other: Question): boolean {
  const asked = ({ kind, prompt, options, least, most, from, to, low, high, ...q }: Question): string => {
    const ranking = [q.seats, q.method, q.ties];
    const special = [q.review, q.min, q.max, q.decimals, q.unit, q.total, q.worth, q.secrecy];
    const choices = options.map((o) => [
      o.id,
      kind === 'dates' ? [o.date, o.start, o.end] : o.text,
      o.area,
      o.picture,
    ]);
    const place = [q.x, q.y, q.picture, q.text];
    const grid = [q.zone, q.several, q.columns?.map((c) => [c.id, c.text])];
    return JSON.stringify([
      ...[kind, prompt, choices, least, most, from, to, low, high],
      ...[...ranking, ...special, ...grid, ...place],
    ]);
  };
  return asked(one) === asked(other);
}

/** The methods that go with so many winners, the usual one first. */
export function methodsFor(seats: number): readonly Method[] {
  return [seats > 1 ? 'stv' : 'irv', 'schulze', 'borda'];
}

/** Tells whether a question is answered in a special form. */
export function special(form: Form): form is SpecialForm {
  return form === 'words' || form === 'wall' || form === 'estimate' || form === 'points';
}

/** Tells whether a question is answered row by row. */
export function gridded(form: Form): form is GridForm {
  return form === 'dates' || form === 'grid';
}

/** Tells whether a form is answered by places, or only shown. */
export function placing(form: Form): form is PlaceForm {
  return form === 'axes' || form === 'pins' || form === 'slide';
}

/** Tells whether a question is about places or pictures. */
export function placed({ kind, options }: Pick<Question, 'kind' | 'options'>): boolean {
  return placing(kind) || options.some((o) => o.picture);
}

/** Tells whether a form of question is answered in a way that the phone loads when it is asked. */
export function rare(form: Form): boolean {
  return !['single', 'multiple', 'rating'].includes(form);
}

/** What is shown of a question as bars: votes; for points of a ranking, the points; of points given, what each gave. */
export function standings(asked: Asked): Counts | null {
  if (asked.kind === 'points') return asked.points ? each(asked.points, asked.counted ?? asked.people) : null;
  return asked.method === 'borda' ? (asked.points ?? null) : asked.counts;
}

/** What a full bar would be: everybody's vote, or the first place on every ballot. */
export function whole(asked: Asked): number {
  if (asked.kind === 'points') return asked.total ?? 0;
  const people = asked.counted ?? asked.people;
  return asked.method === 'borda' ? people * (asked.options.length - 1) : people;
}

/** What everybody gave on average, to a tenth. */
function each(points: Counts, people: number): Counts {
  const average = (n: number): number => (people > 0 ? Math.round((10 * n) / people) / 10 : 0);
  return Object.fromEntries(Object.entries(points).map(([id, n]) => [id, average(n)]));
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
