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
};

export const words = catalogue('rooms', en);
