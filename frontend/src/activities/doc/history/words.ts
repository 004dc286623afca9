import { catalogue, speech } from '../../../lib/i18n';

const { plural, time, day, list, number } = speech('en');

/** The words of a document's history, in English. */
export const en = {
  title: 'History',
  open: 'History',
  close: 'Back to the document',
  list: 'Versions and changes',
  empty: 'Nothing has been written here yet. What people write will be listed here, and can be brought back.',
  beginning: 'The beginning',
  play: 'Play from here',
  pause: 'Pause',
  speed: 'Speed',
  times: (n: number) => `${number(n)}×`,
  line: 'Time line',
  at: (at: number, who: readonly string[]) =>
    `${day(at)}, ${time(at)}${who.length > 0 ? `, ${list(who)}` : ''}`,
  day: (at: number) => day(at),
  time: (start: number, end: number) =>
    time(start) === time(end) ? time(end) : `${time(start)} – ${time(end)}`,
  somebody: 'Somebody',
  who: (names: readonly string[], others: boolean) => list(others ? [...names, 'others'] : names),
  amount: (added: number, removed: number) => `+${number(added)} −${number(removed)}`,
  amountSaid: (added: number, removed: number) =>
    `${plural(added, { one: '# character added', other: '# characters added' })}, ${number(removed)} removed`,
  restored: (what: string) => `Brought back ${what}`,
  named: (name: string) => `“${name}”`,
  earlier: 'an earlier version',
  detail: 'More detail',
  fresh: 'New since you were here',
  authors: 'Who wrote this',
  authorsOff: 'Hide who wrote this',
  wrote: (name: string) => `${name}: `,
  writtenBy: (names: readonly string[]) => `Written by ${list(names)}`,
  legend: 'Who wrote what',
  compare: 'Compare with now',
  compareWith: 'Compare with the shown version',
  comparing: 'Comparison',
  inline: 'In one text',
  beside: 'Side by side',
  endCompare: 'End the comparison',
  alike: 'Both versions are the same.',
  added: 'Added',
  removed: 'Removed',
  restore: 'Restore this version',
  name: 'Name this version',
  nameLabel: 'Name of the version',
  save: 'Save',
  cancel: 'Cancel',
  rename: 'Rename',
  unname: 'Remove the name',
  unnamed: 'The name is gone. The version stays in the history.',
  choices: (name: string) => `What to do with ${name}`,
  page: 'Text of this version',
  near: 'The single changes of that time were put together. This is the last version before it that is kept.',
  keeping: (days: number) =>
    days < 0
      ? 'Every single change is kept.'
      : `Every single change is kept for ${plural(days, { one: '# day', other: '# days' })}. After that, what was written without a pause is one step.`,
  since: {
    said: (at: string) => `This has changed since you were here ${at}.`,
    show: 'Show the changes',
    dismiss: 'Dismiss',
  },
};

export const words = catalogue('past', en);
