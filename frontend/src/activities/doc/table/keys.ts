import type { Range } from 'quill/core';
import Keyboard from 'quill/modules/keyboard';
import type { Quill } from '../quill';
import { type Way } from './arrows';
import { CELL, CELL_START, cellOf } from './cell';

export interface TableKeys {
  /** Goes to the next cell, or to the one before. False if that is not for now. */
  cell(by: 1 | -1): boolean;
  /** Goes on with an arrow where the text of a cell ends. False if that is the browser's to do. */
  arrow(way: Way): boolean;
  /** Makes a line above a table that the text begins with. */
  above(): boolean;
}

interface Context {
  collapsed: boolean;
  offset: number;
}

/** What keys do in tables and at their borders; everything else they do as in any text. */
export function tableKeys(keys: TableKeys): Record<string, unknown> {
  const autofill = (Keyboard.DEFAULTS.bindings as Record<string, { format: object }>)['list autofill'];
  const here = { format: [CELL], collapsed: true };
  const arrow = (way: Way): object => ({ ...here, key: `Arrow${way}`, handler: () => !keys.arrow(way) });
  return {
    'cell above': arrow('Up'),
    'cell below': arrow('Down'),
    'cell to the left': arrow('Left'),
    'cell to the right': arrow('Right'),
    'list autofill': { ...autofill, format: { ...autofill?.format, [CELL]: false } },
    'next cell': { key: 'Tab', shiftKey: false, format: [CELL, CELL_START], handler: () => !keys.cell(1) },
    'cell before': { key: 'Tab', shiftKey: true, format: [CELL, CELL_START], handler: () => !keys.cell(-1) },
    'line above': {
      ...here,
      key: 'Enter',
      offset: 0,
      handler(_range: Range): boolean {
        return !keys.above();
      },
    },
    'border backwards': {
      key: 'Backspace',
      shiftKey: null,
      collapsed: true,
      offset: 0,
      handler(this: { quill: Quill }, { index }: Range): boolean {
        return !parted(this.quill, index - 1, index);
      },
    },
    'border forwards': {
      key: 'Delete',
      shiftKey: null,
      collapsed: true,
      suffix: /^$/,
      handler(this: { quill: Quill }, { index }: Range, { offset }: Context): boolean {
        const { [CELL]: inside } = this.quill.getFormat(index);
        return (offset === 0 && !inside) || !parted(this.quill, index, index + 1);
      },
    },
  };
}

/** Tells whether two places are parted by a border of a cell. */
function parted(quill: Quill, one: number, other: number): boolean {
  if (one < 0 || other >= quill.getLength()) return false;
  const of = (index: number): string => {
    const [line] = quill.getLine(index);
    const cell = cellOf((line?.formats() ?? {}) as Record<string, string>);
    return cell ? `${cell.table}-${cell.row}-${cell.column}-${String(cell.starts)}` : '';
  };
  return of(one) !== of(other);
}
