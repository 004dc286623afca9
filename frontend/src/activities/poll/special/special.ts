import type { Speech } from '../../../lib/i18n/speech';
import type { Asked } from '../question';
import type { Special } from '../voting/later';
import { decided } from './decided';
import { estimate, limits } from './estimate';
import type { Words } from './en';
import { points } from './points';
import { quiz } from './quiz';
import { ranks } from './ranks';
import { texts } from './texts';

/** The forms that are not in every page: the special ones, and rankings. */
export function specialIn(words: Words, speech: Speech): Special {
  return {
    field: (scene, asked, votable) => {
      if (asked.kind === 'estimate') return estimate(scene, asked, votable, words);
      if (asked.kind === 'ranking') return ranks(scene, asked, votable, words);
      if (asked.kind === 'points') return points(scene, asked, votable, words);
      return texts(scene, asked, votable, words);
    },
    quiz: (scene, asked) => quiz(scene, asked, words),
    asks: (asked) => asks(asked, words, speech),
    decided: (scene, asked) => decided(scene, asked, words),
    todo: ({ kind }) => words.todo[kind === 'ranking' ? 'tap' : kind === 'points' ? 'give' : 'send'],
    privacy: (asked) => privacy(asked, words),
  };
}

function asks(asked: Asked, { ask, review }: Words, speech: Speech): string {
  if (asked.kind === 'words') return ask.words(asked.most);
  if (asked.kind === 'ranking') return ask.ranking(asked.least, asked.most, asked.options.length);
  if (asked.kind === 'points') return ask.points(asked.total ?? 0);
  if (asked.kind === 'estimate') return limits(asked, ask, speech);
  const sentence = ask.wall(asked.most);
  return asked.review ? `${sentence}. ${review}` : sentence;
}

/** Who sees what, "" if it is as with votes with names. */
function privacy(asked: Asked, { secret, privacy }: Words): string {
  const { secrecy, kind, shown, counted } = asked;
  if (asked.lost) return secret.lost;
  if (asked.held) return secret.held;
  if (secrecy) return shown && counted === 0 ? `${secret[secrecy]} ${secret.few}` : secret[secrecy];
  return kind === 'words' || kind === 'wall' ? privacy : '';
}
