import { readdirSync } from 'node:fs';

/** The address of a part of the phone's page that comes later, as it was built. In development there is none. */
export function laterFile(part, assets = new URL('../dist/web/assets/', import.meta.url)) {
  const found = readdirSync(assets).filter((name) => name.startsWith(`${part}-`) && name.endsWith('.js'));
  if (found.length !== 1)
    throw new Error(`one file ${part}-*.js expected, found: ${found.join(', ') || 'none'}`);
  return `/assets/${found[0]}`;
}
