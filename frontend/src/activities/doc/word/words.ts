import { catalogue, speech } from '../../../lib/i18n';

const { list, number, plural } = speech('en');

/** The words of Word files that come in, in English. */
export const en = {
  reading: (name: string) => `Reading ${name}`,
  stop: 'Stop',
  steps: {
    text: 'Reading the text…',
    pictures: (n: number, all: number) => `Pictures: ${number(n)} of ${number(all)}`,
    comments: (n: number) => plural(n, { one: '# comment', other: '# comments' }),
  },
  /** Why a file is not taken. */
  why: {
    empty: 'This file is empty.',
    large: 'This Word file is larger than 20 MB.',
    locked: 'This Word file is locked with a password. Save it without one, and try again.',
    old: 'This file is of an old kind (.doc). Save it as .docx in Word, and try again.',
    other: 'This is not a Word file.',
    broken: 'This Word file is damaged or incomplete.',
    bomb: 'Unpacked, this Word file would be larger than 100 MB.',
    names: 'Parts of this Word file have names that lead out of it. It was not opened.',
    trap: 'This Word file declares things that no Word file has. It was not opened.',
    tangled: 'This Word file is too long or too tangled to be read.',
    stopped: 'Stopped. Nothing was taken from the file.',
  },
  /** What of a file is not in the document. */
  left: {
    all: (parts: string[]) => `Not taken along from the Word file: ${list(parts)}.`,
    comments: (n: number) => plural(n, { one: '# comment', other: '# comments' }),
    pictures: (n: number) => plural(n, { one: '# picture', other: '# pictures' }),
    formulas: (n: number) => plural(n, { one: '# formula', other: '# formulas' }),
    others: (n: number) =>
      plural(n, { one: '# chart or embedded file', other: '# charts or embedded files' }),
    margins: 'headers and footers',
    changes: (n: number) =>
      plural(n, {
        one: 'One tracked change is in the text as if it were accepted.',
        other: '# tracked changes are in the text as if they were accepted.',
      }),
  },
};

export const words = catalogue('word', en);
