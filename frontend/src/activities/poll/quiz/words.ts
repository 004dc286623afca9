import { catalogue, speech } from '../../../lib/i18n';

const { plural, number } = speech('en');

/** The words of a quiz for hosts and for the projector. */
export const en = {
  // On the projector.
  board: 'Leader board',
  podium: 'Winners',
  points: (n: number) => plural(n, { one: '# point', other: '# points' }),
  place: (n: number) => `Place ${number(n)}`,
  of: (n: number) => plural(n, { one: '# person plays', other: '# people play' }),
  gone: 'Somebody',
  reading: 'Read first',
  answer: (text: string) => `Right answer: ${text}`,
  rank: 'Place',
  name: 'Name',

  // On the desk.
  is: 'Quiz question',
  isHint: 'It has a right answer, and gives points.',
  worth: 'Points',
  rightOf: (letter: string) => `Option ${letter} is right`,
  right: 'Right',
  pick: 'Tick what is right.',
  within: 'How far off is right as well',
  accept: 'Right answers',
  acceptHint: 'One in each line. Upper and lower case do not matter.',
  bad: {
    right: 'Tick at least one right option, and leave a wrong one.',
    several: 'As many options as are right must be possible to choose.',
    truth: 'Give the true value.',
    accept: 'Write at least one right answer.',
  },
  settings: 'Quiz settings',
  by: 'Points for',
  accuracy: 'Right answers',
  speed: 'Right and fast answers',
  speedHint: 'A right answer at the last second is worth half.',
  accuracyHint: 'How long somebody takes does not matter.',
  streak: 'More for right answers in a row',
  streakHint: '100 points for the second, 200 for the third, up to 500.',
  readingTime: 'Time to read before answering',
  seconds: (n: number) => (n === 0 ? 'none' : plural(n, { one: '# second', other: '# seconds' })),
  more: 'More time for somebody',
  moreHint:
    'Only hosts and the person see this. A question stays open until they have answered or you close it.',
  time: { 0: 'usual time', 150: 'half as much again', 200: 'twice the time', '-1': 'no limit' },
  notWhileOpen: 'Close the open question before you change this.',
  nobody: 'Nobody is here yet.',
  sheet: 'All points',
  total: 'Total',
  squads: {
    teams: 'Teams',
    teamsHint: 'A team has the points of its people together. Who comes late joins the smallest.',
    count: 'How many teams',
    noTeams: 'no teams',
    nameOf: (n: number) => `Name of team ${number(n)}`,
    usual: (n: number) => `Team ${number(n)}`,
    how: 'Who is in which team',
    dealt: 'dealt out evenly',
    choose: 'everyone chooses',
    score: 'Points of a team',
    mean: 'mean of its people',
    sum: 'sum of its people',
    shuffle: 'Deal out anew',
    sizes: (n: number) => plural(n, { one: '# person', other: '# people' }),
    fixed: 'There are points already: names can still be changed.',
    save: 'Keep the names',
  },
  close: 'Done',
};

export const words = catalogue('quiz', en);
