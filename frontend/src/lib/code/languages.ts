import list from '../../../../collab/markup/languages.json';

/** The languages of code that are known by more than their name: the server has the same list. */
export interface Named {
  name: string;
  /** What people call it. */
  title: string;
  /** How the name of a file ends. */
  end: string;
  also: readonly string[];
}

export const LANGUAGES: readonly Named[] = list;

const known = new Map(
  LANGUAGES.flatMap((one) => [one.name, ...one.also].map((name): [string, Named] => [name, one])),
);

/** The language that is called so; null if it is none of these. */
export function languageOf(called: string): Named | null {
  return known.get(called.trim().toLowerCase()) ?? null;
}

/** What a language is called on the screen. */
export function titleOf(called: string): string {
  return languageOf(called)?.title ?? called;
}

/** The language of a file by its name; null if that says none. */
export function languageOfFile(file: string): Named | null {
  const name = file.toLowerCase();
  const end = /\.([^.]+)$/.exec(name)?.[1] ?? '';
  return LANGUAGES.find((one) => name === one.name || one.end === `.${end}`) ?? known.get(end) ?? null;
}
