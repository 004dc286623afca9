import { catalogue } from '../../../lib/i18n/language.svelte';
import { en } from './en';

/** The words of dates and grids, in the language on the screen. */
export const words = catalogue('grid', en);
