import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of comparing rounds and polls. */
export const en = {
  title: 'Comparison',
  with: 'Compare with',
  rounds: 'The round before',
  room: 'Room',
  here: 'This room',
  before: 'before',
  after: 'now',
  change: 'Change',
  what: 'Answer',
  points: (text: string) => `${text} points`,
  right: 'right',
  absent: 'not asked',
  none: 'No question was closed in two rounds. Choose another poll, or ask again: Again, below a closed question.',
  nothing:
    'These two polls have no question in common. Questions are the same if their words and their form are.',
  noPolls: 'There is no other poll in that room.',
  only: (which: string) => `Only ${which}:`,
  hidden: 'Too few voted for a result.',
  texts: (n: number) => plural(n, { one: '# answer', other: '# answers' }),
};

export const words = catalogue('compare', en);
