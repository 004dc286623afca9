import { catalogue, speech } from '../../lib/i18n';

const { plural } = speech('en');

/** The words of the search, in English. */
export const en = {
  open: 'Search',
  title: 'Search',
  label: 'Search documents, messages, questions, people and rooms',
  placeholder: 'Search everything',
  hint: 'Type a word. Results come as you type and stay up to date.',
  close: 'Close the search',
  clear: 'Clear',
  filters: 'Filters',
  results: 'Results',
  here: 'Only this room',
  mine: 'From me',
  links: 'With a link',
  today: 'Today',
  person: 'People',
  direct: 'Direct messages',
  room: 'Rooms',
  activity: 'Titles',
  unknown: 'Other',
  recent: 'Recent searches',
  forget: 'Forget them',
  none: (text: string) => `Nothing found for “${text}”.`,
  noneHint: 'Try fewer or other words, or take a filter away. Only what you may see is searched.',
  more: 'There is more. Add a word to narrow it down.',
  building: 'Older things are still being read in; they will appear by themselves.',
  offline: 'No connection. This list may be old; it comes up to date by itself.',
  count: (n: number) => plural(n, { one: '# result', other: '# results' }),
  untitled: (code: string) => `Room ${code}`,
  keys: 'to move',
  enter: 'to open',
  also: 'Also as text: in: from: has:link before: after: type:',
  signIn: 'Search finds what is in your rooms. Join or start one first.',
};

export const words = catalogue('search', en);
