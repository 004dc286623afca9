import { quiz } from '../special/quiz';
import type { Words as SpecialWords } from '../special/en';
import type { Asked } from '../question';
import type { Special } from '../voting/later';
import { options } from '../voting/options';
import { axes } from './axes';
import type { Words } from './en';
import { image, pins } from './pins';
import { slide } from './slide';

/** Axes, pins, slides and options with pictures, as they are not in every page. */
export function placeIn(words: Words, special: SpecialWords): Special {
  return {
    field: (scene, asked, votable) => {
      if (asked.kind === 'axes') return axes(scene, asked, votable, words);
      if (asked.kind === 'pins') return pins(scene, asked, votable, words);
      if (asked.kind === 'slide') return slide(scene, asked);
      return options(scene, asked, votable, ({ picture }) =>
        picture ? image(scene, picture, 'picture') : null,
      );
    },
    quiz: (scene, asked) => quiz(scene, asked, special),
    asks: ({ kind, most }) =>
      kind === 'axes' ? words.ask.axes : kind === 'pins' ? words.ask.pins(most) : '',
    decided: () => '',
    todo: ({ kind, least }) => words.todo[kind === 'pins' ? 'pins' : least > 1 ? 'all' : 'axes'],
    privacy: (asked) => privacy(asked, special),
  };
}

function privacy({ secrecy, shown, counted, lost, held }: Asked, { secret }: SpecialWords): string {
  if (lost) return secret.lost;
  if (held) return secret.held;
  if (!secrecy) return '';
  return shown && counted === 0 ? `${secret[secrecy]} ${secret.few}` : secret[secrecy];
}
