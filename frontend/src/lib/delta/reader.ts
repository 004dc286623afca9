import { cutsPair, DeltaError, isInsert, isRetain, size, type Delta, type Op } from './op';

/** Goes through a change in pieces. Behind the end it retains for ever. */
export class Reader {
  readonly #ops: Delta;
  #at = 0;
  /** How much of the operation at hand was taken. */
  #taken = 0;

  constructor(ops: Delta) {
    this.#ops = ops;
    this.#skipEmpty();
  }

  get done(): boolean {
    return this.#at >= this.#ops.length;
  }

  /** The operation at hand, as it is in the list; undefined behind the end. */
  get next(): Op | undefined {
    return this.#ops[this.#at];
  }

  /** How much is left of the operation at hand. */
  get left(): number {
    const op = this.next;
    return op ? size(op) - this.#taken : Infinity;
  }

  /** Takes what is left of the operation at hand. */
  whole(): Op {
    return this.take(this.left);
  }

  /** Takes units of the operation at hand, which has as many. */
  take(n: number): Op {
    const op = this.next;
    if (!op) return { retain: n };
    const from = this.#taken;
    const whole = size(op);
    this.#taken += n;
    if (this.#taken === whole) {
      this.#at++;
      this.#taken = 0;
      this.#skipEmpty();
    }
    return n === whole ? op : piece(op, from, from + n);
  }

  #skipEmpty(): void {
    while (this.next && size(this.next) === 0) this.#at++;
  }
}

function piece(op: Op, from: number, to: number): Op {
  if (!isInsert(op)) return isRetain(op) ? { ...op, retain: to - from } : { delete: to - from };
  if (typeof op.insert !== 'string') return op;
  if (cutsPair(op.insert, from) || cutsPair(op.insert, to)) {
    throw new DeltaError('text', 'The change cuts a character in two.');
  }
  return { ...op, insert: op.insert.slice(from, to) };
}
