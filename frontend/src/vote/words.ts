import { en as voting } from '../activities/poll/en';
import type { Language } from '../lib/i18n/language.svelte';
import { speech } from '../lib/i18n/speech';
import { en } from './en';

// Chosen once: the language of the page does not change while it is open. A new language is a compile
// error here until it has both catalogues.
const all: Record<Language, { page: typeof en; voting: typeof voting }> = { en: { page: en, voting } };

/** The language of this page. */
export const language: Language = 'en';

/** The words of this page. */
export const say = all[language].page;

/** The words of voting. */
export const words = all[language].voting;

export const spoken = speech(language);
