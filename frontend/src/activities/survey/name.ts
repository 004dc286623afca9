import { catalogue } from '../../lib/i18n';

/** How surveys are called in menus; the rest is loaded with them. */
export const en = {
  label: 'Survey',
  hint: 'Many questions, each at their own pace.',
};

export const name = catalogue('survey', en);
