import { catalogue } from '../../../lib/i18n';

/** The words of code in documents, in English. */
export const en = {
  language: 'Language of this code',
  none: 'No language',
};

export const words = catalogue('code', en);
