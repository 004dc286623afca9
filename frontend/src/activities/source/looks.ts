/** What of a source is on the screen. */
export type Look = 'write' | 'both' | 'read';

const KEY = 'plenum.source';

/** What the person looked at last on this device. */
export function lastLook(): Look {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'write' || kept === 'read' ? kept : 'both';
  } catch {
    return 'both'; // no storage
  }
}

export function rememberLook(look: Look): void {
  try {
    localStorage.setItem(KEY, look);
  } catch {
    // A convenience only.
  }
}
