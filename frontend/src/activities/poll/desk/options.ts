import type { Picture } from '../question';

/** An option as it is written. A new one has no id yet. */
export interface DraftOption {
  key: number;
  id: string;
  text: string;
  /** Of a quiz. */
  right?: boolean;
  picture?: Picture;
}

/** So many options can be asked about. */
export const MOST_OPTIONS = 100;

let last = 0;

export function draftOption(text = '', id = ''): DraftOption {
  return { key: ++last, id, text };
}

/** Two options at least, and an empty one to go on with. */
export function lines(options: readonly DraftOption[], most = MOST_OPTIONS): DraftOption[] {
  const all = [...options];
  while (all.length < 2 || (all.at(-1)?.text && all.length < most)) all.push(draftOption());
  return all;
}
