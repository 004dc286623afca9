// Writes .br and .gz beside every built file over 1 KB, so that the server never compresses anything.
// index.html is left out: it gets a fresh nonce in every answer.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = new URL('../dist/web/', import.meta.url).pathname;
const kinds = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest', '.txt', '.wasm']);
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const files = (await readdir(root, { recursive: true, withFileTypes: true }))
  .filter((f) => f.isFile() && kinds.has(extname(f.name)) && f.name !== 'index.html')
  .map((f) => join(f.parentPath ?? f.path, f.name))
  .filter((path) => !path.includes('/.vite/'));

let count = 0;
for (const path of files) {
  const raw = await readFile(path);
  if (raw.length <= 1024) continue;
  await writeFile(`${path}.br`, await brotli(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  await writeFile(`${path}.gz`, await zip(raw, { level: 9 }));
  count++;
}
console.log(`compressed ${count} files`);
