import { position, size, type Delta, type Insert } from '../../../lib/delta';
import type { Paper } from '../paper';
import { formulaOf } from './tex';

/** A formula that is being written: a new one, or the one that stands there. */
export interface Writing {
  at: number;
  /** What stands there now; '' for a new one. */
  tex: string;
}

type Page = Pick<Paper, 'text' | 'writable' | 'act'>;

/** The formulas of a document, and the one that somebody writes. */
export class Formulas {
  /** Some stand in the text. */
  some = $state(false);
  writing = $state.raw<Writing | null>(null);

  readonly #sheet: Page;

  constructor(sheet: Page) {
    this.#sheet = sheet;
  }

  /** Looks at the text. */
  look(text: Delta | null): void {
    this.some = text?.some((op) => 'insert' in op && formulaOf(op.insert) !== null) ?? false;
    if (this.writing?.tex && this.at(this.writing.at) === null) this.writing = null; // somebody has deleted it
  }

  /** The formula that stands at a place of the text. */
  at(index: number): string | null {
    let at = 0;
    for (const op of (this.#sheet.text ?? []) as readonly Insert[]) {
      at += size(op);
      if (index < at) return formulaOf(op.insert);
    }
    return null;
  }

  /** What is selected is a formula, or it is not any more. */
  selected(range: { index: number; length: number } | null): void {
    const tex = range?.length === 1 ? this.at(range.index) : null;
    if (range && tex !== null && this.#sheet.writable) this.writing = { at: range.index, tex };
    else if (range && this.writing?.tex) this.writing = null;
  }

  /** Somebody wants a new one. */
  begin(at: number): void {
    if (this.#sheet.writable) this.writing = { at, tex: '' };
  }

  /** The text has changed: the place has moved. */
  moved(change: Delta): void {
    if (this.writing) this.writing = { ...this.writing, at: position(change, this.writing.at, true) };
  }

  /** Puts in what was written; nothing takes the formula away. Where the caret belongs then. */
  put(tex: string): number {
    const { writing } = this;
    this.writing = null;
    if (!writing) return 0;
    const { at, tex: before } = writing;
    const stands = before !== '' && this.at(at) !== null;
    const after = at + (tex === '' ? 0 : 1);
    if (tex === before) return after;
    const attributes = stands ? this.#attributes(at) : undefined;
    const change: Delta = [
      ...(at > 0 ? [{ retain: at }] : []),
      ...(tex === '' ? [] : [{ insert: { formula: tex }, ...(attributes && { attributes }) }]),
      ...(stands ? [{ delete: 1 }] : []),
    ];
    this.#sheet.act(change, after);
    return after;
  }

  #attributes(index: number): Insert['attributes'] {
    let at = 0;
    for (const op of (this.#sheet.text ?? []) as readonly Insert[]) {
      at += size(op);
      if (index < at) return op.attributes;
    }
    return undefined;
  }
}
