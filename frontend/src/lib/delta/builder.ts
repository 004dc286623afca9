import { isDelete, isInsert, isRetain, sameAttributes, size, type Delta, type Op } from './op';

/** Makes a change in normal form: direct neighbours of one sort merged, nothing empty. It moves nothing. */
export class Builder {
  readonly #ops: Op[] = [];

  push(op: Op): this {
    if (size(op) === 0) return this;
    const last = this.#ops.length - 1;
    const merged = this.#ops[last] && merge(this.#ops[last], op);
    if (merged) this.#ops[last] = merged;
    else this.#ops.push(op);
    return this;
  }

  retain(n: number): this {
    return this.push({ retain: n });
  }

  /** What was pushed, without an idle retain at its end. */
  change(): Delta {
    const last = this.#ops.at(-1);
    if (last && isRetain(last) && !last.attributes) this.#ops.pop();
    return this.#ops;
  }
}

/** The same change with direct neighbours merged, nothing empty and no idle retain at its end. */
export function normal(change: Delta): Delta {
  const out = new Builder();
  for (const op of change) out.push(op);
  return out.change();
}

function merge(a: Op, b: Op): Op | null {
  if (isDelete(a)) return isDelete(b) ? { delete: a.delete + b.delete } : null;
  if (isDelete(b) || !sameAttributes(a.attributes, b.attributes)) return null;
  if (isRetain(a)) return isRetain(b) ? { ...a, retain: a.retain + b.retain } : null;
  if (!isInsert(b) || typeof a.insert !== 'string' || typeof b.insert !== 'string') return null;
  return { ...a, insert: a.insert + b.insert };
}
