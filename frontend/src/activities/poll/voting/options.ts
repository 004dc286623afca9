import { h, type Child } from '../../../vote/dom';
import { colour, letter } from '../../../ui/letters';
import type { Asked, Counts, Option } from '../question';
import { seen, share, type Scene } from './scene';

/**
 * The options of a question, to choose from and, at the same places, how they stand: nothing moves when
 * results come. Real radio buttons or check boxes behind large targets with letter and colour.
 */
export function options(
  scene: Scene,
  asked: Asked,
  votable: boolean,
  picture?: (option: Option) => Child,
): Child {
  const picked = scene.seat.picked(asked);
  const counts = seen(scene, asked);
  const full = asked.kind === 'multiple' && picked.length >= asked.most;
  const each = (option: Option, place: number): Child => {
    const on = picked.includes(option.id);
    const right = asked.key?.right?.includes(place) === true;
    const off = !votable || (full && !on);
    return one(scene, asked, option, place, { on, off, still: !votable, right, counts, picture });
  };
  return h('div', { class: 'options' }, ...asked.options.map(each));
}

interface Look {
  on: boolean;
  /** It cannot be chosen. */
  off: boolean;
  /** None can be chosen. */
  still: boolean;
  /** It is the answer of a quiz, and everybody may know. */
  right: boolean;
  /** Null while one may not know. */
  counts: Counts | null;
  /** What is to be seen of an option beside its words. */
  picture: ((option: Option) => Child) | undefined;
}

function one(scene: Scene, asked: Asked, option: Option, place: number, look: Look): Child {
  const { id, text } = option;
  const { on, off, still, right, counts } = look;
  const part = counts && share(asked, counts, id);
  return h(
    'label',
    {
      key: id,
      class: `option${on ? ' on' : off ? ' off' : ''}${still ? ' still' : ''}${right ? ' right' : ''}`,
      'data-colour': colour(place),
    },
    h('input', {
      type: asked.kind === 'multiple' ? 'checkbox' : 'radio',
      name: asked.id,
      checked: on,
      disabled: off,
      onchange: (event: { currentTarget: HTMLInputElement }) =>
        choose(scene, asked, id, event.currentTarget.checked),
    }),
    look.picture?.(option) ?? null,
    h('span', { class: 'letter', 'aria-hidden': 'true' }, letter(place)),
    h(
      'span',
      { class: 'text' },
      h('bdi', { dir: 'auto' }, text),
      right && h('b', { class: 'mark' }, `✓ ${scene.words.right}`),
    ),
    part === null ? tick(asked, on) : votes(scene, on, part, counts?.[id] ?? 0),
    h(
      'span',
      { class: 'bar', 'aria-hidden': 'true' },
      h('span', { class: 'fill', style: { '--share': part ?? 0 } }),
    ),
  );
}

function choose({ seat }: Scene, asked: Asked, id: string, on: boolean): void {
  const others = asked.kind === 'multiple' ? seat.picked(asked).filter((other) => other !== id) : [];
  seat.pick(asked, on ? [...others, id] : others);
}

/** How an option stands, where its tick was. */
function votes({ words, speech }: Scene, on: boolean, part: number, count: number): Child {
  return h(
    'span',
    { class: 'side numbers', key: 'votes' },
    h('b', {}, on && h('span', { 'aria-hidden': 'true' }, '✓ '), speech.share(part)),
    h('span', { class: 'votes muted' }, words.votes(count)),
  );
}

/** Whether an option is chosen. */
function tick(asked: Asked, on: boolean): Child {
  const shape = `tick${asked.kind === 'multiple' ? ' square' : ''}${on ? ' chosen' : ''}`;
  const check = { fill: 'none', stroke: 'currentColor', 'stroke-width': 3, viewBox: '0 0 24 24', width: 18 };
  return h(
    'span',
    { class: 'side', key: 'tick' },
    h('span', { class: shape }, on && h('svg', check, h('path', { d: 'M20 6 9 17l-5-5' }))),
  );
}
