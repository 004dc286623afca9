import { h, type Child } from '../../../vote/dom';
import { average, placed, rare, type Asked } from '../question';
import type { Seat } from '../seat';
import { clock } from './clock';
import { line } from './line';
import { fieldLater } from './later';
import { options } from './options';
import { seen, type Scene } from './scene';
import { steps } from './steps';

/** A prompt with more characters than this is set smaller, UTF-16 units. */
const LONG = 120;

/** A poll for those who vote in it: the question on the screens, or waiting for it. */
export function votingView(scene: Scene): Child[] {
  const { seat, words, told } = scene;
  if (seat.gone) return [h('p', { class: 'gone', role: 'status' }, told(seat.gone))];
  if (seat.present) return [answer(scene, seat.present)];
  const before = seat.gate && scene.later.special?.before?.(scene);
  return seat.poll ? [before || waitingView(words.waiting, words.waitingHint)] : [];
}

/** So many ms until what is shown of the time changes; null if no time runs. */
export function nextBeat(seat: Seat): number | null {
  const asked = seat.present;
  if (asked?.state !== 'open') return null;
  const left = (reads(seat, asked) ? asked.opened : seat.closes(asked)) - seat.now();
  return left > 0 ? left % 1000 || 1000 : null;
}

/** Tells whether people are still to read a question before they can answer it. */
function reads(seat: Seat, asked: Asked): boolean {
  return asked.state === 'open' && (asked.worth ?? 0) > 0 && asked.opened > seat.now();
}

/** Nothing to do for now, and that is fine. */
export function waitingView(title: string, text: string, ...more: Child[]): Child {
  return h(
    'div',
    { class: 'waiting', key: 'waiting', role: 'status' },
    h('span', { class: 'disc', 'aria-hidden': 'true' }, markView(72)),
    h('p', { class: 'title', dir: 'auto' }, title),
    h('p', { class: 'muted', dir: 'auto' }, text),
    ...more,
  );
}

/** Plenum's mark. */
export function markView(size: number): Child {
  const line = { stroke: 'var(--accent)', 'stroke-width': 4, 'stroke-linecap': 'round' };
  return h(
    'svg',
    { width: size, height: size, viewBox: '0 0 32 32', fill: 'none', 'aria-hidden': 'true' },
    h('path', { d: 'M4 24a12 12 0 0 1 24 0', ...line }),
    h('path', { d: 'M11 24a5 5 0 0 1 10 0', opacity: '.55', ...line }),
    h('circle', { cx: 16, cy: 25.5, r: 2, fill: 'var(--accent)' }),
  );
}

const field = (scene: Scene, asked: Asked, votable: boolean): Child =>
  (later(scene.seat, asked) || placed(asked) ? fieldLater : asked.kind === 'rating' ? steps : options)(
    scene,
    asked,
    votable,
  );

function answer(scene: Scene, asked: Asked): Child {
  if (asked.kind === 'slide')
    return h('section', { class: 'answer', key: asked.id }, field(scene, asked, false));
  const { seat, words } = scene;
  const open = asked.state === 'open';
  const closes = seat.closes(asked);
  const reading = reads(seat, asked);
  const left = open && closes > 0 && !reading ? Math.max(0, closes - seat.now()) : null;
  const votable = open && !reading && left !== 0 && seat.may('vote') && !seat.gate;
  return h(
    'section',
    { class: 'answer', key: asked.id },
    meta(scene, asked, left, closes),
    scene.later.special?.quiz(scene, asked) ?? null,
    h(
      'fieldset',
      {},
      h('legend', { dir: 'auto', class: asked.prompt.length > LONG ? 'long' : null }, asked.prompt),
      h(
        'p',
        { class: 'asks muted', role: 'status' },
        scene.later.special?.decided(scene, asked) || asks(scene, asked),
      ),
      h(
        'div',
        { class: 'fields' },
        reading
          ? h(
              'p',
              { class: 'read', role: 'status' },
              words.read(Math.ceil((asked.opened - seat.now()) / 1000)),
            )
          : field(scene, asked, votable),
      ),
    ),
    foot(scene, asked, votable, left === 0),
    h('p', { class: 'below muted' }, below(scene, asked)),
  );
}

/** Tells whether what answers a question, or what lies before that, is a part that comes later. */
function later(seat: Seat, asked: Asked): boolean {
  return rare(asked.kind) || seat.gate !== '';
}

function meta(scene: Scene, asked: Asked, left: number | null, closes: number): Child {
  const { seat, words, speech } = scene;
  const { position, of } = seat.poll ?? { position: 0, of: 0 };
  const counts = asked.kind === 'rating' ? seen(scene, asked) : null;
  const mean = counts && average(counts);
  const rounded = mean === null ? '' : speech.number(Math.round(mean * 10) / 10);
  return h(
    'div',
    { class: 'meta muted numbers' },
    of > 1 && h('span', {}, words.place(position, of)),
    h('span', {}, words.voted(asked.people)),
    mean !== null && h('b', {}, words.average(rounded)),
    left !== null && clock(left, closes - asked.opened, words),
  );
}

function asks({ seat, words: { ask }, later: rest }: Scene, asked: Asked): string {
  if (seat.paused && asked.state === 'open') return ask.paused;
  if (later(seat, asked)) return rest.special?.asks(asked) ?? '';
  if (asked.kind === 'multiple') return ask.several(asked.least, asked.most);
  return asked.kind === 'single' ? ask.single : ask.rating;
}

function foot(
  { seat, words, told, offline, later: rest }: Scene,
  asked: Asked,
  votable: boolean,
  over: boolean,
): Child {
  const standing = seat.standing(asked);
  const picked = seat.picked(asked);
  const missing = votable && picked.length > 0 ? Math.max(0, asked.least - picked.length) : 0;
  const todo = later(seat, asked) ? (rest.special?.todo(asked) ?? '') : words.line.tap;
  const said = line(
    {
      question: asked,
      standing,
      may: seat.may('vote') || seat.paused,
      offline,
      over,
      missing,
      todo: seat.paused ? '' : todo,
    },
    words,
    told,
  );
  const back = votable && picked.length > 0 && asked.kind !== 'multiple';
  return h(
    'div',
    { class: 'foot' },
    h(
      'p',
      {
        class: `line numbers ${said.tone}`,
        role: 'status',
        // What passes in a moment is not worth saying aloud.
        'aria-busy': said.tone === 'pending' && !offline ? 'true' : null,
      },
      said.text,
    ),
    h(
      'button',
      { type: 'button', class: 'back', hidden: !back, onclick: () => seat.vote(asked, { options: [] }) },
      words.takeBack,
    ),
  );
}

/** Who sees what; after the close, when there is something to see, or why there is nothing. */
function below({ words, later }: Scene, asked: Asked): string {
  const { state, shown, show, secrecy, held, lost } = asked;
  const { soon, privacy } = words;
  if (secrecy && (state !== 'closed' || shown || held || lost)) return later.special?.privacy(asked) ?? '';
  if (state !== 'closed' || shown) return later.special?.privacy(asked) || privacy;
  return soon[show === 'closed' ? 'closed' : 'revealed'];
}
