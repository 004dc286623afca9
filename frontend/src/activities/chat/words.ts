import { catalogue, speech } from '../../lib/i18n';

const { list, plural } = speech('en');

export const en = {
  label: 'Chat',
  hint: 'Talk beside everything else.',
  empty: 'No messages yet. Say hello.',
  write: 'Write a message',
  send: 'Send',
  older: 'Loading earlier messages…',
  latest: 'Jump to the latest',
  fresh: (n: number) => plural(n, { one: '# new message', other: '# new messages' }),
  typing: (names: string[]) => `${list(names)} ${names.length === 1 ? 'is' : 'are'} typing…`,
  waiting: 'sending…',
  readOnly: 'You can read along here. Only participants write.',
  failed: 'Earlier messages could not be loaded.',
  messages: 'Messages',
};

export const words = catalogue('chat', en);
