import { h, type Child } from '../../../vote/dom';
import type { Asked, Counts, Option } from '../question';
import { seen, type Scene } from '../voting/scene';
import { best } from './best';
import type { Words } from './en';
import { keepEntry } from './ics';
import { answer, mine } from './mine';
import { known, ownZone, sameHours, writer, zoneName, type When } from './when';

type Said = 'yes' | 'maybe' | 'no';

const ORDER: readonly Said[] = ['yes', 'maybe', 'no'];

/** What stands for each answer beside its word and colour. */
export const SIGNS = { yes: '✓', maybe: '(✓)', no: '✗', none: '–' };

/** The person reads times as the host does, until the page is loaded again. */
let asHost = false;

/** The zone in which times are shown, and whether there is another one to choose. */
function zones(asked: Asked): { zone: string; other: boolean } {
  const own = ownZone();
  const { zone = '', options } = asked;
  const other = zone !== '' && zone !== own && known(zone) && !sameHours(options, own, zone);
  return { zone: asHost && other ? zone : own, other };
}

/** A date in one line. */
export function line({ day, time }: When): string {
  return time ? `${day}, ${time}` : day;
}

/** Days and times, each with an answer that a tap changes; beside it how it stands. */
export function dates(scene: Scene, asked: Asked, votable: boolean, words: Words): Child {
  const { zone, other } = zones(asked);
  const write = writer(asked.options, zone, scene.speech.tag);
  const rows = mine(scene, asked);
  const left = asked.options.filter(({ id }) => !rows[id]);
  const counts = seen(scene, asked);
  const winners = counts ? best(asked, counts) : [];
  const name = zoneName(zone, scene.speech.tag);
  return h(
    'div',
    { class: 'dates' },
    asked.options.some(({ start }) => start) &&
      h(
        'p',
        { class: 'zone muted small', key: 'zone' },
        h('span', {}, asHost && other ? words.hostZone(name) : words.zone(name)),
        other &&
          h('button', { type: 'button', class: 'back', onclick: () => turn(scene, asked) }, swap(words)),
      ),
    h(
      'ul',
      { class: 'options', key: 'options' },
      ...asked.options.map((option) =>
        row(scene, asked, option, words, {
          when: write(option),
          said: rows[option.id]?.[0] as Said | undefined,
          votable,
          counts,
          winner: winners.includes(option.id) && (winners.length > 1 ? words.tie : words.best),
        }),
      ),
    ),
    votable &&
      asked.options.length > 1 &&
      h(
        'button',
        {
          type: 'button',
          // Its place stays: nothing moves under the finger.
          class: left.length > 0 && left.length < asked.options.length ? 'rest' : 'rest none',
          key: 'rest',
          onclick: () =>
            answer(scene, asked, Object.fromEntries(left.map(({ id }) => [id, ['no']] as const))),
        },
        `${SIGNS.no} ${words.restNo(left.length)}`,
      ),
    h('p', { class: 'muted small', key: 'rule' }, words.rule),
    ...(counts !== null && asked.state === 'closed'
      ? asked.options
          .filter(({ id }) => winners.includes(id))
          .map((o) => entry(asked, o, line(write(o)), words))
      : []),
  );
}

function swap(words: Words): string {
  return asHost ? words.toOwn : words.toHost;
}

function turn({ seat }: Scene, asked: Asked): void {
  asHost = !asHost;
  seat.note(asked, seat.noted(asked)); // shown anew
}

/** Lets a date be put into the calendar of this device. */
function entry(asked: Asked, option: Option, what: string, words: Words): Child {
  const { id, prompt, opened, closes } = asked;
  const made = { id: `${id}-${option.id}-${opened}`, title: prompt, option, made: closes };
  return h(
    'button',
    {
      type: 'button',
      class: 'rest',
      key: `entry ${option.id}`,
      'aria-label': words.addOf(what),
      onclick: () => keepEntry(made, option.date ?? new Date(option.start ?? 0).toISOString().slice(0, 10)),
    },
    `${words.add} · ${what}`,
  );
}

interface Look {
  when: When;
  said: Said | undefined;
  votable: boolean;
  counts: Counts | null;
  winner: string | false;
}

function row(scene: Scene, asked: Asked, option: Option, words: Words, look: Look): Child {
  const { when, said, votable, counts, winner } = look;
  const say = (to: Said): void => answer(scene, asked, { [option.id]: [to] });
  const next = (by: number): Said => {
    const at = said ? ORDER.indexOf(said) : by > 0 ? -1 : ORDER.length;
    return ORDER[(at + by + ORDER.length) % ORDER.length] as Said;
  };
  const text = words.answers[said ?? 'none'];
  const over = option.start ? (option.end ?? 0) < scene.seat.now() : false;
  const n = (of: Said): number => counts?.[`${option.id}/${of}`] ?? 0;
  const all = Math.max(1, asked.counted ?? asked.people);
  return h(
    'li',
    { key: option.id, class: 'option date', 'data-said': said ?? 'none' },
    h(
      'button',
      {
        type: 'button',
        disabled: !votable,
        onclick: () => say(next(1)),
        onkeydown: (event: KeyboardEvent) => {
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          event.stopPropagation();
          say(next(by));
        },
      },
      h(
        'span',
        { class: 'text' },
        h('b', {}, when.day),
        when.time !== '' && h('span', { class: 'numbers' }, when.time),
        over && h('span', { class: 'muted small' }, words.past),
      ),
      h(
        'span',
        { class: 'said' },
        h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[said ?? 'none']),
        h('span', { class: 'small' }, text),
      ),
    ),
    h(
      'p',
      { class: 'stands small numbers', key: 'stands' },
      ...(counts === null
        ? []
        : [
            h('span', { class: 'unseen' }, words.said(n('yes'), n('maybe'), n('no'))),
            ...ORDER.map((of) =>
              h(
                'span',
                { 'aria-hidden': 'true', 'data-said': of },
                `${SIGNS[of]} ${scene.speech.number(n(of))}`,
              ),
            ),
            winner && h('b', { class: 'winner' }, `★ ${winner}`),
          ]),
    ),
    h(
      'span',
      { class: 'parts', 'aria-hidden': 'true' },
      ...ORDER.map((of) => h('span', { 'data-said': of, style: { '--share': n(of) / all } })),
    ),
  );
}
