import { catalogue, speech } from '../../../lib/i18n';

const { plural, number, list } = speech('en');

/** The words of the host's desk and of the projector. */
export const en = {
  deck: 'Questions',
  empty: 'Ask the first question. Nobody sees it before you show it.',
  add: 'Add a question',
  kinds: {
    single: { name: 'Single choice', hint: 'Everyone chooses one option.' },
    multiple: { name: 'Multiple choice', hint: 'Everyone may choose several.' },
    rating: { name: 'Rating', hint: 'A number on a scale.' },
    ranking: { name: 'Ranking', hint: 'Everyone puts options in order.' },
  },
  states: { draft: 'not asked yet', open: 'open', closed: 'closed' },
  fresh: 'New question',
  unsaved: 'not saved yet',
  onScreen: 'on everyone’s screen',
  moreFor: (what: string) => `More for ${what}`,
  round: (n: number) => `Round ${number(n)}`,

  // The one big button always says what happens next.
  next: {
    open: 'Open voting',
    openAgain: 'Open voting again',
    close: 'Close voting',
    reveal: 'Show results',
    next: 'Next question',
    first: 'Show the first question',
    finish: 'Back to the join screen',
    add: 'Add a question',
  },

  voted: (voted: number, here: number) => `${number(voted)} of ${number(Math.max(voted, here))}`,
  votedLabel: 'have voted',
  openFor: 'open',
  timeLeft: 'left',
  extend: '+30 s',
  extendLabel: 'Give 30 seconds more',

  onlyYou: 'Only you see these results',
  everyone: 'Everyone sees these results',
  notOnScreen: 'Only you see this question',
  isOnScreen: 'On everyone’s screen',
  people: (n: number) => plural(n, { one: '# voted', other: '# voted' }),

  act: {
    edit: 'Edit',
    show: 'Show results',
    hide: 'Hide results',
    present: 'Show the question without opening it',
    off: 'Take it off the screens',
    again: 'Ask again in a new round',
    duplicate: 'Duplicate',
    up: 'Move up',
    down: 'Move down',
    drop: 'Delete',
    undo: 'Undo the last step',
    before: 'Question before',
    after: 'Question after',
    keys: 'Keys',
  },

  done: {
    closed: 'Voting is closed.',
    revealed: 'Everyone sees the results.',
    hidden: 'The results are hidden.',
    dropped: 'The question is deleted.',
    moved: 'Moved.',
    saved: 'Saved.',
    off: 'The screens show how to join.',
  },

  sure: {
    drop: 'Delete the question and its votes?',
    dropText: (n: number) =>
      plural(n, {
        one: '# vote was cast on it. This cannot be undone.',
        other: '# votes were cast on it. This cannot be undone.',
      }),
    again: 'Ask again in a new round?',
    againText: (n: number) =>
      plural(n, {
        one: 'Everyone votes anew. The # vote of this round stays stored, but leaves the screens.',
        other: 'Everyone votes anew. The # votes of this round stay stored, but leave the screens.',
      }),
    cancel: 'Keep it as it is',
  },

  edit: {
    prompt: 'Question',
    placeholder: 'What do you want to know?',
    kind: 'How it is answered',
    options: 'Options',
    option: (letter: string) => `Option ${letter}`,
    another: 'Another option',
    removeOption: (letter: string) => `Remove option ${letter}`,
    paste: 'Enter begins the next one. A pasted list becomes one option per line.',
    least: 'At least',
    most: 'At most',
    from: 'From',
    to: 'To',
    rankLeast: 'Rank at least',
    seats: 'Winners',
    method: 'Decided by',
    ties: 'Ties',
    low: 'What the lowest means',
    high: 'What the highest means',
    save: 'Save',
    create: 'Add to the deck',
    cancel: 'Cancel',
    missingPrompt: 'Write what you want to ask.',
    missingOptions: 'Give at least two options.',
    badBounds: 'That many cannot be chosen.',
    badScale: 'A scale has 2 to 11 steps.',
    tooMany: 'A ranking has at most 20 options.',
    badSeats: 'There are fewer winners than options, and at least one.',
    voted: 'People have voted on this, so its words stay as they are. Duplicate it to ask something else.',
    open: 'While it is open its words stay as they are. Close it first, or duplicate it.',
  },

  // How a ranking is counted: what people call it, and what happens.
  methods: {
    irv: { name: 'Run-off', hint: 'The last is out, round by round, until one has more than half.' },
    stv: { name: 'Transferable vote', hint: 'Several winners; spare votes move on to the next choice.' },
    schulze: { name: 'Duels', hint: 'Every option against every other (Schulze, Condorcet).' },
    borda: { name: 'Points', hint: 'The more are placed below, the more points (Borda).' },
  },
  tieRules: { shown: 'Stay ties', order: 'First in the list wins' },
  outcome: {
    label: 'By method',
    counting: 'Counting…',
    again: 'Count again',
    decides: 'decides',
    tie: (names: string[]) => `Tie: ${list(names)}`,
    winners: (names: string[]) => list(names),
    nobody: 'Nobody has voted.',
    agree: (names: string[]) => `Every way of counting gives ${list(names)}.`,
    agreeTie: 'Every way of counting gives a tie.',
    differs: 'Who wins differs by method.',
    broken: (names: string[]) => `A tie between ${list(names)} was decided by the order of the list.`,
    round: (n: number, of: number) => `Round ${number(n)} of ${number(of)}`,
    before: 'Round before',
    after: 'Next round',
    out: 'out',
    elected: 'elected',
    quota: (n: number) => `${number(n)} votes are needed to win.`,
    half: 'More than half wins.',
    spent: (n: string) => `${n} on ballots that name nobody who is left`,
    tables: 'All numbers as tables',
    option: 'Option',
    roundHead: (n: number) => `Round ${number(n)}`,
    points: 'Points',
    place: 'Place',
    duels: 'How many put the one of the row above the one of the column',
    champion: (name: string) => `${name} wins every duel.`,
    download: 'Download the ballots',
    downloadHint: 'Without names. Anyone can count them again: plenum recount FILE',
  },

  timer: {
    label: 'Timer',
    none: 'No timer',
    of: (seconds: number) =>
      seconds % 60 === 0
        ? plural(seconds / 60, { one: '# minute', other: '# minutes' })
        : plural(seconds, { one: '# second', other: '# seconds' }),
  },
  show: {
    label: 'Results',
    live: 'Live, while people vote',
    closed: 'When voting closes',
    revealed: 'When I show them',
  },
  leading: (n: number, of: number) => `The ${number(n)} with the most votes of ${number(of)}`,
  more: (n: number) => plural(n, { one: 'and # more on your phone', other: 'and # more on your phone' }),
  keyNames: { space: 'Space', delete: 'Delete', alt: 'Alt' },
};

export const words = catalogue('desk', en);
