import { readdirSync } from 'node:fs';

/** The address of the part of the phone's page that comes later, as it was built. In development there is none. */
export function laterFile(assets = new URL('../dist/web/assets/', import.meta.url)) {
  const found = readdirSync(assets).filter((name) => /^special-.*\.js$/.test(name));
  if (found.length !== 1)
    throw new Error(`one file with the special forms expected, found: ${found.join(', ') || 'none'}`);
  return `/assets/${found[0]}`;
}
