// The sources of a next version whose files all have other names, as after a change of the front end.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const leave = new Set(['node_modules', '.git', 'bin', 'data', 'src', 'tests']);

/** @returns {Promise<string>} a folder to build in; it is removed with the test */
export async function nextSources(t) {
  const to = await mkdtemp(join(tmpdir(), 'plenum-next-'));
  t.after(() => rm(to, { recursive: true, force: true }));
  await cp(root, to, { recursive: true, filter: (path) => !leave.has(basename(path)) });
  await rename(join(to, 'frontend/dist/web'));
  return to;
}

/** Gives every asset another name, in its place and wherever it is named. */
async function rename(web) {
  const all = await readdir(web, { recursive: true, withFileTypes: true });
  const files = all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // The compressed forms would be the old ones.
  const packed = files.filter((path) => /\.(br|gz)$/.test(path));
  await Promise.all(packed.map((path) => rm(path)));
  const names = files.filter((path) => /\/assets\/[^/]+\.(js|css)$/.test(path)).map((path) => basename(path));
  const other = (name) => name.replace(/\.(js|css)$/, 'x.$1');
  const pattern = new RegExp(names.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
  for (const path of files.filter((path) => /\.(js|css|html|json)$/.test(path))) {
    const text = await readFile(path, 'utf8');
    const name = basename(path);
    // The worker knows its version by a hash of the names.
    const changed = text.replace(pattern, other).replace(/(version:`)([0-9a-f]{12})/, '$1next$2');
    if (names.includes(name)) await rm(path);
    await writeFile(names.includes(name) ? path.replace(name, other(name)) : path, changed);
  }
}
