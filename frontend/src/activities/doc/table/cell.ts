import type { Attributes, Delta, Value } from '../../../lib/delta';

/**
 * A table is lines of text that say which cell they are in. The newline of every line of a cell has the
 * attribute `cell`: the names of its table, its row and its column. Before the first line of a cell stands
 * an empty line, which nobody sees, with `cell-start`: so that between two cells there is a place where
 * nobody writes, and a row or a column that comes there parts no text from its cell.
 */
export const CELL = 'cell';
export const CELL_START = 'cell-start';

export interface Cell {
  table: string;
  row: string;
  column: string;
  /** It is the empty line before the cell. */
  starts: boolean;
}

const NAMES = /^([0-9a-z]{1,12})-([0-9a-z]{1,12})-([0-9a-z]{1,12})$/;

/** Tells whether a value names a cell. The server takes no other. */
export function isCell(value: Value): boolean {
  return typeof value === 'string' && NAMES.test(value);
}

/** The cell that a line is in; null if it is in none. */
export function cellOf(attributes: Attributes | undefined): Cell | null {
  if (!attributes) return null;
  const starts = CELL_START in attributes;
  const found = NAMES.exec(String(attributes[CELL_START] ?? attributes[CELL] ?? ''));
  return found ? { table: found[1]!, row: found[2]!, column: found[3]!, starts } : null;
}

/** What the newline of a line of a cell has. */
export function attributesOfCell({ table, row, column, starts }: Cell): Attributes {
  return { [starts ? CELL_START : CELL]: `${table}-${row}-${column}` };
}

/** Tells whether a text or a change has something of a table in it. */
export function hasCells(text: Delta): boolean {
  return text.some(
    (op) => 'attributes' in op && op.attributes && (CELL in op.attributes || CELL_START in op.attributes),
  );
}

/** A new name for a table, a row or a column. */
export function newName(): string {
  return crypto
    .getRandomValues(new Uint32Array(2))
    .reduce((name, n) => name + n.toString(36), '')
    .slice(0, 8);
}
