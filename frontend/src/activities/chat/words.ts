import { catalogue, speech } from '../../lib/i18n';

const { list, plural } = speech('en');

export const en = {
  empty: 'No messages yet. Say hello.',
  write: 'Write a message',
  send: 'Send',
  older: 'Loading earlier messages…',
  latest: 'Jump to the latest',
  fresh: (n: number) => plural(n, { one: '# new message', other: '# new messages' }),
  line: 'New',
  typing: (names: string[]) => `${list(names)} ${names.length === 1 ? 'is' : 'are'} typing…`,
  waiting: 'sending…',
  saving: 'saving…',
  deleting: 'deleting…',
  readOnly: 'You can read along here. Only participants write.',
  quiet: 'The chat is quiet for now. A host will open it again.',
  muted: 'A host has muted you. You can read along.',
  slow: (seconds: number) =>
    seconds < 60
      ? plural(seconds, {
          one: 'Slow mode: a message every # second.',
          other: 'Slow mode: a message every # seconds.',
        })
      : plural(seconds / 60, {
          one: 'Slow mode: a message every minute.',
          other: 'Slow mode: a message every # minutes.',
        }),
  soon: (seconds: number) =>
    plural(seconds, { one: 'Yours can go out in # second.', other: 'Yours can go out in # seconds.' }),
  failed: 'Earlier messages could not be loaded.',
  messages: 'Messages',
  edited: 'edited',
  gone: 'This message was deleted.',
  leaving: 'The message is being deleted for everyone.',
  actions: 'What to do with this message',
  react: 'React',
  reactWith: (emoji: string) => `React with ${emoji}`,
  reacted: (names: string[]) => list(names),
  reactedBy: (emoji: string, n: number, names: string[]) => `${emoji} ${n}: ${list(names)}`,
  others: (n: number) => plural(n, { one: '# other', other: '# others' }),
  emoji: 'Choose an emoji',
  anyEmoji: 'Any other emoji',
  reply: 'Reply',
  replyInThread: 'Reply in a thread',
  thread: 'Thread',
  writeReply: 'Reply in the thread',
  closeThread: 'Close the thread',
  backToChat: 'Back to the chat',
  replies: (n: number) => plural(n, { one: '# reply', other: '# replies' }),
  lastReply: (time: string) => `last ${time}`,
  freshReplies: (n: number) => plural(n, { one: '# new', other: '# new' }),
  threadNews: (n: number) =>
    plural(n, { one: '# new reply in your threads', other: '# new replies in your threads' }),
  replyTo: (name: string) => `Answering ${name}`,
  edit: 'Edit',
  editing: 'Editing your message',
  save: 'Save',
  cancel: 'Cancel',
  remove: 'Delete',
  pin: 'Pin',
  unpin: 'Take down the pin',
  pinned: 'Pinned',
  link: 'Copy link',
  linkShown: (url: string) => `Link to the message: ${url}`,
  more: 'More',
  mention: 'People to mention',
  here: 'everyone here',
  tooLong: (n: number) => plural(n, { one: '# character too long', other: '# characters too long' }),
  jump: 'Go to the message',
  attach: 'Add images or files',
  files: 'Comes with the message',
  tooMany: (n: number) => `A message takes at most ${n} files. The rest was left out.`,
};

export const words = catalogue('talk', en);
