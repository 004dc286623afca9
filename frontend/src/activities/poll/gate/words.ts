import { catalogue } from '../../../lib/i18n/language.svelte';
import { en } from './en';

/** The words of what lies before a vote, in the language on the screen. */
export const words = catalogue('gate', en);
