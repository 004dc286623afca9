import { catalogue } from '../../../lib/i18n';

const settle = 'settle comments';
const own = 'correct and delete their own messages';
const ordering = 'add, order, rename, hide and remove what is in it';
const comers = 'decide who comes in';
const brake = 'stop writing, talk and votes';
const sort = 'sort the questions';
const answer = 'answer them';
const voting = 'open and close votes';
const results = 'show and hide results';
const prepare = 'prepare the questions';
const quiz = 'set the rules of a quiz';
const reading = 'read free answers before the others do';
const amend = 'correct and erase their own comments';

const source = {
  change: 'write',
  name: 'name versions',
  unname: 'name versions',
  import: 'put in files',
};

const doc = {
  ...source,
  suggest: 'suggest changes',
  put: 'let the room decide on suggestions',
  recall: 'let the room decide on suggestions',
  vote: 'vote on suggestions',
  comment: 'comment',
  reply: 'comment',
  amend,
  erase: amend,
  resolve: settle,
  reopen: settle,
};

/** The words of who may do what, in English: for each command of each kind of activity. */
export const en = {
  title: 'Who may do what',
  lead: 'Everyone sees what is shown to them. Each may also do what stands above.',
  room: 'The room',
  direct: 'Direct messages',
  you: 'you',
  nothing: 'Nothing more.',
  roles: {
    viewer: 'Everybody',
    participant: 'Who votes and talks',
    editor: 'Who writes',
    host: 'Hosts',
    owner: 'The owner',
  } as Record<string, string>,
  may: {
    lobby: {
      title: 'rename the room',
      add: ordering,
      rename: ordering,
      place: ordering,
      show: ordering,
      bin: ordering,
      restore: ordering,
      duplicate: ordering,
      focus: 'bring something to everyone’s screen',
      lock: comers,
      codeRole: comers,
      door: comers,
      admit: comers,
      refuse: comers,
      revoke: 'make and revoke invite links',
      unscreen: 'make and revoke screen links',
      remove: 'remove people and let them in again',
      readmit: 'remove people and let them in again',
      role: 'give and take roles',
      hand: 'hand the room to somebody else',
      brake,
      slow: brake,
      mute: 'mute people',
      keep: 'set how long single changes are kept',
      end: 'end the room for everyone, and open it again',
      archive: 'archive the room, and open it again',
      delete: 'delete the room, and restore it',
      name: 'change their own name',
    },
    chat: {
      say: 'write messages',
      edit: own,
      delete: own,
      react: 'react to messages',
      pin: 'pin messages',
      read: 'mark what they have read',
    },
    direct: {
      say: 'write to one person alone',
      edit: own,
      delete: own,
      react: 'react to messages',
      read: 'read what is written to them, and mark it as read',
      block: 'block people',
    },
    doc,
    source: { ...source, code: 'choose the language of code' },
    poll: {
      write: prepare,
      import: prepare,
      drop: prepare,
      move: prepare,
      present: 'choose the question that is shown',
      open: voting,
      extend: voting,
      close: voting,
      again: voting,
      reveal: results,
      hide: results,
      rank: results,
      teams: quiz,
      shuffle: quiz,
      team: 'join a team',
      strength: 'say who may vote, and make voting codes',
      issue: 'say who may vote, and make voting codes',
      cancel: 'say who may vote, and make voting codes',
      redeem: 'vote',
      approve: reading,
      withhold: reading,
      rules: quiz,
      allow: 'give some people more time',
      vote: 'vote',
    },
    qa: {
      ask: 'ask',
      edit: 'correct and withdraw their own questions',
      withdraw: 'correct and withdraw their own questions',
      vote: 'vote for questions',
      approve: sort,
      hold: sort,
      dismiss: sort,
      restore: sort,
      merge: sort,
      pin: sort,
      answer,
      take: answer,
      reopen: answer,
      set: 'decide how questions are taken',
    },
    survey: {
      begin: 'answer',
      save: 'answer',
      send: 'answer',
      write: 'write the pages',
      drop: 'write the pages',
      move: 'write the pages',
      set: 'write the pages',
      open: 'open and close',
      close: 'open and close',
      draft: 'open and close',
      share: 'show results to everyone',
    },
  } as Record<string, Record<string, string>>,
};

export const words = catalogue('rights', en);
