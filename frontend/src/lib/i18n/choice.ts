// Which languages there are, and which of them a person wants. The phone's page has this too.

/** The language all catalogues are checked against, and that is spoken where a browser asks for none of ours. */
export const english = 'en';

/** Each language, by its name for itself. */
export const languages = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languages;

/** Where the choice is remembered. */
export const kept = 'plenum.language';

/** What the person wants: the choice made on this device, then the browser's languages in their order. */
function asked(): readonly string[] {
  try {
    return [localStorage.getItem(kept) ?? '', ...navigator.languages];
  } catch {
    return navigator.languages; // no storage here
  }
}

/** The first language that we speak among those asked for; "zh-Hans-SG" finds "zh-CN" by its first part. */
export function closest(
  wanted: readonly string[] = asked(),
  spoken: readonly string[] = Object.keys(languages),
): Language {
  for (const tag of wanted) {
    const found = spoken.find((t) => t === tag) ?? spoken.find((t) => t.split('-')[0] === tag.split('-')[0]);
    if (found) return found as Language;
  }
  return english;
}
