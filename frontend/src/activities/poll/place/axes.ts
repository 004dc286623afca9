import { colour, letter } from '../../../ui/letters';
import { h, type Child } from '../../../vote/dom';
import type { Places } from '../ballot';
import type { Asked, Axis, Option } from '../question';
import { seen, type Scene } from '../voting/scene';
import type { Words } from './en';
import { middle, tenth, type Pair } from './geometry';

/** Where somebody has put items; of one that is not placed yet, perhaps one of the two. */
type Rough = Readonly<Record<string, readonly [number | null, number | null]>>;

/** The item that a tap places, by question. */
const chosen = new Map<string, string>();

function mine({ seat }: Scene, asked: Asked): Rough {
  const draft = seat.noted<Rough>(asked);
  if (draft) return draft;
  const at = seat.standing(asked);
  const answer = at.is === 'none' ? null : at.is === 'refused' ? at.counted : at.answer;
  return answer && 'places' in answer ? answer.places : {};
}

/** Those that are placed. */
function whole(all: Rough): Places {
  const done = Object.entries(all).filter(([, [x, y]]) => x !== null && y !== null);
  return Object.fromEntries(done as [string, Pair][]);
}

/** Notes places, and votes with those that are whole, as soon as they are enough. */
function place(scene: Scene, asked: Asked, change: Rough, drop = ''): void {
  const { seat } = scene;
  const { [drop]: _, ...kept } = mine(scene, asked);
  const all = { ...kept, ...change };
  const places = whole(all);
  const placed = Object.keys(places).length;
  const rest = Object.keys(all).length > placed;
  if (placed >= asked.least) seat.vote(asked, { places });
  else if (placed === 0 && seat.standing(asked).is !== 'none') seat.vote(asked, { options: [] });
  if (placed < asked.least || rest) seat.note(asked, all);
}

/** A field that is tapped and dragged in, and for each item two sliders: for keys, and for those who do not see. */
export function axes(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const all = mine(scene, asked);
  const places = whole(all);
  const counts = seen(scene, asked);
  const { x = bare, y = bare, to, options } = asked;
  const open = options.find(({ id }) => !places[id]) ?? options[0];
  const at = options.find(({ id }) => id === chosen.get(asked.id)) ?? open;
  return h(
    'div',
    { class: 'axes' },
    votable &&
      h(
        'p',
        { class: 'muted small', role: 'status' },
        words.placed(Object.keys(places).length, options.length),
      ),
    h(
      'div',
      { class: 'plane-box', 'aria-hidden': 'true' },
      h(
        'p',
        { class: 'up small' },
        h('b', { dir: 'auto' }, y.title),
        h('span', { dir: 'auto' }, y.high ?? ''),
      ),
      h(
        'div',
        {
          class: votable ? 'plane' : 'plane still',
          onpointerdown: votable && at ? (event: PointerEvent) => drag(event, scene, asked, at.id) : null,
        },
        ...options.map(({ id }, n) => {
          const m = counts && middle(id, counts);
          return m && point(`${id} mean`, `${letter(n)}`, n, m.x / to, m.y / to, 'mean');
        }),
        ...options.map(({ id }, n) => {
          const pair = places[id];
          return (
            pair !== undefined &&
            point(id, letter(n), n, pair[0] / to, pair[1] / to, at?.id === id ? 'own next' : 'own')
          );
        }),
      ),
      y.low !== undefined && h('p', { class: 'down small' }, h('span', { dir: 'auto' }, y.low)),
      h(
        'p',
        { class: 'across small' },
        h('span', { dir: 'auto' }, x.low ?? ''),
        h('b', { dir: 'auto' }, x.title),
        h('span', { dir: 'auto' }, x.high ?? ''),
      ),
    ),
    h(
      'ul',
      { class: 'items' },
      ...options.map((option, n) =>
        item(scene, asked, option, n, { all, at: at?.id ?? '', votable, x, y }, words),
      ),
    ),
  );
}

const bare: Axis = { title: '' };

function point(key: string, text: string, n: number, x: number, y: number, look: string): Child {
  return h(
    'span',
    { key, class: `point ${look}`, 'data-colour': colour(n), style: { '--x': x, '--y': y } },
    text,
  );
}

