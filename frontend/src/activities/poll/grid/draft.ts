import type { Draft } from '../desk/draft';
import { draftOption, lines, type DraftOption } from '../desk/options';
import type { Option, Question } from '../question';
import { instant, wallClock } from './instant';
import { known, ownZone } from './when';

/** A time on a day, as it is written: hours of the zone, the end perhaps on the day after. */
export interface DraftTime {
  key: number;
  id: string;
  from: string;
  to: string;
  /** What it is in the question that is changed, as long as nobody has written another hour. */
  was?: { start: number; end: number };
}

/** A day with its times; without any the whole day is meant. */
export interface DraftDay {
  date: string;
  id: string;
  times: readonly DraftTime[];
}

/** What only dates and grids have, as it is written. */
export interface GridDraft {
  days: readonly DraftDay[];
  zone: string;
  /** The columns of a grid are a scale. */
  scale: boolean;
  columns: readonly DraftOption[];
  several: boolean;
  required: boolean;
}

/** What is wrong with it. */
export type GridFault = 'days' | 'many-days' | 'twice' | 'time' | 'zone' | 'rows' | 'columns' | 'scale';

/** Limits of the server. */
export const GRID = { dates: 40, rows: 20, columns: 11 };

let last = 0;

/** A time, an hour long if nobody says otherwise. */
export function draftTime(from = '09:00', to = '10:00', id = '', was?: DraftTime['was']): DraftTime {
  return { key: ++last, id, from, to, ...(was ? { was } : {}) };
}

export function freshGrid(): GridDraft {
  return { days: [], zone: ownZone(), scale: true, columns: lines([]), several: false, required: false };
}

export function gridOf(question: Question): GridDraft {
  const { kind, options, columns, zone = ownZone(), several = false, least } = question;
  if (kind === 'dates') return { ...freshGrid(), zone, days: daysOf(options, zone) };
  if (kind !== 'grid') return freshGrid();
  const all = (columns ?? []).map((c) => draftOption(c.text, c.id));
  const required = least > 1 && least === options.length;
  return { ...freshGrid(), scale: !columns, columns: lines(all), several, required };
}

function daysOf(options: readonly Option[], zone: string): DraftDay[] {
  let days: DraftDay[] = [];
  for (const { id, date, start = 0, end = 0 } of options) {
    if (date) {
      days = withDay(days, { date, id, times: [] });
      continue;
    }
    const [from, to] = [wallClock(start, zone), wallClock(end, zone)];
    const time = draftTime(from.time, to.time, id, { start, end });
    const before = days.find((day) => day.date === from.date);
    const times = [...(before?.times ?? []), time];
    days = withDay(days, { date: from.date, id: before?.id ?? '', times });
  }
  return days;
}

/** Days in their order, with another one, or with one changed. */
export function withDay(days: readonly DraftDay[], day: DraftDay): DraftDay[] {
  const others = days.filter(({ date }) => date !== day.date);
  return [...others, day].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What of it belongs to a question. */
export function writtenGrid(draft: Draft): Partial<Question> {
  const { kind, grid, from, to, low, high } = draft;
  if (kind === 'dates') {
    const options = datesOf(grid);
    return { options, ...(options.some(({ start }) => start) ? { zone: grid.zone } : {}) };
  }
  const options = filled(draft.options);
  const least = grid.required ? Math.max(1, options.length) : 1;
  if (grid.scale) return { options, least, from, to, low, high };
  return { options, least, columns: filled(grid.columns), ...(grid.several ? { several: true } : {}) };
}

function filled(all: readonly DraftOption[]): Option[] {
  return all.filter((o) => o.text.trim()).map(({ id, text }) => ({ id, text: text.trim() }));
}

/** The days and times in their order. */
export function datesOf({ days, zone }: GridDraft): Option[] {
  if (!known(zone)) return [];
  return days.flatMap(({ date, id, times }): Option[] => {
    if (times.length === 0) return [{ id, text: '', date }];
    return times
      .filter(({ from, to }) => from && to)
      .map((time) => ({ id: time.id, text: '', ...spanOf(date, time, zone) }))
      .sort((a, b) => a.start - b.start);
  });
}

function spanOf(date: string, { from, to, was }: DraftTime, zone: string): { start: number; end: number } {
  if (was) return was;
  const start = instant(date, from, zone);
  const end = instant(date, to, zone);
  if (end > start && to > from) return { start, end };
  const after = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  return { start, end: instant(after, to, zone) };
}

/** What keeps dates or a grid from being asked; null if nothing does. */
export function gridFault(draft: Draft, question: Question): GridFault | null {
  const { kind, grid } = draft;
  if (kind === 'dates') {
    if (!known(grid.zone)) return 'zone';
    if (grid.days.some(({ times }) => times.some(({ from, to }) => !from || !to))) return 'time';
    if (question.options.length === 0) return 'days';
    if (question.options.length > GRID.dates) return 'many-days';
    const all = question.options.map(({ date, start, end }) => `${date} ${start} ${end}`);
    return new Set(all).size < all.length ? 'twice' : null;
  }
  if (question.options.length < 1 || question.options.length > GRID.rows) return 'rows';
  const columns = question.columns?.length ?? 0;
  if (!grid.scale) return columns >= 2 && columns <= GRID.columns ? null : 'columns';
  const steps = draft.to - draft.from + 1;
  return steps >= 2 && steps <= GRID.columns ? null : 'scale';
}
