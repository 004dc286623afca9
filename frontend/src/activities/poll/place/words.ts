import { catalogue } from '../../../lib/i18n/language.svelte';
import { en } from './en';

/** The words of axes, pins and pictures, in the language on the screen. */
export const words = catalogue('place', en);
