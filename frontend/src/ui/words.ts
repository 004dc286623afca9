import { catalogue, speech } from '../lib/i18n';

const { number, plural, list } = speech('en');

/** The words of parts that say something by themselves. The shell has none of them. */
export const en = {
  state: {
    saved: 'Saved',
    saving: 'Saving…',
    connecting: 'Connecting…',
    offline: 'Offline',
    kept: (n: number) =>
      plural(n, {
        one: 'Offline: 1 change kept on this device',
        other: 'Offline: # changes kept on this device',
      }),
    unkept: (n: number) =>
      plural(n, {
        one: '1 change is not saved, and this device cannot keep it. Leave this page open.',
        other: '# changes are not saved, and this device cannot keep them. Leave this page open.',
      }),
  },

  people: {
    here: (n: number) => plural(n, { one: '# person here', other: '# people here' }),
    named: (here: string, names: string[], more: number) =>
      `${here}: ${list(more > 0 ? [...names, `${number(more)} more`] : names)}`,
  },

  results: {
    option: 'Option',
    votes: 'Votes',
    share: 'Share',
    count: (n: number) => plural(n, { one: '# vote', other: '# votes' }),
    of: (n: number, share: string) => `${number(n)} · ${share}`,
    right: 'right answer',
    mine: 'your choice',
    none: 'No votes yet.',
    marked: (name: string, marks: string) => `${name} (${marks})`,
  },

  scale: {
    point: (n: number, of: number) => `${number(n)} of ${number(of)}`,
    end: (point: string, means: string) => `${point}: ${means}`,
  },

  clock: {
    left: (seconds: number) => plural(seconds, { one: '# second left', other: '# seconds left' }),
    over: 'Time is up',
  },

  password: { show: 'Show the password' },

  qr: (address: string) => `QR code for ${address}`,
};

export const words = catalogue('parts', en);
