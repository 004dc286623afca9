import { h, type Child } from '../../../vote/dom';
import { places, type Asked, type Counts } from '../question';
import { seen, share, type Scene } from './scene';

/** As many steps stand beside each other on a phone. */
const ACROSS = 7;

/** The steps of a scale, to choose from and, at the same places, how they stand. */
export function steps(scene: Scene, asked: Asked, votable: boolean): Child {
  const all = places(asked);
  const counts = seen(scene, asked);
  const across = all.length > ACROSS ? Math.ceil(all.length / 2) : all.length;
  return h(
    'div',
    { class: 'scale', style: { '--across': across, '--steps': all.length } },
    h('div', { class: 'steps' }, ...all.map((place) => step(scene, asked, place, votable, counts))),
    h(
      'p',
      { class: 'ends muted', 'aria-hidden': 'true' },
      h('bdi', { dir: 'auto' }, asked.low),
      h('bdi', { dir: 'auto' }, asked.high),
    ),
  );
}

function step(scene: Scene, asked: Asked, place: string, votable: boolean, counts: Counts | null): Child {
  const { seat, speech } = scene;
  const at = Number(place);
  const on = seat.picked(asked)[0] === place;
  const part = counts && share(asked, counts, place);
  const below = counts ? speech.number(counts[place] ?? 0) : on ? '✓' : '';
  return h(
    'label',
    { key: place, class: `step${on ? ' on' : ''}${votable ? '' : ' still'}` },
    h('span', { class: 'level', 'aria-hidden': 'true', style: { '--share': part ?? 0 } }),
    h('input', {
      type: 'radio',
      name: asked.id,
      'aria-label': label(scene, asked, at, counts),
      checked: on,
      disabled: !votable,
      onchange: () => seat.vote(asked, { score: at }),
    }),
    h('span', { class: 'at numbers', 'aria-hidden': 'true' }, speech.number(at)),
    h('span', { class: 'votes numbers', 'aria-hidden': 'true' }, below),
  );
}

function label({ words }: Scene, asked: Asked, at: number, counts: Counts | null): string {
  const { from, to, low, high } = asked;
  const end = at === from ? low : at === to ? high : '';
  const votes = counts ? words.votes(counts[String(at)] ?? 0) : '';
  return [words.step(at, from, to), end, votes].filter(Boolean).join(', ');
}
