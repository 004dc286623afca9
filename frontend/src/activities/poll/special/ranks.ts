import { h, type Child } from '../../../vote/dom';
import { colour, letter } from '../../../ui/letters';
import type { Asked, Option } from '../question';
import { dragged } from './drag';
import { seen, share, type Scene } from '../voting/scene';
import type { Words } from './en';
import { press } from './press';

/**
 * The options of a ranking: one's own order first, then the rest. A tap puts an option behind those that
 * are ranked, another takes it out; buttons, arrow keys and a handle move it. All rows are alike, so that
 * nothing but the order changes.
 */
export function ranks(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const picked = scene.seat.picked(asked);
  const places = new Map(asked.options.map((option, place) => [option.id, place]));
  const option = (id: string): Option | undefined => asked.options[places.get(id) ?? -1];
  const mine = picked.flatMap((id) => option(id) ?? []);
  const rest = asked.options.filter(({ id }) => !picked.includes(id));
  const full = picked.length >= asked.most;
  const each = (o: Option, rank: number): Child =>
    row(scene, asked, o, { place: places.get(o.id) ?? 0, rank, picked, votable, full }, words);
  const said = mine.length > 0 ? words.rank.order(mine.map((o) => o.text)) : words.rank.empty;
  return h(
    'div',
    { class: 'ranks' },
    h('ol', { class: 'options' }, ...mine.map(each), ...rest.map((o) => each(o, -1))),
    h('p', { class: 'unseen', role: 'status' }, votable ? said : ''),
  );
}

interface Look {
  /** In the question: for letter and colour. */
  place: number;
  /** In one's own order from 0; -1 for not ranked. */
  rank: number;
  picked: readonly string[];
  votable: boolean;
  /** No more can be ranked. */
  full: boolean;
}

function row(scene: Scene, asked: Asked, option: Option, look: Look, words: Words): Child {
  const { seat, speech } = scene;
  const { place, rank, picked, votable, full } = look;
  const { id, text } = option;
  const on = rank >= 0;
  const counts = seen(scene, asked);
  const off = !votable || (full && !on);
  const to = (order: readonly string[]): void => seat.pick(asked, order);
  const move = (by: number): void => to(moved(picked, rank, rank + by));
  const toggle = (): void => to(on ? picked.filter((other) => other !== id) : [...picked, id]);
  return h(
    'li',
    {
      key: id,
      class: `option${on ? ' on' : off ? ' off' : ''}${votable ? '' : ' still'}`,
      'data-colour': colour(place),
    },
    h(
      'button',
      {
        type: 'button',
        class: 'pick',
        'aria-pressed': String(on),
        disabled: off,
        onclick: toggle,
        onkeydown: on ? (event: KeyboardEvent) => arrows(event, move) : null,
      },
      h('span', { class: 'letter', 'aria-hidden': 'true' }, letter(place)),
      h('bdi', { class: 'text', dir: 'auto' }, text),
      h('span', { class: 'unseen' }, on ? words.rank.at(rank + 1, picked.length) : words.rank.free),
    ),
    h(
      'span',
      { class: 'side', key: 'side' },
      ...(on && votable ? arrowsOf(words, text, rank === 0, rank === picked.length - 1, move) : []),
      counts !== null && !votable && tally(scene, asked, counts[id] ?? 0),
    ),
    h(
      'span',
      {
        class: `rank numbers${on ? ' chosen' : ''}${on && votable ? ' handle' : ''}`,
        'aria-hidden': 'true',
        onpointerdown:
          on && votable ? (event: PointerEvent) => dragged(event, (at) => to(moved(picked, rank, at))) : null,
      },
      on ? speech.number(rank + 1) : '',
    ),
    h(
      'span',
      { class: 'bar', 'aria-hidden': 'true' },
      h('span', { class: 'fill', style: { '--share': counts ? share(asked, counts, id) : 0 } }),
    ),
  );
}

/** How an option stands, where its arrows were. */
function tally({ words }: Scene, asked: Asked, count: number): Child {
  const text = asked.method === 'borda' ? words.points(count) : words.firsts(count);
  return h('span', { class: 'votes numbers' }, text);
}

function arrowsOf(
  words: Words,
  text: string,
  first: boolean,
  last: boolean,
  move: (by: number) => void,
): Child[] {
  return [
    press(words.rank.up(text), 'm6 15 6-6 6 6', () => move(-1), { end: first }),
    press(words.rank.down(text), 'm6 9 6 6 6-6', () => move(1), { end: last }),
  ];
}

function arrows(event: KeyboardEvent, move: (by: number) => void): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  move(by);
}

/** An order with one of it at another place; the same order where there is no such place. */
export function moved(order: readonly string[], from: number, to: number): readonly string[] {
  const mover = order[from];
  if (mover === undefined || to < 0 || to >= order.length) return order;
  const rest = order.filter((id) => id !== mover);
  return [...rest.slice(0, to), mover, ...rest.slice(to)];
}
