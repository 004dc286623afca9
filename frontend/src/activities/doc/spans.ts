import { isDelete, isInsert, position, size, type Delta } from '../../lib/delta';
import type { Run } from './history/told';
import type { Span } from './lines';

/** Where a change has put something into the text after it; where it only took something away, a place. */
export function changedSpans(change: Delta): Span[] {
  const out: Span[] = [];
  let at = 0;
  for (const op of change) {
    const last = out.at(-1);
    const to = isDelete(op) ? at : at + size(op);
    if (isInsert(op) || isDelete(op)) {
      if (last?.to === at) last.to = to;
      else out.push({ from: at, to });
    }
    at = to;
  }
  return out;
}

/** The spans in the text after a change. */
export function movedSpans<T extends Span>(spans: readonly T[], change: Delta): T[] {
  if (change.length === 0) return [...spans];
  return spans.map((span) => {
    const from = position(change, span.from, false);
    return { ...span, from, to: Math.max(from, position(change, span.to, true)) };
  });
}

/** Where in the text each person wrote. */
export function authorSpans(runs: readonly Run[]): (Span & { by: string })[] {
  let at = 0;
  return runs.flatMap(({ by, length }) => {
    const span = { from: at, to: (at += length), by };
    return by === '' ? [] : [span];
  });
}
