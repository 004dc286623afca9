/** The words of the phone's page, in English. It is one small file and does not carry the shell's words. */
export const en = {
  noCode: 'This link has no room code in it. Ask for the link again.',
  start: 'To the start page',
  opening: 'Opening the room…',
  connecting: 'Connecting…',
  offline: 'Offline',
  untitled: (code: string) => `Room ${code}`,
  more: 'Chat and notes',
  again: 'Try again',
  react: 'Reactions',
  reactions: {
    up: 'Thumbs up',
    heart: 'Heart',
    clap: 'Applause',
    laugh: 'Laughing',
    think: 'Thinking',
    party: 'Party',
  },
  lost: 'I can’t follow',

  enter: {
    name: 'Your name',
    hint: 'As the others in the room will see it.',
    join: 'Join',
    passcode: 'Passcode of the room',
    missing: 'Please say what the others should call you.',
    locked: 'This room is locked. A host has to let you in.',
  },

  door: {
    asks: 'A host lets people in.',
    accounts: 'Only people who are signed in come in. Sign in on the start page first.',
    waits: 'The host will let you in',
    waitsHint: 'Leave this page open. The room appears here by itself.',
  },

  elsewhere: {
    title: (what: string) => `${what} is on everyone’s screen`,
    untitled: 'Something else is on everyone’s screen',
    text: 'Open the room to take part. The next question appears here by itself.',
    open: 'Open the room',
    survey: 'Answer the survey',
  },

  waiting: 'You are in',
  waitingHint: 'The first question appears here by itself.',

  ended: {
    removed: 'A host removed you from this room.',
    over: 'A host has ended this for now. Nothing is lost.',
    deleted: 'This room was deleted.',
    enter: 'This device is not known in the room any more. Join again.',
    'signed-out': 'This device was signed out. Join again, or sign in first.',
    'no-room': 'There is no room with this code.',
    noRoomHint: 'Codes have six letters and digits. Look at the screen again.',
    protocol: 'This page is too old for the room. Load it again.',
    closed: 'The connection has ended. Load the page to go on.',
    reload: 'Load again',
  },
};
