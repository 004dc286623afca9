import { speech } from '../../../lib/i18n/speech';

const { plural } = speech('en');

/** The words of what lies before a vote, in English: on the phone and in the room. */
export const en = {
  asks: { code: 'Voting here needs a code', account: 'Only people who are signed in vote here' },
  code: 'Your voting code',
  hint: 'It is on the sheet that you were given. Each code is for one person; which vote was yours is kept as secret as without it.',
  enter: 'Go on to vote',
  empty: 'Type your code.',
  signIn: 'Sign in',
  team: 'Choose your team',
  people: (n: number) => plural(n, { one: '# person', other: '# people' }),
  looking: 'One moment…',
  again: 'Try again',
  refused: {
    'code-wrong': 'This code is wrong.',
    'code-used': 'This code has been used already. Each code is for one person.',
    'no-codes': 'Voting here needs no code.',
  },
};

/** What another language has to have. */
export type Words = typeof en;
