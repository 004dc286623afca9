import type { Asked } from '../../poll/question';
import type { Noted } from './told';

/** A closed question as the document notes it, for the moment until it has. */
export function notedFrom(asked: Asked): Noted {
  const { kind, prompt, options, method = '', from, to, low, high, total = 0, state, round, closes } = asked;
  const { columns = [], zone = '', x = null, y = null, picture = null } = asked;
  const { people, counts, points = null, counted } = asked;
  const result = counts ? { people, counts, points, counted } : null;
  return {
    kind,
    prompt,
    options,
    columns,
    zone,
    x,
    y,
    picture,
    method,
    from,
    to,
    low,
    high,
    total,
    state,
    round,
    closes,
    result,
  };
}
