import { en } from './en';
import { catalogue } from './language.svelte';

export { languages, type Language } from './choice';
export { catalogue, choose, format, language, speak, speakAsChosen, told } from './language.svelte';
export { speech, type Forms, type Speech } from './speech';

/** The words of the shell, in the language on the screen: {say().home.join}. */
export const say = catalogue('shell', en);
