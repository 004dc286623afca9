import { speech } from './speech';

const { plural } = speech('en');

/** The words of the shell, in English. Activities bring their own catalogues. */
export const en = {
  product: 'Plenum',
  promise: 'Write together. Decide together.',
  close: 'Close',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  remove: (what: string) => `Remove ${what}`,
  optional: '(optional)',
  you: 'you',
  loading: 'Loading…',

  home: {
    title: 'Plenum: write together, decide together',
    lead: 'One live room for documents, votes and talk. No account needed.',
    join: 'Join a room',
    joinButton: 'Join',
    joinHint: 'Six characters, or paste a link.',
    code: 'Room code',
    looking: 'Looking for this room…',
    found: (title: string, people: number) =>
      `${title} · ${plural(people, { one: '# person here', other: '# people here' })}`,
    locked: 'This room is locked. A host has to let you in.',
    start: 'Start a room',
    startButton: 'Start the room',
    roomTitle: 'What is it about?',
    name: 'Your name',
    nameHint: 'As the others in the room will see it.',
    nameMissing: 'Please say what the others should call you.',
    starting: 'Starting…',
    recent: 'Your rooms on this device',
    recentEmpty: 'Rooms that you open appear here.',
    forget: (title: string) => `Forget ${title}`,
    forgotten: (title: string) => `${title} is off this list.`,
    lastHere: (when: string) => `opened ${when}`,
    install: 'Install',
    untitled: (code: string) => `Room ${code}`,
  },

  code: {
    incomplete: (missing: number) =>
      plural(missing, { one: 'One more letter or digit.', other: '# more letters or digits.' }),
    tooLong: 'A room code has six letters and digits.',
  },

  theme: {
    label: 'Colours',
    auto: 'Like this device',
    light: 'Light',
    dark: 'Dark',
  },

  language: 'Language',

  unreachable: 'The server cannot be reached. Check your connection and try again.',
  wentWrong: 'Something went wrong. Reload the page; what you wrote is kept.',
  pageMissing: 'This page could not be loaded. Check your connection and try again.',
  tryAgain: 'Try again',
};
