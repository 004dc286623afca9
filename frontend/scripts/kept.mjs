// What the worker of a build keeps, read from the manifest of the pages, which are built before it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const pages = ['src/pages/Home.svelte', 'src/pages/Room.svelte'];
const never = ['src/pages/Kit.svelte'];
// Grammars of languages and what shows formulas are many and large: who has used them has them.
const late = /node_modules\/(@codemirror\/(lang-|legacy-modes)|@lezer\/)|src\/lib\/(code|tex)\//;

/** @returns {import('../src/worker/decide').Built} */
export function kept(web = new URL('../dist/web/', import.meta.url)) {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', web), 'utf8'));

  function files(name, found = new Set(), seen = new Set()) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the build`);
    if (seen.has(name)) return found;
    seen.add(name);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(`/${file}`);
    for (const next of chunk.imports ?? []) files(next, found, seen);
    return found;
  }

  const shell = new Set(['index.html', ...pages].flatMap((name) => [...files(name)]));
  const others = Object.keys(manifest).filter(
    (name) => !name.startsWith('_') && !never.includes(name) && !late.test(name),
  );
  const rest = new Set(others.flatMap((name) => [...files(name)]).filter((file) => !shell.has(file)));
  const all = { entry: `/${manifest['index.html'].file}`, shell: [...shell], rest: [...rest] };
  const version = createHash('sha256').update(JSON.stringify(all)).digest('hex').slice(0, 12);
  return { version, ...all };
}
