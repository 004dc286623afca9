import { best, rowMean } from '../grid/best';
import { line, SIGNS } from '../grid/dates';
import { known, ownZone, writer, zoneName } from '../grid/when';
import { columnsOf, type Asked } from '../question';
import { INNER, MARGIN, WIDTH, type Tools } from './tools';
import { firstLines, wrapped, type Drawing, type Style } from './draw';

/** Dates or a grid: a line for each row, with a number in each column, on more colour the more people chose it. */
export function table(drawing: Drawing, asked: Asked, tools: Tools): void {
  const { palette, speech, grid, measure } = tools;
  const counts = asked.counts ?? {};
  const people = Math.max(1, asked.counted ?? asked.people);
  const dated = asked.kind === 'dates';
  const columns = columnsOf(asked);
  const scale = !dated && !asked.columns;
  const zone = asked.zone && known(asked.zone) ? asked.zone : ownZone();
  const small: Style = { size: 16, fill: palette.muted };
  if (dated && asked.zone)
    drawing.lines([grid.hallZone(zoneName(zone, speech.tag))], MARGIN, INNER, small, 1.6);
  const write = writer(asked.options, zone, speech.tag);
  const winners = dated ? best(asked, counts) : [];
  const heads = headsOf(asked, grid, speech);
  const wide = Math.min(120, (INNER * 0.62) / heads.length);
  const left = WIDTH - MARGIN - wide * heads.length;
  const fills = dated ? [palette.ok, palette.warn, palette.err] : columns.map(() => palette.accent);

  const top = drawing.y;
  const headed = heads.map((head) => firstLines(wrapped(head, wide - 6, small, measure), 3));
  const tall = Math.max(...headed.map((all) => all.length)) * 20;
  headed.forEach((all, at) =>
    all.forEach((text, n) =>
      drawing.text(text, left + wide * (at + 0.5), top + tall - 20 * (all.length - 1 - n), small, 'middle'),
    ),
  );
  drawing.y = top + tall + 6;
  const name: Style = { size: 18, weight: 550, fill: palette.text };
  const number: Style = { size: 18, weight: 650, fill: palette.text };
  for (const option of asked.options) {
    const begin = drawing.y;
    const star = winners.includes(option.id) ? '★ ' : '';
    const text = star + (dated ? line(write(option)) : option.text);
    drawing.lines(wrapped(text, left - MARGIN - 12, name, measure), MARGIN, left - MARGIN - 12, name);
    const high = Math.max(34, drawing.y - begin + 8);
    columns.forEach((column, at) => {
      const n = counts[`${option.id}/${column}`] ?? 0;
      const fill = mixed(palette.sunken, fills[at] ?? palette.accent, (n / people) * 0.45);
      drawing.rect(left + wide * at + 2, begin + 2, wide - 4, high - 4, fill, 5);
      drawing.text(speech.number(n), left + wide * (at + 0.5), begin + 23, number, 'middle');
    });
    const mean = scale ? rowMean(option.id, columns, counts) : null;
    if (mean !== null)
      drawing.text(speech.number(mean), left + wide * (columns.length + 0.5), begin + 23, number, 'middle');
    drawing.y = begin + high;
  }
  const below = [
    ...(asked.low || asked.high
      ? [`${heads[0]} = ${asked.low}  ·  ${heads[columns.length - 1]} = ${asked.high}`]
      : []),
    ...(dated ? [grid.rule] : []),
  ];
  drawing.y += 8;
  for (const text of below) drawing.lines(wrapped(text, INNER, small, measure), MARGIN, INNER, small);
}

/** What stands above the columns: answers, texts or steps, and the mean of a scale. */
export function headsOf(asked: Asked, grid: Tools['grid'], speech: Tools['speech']): string[] {
  const columns = columnsOf(asked);
  if (asked.kind === 'dates')
    return columns.map((id) => `${SIGNS[id as 'yes']} ${grid.answers[id as 'yes']}`);
  if (asked.columns) return asked.columns.map(({ text }) => text);
  return [...columns.map((id) => speech.number(Number(id))), grid.meanHead];
}

/** A colour between two, "#rrggbb" each. */
function mixed(one: string, other: string, part: number): string {
  const parts = (colour: string): number[] => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const to = parts(other);
  const all = parts(one).map((from, at) => Math.round(from + ((to[at] ?? from) - from) * part));
  return `#${all.map((n) => n.toString(16).padStart(2, '0')).join('')}`;
}
