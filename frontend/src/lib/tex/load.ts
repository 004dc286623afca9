type Show = typeof import('./show').show;

let show: Show | null = null;
let coming: Promise<Show | null> | null = null;

/** What shows formulas, if it is there; see show.ts. */
export function showNow(): Show | null {
  return show;
}

/** What shows formulas; null if it cannot be loaded now: without the network their TeX stays. */
export function showing(): Promise<Show | null> {
  coming ??= import('./show').then(
    (module) => (show = module.show),
    () => (coming = null),
  );
  return coming;
}