/** Follows a finger; where it is lifted the item is placed. */
function drag(event: PointerEvent, scene: Scene, asked: Asked, id: string): void {
  const field = event.currentTarget as HTMLElement;
  const { seat } = scene;
  const to = asked.to;
  // Who takes hold of an item moves that one.
  const held = (event.target as Element).closest('.own');
  const n = held ? asked.options.findIndex((_, i) => letter(i) === held.textContent) : -1;
  const item = asked.options[n]?.id ?? id;
  const where = ({ clientX, clientY }: PointerEvent): Pair => {
    const box = field.getBoundingClientRect();
    const step = (part: number): number => Math.round(Math.max(0, Math.min(1, part)) * to);
    return [step((clientX - box.left) / box.width), step((box.bottom - clientY) / box.height)];
  };
  event.preventDefault();
  field.setPointerCapture(event.pointerId);
  chosen.set(asked.id, item);
  const show = (now: PointerEvent): void => seat.note(asked, { ...mine(scene, asked), [item]: where(now) });
  const before = mine(scene, asked);
  show(event);
  const end = (): void => {
    field.onpointermove = field.onpointerup = field.onpointercancel = null;
    chosen.delete(asked.id); // on to the next that is not placed
  };
  field.onpointermove = show;
  field.onpointerup = (last) => {
    end();
    place(scene, asked, { [item]: where(last) });
  };
  field.onpointercancel = () => {
    end();
    seat.note(asked, before);
  };
}

interface Look {
  all: Rough;
  at: string;
  votable: boolean;
  x: Axis;
  y: Axis;
}

function item(scene: Scene, asked: Asked, { id, text }: Option, n: number, look: Look, words: Words): Child {
  const { all, at, votable, x, y } = look;
  const pair = all[id] ?? [null, null];
  const there = pair[0] !== null && pair[1] !== null;
  const counts = seen(scene, asked);
  const m = counts && middle(id, counts);
  const { number } = scene.speech;
  return h(
    'li',
    { key: id, class: `item${at === id && votable ? ' next' : ''}`, 'data-colour': colour(n) },
    h(
      'p',
      { class: 'head' },
      h('span', { class: there ? 'letter' : 'letter off', 'aria-hidden': 'true' }, letter(n)),
      h('bdi', { class: 'name', dir: 'auto' }, text),
      votable &&
        h(
          'button',
          {
            type: 'button',
            class: 'back',
            hidden: !id || !all[id],
            'aria-label': words.leaveOf(text),
            onclick: () => place(scene, asked, {}, id),
          },
          words.leave,
        ),
    ),
    ...[x, y].map((axis, side) => {
      const value = pair[side] ?? null;
      const set = (event: { currentTarget: HTMLInputElement }): Rough => {
        const said = Number(event.currentTarget.value);
        chosen.set(asked.id, id);
        return { [id]: side === 0 ? [said, pair[1]] : [pair[0], said] };
      };
      const vote = (event: { currentTarget: HTMLInputElement }): void => place(scene, asked, set(event));
      return h(
        'label',
        { class: 'slide', key: String(side) },
        h('span', { class: 'small muted', dir: 'auto' }, axis.title),
        h('input', {
          type: 'range',
          min: 0,
          max: asked.to,
          step: 1,
          live: value ?? asked.to / 2,
          class: value === null ? 'unset' : '',
          disabled: !votable,
          'aria-label': words.axisOf(text, axis.title),
          'aria-valuetext': value === null ? words.notYet : words.at(value, axis.low ?? '', axis.high ?? ''),
          oninput: (event: { currentTarget: HTMLInputElement }) =>
            scene.seat.note(asked, { ...all, ...set(event) }),
          onchange: vote,
          // The middle is no change, and may be meant.
          onclick: (event: { currentTarget: HTMLInputElement }) => value === null && vote(event),
        }),
        h('span', { class: 'numbers small', 'aria-hidden': 'true' }, value === null ? '–' : number(value)),
      );
    }),
    m !== null &&
      h(
        'p',
        { class: 'muted small numbers', key: 'stands' },
        words.stands(x.title, number(tenth(m.x)), y.title, number(tenth(m.y))),
      ),
  );
}
