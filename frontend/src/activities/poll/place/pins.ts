import { h, type Child } from '../../../vote/dom';
import { fileUrl } from '../../../lib/files/url';
import type { Asked, Picture } from '../question';
import { seen, share, type Scene } from '../voting/scene';
import type { Words } from './en';
import {
  dots,
  fieldsOf,
  fieldName,
  fields,
  HEAT,
  inside,
  saysWhere,
  shades,
  SHADES,
  SIDE,
  type Pair,
} from './geometry';

/** How far an arrow key moves a pin, and with Shift. */
const [STEP, LEAP] = [SIDE / 100, SIDE / 20];

const ARROWS: Readonly<Record<string, Pair>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function mine({ seat }: Scene, asked: Asked): readonly Pair[] {
  const draft = seat.noted<readonly Pair[]>(asked);
  if (draft) return draft;
  const at = seat.standing(asked);
  const answer = at.is === 'none' ? null : at.is === 'refused' ? at.counted : at.answer;
  return answer && 'pins' in answer ? answer.pins : [];
}

function vote({ seat }: Scene, asked: Asked, pins: readonly Pair[]): void {
  if (pins.length > 0) seat.vote(asked, { pins });
  else if (seat.standing(asked).is !== 'none') seat.vote(asked, { options: [] });
}

/** A picture of the room, in its shape also before it is there. */
export function image(scene: Scene, { file, alt, width, height }: Picture, look = ''): Child {
  return h('img', {
    key: file,
    class: look,
    src: fileUrl(scene.seat.code, file),
    alt,
    width,
    height,
    draggable: 'false',
  });
}

/** The picture with one's pins, how all pins lie, and the places to choose from. */
export function pins(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const own = mine(scene, asked);
  const heat = seen(scene, asked) ? (asked.answers?.heat ?? []) : [];
  const { picture } = asked;
  return h(
    'div',
    { class: 'pinned' },
    h(
      'div',
      {
        class: votable ? 'board' : 'board still',
        onpointerdown: votable ? (event: PointerEvent) => press(event, scene, asked) : null,
      },
      picture !== undefined && image(scene, picture),
      heat.length > 0 &&
        h(
          'svg',
          {
            key: 'heat',
            class: 'heat',
            viewBox: `0 0 ${HEAT} ${HEAT}`,
            preserveAspectRatio: 'none',
            'aria-hidden': 'true',
          },
          ...shades(heat).map((d, level) => h('path', { d, ...SHADES[level] })),
          h('path', { d: dots(heat), class: 'dots' }),
        ),
      ...own.map((pin, n) => button(scene, asked, own, pin, n, votable, words)),
    ),
    votable &&
      h(
        'p',
        { class: 'tools' },
        own.length < asked.most &&
          h(
            'button',
            {
              type: 'button',
              class: 'button',
              key: 'add',
              onclick: () => vote(scene, asked, [...own, [SIDE / 2, SIDE / 2]]),
            },
            words.add,
          ),
        ...own.map((_, n) =>
          h(
            'button',
            {
              type: 'button',
              class: 'button',
              key: `out ${n}`,
              onclick: () =>
                vote(
                  scene,
                  asked,
                  own.filter((__, i) => i !== n),
                ),
            },
            words.remove(n + 1),
          ),
        ),
      ),
    votable && h('p', { class: 'muted small' }, words.keys),
    places(scene, asked, own, votable, words),
  );
}

function button(
  scene: Scene,
  asked: Asked,
  own: readonly Pair[],
  pin: Pair,
  n: number,
  votable: boolean,
  words: Words,
): Child {
  return h(
    'button',
    {
      type: 'button',
      key: `pin ${n}`,
      class: 'pin',
      style: { '--x': pin[0] / SIDE, '--y': pin[1] / SIDE },
      'aria-label': `${words.pin(n + 1)}: ${saysWhere(asked, pin, words)}`,
      disabled: !votable,
      'data-pin': String(n),
      onkeydown: (event: KeyboardEvent) => {
        const way = ARROWS[event.key];
        if (event.key === 'Delete' || event.key === 'Backspace')
          return vote(
            scene,
            asked,
            own.filter((_, i) => i !== n),
          );
        if (!way) return;
        event.preventDefault();
        const by = event.shiftKey ? LEAP : STEP;
        vote(scene, asked, own.with(n, [within(pin[0] + by * way[0]), within(pin[1] + by * way[1])]));
      },
    },
    h('span', { 'aria-hidden': 'true' }, asked.most > 1 ? String(n + 1) : ''),
  );
}

