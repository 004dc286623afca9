// Holds the build to size-budget.json, in brotli bytes. "file" is one file as it is, with a * for its hash; "entry" is a source
// module with everything that it loads at once; "without" takes off what another entry has loaded before.
// A budget for something that is not in the build is an error, not a pass.
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';

const here = new URL('..', import.meta.url);
const web = new URL('dist/web/', here);
const budget = JSON.parse(readFileSync(new URL('size-budget.json', here), 'utf8'));
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', web), 'utf8'));

const weights = new Map();
function weigh(file) {
  if (!weights.has(file)) weights.set(file, brotliCompressSync(readFileSync(new URL(file, web))).length);
  return weights.get(file);
}

// The one file of a name, which may have a * in it.
function named(pattern) {
  if (!pattern.includes('*')) return pattern;
  const [before, after] = pattern.split('*');
  const found = readdirSync(new URL('assets/', web))
    .map((name) => `assets/${name}`)
    .filter((name) => name.startsWith(before) && name.endsWith(after));
  if (found.length !== 1) throw new Error(`size-budget.json names ${pattern}: there are ${found.length}`);
  return found[0];
}

// All files that the browser loads for a module, without waiting for anything dynamic.
function closure(entry, files = new Set(), seen = new Set()) {
  const chunk = manifest[entry];
  if (!chunk) throw new Error(`size-budget.json names ${entry}, which is not in the build`);
  if (seen.has(entry)) return files;
  seen.add(entry);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) closure(next, files, seen);
  return files;
}

let over = 0;
for (const [name, b] of Object.entries(budget)) {
  const files = b.file ? new Set([named(b.file)]) : closure(b.entry);
  if (b.without) for (const file of closure(b.without)) files.delete(file);
  const bytes = [...files].reduce((sum, file) => sum + weigh(file), 0);
  const fits = bytes <= b.most;
  if (!fits) over++;
  const row = [
    name.padEnd(10),
    String(bytes).padStart(8),
    'of',
    String(b.most).padStart(7),
    `in ${files.size}`,
  ];
  console.log(row.join(' '), fits ? '' : ' TOO BIG');
}
if (over > 0) {
  console.error(`${over} of the budgets in size-budget.json are exceeded.`);
  process.exit(1);
}
