import { speech } from '../../lib/i18n/speech';

const { plural, number, list, time } = speech('en');

/** The words of voting, in English. The phone's page carries them too: what only hosts read is in desk/words.ts. */
export const en = {
  place: (n: number, of: number) => `Question ${number(n)} of ${number(of)}`,
  votes: (n: number) => plural(n, { one: '# vote', other: '# votes' }),
  voted: (n: number) => plural(n, { one: '# person voted', other: '# people voted' }),
  points: (n: number) => plural(n, { one: '# point', other: '# points' }),
  firsts: (n: number) => plural(n, { one: '# × first', other: '# × first' }),
  shows: { points: 'Points', firsts: 'First places' },
  average: (mean: string) => `Average ${mean}`,
  step: (n: number, low: number, high: number) =>
    `${number(n)} on a scale from ${number(low)} to ${number(high)}`,
  timeLeft: (seconds: number) => plural(seconds, { one: '# second left', other: '# seconds left' }),

  ask: {
    paused: 'Voting is paused. It goes on when a host says so.',
    single: 'Choose one',
    rating: 'Choose a number',
    several: (least: number, most: number) => {
      if (least === most) return `Choose ${number(most)}`;
      if (least > 1) return `Choose ${number(least)} to ${number(most)}`;
      return `Choose up to ${number(most)}`;
    },
  },

  // Of a quiz.
  read: (seconds: number) =>
    plural(seconds, {
      one: 'Read first. You can answer in # second.',
      other: 'Read first. You can answer in # seconds.',
    }),
  right: 'Right answer',

  // One line, always at the same place: what has become of my vote.
  line: {
    tap: 'Tap to vote.',
    more: (n: number) => plural(n, { one: 'Choose one more.', other: 'Choose # more.' }),
    moreCounts: (n: number) =>
      plural(n, {
        one: 'Choose one more. Until then your last vote counts.',
        other: 'Choose # more. Until then your last vote counts.',
      }),
    keptOffline: 'Kept on this device. It goes out when you are connected again.',
    kept: 'Kept on this device…',
    sent: 'Sent…',
    counted: (at: number) => (at > 0 ? `Counted ✓ ${time(at, true)}` : 'Counted ✓'),
    withdrawn: 'Your vote is taken back.',
    refused: (what: string, why: string) => `Not counted: ${what}. ${why}`.trim(),
    refusedBare: (why: string) => `Your vote was not counted. ${why}`.trim(),
    still: (what: string) => `Your vote for ${what} counts.`,
    draft: 'Voting opens in a moment.',
    closed: 'Voting is closed.',
    closedCounted: (at: number) =>
      at > 0 ? `Closed. Counted ✓ ${time(at, true)}` : 'Closed. Your vote counts ✓',
    over: 'Time is up.',
    looking: 'You are looking on. Participants vote here.',
    names: (names: string[]) => list(names),
  },
  takeBack: 'Take back',

  privacy: 'Hosts see your name and vote; screens show totals only.',
  soon: {
    revealed: 'Results come when the host shows them.',
    closed: 'Results come when voting closes.',
  },

  later: {
    wait: 'One moment…',
    failed: 'This kind of question could not be loaded. The next try comes by itself.',
    again: 'Try again',
  },

  waiting: 'Waiting for the next question',
  waitingHint: 'It appears here by itself. You can put the phone down until then.',
};

/** What another language has to have. */
export type Words = typeof en;
