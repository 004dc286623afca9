import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of the demonstration on the start page. */
export const en = {
  title: 'Try it here',
  lead: 'This is the real thing in small, on this page only. Write along with Ben, and vote.',
  notes: 'Plan for June',
  begin: 'We meet at the station at nine.',
  ben: 'Ben',
  lines: ['Bring food and water.', 'Tickets: I buy them today.'],
  writes: (name: string) => `${name} is writing…`,
  question: 'Where do we go in June?',
  options: ['The lake', 'The old town', 'The mountains'],
  voted: (n: number) => plural(n, { one: '# person voted', other: '# people voted' }),
};

export const words = catalogue('demo', en);
