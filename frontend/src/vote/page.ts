import { markView, votingView, waitingView } from '../activities/poll/voting/view';
import { myName } from '../lib/recent';
import { REACTIONS, reactions } from '../lib/room/pulse';
import type { Lobby } from '../lib/room/lobby';
import { h, type Child, type Shape } from './dom';
import type { Phone } from './phone';
import { format, say, told, words } from './words';

/** The whole page, as it is now. */
export function page(phone: Phone): Child[] {
  const { code, problem, about, inside } = phone;
  if (!code) return door(message('Plenum', say.noCode, '', link('/', say.start)));
  if (inside) return [room(phone)];
  if (problem?.because === 'no-room') {
    const { ended } = say;
    return door(message(code, ended['no-room'], ended.noRoomHint, link('/', say.start)));
  }
  if (problem)
    return door(
      message(
        code,
        told(problem),
        '',
        button(say.again, () => void phone.look()),
      ),
    );
  if (phone.waits) return door(message(titleOf(phone), say.door.waits, say.door.waitsHint));
  return door(about ? entrance(phone) : message(code, say.opening, ''));
}

/** What the page is called. */
export function titleOf(phone: Phone): string {
  return phone.title || (phone.code ? say.untitled(phone.code) : 'Plenum');
}

function door(...children: Child[]): Child[] {
  return [h('main', { class: 'door', key: 'door' }, ...children)];
}

/** A sentence instead of a vote: what is the matter, and what to do. */
function message(title: string, text: string, hint: string, ...more: Child[]): Child {
  return h(
    'div',
    { class: 'message', key: 'message' },
    markView(48),
    title !== '' && h('h1', { dir: 'auto' }, title),
    h('p', { role: 'status', dir: 'auto' }, text),
    hint !== '' && h('p', { class: 'muted' }, hint),
    ...more,
  );
}

function link(to: string, text: string): Child {
  return h('a', { class: 'button', href: to }, text);
}

function button(text: string, act: () => void): Child {
  return h('button', { class: 'button', type: 'button', onclick: act }, text);
}

/** The door: one field, and one is in. */
function entrance(phone: Phone): Child {
  const { wrong, about, entering } = phone;
  const enter = (event: SubmitEvent): void => {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(said.get(name) ?? '').trim();
    void phone.enter(text('name'), say.enter.missing, text('passcode'));
  };
  return h(
    'form',
    { key: 'enter', novalidate: true, onsubmit: enter },
    markView(40),
    h('h1', { dir: 'auto' }, titleOf(phone)),
    !wrong && atDoor(about) !== '' && h('p', { class: 'muted' }, atDoor(about)),
    h('label', { for: 'name' }, say.enter.name),
    h('input', {
      id: 'name',
      name: 'name',
      dir: 'auto',
      autocomplete: 'name',
      maxlength: 200,
      enterkeyhint: 'go',
      value: myName(),
      'aria-invalid': wrong ? 'true' : null,
      'aria-describedby': 'enter-hint',
    }),
    h(
      'p',
      { id: 'enter-hint', class: wrong ? 'wrong' : 'muted', role: wrong ? 'alert' : null },
      wrong || say.enter.hint,
    ),
    ...(about?.passcode
      ? [
          h('label', { for: 'passcode', key: 'asks' }, say.enter.passcode),
          h('input', {
            id: 'passcode',
            name: 'passcode',
            key: 'passcode',
            autocomplete: 'off',
            autocapitalize: 'off',
            maxlength: 100,
          }),
        ]
      : []),
    h('button', { type: 'submit', class: 'button primary', 'aria-busy': String(entering) }, say.enter.join),
  );
}

/** What the door is like, if it is not open. */
function atDoor(about: Phone['about']): string {
  if (about?.ended) return say.ended.over;
  if (about?.locked) return say.enter.locked;
  if (about?.door === 'accounts') return say.door.accounts;
  return about?.door === 'open' ? '' : say.door.asks;
}

/** Inside the room: whatever the host has opened, if it is something to vote on. */
function room(phone: Phone): Child {
  const { code, line, member, refused, offline } = phone;
  const state = offline ? say.offline : line?.state === 'live' ? '' : say.connecting;
  return h(
    'div',
    { class: 'page', key: 'room' },
    h(
      'header',
      {},
      h('h1', { dir: 'auto' }, titleOf(phone)),
      h('p', { class: offline ? 'state offline' : 'state muted', role: 'status' }, over(phone) ? '' : state),
    ),
    h(
      'main',
      { class: 'voting' },
      ...inRoom(phone),
      refused !== null && h('p', { class: 'wrong', role: 'alert', dir: 'auto' }, told(refused)),
    ),
    phone.lobby !== null && !over(phone) && member?.role !== 'viewer' && taps(phone, phone.lobby),
    h(
      'footer',
      {},
      h('span', { class: 'muted', dir: 'auto' }, member?.name ?? ''),
      !over(phone) && h('a', { href: `/r/${code}` }, say.more),
    ),
  );
}

/** What one taps at any time: how one feels about it, and that one cannot follow. */
function taps(phone: Phone, { brakes }: Lobby): Child {
  const press = (name: string, content: unknown, props: Shape['props'], sign: string): Child =>
    h(
      'button',
      {
        key: sign,
        type: 'button',
        disabled: !phone.taps(name),
        onclick: () => phone.tap(name, content),
        ...props,
      },
      sign,
    );
  return h(
    'section',
    { class: 'taps', 'aria-label': say.react },
    !brakes.includes('react') &&
      h(
        'div',
        {},
        ...reactions.map((is) => press('react', { is }, { 'aria-label': say.reactions[is] }, REACTIONS[is])),
      ),
    press('lost', { on: !phone.lost }, { class: 'button', 'aria-pressed': String(phone.lost) }, say.lost),
  );
}

function over({ line, gone }: Phone): boolean {
  return line?.state === 'ended' || gone !== null;
}

function inRoom(phone: Phone): Child[] {
  const { line, gone, lobby, now, seat, offline } = phone;
  if (over(phone)) {
    const ended = line?.ended ?? 'closed';
    const text = gone ? told(gone) : say.ended[ended];
    const out = ended === 'removed' || ended === 'deleted' || ended === 'no-room';
    const next = out ? link('/', say.start) : button(say.ended.reload, () => location.reload());
    return [message('', text, '', next)];
  }
  if (seat) {
    const later = phone.laterFor(seat.present);
    return votingView({ seat, offline, later, words, speech: format, told });
  }
  if (!lobby) return [];
  if (!now) return [waitingView(say.waiting, say.waitingHint)];
  const { title, untitled, text, open, survey } = say.elsewhere;
  const go = h(
    'a',
    { class: 'button primary', href: `/r/${phone.code}` },
    now.kind === 'survey' ? survey : open,
  );
  return [waitingView(now.title ? title(now.title) : untitled, text, go)];
}
