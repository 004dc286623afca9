import { catalogue, speech } from '../../../lib/i18n';

const { plural, number, list } = speech('en');

/** The words of bringing questions from a file. */
export const en = {
  fromFile: 'Questions from a file',
  fromFileHint: 'CSV, Excel, Kahoot, Moodle GIFT, Aiken',
  what: 'Choose a table (CSV or Excel), Kahoot’s quiz template, or a file in Moodle’s GIFT or Aiken. You see what is in it before anything is added.',
  choose: 'File with questions',
  example: 'Download an example (CSV)',
  reading: 'Reading the file…',
  found: (n: number) => plural(n, { one: '# question can be added', other: '# questions can be added' }),
  none: 'No question of this file can be added.',
  faults: (n: number) => plural(n, { one: '# place could not be read', other: '# places could not be read' }),
  line: (n: number) => `Line ${number(n)}:`,
  options: (n: number) => plural(n, { one: '# option', other: '# options' }),
  right: (names: string[]) => `right: ${list(names)}`,
  seconds: (n: number) => `${number(n)} s`,
  add: (n: number) => plural(n, { one: 'Add # question', other: 'Add # questions' }),
  cancel: 'Cancel',
};

export const words = catalogue('intake', en);
