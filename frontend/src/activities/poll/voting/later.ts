import { h, type Child } from '../../../vote/dom';
import type { Asked } from '../question';
import type { Scene } from './scene';

/** How the rarer forms are answered: a part of the page that comes when one of them is asked. */
export interface Special {
  /** What is to be done before anything is asked. */
  before?(scene: Scene): Child;
  /** What answers the question, and how it stands. */
  field(scene: Scene, asked: Asked, votable: boolean): Child;
  /** How it is answered, in a sentence. */
  asks(asked: Asked): string;
  /** After the close of a ranking, who has won; "" of every other. */
  decided(scene: Scene, asked: Asked): string;
  /** What to do, in a sentence. */
  todo(asked: Asked): string;
  /** What a question of a quiz is worth, and after the reveal what it brought; null of every other. */
  quiz(scene: Scene, asked: Asked): Child;
  /** Who sees what, if it is not as with votes. */
  privacy(asked: Asked): string;
}

/** Where that part is: here, under way, or not to be had for now. */
export interface Later {
  readonly special: Special | null;
  readonly failed: boolean;
  again(): void;
}

/** The field of a rarer form, or what is there until it comes. */
export function fieldLater(scene: Scene, asked: Asked, votable: boolean): Child {
  const { special, failed, again } = scene.later;
  const { wait, failed: sorry, again: retry } = scene.words.later;
  if (special) return special.field(scene, asked, votable);
  return h(
    'div',
    { class: 'later', role: 'status', key: 'later' },
    h('p', { class: failed ? '' : 'soon-here muted' }, failed ? sorry : wait),
    failed && h('button', { type: 'button', class: 'button', onclick: again }, retry),
  );
}
