import { Parchment } from 'quill/core';
import Block from 'quill/blots/block';
import Container from 'quill/blots/container';
import { CELL, CELL_START, cellOf } from './cell';
import { gridOf, type Placed } from './grid';

/** A line of a cell. */
export class CellLine extends Block {
  static override blotName = CELL;
  static override tagName = 'P';
  static override className = 'ql-cell';

  static override create(value: unknown): HTMLElement {
    const node = super.create() as HTMLElement;
    node.dataset['cell'] = String(value);
    return node;
  }

  static override formats(node: HTMLElement): string | undefined {
    return node.dataset['cell'];
  }

  override format(name: string, value: unknown): void {
    if (name === this.statics.blotName && value) this.domNode.dataset['cell'] = String(value);
    else super.format(name, value);
  }
}

/** The empty line that a cell begins with. Text that others left in it is to be seen. */
export class CellStart extends CellLine {
  static override blotName = CELL_START;
  static override className = 'ql-cell-start';

  /** It is not copied. */
  html(index: number, length: number): string {
    const text = this.domNode.textContent.slice(index, index + length);
    const node = this.domNode.ownerDocument.createElement('p');
    node.textContent = text;
    return text.trim() === '' ? '' : node.outerHTML;
  }
}

interface Blot {
  domNode: Node;
  next: Blot | null;
  prev: Blot | null;
  children?: { head: Blot | null; tail: Blot | null };
  optimize(context: object): void;
}

/** The names of the table, the row or the cell that something in the editor stands in. */
function nameOf(blot: Blot | null, depth: number): string {
  let line = blot;
  while (line?.children?.head && !(line instanceof CellLine)) line = line.children.head;
  const value = (line?.domNode as HTMLElement | undefined)?.dataset?.['cell'] ?? '';
  return value.split('-').slice(0, depth).join('-');
}

/** What holds lines together that belong to one table, row or cell. */
class Holder extends Container {
  /** How many of the names all in it share. */
  static depth = 1;

  get depth(): number {
    return (this.statics as typeof Holder).depth;
  }

  override checkMerge(): boolean {
    const [head, tail] = [this.children.head, this.children.tail] as unknown as (Blot | null)[];
    const next = this.next as unknown as Blot | null;
    if (!super.checkMerge() || !next?.children?.head) return false;
    const name = nameOf(head ?? null, this.depth);
    return [tail ?? null, next.children.head, next.children.tail].every(
      (blot) => nameOf(blot, this.depth) === name,
    );
  }

  override optimize(context: object): void {
    super.optimize(context as Record<string, unknown>);
    this.children.forEach((child) => {
      const blot = child as unknown as Blot;
      if (!blot.next || nameOf(blot, this.depth) === nameOf(blot.next, this.depth)) return;
      const rest = this.splitAfter(child) as unknown as Blot | null;
      rest?.optimize(context);
    });
    // What it holds may have got another name, and go on what stands before it by now.
    if (this.prev instanceof Holder && this.prev.checkMerge()) this.prev.optimize(context);
  }
}

export class TableCell extends Holder {
  static override blotName = 'cell-holder';
  static override tagName = 'TD';
  static override depth = 3;
}

export class TableRow extends Holder {
  static override blotName = 'cell-row';
  static override tagName = 'TR';
  static override depth = 2;
}

export class Table extends Holder {
  static override blotName = 'cell-table';
  static override tagName = 'TABLE';
  static override className = 'ql-table';
  static override depth = 1;

  static override create(value?: unknown): HTMLElement {
    const node = super.create(value) as HTMLElement;
    node.role = 'table';
    node.setAttribute('contenteditable', 'inherit'); // the caret scrolls it, where one may write
    return node;
  }

  override optimize(context: object): void {
    super.optimize(context as Record<string, unknown>);
    layOut(this.domNode as HTMLTableElement);
    reach(this.domNode as HTMLTableElement, (this.scroll as unknown as { isEnabled(): boolean }).isEnabled());
  }
}

CellLine.requiredContainer = TableCell;
CellStart.requiredContainer = TableCell;
TableCell.allowedChildren = [CellLine, CellStart];
TableCell.requiredContainer = TableRow;
TableRow.allowedChildren = [TableCell];
TableRow.requiredContainer = Table;
Table.allowedChildren = [TableRow];

export const FOR_TABLES: Record<string, Parchment.RegistryDefinition> = {
  [`formats/${CELL}`]: CellLine,
  [`formats/${CELL_START}`]: CellStart,
  'formats/cell-holder': TableCell,
  'formats/cell-row': TableRow,
  'formats/cell-table': Table,
};

/** Where nobody writes, the keyboard scrolls a table. */
export function reach(table: HTMLTableElement, writable: boolean): void {
  if (writable) table.removeAttribute('tabindex');
  else if (table.tabIndex !== 0) table.tabIndex = 0;
}

/** The lines of a table on the screen. */
function linesOf(table: HTMLElement): Placed<HTMLElement>[] {
  return [...table.querySelectorAll<HTMLElement>('[data-cell]')].flatMap((line) => {
    const starts = line.classList.contains(CellStart.className);
    const cell = cellOf({ [starts ? CELL_START : CELL]: line.dataset['cell'] ?? '' });
    const blank = line.textContent === '' && !line.querySelector('img, .ql-poll, .ql-formula');
    return cell ? [{ cell, blank, line }] : [];
  });
}

/**
 * Puts every cell where it belongs by its row and its column: in the text they can stand in another order
 * where two people changed the table at once. Only what differs is touched, as Quill watches.
 */
function layOut(table: HTMLTableElement): void {
  const { rows, columns, at } = gridOf(linesOf(table));
  set(table, 'grid-template-columns', `repeat(${columns.length}, minmax(var(--cell), 1fr))`);
  const left = new Set(table.querySelectorAll('td'));
  let extra = rows.length + 1;
  rows.forEach((row, i) =>
    columns.forEach((column, j) => {
      const cells = new Set(at(row, column).map(({ line }) => line.closest('td')));
      let first = true;
      for (const cell of cells) {
        if (!cell || !left.delete(cell)) continue;
        // Two pieces of one cell that do not stand together: the second is below the table.
        set(cell, 'grid-area', `${first ? i + 1 : extra++} / ${j + 1}`);
        if (cell.role !== (i === 0 ? 'columnheader' : 'cell')) cell.role = i === 0 ? 'columnheader' : 'cell';
        first = false;
      }
    }),
  );
  for (const cell of table.querySelectorAll('td')) {
    const gone = left.has(cell);
    if (cell.classList.contains('ql-left') !== gone) cell.classList.toggle('ql-left', gone);
  }
  for (const row of table.rows) if (row.role !== 'row') row.role = 'row';
}

/** The last that was set, as a browser may write it otherwise. */
const LAST = new WeakMap<HTMLElement, Map<string, string>>();

function set(node: HTMLElement, name: string, value: string): void {
  const known = LAST.get(node) ?? LAST.set(node, new Map()).get(node)!;
  if (known.get(name) === value) return;
  known.set(name, value);
  node.style.setProperty(name, value);
}
