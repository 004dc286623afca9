import type { Later, Special } from '../activities/poll/voting/later';

/** The addresses of such parts, put here by the build. */
declare const __LATER__: Record<Part, string>;

/** A part of the page: the special forms, those that are answered row by row, what lies before a vote, or places and pictures. */
export type Part = 'special' | 'grid' | 'gate' | 'place';

/** A part of the page that comes when it is needed; `need` begins to load it, and goes on until it is here. */
export interface Waiting extends Later {
  special: Special | null;
  failed: boolean;
  need(): void;
}

/** Where the parts put themselves when they are here. */
export const here = globalThis as { [part in Part]?: Special };

/** How the part is loaded, and how long that may take; tests bring their own. */
export const loading = {
  /** The query makes it another file for browsers that remember what could not be loaded. */
  load: (tries: number, part: Part): Promise<unknown> =>
    import.meta.env.DEV
      ? {
          grid: () => import('./grid'),
          gate: () => import('./gate'),
          place: () => import('./place'),
          special: () => import('./special'),
        }[part]()
      : new Promise((done, failed) => {
          const src = `${__LATER__[part]}${tries > 1 ? `?${tries}` : ''}`;
          const script = Object.assign(document.createElement('script'), { type: 'module', src });
          script.onload = done;
          script.onerror = failed;
          document.head.append(script);
        }),
  within: 10_000,
  pause: 2_000,
  longest: 30_000,
};

/** Loads a part when it is needed; `changed` is called when there is something else to be seen. */
export function later(changed: () => void, which: Part = 'special'): Waiting {
  let tries = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  const part: Waiting = {
    special: null,
    failed: false,
    need: () => tries > 0 || go(),
    again: () => {
      part.failed = false;
      changed();
      go();
    },
  };

  function go(): void {
    clearTimeout(pause);
    removeEventListener('online', go);
    const mine = ++tries;
    const late = setTimeout(fail, loading.within);
    loading.load(mine, which).then(
      () => {
        clearTimeout(late);
        clearTimeout(pause);
        removeEventListener('online', go);
        Object.assign(part, { special: here[which], failed: false });
        changed();
      },
      () => {
        clearTimeout(late);
        fail();
      },
    );

    /** The next try comes by itself, sooner when there is a network again. */
    function fail(): void {
      if (part.special || mine !== tries) return;
      part.failed = true;
      addEventListener('online', go);
      pause = setTimeout(go, Math.min(loading.pause * 2 ** (mine - 1), loading.longest));
      changed();
    }
  }
  return part;
}
