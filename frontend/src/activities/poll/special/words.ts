import { catalogue } from '../../../lib/i18n/language.svelte';
import { en } from './en';

/** The words of the special forms, in the language on the screen. */
export const words = catalogue('special', en);
