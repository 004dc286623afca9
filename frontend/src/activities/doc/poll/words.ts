import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of polls in documents, in English. */
export const en = {
  name: 'Poll',
  about: 'Vote on this',
  title: 'A poll in the text',
  question: 'Question',
  kind: 'How people answer',
  start: 'Put in and open voting',
  draft: 'Put in, open later',
  making: 'Making the poll…',
  noPrompt: 'Ask a question.',
  noOptions: 'Give at least two options.',
  tooMany: 'That is more options than this kind can have.',
  failed: 'The poll could not be made. Nothing has changed.',
  alone: 'The poll is in the room’s list, but the text can’t be changed just now.',
  rights: 'Everyone in this document can vote in place. The result stays in the text.',

  region: (prompt: string) => `Poll: ${prompt}`,
  states: { draft: 'Not open yet', open: 'Open', closed: 'Closed' },
  voted: (n: number) => plural(n, { one: '# person voted', other: '# people voted' }),
  open: 'Open voting',
  close: 'Close voting',
  reveal: 'Show results',
  go: 'Open the poll',
  remove: 'Remove the poll from the text',
  removed: 'The poll is out of the text. It stays in the room.',
  mine: (what: string) => `You chose ${what}`,
  hidden: 'The results have not been shown.',
  away: 'This question is not on the screens just now.',
  gone: 'There is a poll here that is not in this room, or not for you.',
  elsewhere: 'This is answered on its own page.',
};

export const words = catalogue('blocks', en);
