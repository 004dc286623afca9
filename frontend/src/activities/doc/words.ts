import { catalogue, speech } from '../../lib/i18n';

const { plural } = speech('en');

/** The words of documents, in English. */
export const en = {
  label: 'Document',
  source: 'Markdown document',
  sourceHint: 'Plain text with signs, and how it will look.',
  hint: 'Write together: notes, minutes, a plan.',
  empty: 'Write something. Everyone in the room sees it at once.',
  emptyReader: 'Nothing is written here yet. It will appear as somebody writes.',
  text: 'Text of the document',
  keys: 'Escape, then Tab leaves the text.',
  readOnly: 'You can read along. A host can let you write.',
  frozen: 'Writing is frozen for now. A host will open it again.',
  gone: 'This document is not here any more. A host may have moved it to the bin.',
  tools: 'Formatting',
  undo: 'Undo',
  redo: 'Redo',
  style: 'Style of the paragraph',
  styles: {
    text: 'Text',
    header1: 'Heading 1',
    header2: 'Heading 2',
    header3: 'Heading 3',
    blockquote: 'Quote',
    code: 'Code',
  },
  bold: 'Bold',
  italic: 'Italic',
  strike: 'Strikethrough',
  underline: 'Underline',
  inlineCode: 'Code in the line',
  bullets: 'List',
  numbers: 'Numbered list',
  checks: 'Check list',
  link: 'Link',
  linkTo: 'Link to',
  linkHint: 'An address on the web, or a mail address.',
  linkWrong: 'This is no address that a link can lead to.',
  linkSet: 'Set the link',
  linkOpen: 'Open',
  linkChange: 'Change',
  linkRemove: 'Remove the link',
  image: {
    name: 'Image',
    add: 'Image',
    tools: 'The image',
    small: 'Small',
    medium: 'Medium',
    full: 'Full',
    alt: 'Describe it for those who do not see it',
    remove: 'Remove the image',
  },
  draft: {
    title: 'Kept for you',
    text: 'This could not be put into the document where you wrote it. Nothing of it is lost.',
    put: 'Put at the end',
    copy: 'Copy',
    copied: 'Copied.',
    dismiss: 'Forget it',
    forgotten: 'The kept text is gone.',
  },
  trust: {
    label: 'What has become of what is written',
    stored: (n: number) => plural(n, { one: '# change is stored', other: '# changes are stored' }),
    waits: (n: number) =>
      n === 0
        ? 'nothing waits on this device'
        : plural(n, { one: '# change waits on this device', other: '# changes wait on this device' }),
    compare: 'Compare with the server',
    comparing: 'Comparing…',
    same: (rev: string, sum: string) =>
      `This copy is the same as what the server has stored (change ${rev}, checksum ${sum}).`,
    other:
      'This copy was not what the server has stored. It was fetched anew; what you wrote and was not stored is kept.',
    failed: 'The server does not answer: nothing could be compared.',
  },
  restored: 'The earlier version is back.',
  writing: (n: number) =>
    plural(n, { one: '# other is in this document', other: '# others are in this document' }),
};

export const words = catalogue('doc', en);