const within = (n: number): number => Math.max(0, Math.min(SIDE, Math.round(n)));

/** Sets a pin where somebody presses, or takes hold of one, and follows until it is let go. */
function press(event: PointerEvent, scene: Scene, asked: Asked): void {
  const board = event.currentTarget as HTMLElement;
  const own = mine(scene, asked);
  const held = (event.target as Element).closest<HTMLElement>('.pin')?.dataset['pin'];
  // One more; if there are as many as there may be, the last one moves.
  const n = held === undefined ? Math.min(own.length, asked.most - 1) : Number(held);
  const where = ({ clientX, clientY }: PointerEvent): Pair => {
    const box = board.getBoundingClientRect();
    const part = (at: number, size: number): number => within((SIDE * at) / size);
    return [part(clientX - box.left, box.width), part(clientY - box.top, box.height)];
  };
  const show = (now: PointerEvent): void =>
    scene.seat.note(asked, n < own.length ? own.with(n, where(now)) : [...own, where(now)]);
  board.setPointerCapture(event.pointerId);
  if (held === undefined) show(event);
  const end = (): void => {
    board.onpointermove = board.onpointerup = board.onpointercancel = null;
  };
  board.onpointermove = show;
  board.onpointerup = () => {
    end();
    const pins = scene.seat.noted<readonly Pair[]>(asked);
    if (pins) vote(scene, asked, pins);
  };
  // Who scrolls sets no pin.
  board.onpointercancel = () => {
    end();
    scene.seat.note(asked, own);
  };
}

/** The named areas, or the parts of a picture without any: to choose from, and how many have a pin there. */
function places(scene: Scene, asked: Asked, own: readonly Pair[], votable: boolean, words: Words): Child {
  const counts = seen(scene, asked);
  const shown = fields(asked, counts, words);
  const at = new Map(own.map((pin) => [pin, fieldsOf(asked, pin)]));
  const one = asked.most === 1;
  const right = asked.key?.right ?? [];
  return h(
    'div',
    { class: asked.options.length > 0 ? 'areas' : 'areas thirds', role: 'group', 'aria-label': words.choose },
    ...shown.map(({ id, count }, place) => {
      const there = own.filter((pin) => at.get(pin)?.includes(id));
      const name = fieldName(asked, id, words);
      const part = counts ? share(asked, counts, id) : 0;
      const free = id !== '-' && votable;
      const is = right.includes(place);
      return h(
        'label',
        {
          key: id,
          class: `place${there.length > 0 ? ' on' : ''}${free ? '' : ' still'}${is ? ' right' : ''}`,
        },
        h('input', {
          type: one ? 'radio' : 'checkbox',
          name: `${asked.id} places`,
          checked: there.length > 0,
          disabled: !free || (!one && there.length === 0 && own.length >= asked.most),
          onchange: (event: { currentTarget: HTMLInputElement }) => {
            const pin = middleOf(asked, id);
            const others = own.filter((other) => !there.includes(other));
            vote(scene, asked, one ? [pin] : event.currentTarget.checked ? [...own, pin] : others);
          },
        }),
        h('bdi', { class: 'name', dir: 'auto' }, name),
        h(
          'span',
          { class: 'numbers small' },
          [
            is ? `✓ ${scene.words.right}` : there.length > 0 ? '✓' : '',
            counts ? scene.words.votes(count) : '',
          ]
            .filter(Boolean)
            .join(' '),
        ),
        h('span', { class: 'fill', 'aria-hidden': 'true', style: { '--share': part } }),
      );
    }),
  );
}

function middleOf(asked: Asked, id: string): Pair {
  const area = asked.options.find((o) => o.id === id)?.area;
  if (area) return inside(area);
  const [, row = '2', column = '2'] = /^r(\d)c(\d)$/.exec(id) ?? [];
  const third = (n: string): number => Math.floor(((2 * Number(n) - 1) * SIDE) / 6);
  return [third(column), third(row)];
}
