import { Delta } from 'quill/core';
import { attributesOfCell, CELL, CELL_START, newName } from './cell';
import { MOST } from './acts';

/** Names of tables, rows and columns of what is being pasted. */
const NAMES = new WeakMap<Element, string>();
const COLUMNS = new WeakMap<Element, string[]>();

function nameOf(element: Element): string {
  return NAMES.get(element) ?? NAMES.set(element, newName()).get(element)!;
}

/** Pasted text of our own tables says nothing about cells any more: they get new names. */
export function forgetCells(pasted: Document): void {
  for (const line of pasted.querySelectorAll('[data-cell]')) {
    line.removeAttribute('data-cell');
    line.classList.remove('ql-cell', 'ql-cell-start');
  }
}

/** A cell of a pasted table, as lines of a cell. Of tables in tables only the outer one stays. */
export function pastedCell(node: Node, delta: Delta): Delta {
  const cell = node as HTMLTableCellElement;
  const row = cell.closest('tr');
  const table = row?.closest('table');
  if (!row || !table || cell.parentElement !== row) return delta;
  const [i, j] = [[...table.rows].indexOf(row), columnOf(cell)];
  if (i < 0 || i >= MOST.rows || j >= MOST.columns) return delta;
  const names = COLUMNS.get(table) ?? COLUMNS.set(table, []).get(table)!;
  const out = new Delta();
  const begin = (column: number): void => {
    while (names.length <= column) names.push(newName());
    const at = { table: nameOf(table), row: nameOf(row), column: names[column]!, starts: false };
    out.insert('\n', attributesOfCell({ ...at, starts: true }));
    own = attributesOfCell(at);
  };
  let own = {};
  begin(j);
  let open = true; // the last line has no end yet
  for (const { insert, attributes = {} } of delta.ops) {
    if (typeof insert !== 'string') {
      if (insert) out.insert(insert, attributes);
      open = true;
      continue;
    }
    if (CELL_START in attributes) continue;
    insert.split('\n').forEach((text, n) => {
      if (n > 0) {
        out.insert('\n', own);
        open = false;
      }
      if (text !== '') {
        const { [CELL]: _, ...inline } = attributes;
        out.insert(text, inline);
        open = true;
      }
    });
  }
  if (open) out.insert('\n', own);
  for (let k = 1; k < Math.min(cell.colSpan, MOST.columns - j); k++) {
    begin(j + k);
    out.insert('\n', own);
  }
  return out;
}

/** The column that a cell begins in, if those before it in its row are as wide as they say. */
function columnOf(cell: HTMLTableCellElement): number {
  let at = 0;
  for (let other = cell.previousElementSibling; other; other = other.previousElementSibling) {
    at += other instanceof HTMLTableCellElement ? Math.min(other.colSpan, MOST.columns) : 0;
  }
  return at;
}
