import { catalogue } from '../../lib/i18n';

/** The words of Markdown documents, in English. */
export const en = {
  text: 'Source of the document',
  empty: 'Write in Markdown. Everyone in the room sees it at once.',
  emptyCode: 'Write code. Everyone in the room sees it at once.',
  code: 'Code',
  codeHint: 'A file of code, in its language.',
  language: 'Language of this document',
  plain: 'Plain text',
  save: (end: string) => `Save as ${end}`,
  heading: 'Heading',
  look: 'What is shown',
  write: 'Source',
  both: 'Source and preview',
  read: 'Preview',
  preview: 'How it looks',
  nothing: 'What is written is shown here as it will look.',
  toRich: 'Make a document of it',
  toRichHint: 'A new one; this one stays as it is',
  toSource: 'Make a Markdown document of it',
  toSourceHint: 'A new one; underlining, history and comments stay here',
  made: (title: string) => `“${title}” is in the list now.`,
  untitled: 'Document',
  failed: 'That did not work. Try again.',
};

export const words = catalogue('source', en);
