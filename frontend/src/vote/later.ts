import type { Later, Special } from '../activities/poll/voting/later';

/** The address of that part, put here by the build. */
declare const __SPECIAL__: string;

/** The part of the page with the special forms; `need` begins to load it, and goes on until it is here. */
export interface Waiting extends Later {
  special: Special | null;
  failed: boolean;
  need(): void;
}

/** Where the part puts itself when it is here. */
export const here = globalThis as { special?: Special };

/** How the part is loaded, and how long that may take; tests bring their own. */
export const loading = {
  /** The query makes it another file for browsers that remember what could not be loaded. */
  load: (tries: number): Promise<unknown> =>
    import.meta.env.DEV
      ? import('./special')
      : new Promise((done, failed) => {
          const src = `${__SPECIAL__}${tries > 1 ? `?${tries}` : ''}`;
          const script = Object.assign(document.createElement('script'), { type: 'module', src });
          script.onload = done;
          script.onerror = failed;
          document.head.append(script);
        }),
  within: 10_000,
  pause: 2_000,
  longest: 30_000,
};

/** Loads the special forms when they are needed; `changed` is called when there is something else to be seen. */
export function later(changed: () => void): Waiting {
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
    loading.load(mine).then(
      () => {
        clearTimeout(late);
        clearTimeout(pause);
        removeEventListener('online', go);
        Object.assign(part, { special: here.special, failed: false });
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
