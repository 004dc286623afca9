import { en } from './en';
import { catalogue } from './language.svelte';

export { catalogue, format, language, languages, speak, type Language } from './language.svelte';
export { speech, type Forms, type Speech } from './speech';

/** What another language has to have: the same entries, with the same parameters. */
export type Catalogue = typeof en;

/** The words of the shell, in the language on the screen: {say().home.join}. */
export const say = catalogue(en, {});
