import { h, type Child } from '../../../vote/dom';
import { ApiError, tell } from '../../../lib/net/api';
import type { Refusal } from '../../../lib/net/protocol';
import type { Seat } from '../seat';
import type { Special } from '../voting/later';
import type { Scene } from '../voting/scene';
import type { Words } from './en';

/** What the server answers: the person's own part, where it has changed. */
type Told = { mine?: unknown } | undefined | void;

/** How the server is asked; tests bring their own. */
export const asking = {
  redeem: (code: string, poll: string, typed: string): Promise<Told> =>
    tell(code, poll, 'redeem', { code: typed }),
  /** Puts the person into a team, or without one into whichever is the smallest. */
  team: (code: string, poll: string, team?: number): Promise<Told> =>
    tell(code, poll, 'team', team === undefined ? {} : { team }),
  /** Who is signed in here; null: nobody. */
  account: async (): Promise<unknown> => {
    const answer = await fetch('/api/account');
    if (!answer.ok) throw new ApiError('offline', '', answer.status);
    return ((await answer.json()) as { account?: unknown }).account ?? null;
  },
};

/** What lies before a vote: a code, or an account. It is as long as it takes, one for each poll. */
interface Gate {
  busy: boolean;
  /** Why it did not open. */
  wrong: string;
  /** Nobody is signed in; null: not known. */
  guest: boolean | null;
}

const gates = new WeakMap<Seat, Gate>();

/** What is in the place of the options for those who may not vote yet. */
export function gateIn(words: Words): Special {
  return {
    field: (scene) => by[scene.seat.gate || 'team'](scene, words),
    before: (scene) => (scene.seat.gate === 'team' ? team(scene, words) : null),
    asks: () => '',
    todo: () => '',
    decided: () => '',
    quiz: () => null,
    privacy: () => '',
  };
}

const by = { code, account, team };

function gateOf(seat: Seat): Gate {
  let gate = gates.get(seat);
  if (!gate) gates.set(seat, (gate = { busy: false, wrong: '', guest: null }));
  return gate;
}

function code({ seat, told }: Scene, words: Words): Child {
  const gate = gateOf(seat);
  const said = (why: Refusal): string => words.refused[why.because as keyof Words['refused']] ?? told(why);
  const enter = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget as HTMLFormElement).get('code')).trim();
    gate.wrong = typed ? '' : words.empty;
    seat.look();
    if (typed && !gate.busy) pass(seat, gate, said, () => asking.redeem(...seat.at, typed));
  };
  return h(
    'form',
    { class: 'gate', key: 'code', novalidate: true, onsubmit: enter },
    h('label', { for: 'voting-code' }, words.asks.code),
    h('input', {
      id: 'voting-code',
      name: 'code',
      'aria-label': words.code,
      placeholder: 'XXXXX-XXXXX',
      autocomplete: 'off',
      autocapitalize: 'characters',
      spellcheck: 'false',
      maxlength: 60,
      enterkeyhint: 'go',
      'aria-invalid': gate.wrong ? 'true' : null,
      'aria-describedby': 'voting-code-hint',
    }),
    h(
      'p',
      {
        id: 'voting-code-hint',
        class: gate.wrong ? 'wrong' : 'muted',
        role: gate.wrong ? 'alert' : null,
      },
      gate.wrong || words.hint,
    ),
    h('button', { type: 'submit', class: 'button primary', 'aria-busy': String(gate.busy) }, words.enter),
  );
}

function account({ seat, told }: Scene, words: Words): Child {
  const gate = gateOf(seat);
  const said = (why: Refusal): string => words.refused[why.because as keyof Words['refused']] ?? told(why);
  const look = (): void =>
    pass(seat, gate, said, async () => {
      gate.guest = (await asking.account()) === null;
      if (gate.guest) throw new ApiError('', '', 0);
    });
  if (gate.guest === null && !gate.busy && !gate.wrong) queueMicrotask(look);
  return h(
    'div',
    { class: 'gate', key: 'account', role: 'status' },
    h('p', {}, gate.guest === null && !gate.wrong ? words.looking : words.asks.account),
    gate.wrong !== '' && h('p', { class: 'wrong' }, gate.wrong),
    gate.wrong !== '' && h('button', { type: 'button', class: 'button', onclick: look }, words.again),
    gate.guest === true &&
      h('a', { class: 'button primary', href: `/account?to=${location.pathname}` }, words.signIn),
  );
}

/** The teams to choose from; where they are dealt out, one is had by being here. */
function team({ seat, told }: Scene, words: Words): Child {
  const gate = gateOf(seat);
  const teams = seat.poll?.quiz?.teams;
  const join = (to?: number): void => pass(seat, gate, told, () => asking.team(...seat.at, to));
  if (!teams?.choose && !gate.busy && !gate.wrong) queueMicrotask(() => gate.busy || join());
  return h(
    'div',
    { class: 'gate', key: 'team', role: 'group', 'aria-label': words.team },
    h('p', { role: 'status' }, teams?.choose ? words.team : words.looking),
    ...(teams?.choose ? teams.teams : []).map((one, at) =>
      h(
        'button',
        {
          type: 'button',
          class: 'button team',
          key: String(at),
          'data-colour': one.colour,
          disabled: gate.busy,
          onclick: () => join(at),
        },
        h('span', { class: 'dot', 'aria-hidden': 'true' }),
        h('span', { class: 'name', dir: 'auto' }, one.name),
        h('span', { class: 'muted numbers' }, words.people(teams?.sizes[at] ?? 0)),
      ),
    ),
    gate.wrong !== '' && h('p', { class: 'wrong', role: 'alert' }, gate.wrong),
    gate.wrong !== '' &&
      !teams?.choose &&
      h('button', { type: 'button', class: 'button', onclick: () => join() }, words.again),
  );
}

/** Asks for the right to vote, and says why there is none. */
function pass(seat: Seat, gate: Gate, said: (why: Refusal) => string, ask: () => Promise<Told>): void {
  gate.busy = true;
  gate.wrong = '';
  ask()
    .then(
      (answer) => (answer?.mine ? seat.take(answer.mine) : seat.entitle()),
      (why: Refusal) => {
        gate.wrong = gate.guest ? '' : said(why);
      },
    )
    .finally(() => {
      gate.busy = false;
      seat.look();
    });
}
