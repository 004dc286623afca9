import { Builder, isInsert, length, size, type Delta } from '../../../lib/delta';
import { markOf } from './marks';

/**
 * The change that accepts or rejects suggestions in a text: their marks go, and with them what an accepted
 * one removes or a rejected one has added. The last newline stays. As on the server.
 */
export function settled(
  text: Delta,
  of: (suggestion: string) => boolean,
  as: 'accepted' | 'rejected',
): Delta {
  const out = new Builder();
  const all = length(text);
  let at = 0;
  for (const op of text) {
    const n = size(op);
    at += n;
    const marks = Object.keys((isInsert(op) && op.attributes) || {}).filter((name) => {
      const mark = markOf(name);
      return mark !== null && of(mark.suggestion);
    });
    const goes = marks.some((name) => markOf(name)?.adds === (as === 'rejected'));
    const stays = goes ? (at === all ? 1 : 0) : n;
    if (n > stays) out.push({ delete: n - stays });
    if (stays > 0 && marks.length > 0)
      out.push({ retain: stays, attributes: Object.fromEntries(marks.map((name) => [name, null])) });
    else out.retain(stays);
  }
  return out.change();
}
