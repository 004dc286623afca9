import type { Asked } from '../question';
import { named } from '../voting/line';
import type { Scene } from '../voting/scene';
import type { Words } from './en';

/** Where it said how to vote it says, after the close, who has won. */
export function decided({ seat, speech }: Scene, asked: Asked, words: Words): string {
  const result = seat.decided;
  if (!result) return '';
  const { winners, tied = [], method } = result;
  const names = (ids: readonly string[]): string => speech.list(named(asked, { options: ids }));
  const lines = [
    winners.length > 0 && words.decided.winners(words.decided[method], names(winners), winners.length),
    tied.length > 0 && words.decided.tie(words.decided[method], names(tied)),
  ];
  return lines.filter(Boolean).join(' ');
}
