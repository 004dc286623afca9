import type { Counted } from './state';

/** In which order questions stand. */
export type Order = 'top' | 'new' | 'old';

export const ORDERS: readonly Order[] = ['top', 'new', 'old'];

/** The questions in an order, what is pinned first. Among equals, who asked earlier stands first. */
export function sorted<Q extends Pick<Counted, 'id' | 'people' | 'pinned'>>(
  questions: readonly Q[],
  order: Order,
): Q[] {
  const by = {
    top: (a: Q, b: Q) => b.people - a.people || a.id - b.id,
    new: (a: Q, b: Q) => b.id - a.id,
    old: (a: Q, b: Q) => a.id - b.id,
  }[order];
  return [...questions].sort((a, b) => Number(b.pinned) - Number(a.pinned) || by(a, b));
}

/** What a list shows while somebody reads it: nothing moves, and what is new waits. */
export interface Held {
  ids: readonly number[];
  /** Questions that are not in the list yet. */
  fresh: number;
  /** The order is not what it should be. */
  moved: boolean;
}

/** Keeps the shown order for as long as it is wanted: what is gone goes at once, nothing else changes. */
export function hold(shown: readonly number[], target: readonly number[]): Held {
  const wanted = new Set(target);
  const ids = shown.filter((id) => wanted.has(id));
  const known = new Set(ids);
  const rest = target.filter((id) => known.has(id));
  return { ids, fresh: target.length - rest.length, moved: rest.some((id, i) => id !== ids[i]) };
}
