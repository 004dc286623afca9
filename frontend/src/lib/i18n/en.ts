import { speech } from './speech';

const { number, plural, list } = speech('en');

/** The words of the shell, in English. Activities bring their own catalogues. */
export const en = {
  product: 'Plenum',
  promise: 'Write together. Decide together.',
  skip: 'Skip to the content',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  copy: 'Copy',
  copied: 'Copied',
  remove: (what: string) => `Remove ${what}`,
  optional: 'optional',
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
    roomTitleHint: 'You can change it at any time.',
    name: 'Your name',
    nameHint: 'As the others in the room will see it.',
    nameMissing: 'Please say what the others should call you.',
    starting: 'Starting…',
    recent: 'Your rooms on this device',
    recentEmpty: 'Rooms that you open appear here, so that you find the way back.',
    forget: (title: string) => `Forget ${title}`,
    forgotten: (title: string) => `${title} is off this list.`,
    lastHere: (when: string) => `opened ${when}`,
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

  notFound: {
    title: 'Page not found',
    text: 'There is nothing at this address. The link may be incomplete, or the room was deleted.',
    back: 'To the start page',
  },

  unreachable: 'The server cannot be reached. Check your connection and try again.',
  wentWrong: 'Something went wrong here. Reload the page; what you wrote is kept.',
  pageMissing: 'This page could not be loaded. Check your connection and try again.',
  tryAgain: 'Try again',

  state: {
    saved: 'Saved',
    saving: 'Saving…',
    connecting: 'Connecting…',
    offline: 'Offline',
    kept: (n: number) =>
      plural(n, {
        one: 'Offline: 1 change kept on this device',
        other: 'Offline: # changes kept on this device',
      }),
    unkept: (n: number) =>
      plural(n, {
        one: '1 change is not saved, and this device cannot keep it. Leave this page open.',
        other: '# changes are not saved, and this device cannot keep them. Leave this page open.',
      }),
  },

  people: {
    here: (n: number) => plural(n, { one: '# person here', other: '# people here' }),
    names: (names: string[], more: number) =>
      more > 0 ? list([...names, plural(more, { one: '# more', other: '# more' })]) : list(names),
  },

  results: {
    option: 'Option',
    votes: 'Votes',
    share: 'Share',
    count: (n: number) => plural(n, { one: '# vote', other: '# votes' }),
    of: (n: number, share: string) => `${number(n)} · ${share}`,
    right: 'right answer',
    mine: 'your choice',
    none: 'No votes yet.',
  },

  scale: {
    point: (n: number, of: number) => `${number(n)} of ${number(of)}`,
  },

  clock: {
    left: (seconds: number) => plural(seconds, { one: '# second left', other: '# seconds left' }),
    over: 'Time is up',
  },

  qr: (address: string) => `QR code for ${address}`,
};
