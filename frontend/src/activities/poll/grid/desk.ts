import { catalogue, speech } from '../../../lib/i18n';

const { plural, number } = speech('en');

/** The words of those who write dates and grids. */
export const en = {
  days: 'Days',
  daysHint: 'Tap the days. Without a time a day is meant as a whole.',
  monthBefore: 'Month before',
  monthAfter: 'Next month',
  zone: 'Time zone of the times',
  zoneHint: 'Everyone reads the times in their own time zone.',
  addTime: 'Add a time',
  addTimeTo: (day: string) => `Add a time on ${day}`,
  from: (day: string) => `From, on ${day}`,
  to: (day: string) => `To, on ${day}`,
  whole: 'whole day',
  nextDay: 'the day after',
  removeTime: (what: string) => `Remove ${what}`,
  removeDay: (day: string) => `Remove ${day}`,
  copy: 'Same times on all days',
  copyOf: (day: string) => `Same times on all days: those of ${day}`,
  chosen: (n: number) => plural(n, { one: '# day or time', other: '# days and times' }),
  none: 'No days yet.',
  missing: 'Choose at least one day.',
  tooMany: `At most ${number(40)} days and times can be asked about.`,
  twice: 'The same time is there twice.',
  badTime: 'A time needs a beginning and an end.',
  badZone: 'This time zone is not known.',
  rows: 'Rows',
  columns: 'Columns',
  scale: 'A scale of numbers',
  own: 'Columns of my own',
  answeredBy: 'What is chosen in a row',
  several: 'Several can be chosen in a row',
  required: 'Every row has to be answered',
  badRows: `A grid has 1 to ${number(20)} rows.`,
  badColumns: `A grid has 2 to ${number(11)} columns.`,
  people: 'Who answered what',
  name: 'Name',
  guest: (n: number) => `Guest ${number(n)}`,
  unknown: '(no name)',
  nobody: 'Nobody has answered yet.',
  left: (n: number) => plural(n, { one: '# more in the download', other: '# more in the download' }),
  again: 'Try again',
};

export const words = catalogue('gridDesk', en);
