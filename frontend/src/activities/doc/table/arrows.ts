import type { Line } from '../more/text';
import { cellBeside, type Place, type Which } from './acts';
import { seenIn } from './grid';

export type Way = 'Up' | 'Down' | 'Left' | 'Right';

/** The first letter with a direction runs from right to left. */
const FROM_RIGHT = /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * Where an arrow leads from a place of a table, if it leads out of the cell; null if it stays in it.
 * Browsers would go on in the order of the text. `height`: how far down on the screen a place is.
 */
export function beyond(place: Place, index: number, way: Way, height: (at: number) => number): number | null {
  const lines = linesOf(place, place.cell);
  const [first, last] = [lines[0], lines.at(-1)];
  const line = lines.find(({ at, text }) => index >= at && index <= at + text.length);
  if (!first || !last || !line) return null;
  if (way === 'Left' || way === 'Right') {
    if (FROM_RIGHT.test(line.text)) return null;
    if (way === 'Left') return index > first.at ? null : reach(place, -1, (next) => end(next.at(-1)));
    return index < last.at + last.text.length ? null : reach(place, 1, (next) => next[0]?.at ?? null);
  }
  const edge = way === 'Up' ? first.at : last.at + last.text.length;
  if (Math.abs(height(index) - height(edge)) > 2) return null;
  const { rows } = place.grid;
  const behind = way === 'Down' ? 1 : -1;
  for (let i = rows.indexOf(place.cell.row) + behind; rows[i] !== undefined; i += behind) {
    const next = linesOf(place, { row: rows[i] as string, column: place.cell.column });
    const into = way === 'Up' ? next.at(-1) : next[0];
    if (into) return into.at + Math.min(index - line.at, into.text.length);
  }
  return outside(place, behind);
}

function reach(place: Place, by: 1 | -1, goal: (lines: Line[]) => number | null): number | null {
  let from = place;
  for (let cell = cellBeside(from, by); cell; cell = cellBeside(from, by)) {
    const at = goal(linesOf(place, cell));
    if (at !== null) return at;
    from = { ...from, cell: { ...from.cell, ...cell } };
  }
  return outside(place, by);
}

/** Beside the table; before one that the text begins with there is nothing. */
function outside({ from, to }: Place, by: 1 | -1): number | null {
  return by > 0 ? to : from > 0 ? from - 1 : null;
}

function linesOf({ grid }: Place, { row, column }: Which): Line[] {
  return seenIn(grid.at(row, column));
}

function end(line: Line | undefined): number | null {
  return line ? line.at + line.text.length : null;
}
