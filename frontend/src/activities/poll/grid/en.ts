import { speech } from '../../../lib/i18n/speech';

const { plural, number } = speech('en');

/** The words of dates and grids, in English: on the phone, the desk and the projector. */
export const en = {
  ask: {
    dates: 'Say for each of them whether it suits you',
    one: 'Choose one in each row',
    several: 'Choose as many as you like in each row',
  },
  todo: { dates: 'Tap to answer.', rows: 'Tap to vote.', all: 'Counts as soon as every row is answered.' },
  answers: { yes: 'Yes', maybe: 'If need be', no: 'No', none: 'No answer yet' },
  restNo: (n: number) => plural(n, { one: 'No to the other one', other: 'No to the other #' }),
  answered: (n: number, of: number) => `${number(n)} of ${number(of)} rows answered`,
  zone: (zone: string) => `Times are in your time zone: ${zone}`,
  hostZone: (zone: string) => `Times are in the host’s time zone: ${zone}`,
  hallZone: (zone: string) => `Times: ${zone}`,
  toOwn: 'Show my time zone',
  toHost: 'Show the host’s time zone',
  past: 'over',
  best: 'Best',
  tie: 'Best (tie)',
  bestIs: (names: string) => `Suits most people: ${names}.`,
  rule: 'Best is what has the most “yes”, and of these the most “if need be”. What is equal is a tie.',
  add: 'Add to calendar',
  addOf: (what: string) => `Add to calendar: ${what}`,
  mean: (n: string) => `Average ${n}`,
  meanHead: 'Average',
  date: 'Date',
  statement: 'Row',
  more: (n: number) => plural(n, { one: 'and # more on your phone', other: 'and # more on your phone' }),
  leading: (n: number, of: number) => `The best ${number(n)} of ${number(of)}`,
  said: (yes: number, maybe: number, no: number) =>
    `${plural(yes, { one: '# yes', other: '# yes' })}, ${number(maybe)} if need be, ${number(no)} no`,
  secret: {
    pseudonymous: 'Hosts see each vote as “Guest 17”, never whose it is.',
    anonymous: 'Nobody sees who voted what, hosts neither: the key to the votes is destroyed at the close.',
    few: 'Results are shown from five votes on.',
    held: 'Fewer than five people voted, so the results stay hidden.',
    lost: 'The key to these secret votes was lost, so they cannot be counted.',
  },
};

/** What another language has to have. */
export type Words = typeof en;
