import {
  Builder,
  isDelete,
  isInsert,
  size,
  type Attributes,
  type Delta,
  type Insert,
} from '../../../lib/delta';
import { isNewline, parts } from '../lines';
import { linesOf, type Line } from '../more/text';
import { attributesOfCell, CELL, CELL_START, cellOf, hasCells, type Cell } from './cell';

/**
 * What a person does by typing, deleting and pasting leaves tables whole: what they delete across the
 * borders of cells is the text in them, unless it is a whole table; what they put into a cell stays in it.
 * Returns the same change if there is nothing about it.
 */
export function guarded(change: Delta, model: Delta): Delta {
  if (!hasCells(model) && !hasCells(change)) return change;
  return new Guard(model).over(change);
}

interface Where extends Line {
  cell: Cell | null;
  /** Where the newline stands. */
  end: number;
}

class Guard {
  readonly #lines: Where[];
  readonly #inserts = new Map<number, Insert[]>();
  readonly #gone: [number, number][] = [];
  /** The lines of tables that go as a whole. */
  readonly #ends = new Set<Where>();
  #altered = false;

  constructor(model: Delta) {
    this.#lines = [...linesOf(model)].map((line) => ({
      ...line,
      cell: cellOf(line.attributes),
      end: line.at + line.text.length,
    }));
  }

  over(change: Delta): Delta {
    const formats: { at: number; n: number; attributes: Attributes }[] = [];
    let at = 0;
    for (const op of change) {
      if (isDelete(op)) this.#end(at, at + op.delete);
      if (!isInsert(op)) at += size(op);
    }
    at = 0;
    change.forEach((op, i) => {
      if (isInsert(op)) return this.#insert(op, at);
      if (isDelete(op)) {
        const [before, next] = [change[i - 1], change[i + 1]];
        this.#delete(at, at + op.delete, !(before && isInsert(before)) && !(next && isInsert(next)));
      } else if (op.attributes) {
        // No line becomes one of a cell, also not the last, which takes the place of one that is deleted.
        const { [CELL]: cell, [CELL_START]: start, ...attributes } = op.attributes;
        this.#altered ||= cell !== undefined || start !== undefined;
        if (Object.keys(attributes).length > 0) formats.push({ at, n: op.retain, attributes });
      }
      at += size(op);
    });
    return this.#altered ? this.#built(formats) : change;
  }

  #built(formats: readonly { at: number; n: number; attributes: Attributes }[]): Delta {
    const cuts = new Set([...this.#inserts.keys(), ...this.#gone.flat()]);
    for (const { at, n } of formats) cuts.add(at).add(at + n);
    const places = [...cuts].sort((a, b) => a - b);
    const out = new Builder();
    let at = 0;
    places.forEach((place, i) => {
      out.retain(place - at);
      for (const op of this.#inserts.get(place) ?? []) out.push(op);
      const n = (places[i + 1] ?? place) - place;
      at = place + n;
      if (this.#gone.some(([from, to]) => from <= place && place < to)) out.push({ delete: n });
      else {
        const format = formats.find((one) => one.at <= place && place < one.at + one.n);
        out.push(format ? { retain: n, attributes: format.attributes } : { retain: n });
      }
    });
    return out.change();
  }

  #delete(from: number, to: number, alone: boolean): void {
    const touched = this.#lines.filter(({ end }) => end >= from && end < to);
    let next = this.#at(to)?.cell ?? null;
    const kept: number[] = [];
    for (const line of touched.reverse()) {
      if (this.#goes(line, next, from, to, alone)) continue;
      kept.push(line.end);
      next = line.cell;
    }
    let at = from;
    for (const place of kept.reverse()) {
      if (place > at) this.#gone.push([at, place]);
      at = place + 1;
    }
    if (to > at) this.#gone.push([at, to]);
    this.#altered ||= kept.length > 0;
  }

  /** Notes the tables that are in a part of the text as a whole. */
  #end(from: number, to: number): void {
    let run: Where[] = [];
    for (const line of [...this.#lines, null]) {
      if (run.length > 0 && line?.cell?.table !== run[0]?.cell?.table) {
        if (run.every(({ at, end }) => at >= from && end < to)) for (const one of run) this.#ends.add(one);
        run = [];
      }
      if (line?.cell) run.push(line);
    }
  }

  /** Tells whether the end of a line may go, by what would follow on the text before it. */
  #goes(line: Where, next: Cell | null, from: number, to: number, alone: boolean): boolean {
    if (!line.cell) return !next || (alone && this.#lines.some(({ at }) => at === from));
    if (this.#ends.has(line)) return true;
    const { row, column, starts } = line.cell;
    return !starts && next !== null && !next.starts && next.row === row && next.column === column;
  }

  #insert(op: Insert, at: number): void {
    const found = this.#at(at);
    const line = found && this.#ends.has(found) ? undefined : found;
    const place = line?.cell?.starts && line.text === '' ? line.end + 1 : at;
    const before = this.#inserts.get(place) ?? [];
    const pieces = line?.cell ? this.#into(line.cell, op) : this.#beside(line, at, op, before);
    this.#altered ||= place !== at;
    this.#inserts.set(place, [...before, ...pieces]);
  }

  /** What comes into a cell becomes lines of it. */
  #into(cell: Cell, op: Insert): Insert[] {
    const own = attributesOfCell({ ...cell, starts: false });
    return parts(op).flatMap((piece): Insert[] => {
      if (!isNewline(piece)) return [piece];
      const { [CELL]: given, [CELL_START]: begins, ...others } = piece.attributes ?? {};
      const right = given === own[CELL] && Object.keys(others).length === 0;
      this.#altered ||= !right;
      return begins === undefined ? [{ insert: piece.insert, attributes: own }] : [];
    });
  }

  /** A table that comes into a line begins with a line of its own. */
  #beside(line: Where | undefined, at: number, op: Insert, before: readonly Insert[]): Insert[] {
    if (!op.attributes || !isNewline(op) || !cellOf(op.attributes) || !line) return [op];
    const last = before.at(-1);
    const open = last ? !(typeof last.insert === 'string' && last.insert.endsWith('\n')) : at !== line.at;
    if (!open || !(CELL_START in op.attributes)) return [op];
    this.#altered = true;
    return [
      { insert: '\n', ...(Object.keys(line.attributes).length > 0 && { attributes: line.attributes }) },
      op,
    ];
  }

  /** The line that a place is in. */
  #at(place: number): Where | undefined {
    return this.#lines.find(({ at, end }) => at <= place && place <= end);
  }
}
