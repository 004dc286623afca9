import { catalogue } from '../../lib/i18n';

/** How questions are called in menus and on a phone's bottom bar; the rest is loaded with them. */
export const en = {
  label: 'Questions',
  hint: 'Everyone asks and votes; hosts answer.',
};

export const name = catalogue('qa', en);
