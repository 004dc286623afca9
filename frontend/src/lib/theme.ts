/** Light, dark, or as the device is set. */
export type Theme = 'light' | 'dark' | 'auto';

export const themes: readonly Theme[] = ['auto', 'light', 'dark'];

const kept = 'plenum.theme'; // index.html reads it before the first paint

/** The theme chosen on this device; auto where nothing, or nonsense, is kept. */
export function theme(): Theme {
  try {
    const found = localStorage.getItem(kept);
    return themes.find((t) => t === found) ?? 'auto';
  } catch {
    return 'auto';
  }
}

/** Shows a theme at once, and remembers it on this device where that is possible. */
export function setTheme(next: Theme): void {
  document.documentElement.dataset['theme'] = next;
  try {
    localStorage.setItem(kept, next);
  } catch {
    // Private windows may refuse storage: the theme then lasts as long as the page.
  }
}
