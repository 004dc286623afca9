import { h, type Child } from '../../../vote/dom';
import { colour, letter } from '../../../ui/letters';
import type { Answer } from '../ballot';
import type { Asked, Counts, Option } from '../question';
import { seen, share, type Scene } from '../voting/scene';
import type { Words } from './en';
import { press } from './press';

/** What somebody gives, also when it is not all yet. */
function given({ seat }: Scene, asked: Asked): Counts {
  const draft = seat.noted<Counts>(asked);
  if (draft) return draft;
  const at = seat.standing(asked);
  const answer: Answer | null = at.is === 'none' ? null : at.is === 'refused' ? at.counted : at.answer;
  return answer && 'points' in answer ? answer.points : {};
}

function sum(points: Counts): number {
  return Object.values(points).reduce((all, n) => all + n, 0);
}

/** How many points a press gives: about twenty presses give all. */
export function step(total: number): number {
  return Math.max(1, Math.round(total / 20));
}

/** Points for options, by buttons or as numbers. They count as soon as all are given out. */
export function points(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const mine = given(scene, asked);
  const total = asked.total ?? 0;
  const left = total - sum(mine);
  const give = (id: string, n: number): void => {
    const before = given(scene, asked);
    const others = sum(before) - (before[id] ?? 0);
    const now = { ...before, [id]: Math.max(0, Math.min(n, total - others)) };
    scene.seat.note(asked, now);
    if (sum(now) === total) scene.seat.vote(asked, { points: now });
  };
  const clean = sum(mine) === 0 && scene.seat.standing(asked).is === 'none';
  return h(
    'div',
    { class: 'purse' },
    votable &&
      h(
        'p',
        { class: left === 0 ? 'purse-left ok numbers' : 'purse-left numbers', role: 'status' },
        left === 0 ? words.points.all : words.points.left(left),
        h(
          'span',
          { class: 'bar', 'aria-hidden': 'true' },
          h('span', { class: 'fill', style: { '--share': clean ? 1 : left / total } }),
        ),
      ),
    h(
      'ul',
      { class: 'options' },
      ...asked.options.map((option, place) =>
        row(scene, asked, option, { place, mine, left, votable, give }, words),
      ),
    ),
  );
}

interface Look {
  place: number;
  mine: Counts;
  left: number;
  votable: boolean;
  give: (id: string, n: number) => void;
}

function row(scene: Scene, asked: Asked, { id, text }: Option, look: Look, words: Words): Child {
  const { place, mine, left, votable, give } = look;
  const n = mine[id] ?? 0;
  const by = step(asked.total ?? 0);
  const counts = seen(scene, asked);
  const part = counts ? share(asked, counts, id) : 0;
  return h(
    'li',
    { key: id, class: `option still${n > 0 ? ' on' : ''}`, 'data-colour': colour(place) },
    h('span', { class: 'letter', 'aria-hidden': 'true' }, letter(place)),
    h(
      'span',
      { class: 'text' },
      h('bdi', { dir: 'auto' }, text),
      counts !== null &&
        h(
          'span',
          { class: 'votes muted numbers' },
          words.points.average(scene.speech.number(counts[id] ?? 0)),
        ),
    ),
    votable
      ? h(
          'span',
          { class: 'stepper', key: 'stepper' },
          press(words.points.less(text), 'M5 12h14', () => give(id, n - by), { end: n === 0 }),
          h('input', {
            type: 'number',
            inputmode: 'numeric',
            class: 'numbers',
            min: 0,
            max: n + left,
            step: 1,
            live: n,
            'aria-label': words.points.for(text),
            onchange: (event: { currentTarget: HTMLInputElement }) => {
              const asked = Math.round(Number(event.currentTarget.value));
              give(id, Number.isFinite(asked) ? asked : n);
              // What cannot be given goes back to what is.
              event.currentTarget.value = String(Math.max(0, Math.min(asked || 0, n + left)));
            },
          }),
          press(words.points.more(text), 'M5 12h14M12 5v14', () => give(id, n + Math.min(by, left)), {
            end: left === 0,
          }),
        )
      : h('b', { class: 'numbers', key: 'given' }, n > 0 ? scene.speech.number(n) : ''),
    h(
      'span',
      { class: 'bar', 'aria-hidden': 'true' },
      h('span', { class: 'fill', style: { '--share': part } }),
    ),
  );
}
