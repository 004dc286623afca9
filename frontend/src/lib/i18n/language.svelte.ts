import { speech, type Speech } from './speech';

// English first: it is the language every catalogue is checked against, and the one that is spoken
// where a browser asks for a language we do not have. A new language is a tag here; then every
// catalogue() without a file for it fails to compile.
const tags = ['en'] as const;
export type Language = (typeof tags)[number];

const kept = 'plenum.language';

class Speaking {
  tag = $state<Language>(chosen());
  readonly speech: Speech = $derived(speech(this.tag));
}

const speaking = new Speaking();

/** The languages there are, each with its own name for itself. */
export function languages(): { tag: Language; name: string }[] {
  return tags.map((tag) => ({
    tag,
    name: new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag,
  }));
}

/** The language on the screen. */
export function language(): Language {
  return speaking.tag;
}

/** Changes the language of everything on the screen, and remembers it on this device. */
export function speak(tag: Language): void {
  speaking.tag = tag;
  document.documentElement.lang = tag;
  try {
    localStorage.setItem(kept, tag);
  } catch {
    // Private windows may refuse storage: the choice then lasts as long as the page.
  }
}

/** Numbers, dates and lists in the language on the screen. */
export function format(): Speech {
  return speaking.speech;
}

/**
 * Words in all languages, as a function that gives those of the language on the screen. An entry is a
 * sentence, or a function of what the sentence is about; every language has the same entries with the
 * same parameters, or it does not compile.
 */
export function catalogue<Words>(
  en: Words,
  others: Record<Exclude<Language, 'en'>, NoInfer<Words>>,
): () => Words {
  const all = { en, ...others } as Record<Language, Words>;
  return () => all[speaking.tag];
}

function chosen(): Language {
  let asked: readonly string[] = navigator.languages;
  try {
    asked = [localStorage.getItem(kept) ?? '', ...asked];
  } catch {
    // No storage: the browser's languages decide.
  }
  return closest(asked);
}

/** The first language that we speak among those asked for; "zh-Hans-SG" finds "zh-CN" by its first part. */
export function closest(asked: readonly string[], spoken: readonly Language[] = tags): Language {
  for (const tag of asked) {
    const exact = spoken.find((t) => t === tag);
    const same = spoken.find((t) => t.split('-')[0] === tag.split('-')[0]);
    if (exact ?? same) return (exact ?? same) as Language;
  }
  return 'en';
}
