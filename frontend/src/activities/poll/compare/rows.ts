import type { Speech } from '../../../lib/i18n/speech';
import { rowMean } from '../grid/best';
import { line } from '../grid/dates';
import { known, ownZone, writer } from '../grid/when';
import type { Reported } from '../out/report';
import { fields, middle, tenth } from '../place/geometry';
import type { en as Places } from '../place/en';
import { average, columnsOf, gridded, standings, whole } from '../question';
import { withUnit } from '../special/estimate';
import { same, type Pair } from './pairs';

/** How much something got in one of two rounds. */
export interface Amount {
  /** As it is written. */
  text: string;
  /** As long as its bar is, of a whole one: 0 to 1. Null for what is no share of anything. */
  share: number | null;
}

/** A line of a comparison. */
export interface Row {
  name: string;
  /** The right answer of a quiz. */
  right: boolean;
  /** Null: it was not there then. */
  before: Amount | null;
  after: Amount | null;
  /** By how much it changed, with its sign; '' if that cannot be said. */
  change: string;
}

/** What a comparison is written with. */
export interface Terms {
  median: string;
  mean: string;
  /** Points of a hundred. */
  points: (text: string) => string;
  places: typeof Places;
}

/** As many words of a cloud as are compared. */
const WORDS = 20;

interface Line {
  name: string;
  /** What it is called in the ballots, the same in all rounds of a question. */
  id: string;
  value: number;
  /** What `value` is a part of, from 0; 0 if it is a number in itself. */
  of: number;
  unit?: (text: string) => string;
}

/** A line for everything that was voted on, as the later of the two has it; then what only the earlier has. */
export function rowsOf({ before, after }: Pair, speech: Speech, terms: Terms): Row[] {
  const earlier = lines(before, speech, terms);
  const right = new Set((after.key?.right ?? []).map((at) => after.options[at]?.id));
  const all = lines(after, speech, terms).map((line): Row => {
    const at = earlier.findIndex((one) => same(one.name, line.name));
    const byId = before.id === after.id ? earlier.findIndex((one) => one.id === line.id) : -1;
    const [was] = at < 0 && byId < 0 ? [] : earlier.splice(at < 0 ? byId : at, 1);
    return row(line.name, right.has(line.id), was ?? null, line, speech, terms);
  });
  return [...all, ...earlier.map((was) => row(was.name, false, was, null, speech, terms))];
}

function row(
  name: string,
  right: boolean,
  was: Line | null,
  is: Line | null,
  speech: Speech,
  terms: Terms,
): Row {
  return {
    name,
    right,
    before: was && amount(was, speech),
    after: is && amount(is, speech),
    change: was && is ? change(was, is, speech, terms) : '',
  };
}

function amount({ value, of, unit }: Line, speech: Speech): Amount {
  if (of === 0) return { text: unit ? unit(speech.number(value)) : speech.number(value), share: null };
  return { text: speech.share(value / of), share: Math.min(1, value / of) };
}

function change(was: Line, is: Line, speech: Speech, { points }: Terms): string {
  const shares = was.of > 0 && is.of > 0;
  const by = shares
    ? Math.round(100 * (is.value / is.of)) - Math.round(100 * (was.value / was.of))
    : Math.round(1000 * (is.value - was.value)) / 1000;
  const text = `${by > 0 ? '+' : by < 0 ? '−' : '±'}${speech.number(Math.abs(by))}`;
  return shares ? points(text) : is.unit ? is.unit(text) : text;
}

function lines(round: Reported, speech: Speech, terms: Terms): Line[] {
  if (round.held || round.lost) return [];
  const people = round.counted ?? round.people;
  if (round.kind === 'words')
    return (round.answers?.words ?? [])
      .slice(0, WORDS)
      .map(({ text, count }) => ({ name: text, id: text, value: count, of: people }));
  if (round.kind === 'estimate') return estimate(round, terms);
  if (gridded(round.kind)) return grid(round, people, speech);
  if (round.kind === 'axes') return axes(round);
  if (round.kind === 'pins')
    return fields(round, round.counts, terms.places).map(({ id, name, count }) => ({
      name,
      id,
      value: count,
      of: people,
    }));
  const counts = standings(round) ?? {};
  if (round.kind === 'rating') return rating(round, counts, people, speech, terms);
  const of = whole(round);
  return round.options.map(({ id, text }) => ({ name: text, id, value: counts[id] ?? 0, of }));
}

/** The mean place of each item, on either axis. */
function axes({ options, counts, x, y }: Reported): Line[] {
  return options.flatMap(({ id, text }) => {
    const mean = middle(id, counts ?? {});
    if (!mean) return [];
    return [
      { name: `${text}: ${x?.title ?? ''}`, id: `${id}/x`, value: tenth(mean.x), of: 0 },
      { name: `${text}: ${y?.title ?? ''}`, id: `${id}/y`, value: tenth(mean.y), of: 0 },
    ];
  });
}

function estimate(round: Reported, { median, mean }: Terms): Line[] {
  const numbers = round.answers?.numbers;
  if (!numbers) return [];
  const unit = (text: string): string => withUnit(round, text);
  const rounded = Math.round(numbers.mean * 1000) / 1000;
  return [
    { name: median, id: 'median', value: numbers.median, of: 0, unit },
    { name: mean, id: 'mean', value: rounded, of: 0, unit },
  ];
}

function rating(
  round: Reported,
  counts: Readonly<Record<string, number>>,
  people: number,
  speech: Speech,
  { mean }: Terms,
): Line[] {
  const steps = Array.from({ length: round.to - round.from + 1 }, (_, i) => round.from + i);
  const middle = average(counts);
  return [
    ...steps.map((step) => ({
      name: speech.number(step),
      id: String(step),
      value: counts[step] ?? 0,
      of: people,
    })),
    ...(middle === null ? [] : [{ name: mean, id: 'mean', value: Math.round(middle * 10) / 10, of: 0 }]),
  ];
}

/** Dates by their yes; the rows of a scale by their mean, those of other grids by each column. */
function grid(round: Reported, people: number, speech: Speech): Line[] {
  const counts = round.counts ?? {};
  const count = (row: string, column: string): number => counts[`${row}/${column}`] ?? 0;
  if (round.kind === 'dates') {
    const write = writer(round.options, round.zone && known(round.zone) ? round.zone : ownZone(), speech.tag);
    return round.options.map((option) => ({
      name: line(write(option)),
      id: option.id,
      value: count(option.id, 'yes'),
      of: people,
    }));
  }
  const columns = round.columns;
  if (!columns)
    return round.options.flatMap(({ id, text }) => {
      const mean = rowMean(id, columnsOf(round), counts);
      return mean === null ? [] : [{ name: text, id, value: mean, of: 0 }];
    });
  return round.options.flatMap(({ id, text }) =>
    columns.map((column) => ({
      name: `${text}: ${column.text}`,
      id: `${id}/${column.id}`,
      value: count(id, column.id),
      of: people,
    })),
  );
}
