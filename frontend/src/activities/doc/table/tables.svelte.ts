import { position, type Delta } from '../../../lib/delta';
import { toasts } from '../../../ui/toasts.svelte';
import type { Sheet } from '../sheet.svelte';
import {
  becomes,
  cellBeside,
  does,
  endOf,
  MOST,
  newTable,
  tableAt,
  type Deed,
  type Place,
  type Which,
} from './acts';
import { beyond, type Way } from './arrows';
import { words } from './words';

type Page = Pick<Sheet, 'act' | 'editor' | 'go' | 'layout' | 'range' | 'text' | 'writable'>;

/** How large a table is when it comes. */
const NEW = { rows: 3, columns: 3 };

/** What a person does with the tables of a document. */
export class Tables {
  readonly #sheet: Page;

  constructor(sheet: Page) {
    this.#sheet = sheet;
  }

  /** The caret is in a table, and its rows and columns can be changed. */
  get inside(): boolean {
    const { writable, range, editor, layout } = this.#sheet;
    return layout >= 0 && writable && range !== null && !!editor?.cellAt(range.index);
  }

  /** Puts a table where a place is. */
  put(index: number): void {
    const { text, writable } = this.#sheet;
    if (!text || !writable) return;
    const { change, caret } = newTable(text, index, NEW.rows, NEW.columns);
    this.#sheet.act(change, caret, true);
  }

  do(deed: Deed): void {
    const place = this.#place();
    if (!place) return;
    const { rows, columns } = place.grid;
    const rowMore = deed === 'above' || deed === 'below';
    const columnMore = deed === 'before' || deed === 'after';
    if ((rowMore && rows.length >= MOST.rows) || (columnMore && columns.length >= MOST.columns)) {
      toasts.tell(words().most(MOST.rows, MOST.columns));
      return;
    }
    const { change, goal } = does(place, deed);
    this.#become(place, change, goal);
  }

  /** Goes to the next cell or to the one before. Behind the last one comes a new row. */
  go(by: 1 | -1): boolean {
    const place = this.#place();
    if (!place) return false;
    const goal = cellBeside(place, by);
    if (goal) this.enter(place, goal);
    else if (by > 0) {
      const first = { ...place, cell: { ...place.cell, column: place.grid.columns[0] ?? place.cell.column } };
      const last = { ...first, cell: { ...first.cell, row: place.grid.rows.at(-1) ?? place.cell.row } };
      if (place.grid.rows.length >= MOST.rows) return true;
      const { change, goal } = does(last, 'below');
      this.#become(place, change, goal);
    }
    return true;
  }

  /** Goes on with an arrow where the text of a cell ends. False if the browser is to do it. */
  arrow(way: Way): boolean {
    const place = this.#place();
    const { range, editor } = this.#sheet;
    if (!place || !range || !editor) return false;
    const goal = beyond(place, range.index, way, (at) => editor.rects(at, at)[0]?.y ?? 0);
    if (goal !== null) this.#sheet.go(goal);
    return goal !== null;
  }

  /** Puts the caret into a cell. If the table has no such cell yet, it gets what it lacks. */
  enter(place: Place, goal: Which): void {
    const at = endOf(place, goal);
    if (at !== null) this.#sheet.go(at);
    else if (this.#sheet.writable) {
      this.#become(place, becomes(place, place.grid.rows, place.grid.columns), goal);
    }
  }

  /** Writes above a table that the text begins with, if the caret is in its first cell. */
  above(): boolean {
    const place = this.#place();
    if (place?.from !== 0 || this.#sheet.range?.index !== 1) return false;
    this.#sheet.act([{ insert: '\n' }], 0, true);
    return true;
  }

  /** Somebody pressed where a table has no cell yet. */
  press({ target, clientX: x, clientY: y }: MouseEvent): void {
    const { editor, text, writable } = this.#sheet;
    if (!(target instanceof HTMLTableElement && target.matches('.ql-table')) || !editor || !text || !writable)
      return;
    const line = target.querySelector('[data-cell]');
    const index = line && editor.indexOf(line);
    const place = index === null ? null : tableAt(text, index);
    if (!place) return;
    const { rows, columns, at } = place.grid;
    const rects = (which: Which): DOMRect | undefined => {
      const start = at(which.row, which.column)[0]?.line.at;
      return start === undefined ? undefined : editor.cellAt(start)?.getBoundingClientRect();
    };
    const row = rows.find((row) =>
      columns.some((column) => within(rects({ row, column }), (r) => r.top <= y && y <= r.bottom)),
    );
    const column = columns.find((column) =>
      rows.some((row) => within(rects({ row, column }), (r) => r.left <= x && x <= r.right)),
    );
    if (row !== undefined && column !== undefined) this.enter(place, { row, column });
  }

  #become(place: Place, change: Delta, goal: Which): void {
    const { text } = this.#sheet;
    if (!text) return;
    this.#sheet.act(change, undefined, true);
    const after = this.#sheet.text;
    const from = position(change, place.from, false);
    const now = after && tableAt(after, from);
    const at = now && endOf(now, goal);
    this.#sheet.go(at ?? Math.min(from, position(change, place.to, false)));
  }

  #place(): Place | null {
    const { text, range } = this.#sheet;
    return text && range ? tableAt(text, range.index) : null;
  }
}

function within(rect: DOMRect | undefined, is: (rect: DOMRect) => boolean): boolean {
  return rect !== undefined && is(rect);
}
