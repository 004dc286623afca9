import { closest, english, kept, type Language } from './choice';
import { speech, type Speech } from './speech';

/** All words of a language other than English; src/languages has a file of them for each. */
type All = typeof import('../../languages/zh-CN').zh;
type Catalogues = Omit<All, 'told'>;

// English comes with the code that says it. Another language is one file with everything, loaded before
// the page is shown or when it is chosen: nothing is ever shown in two languages.
const files: Record<Exclude<Language, 'en'>, () => Promise<All>> = {
  'zh-CN': () => import('../../languages/zh-CN').then((file) => file.zh),
};

interface Spoken {
  tag: Language;
  words: All | null;
  speech: Speech;
}

let spoken = $state.raw<Spoken>({ tag: english, words: null, speech: speech(english) });
let wanted: Language = english;

/** The language on the screen. */
export function language(): Language {
  return spoken.tag;
}

/** Numbers, dates and lists in the language on the screen. */
export function format(): Speech {
  return spoken.speech;
}

/** Speaks a language as soon as its words are here; rejected, and nothing changed, if they cannot be loaded. */
export async function speak(tag: Language): Promise<void> {
  wanted = tag;
  const words = tag === english ? null : await files[tag]();
  if (wanted !== tag) return; // another one was chosen meanwhile
  spoken = { tag, words, speech: speech(tag) };
  document.documentElement.lang = tag;
}

/** Speaks a language, and remembers it on this device. */
export async function choose(tag: Language): Promise<void> {
  await speak(tag);
  try {
    localStorage.setItem(kept, tag);
  } catch {
    // Private windows may refuse storage: the choice then lasts as long as the page.
  }
}

/** Speaks what the person chose, here or in another tab; else what the browser asks for. */
export async function speakAsChosen(): Promise<void> {
  // Without its words the page is still better in English than not at all.
  await speak(closest()).catch(() => speak(english));
}

/**
 * Words in all languages, as a function that gives those of the language on the screen. An entry is a
 * sentence, or a function of what the sentence is about. The English ones are given here; the others are
 * found by the name, with the same entries and parameters, or it does not compile.
 */
export function catalogue<Name extends keyof Catalogues>(
  name: Name,
  en: Catalogues[Name],
): () => Catalogues[Name] {
  return () => spoken.words?.[name] ?? en;
}

/** Why something was refused. It comes with an English sentence; other languages know it by its code. */
export function told(refusal: { because: string; say: string; after?: number }): string {
  return spoken.words?.told(refusal) ?? refusal.say;
}
