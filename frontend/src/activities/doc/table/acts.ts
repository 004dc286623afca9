import { Builder, length, type Attributes, type Delta, type Insert } from '../../../lib/delta';
import { linesOf, type Line } from '../more/text';
import { attributesOfCell, cellOf, newName, type Cell } from './cell';
import { gridOf, seenIn, type Grid, type Placed } from './grid';

/** A table of a text, with the cell that a place is in. */
export interface Place {
  grid: Grid<Line>;
  cell: Cell;
  /** All lines of the table, also what is not shown. */
  lines: readonly Placed<Line>[];
  /** Where the table begins and ends. */
  from: number;
  to: number;
}

/** Which cell of a table. */
export type Which = Pick<Cell, 'row' | 'column'>;

/** What a table can have at most, by the tools. */
export const MOST = { rows: 200, columns: 20 };

/** The table that a place of a text is in; null if it is in none. */
export function tableAt(text: Delta, index: number): Place | null {
  let run: Placed<Line>[] = [];
  let found: Cell | null = null;
  for (const line of linesOf(text)) {
    const cell = cellOf(line.attributes);
    if (cell?.table !== run[0]?.cell.table) {
      if (found) break;
      run = [];
    }
    if (cell) run.push({ cell, blank: line.text === '', line });
    if (index >= line.at && index <= line.at + line.text.length) found = cell;
    if (!found && line.at > index) return null;
  }
  if (!found) return null;
  return { grid: gridOf(run), cell: found, lines: run, from: run[0]!.line.at, to: after(run.at(-1)!.line) };
}

/** Puts a new table at a place: below what stands there, or instead of nothing. */
export function newTable(
  text: Delta,
  index: number,
  rows: number,
  columns: number,
): { change: Delta; caret: number } {
  const lines = [...linesOf(text)];
  const line = lines.find(({ at, text }) => index <= at + text.length) ?? lines.at(-1)!;
  const inside = tableAt(text, index);
  const table = newName();
  const ids = Array.from({ length: columns }, newName);
  const ops = Array.from({ length: rows }, newName).flatMap((row) =>
    ids.flatMap((column) => blankCell({ table, row, column, starts: false })),
  );
  const at = inside ? inside.to : line.text === '' ? line.at : after(line);
  if (at < length(text)) return { change: edited([{ at, puts: ops }]), caret: at + 1 };
  // At the very end there has to be a line behind it.
  const bare = Object.fromEntries(Object.keys(line.attributes).map((name) => [name, null]));
  const out = new Builder().retain(at - 1);
  out.push({ insert: '\n', ...(Object.keys(bare).length > 0 && { attributes: line.attributes }) });
  for (const op of ops) out.push(op);
  if (Object.keys(bare).length > 0) out.push({ retain: 1, attributes: bare as Attributes });
  return { change: out.change(), caret: at + 1 };
}

/** Makes a table one with these rows and columns: what is missing is put in, what is not among them goes. */
export function becomes(place: Place, rows: readonly string[], columns: readonly string[]): Delta {
  const { grid, from, to, cell, lines } = place;
  if (rows.length === 0 || columns.length === 0) return edited([{ at: from, drops: to - from }]);
  const edits: Edit[] = [];
  for (const { line, cell } of lines) {
    const stays = rows.includes(cell.row) && columns.includes(cell.column);
    if (!stays) edits.push({ at: line.at, drops: line.text.length + 1 });
  }
  const begins = (row: string): number | undefined => lines.find(({ cell }) => cell.row === row)?.line.at;
  rows.forEach((row, i) => {
    let at =
      begins(row) ??
      rows
        .slice(i)
        .map(begins)
        .find((at) => at !== undefined) ??
      to;
    for (const column of columns) {
      const last = grid.at(row, column).at(-1);
      if (last) at = after(last.line);
      else edits.push({ at, puts: blankCell({ table: cell.table, row, column, starts: false }) });
    }
  });
  return edited(edits);
}

/** What is done to a table by its menu. */
export type Deed = 'above' | 'below' | 'before' | 'after' | 'row' | 'column' | 'table';

/** A row or a column more beside the cell, or without that of the cell; and the cell where one goes on. */
export function does(place: Place, deed: Deed): { change: Delta; goal: Which } {
  const { grid, cell } = place;
  let [rows, columns] = [grid.rows, grid.columns];
  let goal: Which = cell;
  if (deed === 'above' || deed === 'below') {
    const row = newName();
    rows = beside(rows, cell.row, row, deed === 'below');
    goal = { row, column: cell.column };
  } else if (deed === 'before' || deed === 'after') {
    const column = newName();
    columns = beside(columns, cell.column, column, deed === 'after');
    goal = { row: cell.row, column };
  } else if (deed === 'row') {
    goal = { row: neighbour(rows, cell.row), column: cell.column };
    rows = rows.filter((row) => row !== cell.row);
  } else if (deed === 'column') {
    goal = { row: cell.row, column: neighbour(columns, cell.column) };
    columns = columns.filter((column) => column !== cell.column);
  } else [rows, columns] = [[], []];
  return { change: becomes(place, rows, columns), goal };
}

/** The cell that comes so many behind the one of a place, row by row; null beyond the ends. */
export function cellBeside({ grid, cell }: Place, by: 1 | -1): Which | null {
  const { rows, columns } = grid;
  const at = rows.indexOf(cell.row) * columns.length + columns.indexOf(cell.column) + by;
  const row = rows[Math.floor(at / columns.length)];
  const column = columns[at % columns.length];
  return at >= 0 && row !== undefined && column !== undefined ? { row, column } : null;
}

/** Where the text of a cell ends; null if the table has no such cell. */
export function endOf({ grid }: Place, { row, column }: Which): number | null {
  const last = seenIn(grid.at(row, column)).at(-1);
  return last ? last.at + last.text.length : null;
}

interface Edit {
  at: number;
  drops?: number;
  puts?: readonly Insert[];
}

/** Edits at places of one text as a change. What is put in stands before what goes there. */
function edited(edits: readonly Edit[]): Delta {
  const out = new Builder();
  let at = 0;
  const inOrder = [...edits].sort((a, b) => a.at - b.at || (a.drops ?? 0) - (b.drops ?? 0));
  for (const { at: place, drops = 0, puts = [] } of inOrder) {
    out.retain(place - at);
    for (const op of puts) out.push(op);
    if (drops > 0) out.push({ delete: drops });
    at = place + drops;
  }
  return out.change();
}

function blankCell(cell: Cell): Insert[] {
  return [true, false].map((starts) => ({ insert: '\n', attributes: attributesOfCell({ ...cell, starts }) }));
}

function after({ at, text }: Line): number {
  return at + text.length + 1;
}

function beside(names: readonly string[], name: string, added: string, behind: boolean): string[] {
  const at = names.indexOf(name) + (behind ? 1 : 0);
  return [...names.slice(0, at), added, ...names.slice(at)];
}

function neighbour(names: readonly string[], name: string): string {
  const at = names.indexOf(name);
  return names[at + 1] ?? names[at - 1] ?? name;
}
