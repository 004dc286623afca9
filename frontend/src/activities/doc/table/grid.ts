import type { Cell } from './cell';

/** A line of a table, whatever it is to who asks. */
export interface Placed<L> {
  cell: Cell;
  /** Nothing stands in it. */
  blank: boolean;
  line: L;
}

/** A table as it is shown: its rows and its columns in order, and what is in every cell. */
export interface Grid<L> {
  rows: string[];
  columns: string[];
  /** All lines of a cell in the order of the text; none if the table has no such cell yet. */
  at(row: string, column: string): readonly Placed<L>[];
}

/**
 * Makes a table of its lines, which stand one after another in the text. What people do at once can leave
 * a row without the cell of a new column: that place is empty. It can leave a cell of a row that somebody
 * has deleted: a row or a column without any text in it, of which a third or less is there, is not shown.
 */
export function gridOf<L>(lines: Iterable<Placed<L>>): Grid<L> {
  const rows = new Map<string, Map<string, Placed<L>[]>>();
  for (const placed of lines) {
    const { row, column } = placed.cell;
    const cells = rows.get(row) ?? rows.set(row, new Map()).get(row)!;
    const cell = cells.get(column);
    if (cell) cell.push(placed);
    else cells.set(column, [placed]);
  }
  const at = (row: string, column: string): readonly Placed<L>[] => rows.get(row)?.get(column) ?? [];
  const columns = inOrder([...rows.values()].map((cells) => [...cells.keys()]));
  const whole = { rows: [...rows.keys()], columns, at };
  const kept = whole.rows.filter((row) => stays(columns.map((column) => at(row, column))));
  const shown = columns.filter((column) => stays(kept.map((row) => at(row, column))));
  return kept.length > 0 && shown.length > 0 ? { rows: kept, columns: shown, at } : whole;
}

/** The lines of a cell that are to be seen: not the empty one that it begins with. */
export function seenIn<L>(cell: readonly Placed<L>[]): L[] {
  return cell.filter(({ cell: { starts }, blank }) => !starts || !blank).map(({ line }) => line);
}

/** Several orders as one. What only a later one has stands behind what it has there before it. */
function inOrder(all: readonly (readonly string[])[]): string[] {
  const out: string[] = [];
  for (const order of all) {
    let place = 0;
    for (const name of order) {
      const known = out.indexOf(name);
      if (known < 0) out.splice(place, 0, name);
      place = known < 0 ? place + 1 : known + 1;
    }
  }
  return out;
}

function stays(cells: readonly (readonly Placed<unknown>[])[]): boolean {
  const there = cells.filter((cell) => cell.length > 0);
  return there.length * 3 > cells.length || there.some((cell) => cell.some(({ blank }) => !blank));
}
