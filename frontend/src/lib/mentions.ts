/** A member whom a text calls: "@" and the name stand in it. */
export interface Mention {
  id: string;
  name: string;
}

/** As many mentions as a message may have. */
const MOST = 20;
/** So many names are offered. */
const OFFERED = 8;

/** What is typed of a name behind an @ before the caret; null if none is. */
export function typedName(text: string, caret: number): string | null {
  const match = /(?:^|[\s(])@([^@\n]{0,40})$/u.exec(text.slice(Math.max(0, caret - 60), caret));
  return match ? (match[1] ?? '') : null;
}

/** The people whose name goes on as it was typed; hosts may also call everyone here. */
export function candidates(typed: string, people: readonly Mention[], host: boolean): Mention[] {
  const plain = fold(typed);
  const all = [...people, ...(host ? [{ id: '', name: 'here' }] : [])];
  return all
    .filter(({ name }) =>
      fold(name)
        .split(' ')
        .some((_, i, parts) => parts.slice(i).join(' ').startsWith(plain)),
    )
    .sort((a, b) => Number(fold(b.name).startsWith(plain)) - Number(fold(a.name).startsWith(plain)))
    .slice(0, OFFERED);
}

/**
 * Who is mentioned in a text: those picked from the list, and others whose name was typed in full. A name
 * that is the beginning of a longer one that stands there does not count.
 */
export function mentionsIn(text: string, picked: readonly Mention[], people: readonly Mention[]): Mention[] {
  const found: Mention[] = [];
  let rest = text;
  const byLength = [...picked, ...people].sort(
    (a, b) => b.name.length - a.name.length || Number(picked.includes(b)) - Number(picked.includes(a)),
  );
  for (const { id, name } of byLength) {
    if (id === '' || found.length === MOST || found.some((one) => one.id === id)) continue;
    if (found.some((one) => one.name === name) && !picked.some((one) => one.id === id)) continue;
    const bound = new RegExp(`@${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'gu');
    if (!bound.test(rest) && !found.some((one) => one.name === name)) continue;
    found.push({ id, name });
    rest = rest.replace(bound, '');
  }
  return found;
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
