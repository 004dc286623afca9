import { BorderStyle, Paragraph, Table, TableCell, TableRow, WidthType, type FileChild } from 'docx';
import { cellOf } from '../../table/cell';
import { gridOf, seenIn } from '../../table/grid';
import type { Line } from './lines';

/** How wide a page's text is, in twentieths of a point: A4 with margins of an inch. */
export const WIDE = 9026;

const RULE = { style: BorderStyle.SINGLE, size: 4, color: 'C5CAD3' };

/** The lines that tables of a file have around and between their cells. */
export const RULES = {
  top: RULE,
  bottom: RULE,
  left: RULE,
  right: RULE,
  insideHorizontal: RULE,
  insideVertical: RULE,
};

/** The space within a cell. */
export const MARGINS = { top: 60, bottom: 60, left: 120, right: 120 };

/** The name of the table that a line is in; "" if it is in none. */
export function tableOf({ attributes }: Line): string {
  return cellOf(attributes)?.table ?? '';
}

/** A table of its lines, as it is on the page: the first row is its head. `write` makes the paragraphs of a line. */
export function table(lines: readonly Line[], write: (line: Line) => FileChild[]): Table {
  const { rows, columns, at } = gridOf(
    lines.flatMap((line) => {
      const cell = cellOf(line.attributes);
      return cell ? [{ cell, blank: line.pieces.length === 0, line }] : [];
    }),
  );
  const width = Math.floor(WIDE / columns.length);
  return new Table({
    width: { size: WIDE, type: WidthType.DXA },
    columnWidths: columns.map(() => width),
    borders: RULES,
    rows: rows.map(
      (row, i) =>
        new TableRow({
          cantSplit: true,
          ...(i === 0 && rows.length > 1 && { tableHeader: true }),
          children: columns.map(
            (column) =>
              new TableCell({
                width: { size: width, type: WidthType.DXA },
                margins: MARGINS,
                children: ended(seenIn(at(row, column)).flatMap(write)),
              }),
          ),
        }),
    ),
  });
}

/** Word wants a paragraph behind every table, and in every cell. */
export function ended(blocks: FileChild[]): FileChild[] {
  const last = blocks.at(-1);
  return !last || last instanceof Table ? [...blocks, new Paragraph({})] : blocks;
}
