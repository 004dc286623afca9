import { catalogue, speech } from '../../lib/i18n';

const { plural } = speech('en');

/** The words of the page of one's rooms, in English. */
export const en = {
  title: 'Your rooms',
  filter: 'Find a room',
  filterHint: 'By its title or code.',
  none: 'You are in no room yet. Rooms that you start or join on this device stand here.',
  start: 'Start or join a room',
  nothing: (text: string) => `No room of yours is called “${text}”.`,
  pinned: 'Pinned',
  recent: 'Recent',
  archived: (n: number) => plural(n, { one: 'Archived: # room', other: 'Archived: # rooms' }),
  archivedHint: 'Everybody who is in them reads; nobody changes anything.',
  untitled: (code: string) => `Room ${code}`,
  about: (role: string, when: string) => `${role} · last active ${when}`,
  pin: (title: string) => `Pin ${title}`,
  more: (title: string) => `More for ${title}`,
  rename: 'Rename',
  name: 'Title of the room',
  archive: 'Archive',
  archiveHint: 'Everybody reads, nobody changes anything.',
  open: 'Open it again',
  delete: 'Delete',
  deleteHint: 'It is gone for everybody. You can restore it for 30 days.',
  isDeleted: (title: string) => `“${title}” is deleted.`,
  deleted: (n: number) => plural(n, { one: 'Deleted: # room', other: 'Deleted: # rooms' }),
  deletedHint: 'Gone for everybody. You can restore them until they are erased for good.',
  erased: (day: string) => `erased for good on ${day}`,
  restore: 'Restore',
  isArchived: (title: string) => `“${title}” is archived.`,
  carry: {
    title: 'Copy or take along',
    lead: 'A copy has the documents with their text and pictures and the polls with their questions. Votes, messages and comments stay here, and so do the people.',
    duplicate: 'Duplicate',
    duplicateHint: 'Documents and questions, without votes and messages.',
    duplicating: 'Being duplicated…',
    copyOf: (title: string) => `Copy of ${title}`,
    duplicated: (title: string) => `“${title}” is ready.`,
    zip: 'Download as ZIP',
    zipHint: 'All that is in it, to read and to import elsewhere.',
    zipLead: 'The ZIP has all of these to be read, and makes the same copy on any server.',
  },
  bring: {
    button: 'Import a room',
    lead: (name: string) => `From ${name}`,
    room: 'Title of the room',
    name: 'Your name',
    nameHint: 'As the others in the room will see it.',
    nameMissing: 'Please say what the others should call you.',
    comes: 'Comes along',
    empty: 'Begins empty',
    stays: 'Stays in the ZIP, to be read',
    staysWhat: 'Votes, answers, messages, asked questions, comments and suggestions.',
    nothing: 'Nothing: this room has no documents and no polls.',
    kinds: {
      doc: (n: number) => plural(n, { one: '# document', other: '# documents' }),
      source: (n: number) => plural(n, { one: '# Markdown document', other: '# Markdown documents' }),
      poll: (n: number) =>
        plural(n, { one: '# poll with its questions', other: '# polls with their questions' }),
      survey: (n: number) =>
        plural(n, { one: '# survey with its questions', other: '# surveys with their questions' }),
      chat: (n: number) => plural(n, { one: '# chat', other: '# chats' }),
      qa: (n: number) => plural(n, { one: '# place for questions', other: '# places for questions' }),
    } as Record<string, (n: number) => string>,
    other: (n: number) => plural(n, { one: '# other thing', other: '# other things' }),
    missing: (n: number) =>
      plural(n, { one: '# image was gone already.', other: '# images were gone already.' }),
    unseen:
      'What is in this ZIP cannot be shown in this browser. The server looks into it when you import it.',
    going: (share: string) => `${share} sent`,
    made: 'The room is being made…',
    import: 'Import',
    stop: 'Cancel',
  },
};

export const words = catalogue('rooms', en);
