import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of comments, in English. */
export const en = {
  comment: 'Comment',
  none: 'Select some text first, then comment on it.',
  open: 'Comments',
  list: 'All comments',
  empty: 'No comments yet. Select some text to say something about it.',
  onTheText: 'On the text',
  resolved: 'Resolved',
  orphaned: 'Their text was deleted',
  orphan: 'The text of this comment was deleted. It said:',
  of: (name: string) => `Comment by ${name}`,
  replies: (n: number) => plural(n, { one: '# reply', other: '# replies' }),
  write: 'Write a comment',
  reply: 'Write a reply',
  edit: 'Edit',
  erase: 'Erase',
  eraseAsk: 'Erase this for everybody? It cannot be brought back.',
  keep: 'Keep it',
  erased: 'Erased',
  edited: 'edited',
  send: 'Send',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  close: 'Close the comment',
  resolve: 'Resolve',
  reopen: 'Open again',
  isResolved: 'Resolved',
  more: 'More for this comment',
  mention: 'Mention somebody',
  tooLong: (n: number) => plural(n, { one: '# character too many', other: '# characters too many' }),
};

export const words = catalogue('comments', en);
