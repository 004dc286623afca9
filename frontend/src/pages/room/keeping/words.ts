import { catalogue, speech } from '../../../lib/i18n';

const { plural } = speech('en');

/** The words of how long single changes are kept, in English. */
export const en = {
  title: 'Keep every single change of documents',
  hint: 'After that, what was written without a pause becomes one step of the history, for good. The text, named versions and who wrote what stay.',
  days: (days: number) => (days < 0 ? 'For ever' : plural(days, { one: '# day', other: '# days' })),
};

export const words = catalogue('keeping', en);
