import { catalogue, speech } from '../../../lib/i18n';

const { plural, number, list } = speech('en');

/** The words of what leaves a poll: files, the report, charts. */
export const en = {
  export: 'Export',
  book: 'Spreadsheet (Excel)',
  bookHint: 'Results, who answered what, quiz points: a sheet each.',
  results: 'Results as CSV',
  resultsHint: 'All questions and rounds, as on the screen.',
  answers: 'Answers by person as CSV',
  answersHint: 'Who answered what, where votes have names.',
  ballots: 'Secret votes as CSV',
  ballotsHint: 'Each vote without a name.',
  report: 'Report',
  reportHint: 'To print, or to save as a PDF.',
  minutes: 'Put into a document',
  minutesHint: 'What was decided, as text and tables at its end.',
  compare: 'Compare',
  compareHint: 'Two rounds, or this poll and another, side by side.',
  into: 'Into which document?',
  freshDocument: 'A new document',
  minutesTitle: 'Minutes',
  put: (title: string) => `The results are in “${title}”.`,
  undecided: 'No result is shown to everybody yet. Close a question and show its result first.',
  votes: 'Votes',
  share: 'Share',
  png: 'This chart as a picture (PNG)',
  svg: 'This chart as a vector drawing (SVG)',
  recount: 'These votes for a recount (JSON)',
  recountHint: 'Without names. Anyone can count them again: plenum recount FILE',
  failed: 'The chart could not be drawn on this device.',

  print: 'Print or save as PDF',
  back: 'Back to the questions',
  loading: 'Reading all votes…',
  again: 'Try again',
  nothing: 'Nothing has been asked yet. Ask something, and the report has it.',
  room: (code: string) => `Room ${code}`,
  made: (day: string, time: string) => `${day}, ${time}`,
  asked: (day: string, time: string) => `asked on ${day} at ${time}`,
  round: (n: number) => `round ${number(n)}`,
  open: 'still open',
  voted: (n: number) => plural(n, { one: '# person voted', other: '# people voted' }),
  secrecy: { named: 'with names', pseudonymous: 'as guests', anonymous: 'anonymous' },
  decidedBy: (method: string) => `Decided by: ${method}`,
  seats: (n: number) => plural(n, { one: '# winner', other: '# winners' }),
  ties: { shown: 'ties stay ties', order: 'of a tie the first in the list wins' },
  texts: 'All answers that were shown',
  textsLeft: (n: number) =>
    plural(n, { one: '# more is in the spreadsheet.', other: '# more are in the spreadsheet.' }),
  roundsLeft: (n: number) =>
    plural(n, {
      one: '# earlier round is in the spreadsheet.',
      other: '# earlier rounds are in the spreadsheet.',
    }),
  cardsLeft: (n: number) => `and ${number(n)} more`,
  winners: (how: string, names: string[]) => `${list(names)}: decided by ${how}`,
  tie: (names: string[]) => `Tie: ${list(names)}`,
  chart: (n: number) => `chart ${number(n)}`,
};

export const words = catalogue('out', en);
