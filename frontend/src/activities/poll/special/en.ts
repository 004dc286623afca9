import { speech } from '../../../lib/i18n/speech';

const { plural, number, list } = speech('en');

/** The words of the special forms, in English. The phone loads them with these forms. */
export const en = {
  ask: {
    ranking: (least: number, most: number, all: number) => {
      if (least === all) return 'Put them in order: tap the best first';
      if (least === most) return `Tap your best ${number(most)}, the best first`;
      if (most < all) return `Tap up to ${number(most)}, the best first`;
      return 'Tap the best first, then the next, as many as you like';
    },
    words: (most: number) =>
      most === 1 ? 'A word, or a few together' : `Up to ${number(most)} answers of a word or a few`,
    wall: (most: number) =>
      most === 1 ? 'In your own words' : `Up to ${number(most)} answers in your own words`,
    number: 'A number',
    from: (least: string) => `A number from ${least}`,
    to: (most: string) => `A number up to ${most}`,
    between: (least: string, most: string) => `A number from ${least} to ${most}`,
    points: (n: number) => plural(n, { one: 'Give out # point', other: 'Give out all # points' }),
  },
  // What to do, where the line says else what has become of my vote.
  todo: {
    send: 'Your answer counts when you send it.',
    give: 'It counts when all points are given out.',
    tap: 'Tap to vote.',
  },
  // Who has won a ranking, and by which method that was decided.
  decided: {
    irv: 'run-off',
    stv: 'transferable vote',
    schulze: 'duels',
    borda: 'points',
    winners: (how: string, names: string, n: number) =>
      `${plural(n, { one: 'Winner', other: 'Winners' })} by ${how}: ${names}.`,
    tie: (how: string, names: string) => `Tie by ${how}: ${names}.`,
  },

  privacy: 'Hosts see your name and answer; screens show what you wrote without it.',
  secret: {
    pseudonymous: 'Hosts can see each vote, but as “Guest” with a number and never with a name.',
    anonymous:
      'Nobody can see how you vote, not even the hosts: the key to the votes is destroyed at the close.',
    few: 'Shown from five votes on.',
    held: 'Fewer than five people voted, so the results stay hidden.',
    lost: 'The key to these secret votes is lost, so they cannot be counted.',
  },
  review: 'A host reads answers before they are shown.',

  // Options in the order in which somebody wants them.
  rank: {
    // Heard after the name of an option.
    free: '(not in your order yet)',
    at: (place: number, of: number) => `(place ${number(place)} of ${number(of)})`,
    up: (what: string) => `${what}: one place up`,
    down: (what: string) => `${what}: one place down`,
    order: (names: string[]) => `Your order: ${list(names)}`,
    empty: 'Nothing is in your order.',
  },

  quiz: {
    worth: (n: number) => plural(n, { one: 'Worth # point.', other: 'Worth # points.' }),
    speed: 'Faster answers get more.',
    more: {
      half: 'You have half as much time again.',
      twice: 'You have twice the time.',
      end: 'You have as long as you need.',
    },
    right: 'Right',
    partly: 'Partly right',
    wrong: 'Not right',
    none: 'You did not answer',
    plus: (n: number) => plural(n, { one: '+# point', other: '+# points' }),
    streak: (n: number, bonus: number) => `${number(n)} right in a row: +${number(bonus)}`,
    answer: (text: string) => `Right answer: ${text}`,
    place: (points: number, rank: number, of: number) =>
      `${plural(points, { one: '# point', other: '# points' })} · place ${number(rank)} of ${number(of)}`,
  },

  texts: {
    label: 'Your answer',
    another: 'Another answer',
    send: 'Send',
    save: 'Save',
    edit: (what: string) => `Change “${what}”`,
    remove: (what: string) => `Remove “${what}”`,
    mine: 'What you wrote',
    full: (n: number) => `You have given all ${number(n)} answers.`,
    same: 'You have written that already.',
    left: (n: number) => plural(n, { one: '# character left', other: '# characters left' }),
  },

  cloud: {
    label: 'Most frequent answers',
    none: 'The first answers appear here.',
    times: (n: number) => plural(n, { one: '# time', other: '# times' }),
    more: (n: number) => plural(n, { one: 'and # more answer', other: 'and # more answers' }),
    word: 'Answer',
    people: 'People',
  },
  wall: { label: 'Newest answers' },

  number: {
    label: 'Your number',
    send: 'Send',
    bad: 'That number cannot be given here.',
    median: 'Median',
    mean: 'Mean',
    middle: 'Half of all',
    between: (low: string, high: string) => `${low} to ${high}`,
    truth: 'True value',
    none: 'The first answers appear here.',
    histogram: 'How many gave which number',
    span: (from: string, below: string) => `${from} to below ${below}`,
    below: (n: string) => `below ${n}`,
    above: (n: string) => `${n} and more`,
    numbers: 'Number',
    far: (n: number) =>
      plural(n, { one: '# lies far away from the others', other: '# lie far away from the others' }),
  },

  points: {
    left: (n: number) => plural(n, { one: '# point left to give', other: '# points left to give' }),
    all: 'All points are given out ✓',
    less: (what: string) => `Fewer points for ${what}`,
    more: (what: string) => `More points for ${what}`,
    for: (what: string) => `Points for ${what}`,
    average: (n: string) => `${n} on average`,
    averages: 'Points on average',
    rest: 'Give it the rest',
  },
};

/** What another language has to have. */
export type Words = typeof en;
