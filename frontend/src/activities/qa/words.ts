import { catalogue, speech } from '../../lib/i18n';

const { plural, number } = speech('en');

export const en = {
  tabs: {
    label: 'Which questions',
    queue: 'Waiting',
    shown: 'Questions',
    answered: 'Answered',
    mine: 'Mine',
    dismissed: 'Dismissed',
  },
  order: { label: 'Sort', top: 'Most votes', new: 'Newest', old: 'Oldest' },
  empty: {
    queue: 'Nothing is waiting. What people ask comes here before anybody else sees it.',
    shown: 'No questions yet. Ask the first one.',
    answered: 'What has been answered stands here.',
    mine: 'You have not asked anything yet. What you ask stands here, with what has become of it.',
    dismissed: 'Nothing was dismissed or put together.',
  },
  more: {
    fresh: (n: number) => plural(n, { one: 'Show # new question', other: 'Show # new questions' }),
    moved: 'Show the new order',
  },

  ask: {
    write: 'Ask a question',
    send: 'Ask',
    unnamed: 'Without my name',
    unnamedHint: 'Nobody’s screen shows your name. The server keeps who asked.',
    named: (name: string) => `Everyone sees that ${name} asks.`,
    moderated: 'A host looks at it first.',
    left: (n: number) => plural(n, { one: '# character left', other: '# characters left' }),
    closed: 'No more questions are taken for now. You can still vote.',
    readOnly: 'You can read along here. Participants ask and vote.',
    queued: 'Asked. It is shown when a host approves it.',
    sent: 'Asked.',
  },

  unnamed: 'Without a name',
  you: 'You',
  edited: 'edited',
  pinned: 'Pinned',
  now: 'Being answered now',
  hostAnswer: 'Answer',
  people: (n: number) =>
    plural(n, { one: '# person wants this answered', other: '# people want this answered' }),
  votes: (n: number) => number(n),
  vote: (text: string) => `Vote for “${text}”`,
  pending: 'sending…',
  standing: {
    queued: 'Waiting for a host',
    shown: 'Shown',
    answered: 'Answered',
    dismissed: 'Dismissed',
    merged: 'Put together with another question',
    sending: 'Sending…',
  },
  because: (reason: string) => `Reason: ${reason}`,

  act: {
    more: (text: string) => `More for “${text}”`,
    approve: 'Approve',
    dismiss: 'Dismiss',
    dismissWhy: 'Dismiss with a reason…',
    take: 'Answer now',
    untake: 'Not now',
    answered: 'Mark as answered',
    answer: 'Answer in words…',
    reopen: 'Not answered',
    pin: 'Pin to the top',
    unpin: 'Unpin',
    hold: 'Back to the queue',
    restore: 'Bring back',
    merge: 'Put together with…',
    edit: 'Change',
    withdraw: 'Withdraw',
    into: 'Into this one',
    before: 'Question above',
    after: 'Question below',
    undo: 'Undo',
    keys: 'Keys',
  },
  did: {
    approve: 'Approved.',
    dismiss: 'Dismissed.',
    answer: 'Marked as answered.',
    merge: 'Put together. Everyone’s vote counts once.',
    withdraw: 'Withdrawn.',
    hold: 'Back in the queue.',
  },
  merging: 'Choose the question that this one belongs to:',
  cancel: 'Cancel',
  save: 'Save',
  form: {
    answer: 'Your answer, as everyone will read it',
    reason: 'Why? Only who asked and hosts see this.',
    edit: 'Your question',
    editModerated: 'It waits for a host again after that.',
  },
  settings: {
    moderated: 'Approve questions first',
    closed: 'Take no more questions',
  },
  present: {
    title: 'Questions',
    next: 'Next',
    ask: 'Ask from your phone, and vote for what others ask.',
  },
};

export const words = catalogue('asking', en);
