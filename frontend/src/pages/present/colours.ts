const kept = 'plenum.projector';

/** The colours of the projector, chosen on this device; dark where nothing is kept. */
export function projectorColours(): 'dark' | 'light' {
  try {
    return localStorage.getItem(kept) === 'light' ? 'light' : 'dark';
  } catch {
    return 'dark'; // the person forbids storage
  }
}

export function keepProjectorColours(colours: 'dark' | 'light'): void {
  try {
    localStorage.setItem(kept, colours);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
