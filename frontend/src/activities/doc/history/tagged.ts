import {
  Builder,
  isDelete,
  isInsert,
  isRetain,
  Reader,
  size,
  withAttributes,
  type Attributes,
  type Delta,
  type Insert,
} from '../../../lib/delta';
import { shownLine } from '../format';
import { formulaOf } from '../formula/tex';
import { isNewline, parts, textOf } from '../lines';
import { imageOf } from '../picture';
import { pollOf } from '../poll/told';
import { cellOf, type Cell } from '../table/cell';
import { gridOf, seenIn } from '../table/grid';
import type { Run } from './told';

/**
 * Texts of the past as they are shown: every insert can have who wrote it, and how it differs from another
 * revision, as attributes that no document can have.
 */
export const BY = 'by';
export const HOW = 'how';

/** A content with who wrote it. */
export function tagged(content: Delta, authors: readonly Run[]): Delta {
  const old = new Reader(content);
  const out = new Builder();
  for (const { by, length } of authors) {
    for (let left = length; left > 0 && !old.done;) {
      const piece = old.take(Math.min(left, old.left)) as Insert;
      out.push(by === '' ? piece : mark(piece, BY, by));
      left -= size(piece);
    }
  }
  while (!old.done) out.push(old.whole());
  return out.change();
}

/** A change whose inserts say who made it. */
export function tag(change: Delta, by: string): Delta {
  return change.map((op) => (isInsert(op) && by !== '' ? mark(op, BY, by) : op));
}

/** A content without what it says of itself. */
export function plain(content: Delta): Delta {
  const out = new Builder();
  for (const op of content as readonly Insert[]) {
    const { [BY]: _, [HOW]: __, ...attributes } = op.attributes ?? {};
    out.push(withAttributes(op, attributes));
  }
  return out.change();
}

/** Two texts as one: what both have, what only the new one has, and what only the old one had. */
export function both(before: Delta, change: Delta): Delta {
  const old = new Reader(before);
  const out = new Builder();
  const pass = (n: number, how: string, over?: Attributes): void => {
    for (let left = n; left > 0;) {
      const piece = old.take(Math.min(left, old.left)) as Insert;
      const laid = Object.entries({ ...piece.attributes, ...over }).filter(([, value]) => value !== null);
      const shown = withAttributes(piece, Object.fromEntries(laid));
      out.push(how === '' ? shown : mark(shown, HOW, how));
      left -= size(piece);
    }
  };
  for (const op of change) {
    if (isInsert(op)) out.push(mark(op, HOW, 'added'));
    else if (isDelete(op)) pass(op.delete, 'removed');
    else pass(op.retain, '', isRetain(op) ? op.attributes : undefined);
  }
  while (!old.done) pass(old.left, '');
  return out.change();
}

/** The old text alone, with what the new one has not; or the new one, with what is new. */
export function side(all: Delta, without: 'added' | 'removed'): Delta {
  return all.filter((op) => !isInsert(op) || op.attributes?.[HOW] !== without);
}

function mark(op: Insert, name: string, value: string): Insert {
  return { ...op, attributes: { ...op.attributes, [name]: value } };
}

/** A stretch of a line that is shown in one way. */
export interface Piece {
  text: string;
  /** The file of an image. */
  image?: string;
  /** The name of a poll. */
  poll?: string;
  /** The TeX of a formula. */
  formula?: string;
  attributes: Attributes;
}

/** A line with what it is shown as. `how` is that of its newline. */
export interface Line {
  pieces: Piece[];
  shown: Attributes;
  how: string;
  /** The cell of a table that it is in. */
  cell: Cell | null;
}

/** The lines of a text. Some of them belong together: items of a list, lines of code, a table. */
export function blocks(text: Delta): Line[][] {
  const out: Line[][] = [];
  let pieces: Piece[] = [];
  for (const op of text as readonly Insert[]) {
    const attributes = op.attributes ?? {};
    for (const part of parts(op)) {
      if (!isNewline(part)) {
        const image = imageOf(part.insert);
        const poll = pollOf(part.insert);
        const formula = formulaOf(part.insert);
        const thing = { ...(image && { image }), ...(poll && { poll }), ...(formula && { formula }) };
        pieces.push({ text: textOf(part), attributes, ...thing });
        continue;
      }
      for (let i = 0; i < size(part); i++) {
        const how = String(attributes[HOW] ?? '');
        place({ pieces, shown: shownLine(attributes), how, cell: cellOf(attributes) }, out);
        pieces = [];
      }
    }
  }
  if (pieces.length > 0) place({ pieces, shown: {}, how: '', cell: null }, out);
  return out;
}

/** The cells of a table row by row, each with its lines. */
export function cellsOf(table: readonly Line[]): Line[][][] {
  const placed = table.flatMap((line) => {
    const blank = line.pieces.length === 0;
    return line.cell ? [{ cell: line.cell, blank, line }] : [];
  });
  const { rows, columns, at } = gridOf(placed);
  return rows.map((row) => columns.map((column) => seenIn(at(row, column))));
}

const TOGETHER = ['list', 'code-block'] as const;

/** Items of all sorts are one list; code is one block as long as it is in one language. */
function together(sort: (typeof TOGETHER)[number], a: Attributes, b: Attributes): boolean {
  return sort in a && (sort === 'list' || a[sort] === b[sort]);
}

function place(line: Line, out: Line[][]): void {
  const last = out.at(-1);
  const table = last?.[0]?.cell?.table;
  const sort = TOGETHER.find((name) => name in line.shown);
  if (last && line.cell && line.cell.table === table) last.push(line);
  else if (last && sort && together(sort, (last[0] as Line).shown, line.shown)) last.push(line);
  else out.push([line]);
}
