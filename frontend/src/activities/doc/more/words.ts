import { catalogue, speech } from '../../../lib/i18n';

const { number, plural } = speech('en');

/** The words of what makes writing easier, in English. */
export const en = {
  more: 'More for this document',
  export: {
    markdown: 'Save as Markdown',
    html: 'Save as a web page',
    word: 'Save as a Word file',
    text: 'Save as plain text',
    hint: 'With headings, lists, links',
    wordHint: 'With comments and suggestions',
    wordMissing: (n: number) =>
      plural(n, {
        one: 'One picture could not be put into the file; what it shows is there in words.',
        other: '# pictures could not be put into the file; what they show is there in words.',
      }),
    wordFailed: 'The Word file could not be made. Try again.',
    textHint: 'Words only',
    print: 'Print or save as PDF',
  },
  find: {
    open: 'Find and replace',
    label: 'Find in the document',
    with: 'Replace with',
    matchCase: 'Match case',
    wholeWord: 'Whole words',
    next: 'Next',
    previous: 'Previous',
    one: 'Replace',
    all: 'Replace all',
    none: 'Not found',
    of: (at: number, all: number) => `${number(at)} of ${number(all)}`,
    replaced: (n: number) => plural(n, { one: '# place replaced.', other: '# places replaced.' }),
  },
  outline: {
    open: 'Outline',
    empty: 'Headings appear here. Begin a line with # to make one.',
    here: 'Writing now',
    to: (name: string) => `Go to where ${name} is`,
    follow: (name: string) => `Follow ${name}`,
    following: (name: string) => `You follow ${name}`,
    stop: 'Stop',
    words: (n: number) => plural(n, { one: '# word', other: '# words' }),
    characters: (n: number) => plural(n, { one: '# character', other: '# characters' }),
    selected: 'Selected',
    untitled: 'Untitled',
  },
  slash: {
    label: 'Make this line',
    none: 'Nothing of that name',
  },
  begin: {
    with: 'Begin with',
    agenda: 'Agenda',
    minutes: 'Minutes',
    retrospective: 'Retrospective',
    brainstorm: 'Brainstorm',
    file: 'A file…',
  },
  files: {
    add: 'From a file',
    addHint: 'Word, Markdown, a web page or plain text becomes a document.',
    kinds: 'Only Word (.docx), Markdown, HTML and text files can become a document.',
    failed: 'The file could not be read.',
    reading: (name: string) => `Reading ${name}…`,
  },
  /** What templates say, as Markdown of a small kind: #, -, 1., [] and text. */
  templates: {
    agenda:
      '# Agenda\nDate: \nPeople: \n## Aim\nWhat we want to have decided by the end: \n## Items\n1. Welcome (5 min)\n1. \n1. \n1. Next steps (5 min)\n## To prepare\n[] ',
    minutes:
      '# Minutes\nDate: \nPresent: \nMinutes by: \n## What we talked about\n- \n## Decided\n- \n## To do\n[] Who, what, until when',
    retrospective:
      '# Retrospective\nWhat was, what we learn, what we change.\n## What went well\n- \n## What did not\n- \n## What puzzles us\n- \n## What we will try\n[] Who, what, until when',
    brainstorm:
      '# Brainstorm\n> Many ideas first, judging later. Build on what others write.\n## The question\n## Ideas\n- \n- \n- \n## The best of them\n1. ',
  },
};

export const words = catalogue('writing', en);
