import { catalogue } from '../../lib/i18n';

// Apart from the other words, which are loaded with the panel: this is what every page carries.
export const en = {
  label: 'Poll',
  hint: 'Ask, vote, and see the results at once.',
};

/** What the kind is called in the menu of kinds. */
export const name = catalogue('poll', en);
