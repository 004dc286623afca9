/** How far a document was read on this device, and when. */
export interface Seen {
  rev: number;
  at: number;
}

const key = 'plenum.read';
const most = 300;

/** How far a document was read here; null if never, or if nothing is kept. */
export function lastSeen(document: string): Seen | null {
  return all().find(([name]) => name === document)?.[1] ?? null;
}

/** The person has seen a document through a revision. */
export function rememberSeen(document: string, seen: Seen): void {
  const others = all().filter(([name]) => name !== document);
  try {
    localStorage.setItem(key, JSON.stringify([[document, seen], ...others].slice(0, most)));
  } catch {
    // A convenience only: without storage nothing is marked as new.
  }
}

type Entry = [string, Seen];

function all(): Entry[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter(isEntry) : [];
  } catch {
    return []; // no storage, or something else wrote there
  }
}

function isEntry(value: unknown): value is Entry {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  const { rev, at } = (value[1] ?? {}) as Record<string, unknown>;
  return typeof rev === 'number' && typeof at === 'number';
}
