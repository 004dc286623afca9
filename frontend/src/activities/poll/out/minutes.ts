import { format } from '../../../lib/i18n';
import { Builder, length, type Attributes, type Delta, type Insert } from '../../../lib/delta';
import { attributesOfCell, newName } from '../../doc/table/cell';
import { linesOf } from '../../doc/more/text';
import { rowMean } from '../grid/best';
import { line as dated } from '../grid/dates';
import { known, ownZone, writer, zoneName } from '../grid/when';
import { words as grid } from '../grid/words';
import { average, columnsOf, gridded, places, standings, whole } from '../question';
import { fields, middle, tenth } from '../place/geometry';
import { words as place } from '../place/words';
import { withUnit } from '../special/estimate';
import { words as special } from '../special/words';
import { words as voting } from '../words';
import { facts, rules, verdict } from './facts';
import type { Report, Reported } from './report';
import { headsOf } from './table';
import { words } from './words';

/** The rounds that can stand in minutes: closed, and their results seen by everybody. */
export function decided(report: Report): Reported[] {
  return report.rounds.filter(
    ({ state, shown, held, lost }) => state === 'closed' && shown && !held && !lost,
  );
}

/** What came out, as lines and tables of a document. The last line has no end: that is the document's own. */
export function minutes(report: Report): Insert[] {
  return decided(report).flatMap((round) => [
    ...line(round.prompt, { header: 3 }),
    ...[facts(round, report.rounds), rules(round)].filter(Boolean).flatMap((text) => line(text, {}, true)),
    ...result(round),
  ]);
}

/** A change that puts lines at the end of a text. */
export function appended(text: Delta, lines: readonly Insert[]): Delta {
  const end = length(text) - 1;
  const last = [...linesOf(text)].at(-1);
  const out = new Builder().retain(end);
  const formats = last?.attributes ?? {};
  const formatted = Object.keys(formats).length > 0;
  if (end > 0) out.push({ insert: '\n', ...(formatted && { attributes: formats }) });
  for (const op of lines) out.push(op);
  const none = Object.fromEntries(Object.keys(formats).map((name) => [name, null])) as Attributes;
  if (formatted) out.push({ retain: 1, attributes: none });
  return out.change();
}

function result(round: Reported): Insert[] {
  if (round.kind === 'words')
    return (round.answers?.words ?? []).flatMap(({ text, count }) =>
      line(`${text} – ${format().number(count)}`, { list: 'bullet' }),
    );
  if (round.texts) return round.texts.flatMap((text) => line(text, { list: 'bullet' }));
  if (round.kind === 'estimate') return estimate(round);
  if (gridded(round.kind)) return rows(round);
  if (round.kind === 'axes') return axes(round);
  if (round.kind === 'pins') return pins(round);
  return options(round);
}

function options(round: Reported): Insert[] {
  const { number, share } = format();
  const counts = standings(round) ?? {};
  const of = whole(round);
  const named = new Map(
    round.options.map(({ id, text, picture }) => [id, picture ? `${text} (${picture.alt})` : text]),
  );
  const ends: Record<string, string> = { [String(round.from)]: round.low, [String(round.to)]: round.high };
  const name = (id: string): string =>
    round.kind === 'rating'
      ? [number(Number(id)), ends[id]].filter(Boolean).join(' – ')
      : (named.get(id) ?? '');
  const ranked = round.method === 'borda' ? voting().shows.points : voting().shows.firsts;
  const head = { points: special().points.averages, ranking: ranked }[round.kind as string] ?? words().votes;
  const all = places(round).map((id, place) => ({ id, place, count: counts[id] ?? 0 }));
  if (round.kind !== 'rating') all.sort((a, b) => b.count - a.count || a.place - b.place);
  const mean = round.kind === 'rating' && round.counts ? average(round.counts) : null;
  return [
    ...table([
      ['', head, words().share],
      ...all.map(({ id, count }) => [name(id), number(count), of > 0 ? share(count / of) : '']),
    ]),
    ...(mean === null ? [] : line(voting().average(number(Math.round(mean * 10) / 10)))),
    ...verdict(round, round.methods?.[0]).flatMap((text) => line(text)),
  ];
}

function estimate(round: Reported): Insert[] {
  const numbers = round.answers?.numbers;
  if (!numbers) return [];
  const said = (n: number): string => withUnit(round, format().number(n));
  const { median, mean } = special().number;
  return [
    ...line(`${median}: ${said(numbers.median)}`, { list: 'bullet' }),
    ...line(`${mean}: ${said(Math.round(numbers.mean * 1000) / 1000)}`, { list: 'bullet' }),
  ];
}

/** Dates or a grid. */
function rows(round: Reported): Insert[] {
  const { number, tag } = format();
  const counts = round.counts ?? {};
  const columns = columnsOf(round);
  const dates = round.kind === 'dates';
  const scale = !dates && !round.columns;
  const zone = round.zone && known(round.zone) ? round.zone : ownZone();
  const write = writer(round.options, zone, tag);
  return [
    ...(dates && round.zone ? line(grid().hallZone(zoneName(zone, tag))) : []),
    ...table([
      ['', ...headsOf(round, grid(), format())],
      ...round.options.map((option) => [
        dates ? dated(write(option)) : option.text,
        ...columns.map((column) => number(counts[`${option.id}/${column}`] ?? 0)),
        ...(scale ? [mean(rowMean(option.id, columns, counts))] : []),
      ]),
    ]),
  ];
}

/** Items between two axes. */
function axes(round: Reported): Insert[] {
  const { number } = format();
  const [x, y] = [round.x?.title ?? '', round.y?.title ?? ''];
  const w = place();
  return table([
    ['', w.people, w.mean(x), w.mean(y)],
    ...round.options.map(({ id, text }) => {
      const m = middle(id, round.counts ?? {});
      return [text, number(m?.people ?? 0), mean(m && tenth(m.x)), mean(m && tenth(m.y))];
    }),
  ]);
}

/** Who has a pin where. */
function pins(round: Reported): Insert[] {
  const { number, share } = format();
  const of = whole(round);
  return [
    ...(round.picture ? line(round.picture.alt, {}, true) : []),
    ...table([
      ['', words().votes, words().share],
      ...fields(round, round.counts, place()).map(({ name, count }) => [
        name,
        number(count),
        of > 0 ? share(count / of) : '',
      ]),
    ]),
  ];
}

function mean(of: number | null): string {
  return of === null ? '–' : format().number(of);
}

function line(text: string, attributes: Attributes = {}, slanted = false): Insert[] {
  const said = text.replace(/\s*\n\s*/g, ' ');
  const formatted = Object.keys(attributes).length > 0;
  return [
    ...(said ? [{ insert: said, ...(slanted && { attributes: { italic: true } }) }] : []),
    { insert: '\n', ...(formatted && { attributes }) },
  ];
}

/** A table of texts, whose first row is its head. */
function table(texts: readonly (readonly string[])[]): Insert[] {
  const name = newName();
  const columns = texts[0]?.map(() => newName()) ?? [];
  return texts.flatMap((row) => {
    const id = newName();
    return row.flatMap((text, i): Insert[] => {
      const cell = { table: name, row: id, column: columns[i] ?? '' };
      return [
        { insert: '\n', attributes: attributesOfCell({ ...cell, starts: true }) },
        ...(text ? [{ insert: text }] : []),
        { insert: '\n', attributes: attributesOfCell({ ...cell, starts: false }) },
      ];
    });
  });
}
