import { catalogue, speech } from '../../../lib/i18n';

const { number, plural } = speech('en');

/** The words of webhooks, in English. */
export const en = {
  title: 'Webhooks',
  hint: 'Plenum tells your program what happens in this room, as everybody may see it. It is signed, sent again until it arrives, and never names who voted what.',
  empty: 'No webhooks yet.',
  add: 'Add a webhook',
  url: 'Address',
  urlHint: 'Where it is sent to: https://…',
  what: 'Tell it when',
  types: {
    'poll.opened': 'voting opens',
    'poll.closed': 'voting closes',
    'poll.revealed': 'results are shown',
    'qa.listed': 'a question is asked',
    'qa.approved': 'a question is let through',
    'qa.answered': 'a question is answered',
    ping: 'a test',
  } as Record<string, string>,
  none: 'Choose at least one.',
  save: 'Add it',
  secret: 'Secret',
  once: 'Copy it now: it is shown only this once. Your program checks the signatures with it.',
  ping: 'Send a test',
  pinged: 'A test is on its way.',
  rotate: 'Change the secret',
  rotated: 'For a day both secrets are good.',
  both: (day: string, time: string) => `the former secret is good until ${day}, ${time}`,
  remove: 'Remove',
  removed: 'The webhook is gone.',
  on: 'Switch it on',
  fresh: 'nothing was sent yet',
  fine: (status: number, time: string) => `last answer ${status}, ${time}`,
  failed: (status: number, time: string) =>
    status === 0 ? `no answer, ${time}` : `failed with ${status}, ${time}`,
  waiting: (n: number) => plural(n, { one: '# waits', other: '# wait' }),
  next: (time: string) => `next try ${time}`,
  off: {
    gone: 'Off: the receiver said that it is gone (410).',
    failing: 'Off: nothing went through for a day.',
    address: 'Off: its address is none that may be called.',
    full: 'Off: too much was waiting.',
  } as Record<string, string>,
  log: 'What was sent',
  states: { waiting: 'waits', done: 'arrived', dropped: 'not for everybody any more' } as Record<
    string,
    string
  >,
  tries: (n: number) => plural(n, { one: '# try', other: '# tries' }),
  again: 'Send again',
  took: (ms: number) => `${number(ms)} ms`,
  nothing: 'Nothing yet.',
};

export const words = catalogue('hooks', en);
