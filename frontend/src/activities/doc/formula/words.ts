import { catalogue } from '../../../lib/i18n';

/** The words of formulas in documents, in English. */
export const en = {
  name: 'Formula',
  writing: 'Write a formula',
  tex: 'Formula in TeX',
  put: 'Put in',
  done: 'Done',
  dollar: 'A $ in a formula is written \\$.',
};

export const words = catalogue('formula', en);
