import { catalogue } from '../../lib/i18n/language.svelte';
import { en } from './en';

/** The words of voting, in the language on the screen. */
export const words = catalogue('voting', en);
