import { catalogue } from '../../lib/i18n';

// Apart from the other words, which are loaded with the panel: this is what every page carries.
export const en = {
  label: 'Chat',
  hint: 'Talk beside everything else.',
};

/** What the kind is called in the menu of kinds. */
export const name = catalogue('chat', en);
