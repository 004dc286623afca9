import { catalogue, speech } from '../../../lib/i18n';

const { plural, number } = speech('en');

/** The words of who may vote, on the host's desk and on the projector. */
export const en = {
  who: 'Who may vote',
  hint: 'It holds for the whole poll, and stays as it is from the first vote on.',
  fixed: 'People have begun to vote, so this stays as it is. Duplicate the poll to change it.',
  by: {
    '': {
      name: 'Everybody in the room',
      hint: 'One vote for each device, personal link or account. Quick, and enough among people who trust each other.',
    },
    code: {
      name: 'Who has a code',
      hint: 'You hand out codes, on paper or by mail. Each is good for one person.',
    },
    account: {
      name: 'Who is signed in',
      hint: 'One vote for each account of this server.',
    },
  },
  hall: { code: 'Vote with your code', account: 'Sign in to vote' },
  used: (used: number, made: number) => `${number(used)} of ${number(made)} codes used`,
  none: 'There are no codes yet. Without one nobody can vote.',
  how: 'How many codes',
  make: (n: number) => plural(n, { one: 'Make # code', other: 'Make # codes' }),
  making: (n: number, of: number) => `${number(n)} of ${number(of)} made…`,
  once: 'These codes are shown only now: print them or save them. What is stored of them cannot be read.',
  title: 'Voting codes',
  sheet: (room: string) => `Voting code for room ${room}`,
  print: 'Print',
  save: 'Save as CSV',
  head: 'Code',
  done: 'Done',
  sure: 'Close without them? They cannot be shown again.',
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel unused codes',
  cancelHint: 'A lost sheet is worthless then. Codes that were used still count.',
};

export const words = catalogue('codes', en);
