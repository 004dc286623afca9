import {
  attributesOf,
  Builder,
  isDelete,
  isInsert,
  isRetain,
  length,
  Reader,
  size,
  slice,
  withAttributes,
  type Attributes,
  type Delta,
  type Insert,
} from '../../../lib/delta';
import { added, addedBy, markOf, marksOf, MOST_MARKS, removed } from './marks';

/** Who suggests. */
export interface Suggester {
  id: string;
  colour: number;
}

export interface Suggesting {
  /** What the person did, as a suggestion. */
  change: Delta;
  /** What turns a text in which they just did it into one in which they suggested it. */
  fix: Delta;
}

/**
 * What a person did to a text, as a suggestion: what they inserted has their mark, what they deleted stays
 * with one, unless it was their own suggestion, and of other text no format changes.
 */
export function suggesting(
  did: Delta,
  text: Delta,
  { id, colour }: Suggester,
  suggestion: string,
): Suggesting {
  const old = new Reader(text);
  const change = new Builder();
  const fix = new Builder();
  const end = length(text);
  const mark = { [added(suggestion)]: colour };
  const off = { [removed(suggestion)]: colour };
  let at = 0;
  for (const op of did) {
    if (isInsert(op)) {
      change.push(withAttributes(op, { ...op.attributes, ...mark }));
      fix.push({ retain: size(op), attributes: mark });
      continue;
    }
    for (let left = size(op); left > 0;) {
      const piece = old.take(Math.min(left, old.left)) as Insert;
      const n = size(piece);
      left -= n;
      at += n;
      const own = at < end && addedBy(piece.attributes, id);
      if (isDelete(op)) {
        if (own) {
          change.push({ delete: n });
          continue;
        }
        const marks = marksOf(piece.attributes);
        const lays =
          at < end && marks.length < MOST_MARKS && !marks.some(({ by, adds }) => by === id && !adds);
        change.push(lays ? { retain: n, attributes: off } : { retain: n });
        fix.push(lays ? withAttributes(piece, { ...piece.attributes, ...off }) : piece);
      } else if (own || !op.attributes) {
        change.push(withAttributes({ retain: n }, op.attributes));
        fix.retain(n);
      } else {
        change.retain(n);
        fix.push(withAttributes({ retain: n }, back(op.attributes, piece.attributes)));
      }
    }
  }
  return { change: change.change(), fix: fix.change() };
}

/** What takes attributes that were laid off again. */
function back(laid: Attributes, was: Attributes | undefined): Attributes {
  return Object.fromEntries(Object.keys(laid).map((name) => [name, was?.[name] ?? null]));
}

/** A suggestion of one's own that the place of a change touches, so that one goes on with it; null if there is none. */
export function goesOn(
  did: Delta,
  text: Delta,
  by: string,
  open: (suggestion: string) => boolean,
): string | null {
  let at = 0;
  for (const op of did) {
    if (isRetain(op) && !op.attributes) {
      at += size(op);
      continue;
    }
    const to = isInsert(op) ? at : at + size(op);
    for (const piece of slice(text, Math.max(0, at - 1), to + 1)) {
      for (const name of Object.keys(attributesOf(piece) ?? {})) {
        const mark = markOf(name);
        if (mark?.by === by && open(mark.suggestion)) return mark.suggestion;
      }
    }
    return null;
  }
  return null;
}
