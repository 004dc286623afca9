// Writes dist/web/licences.txt: what others have written of this program, in the browser and in the server, and under which
// licences. Packages with the same text stand together.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = new URL('..', import.meta.url).pathname;
const byText = new Map();

function add(name, folder, says = '') {
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((file) => file.isFile() && /^(licen[cs]e|copying|notice)/i.test(file.name))
    .map((file) => file.name);
  const text = files
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r', '').trim())
    .join('\n\n');
  if (!text && !says) throw new Error(`${name} in ${folder} says nothing of its licence`);
  const key = text || `Licence: ${says}`;
  byText.set(key, [...(byText.get(key) ?? []), name]);
}

// What is in the pages: everything that is not for development only, and Svelte with what it brings.
const { packages } = JSON.parse(readFileSync(join(here, 'package-lock.json'), 'utf8'));
const ofSvelte = new Set();
function follow(name) {
  const known = packages[`node_modules/${name}`];
  if (!known || ofSvelte.has(name)) return;
  ofSvelte.add(name);
  for (const next of Object.keys(known.dependencies ?? {})) follow(next);
}
follow('svelte');
for (const [path, { version, dev, optional }] of Object.entries(packages)) {
  const name = path.replace(/^.*node_modules\//, '');
  const folder = join(here, path);
  if (!path || (dev && !ofSvelte.has(path.replace('node_modules/', ''))) || (optional && !existsSync(folder)))
    continue;
  const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  add(`${name} ${version}`, folder, typeof license === 'string' ? license : '');
}

// What is in the server.
const listed = execFileSync(
  'go',
  [
    'list',
    '-deps',
    '-f',
    '{{with .Module}}{{if .Version}}{{.Path}} {{.Version}}\t{{.Dir}}{{end}}{{end}}',
    './cmd/plenum',
  ],
  { cwd: join(here, '..'), encoding: 'utf8' },
);
for (const line of new Set(listed.trim().split('\n'))) {
  const [name, folder] = line.split('\t');
  if (folder) add(name, folder);
}
add('Go and its standard library', execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim());

const parts = [...byText].map(([text, names]) => `${names.sort().join('\n')}\n\n${text}\n`);
const rule = `\n${'-'.repeat(80)}\n\n`;
const intro = 'Plenum contains the work of others, under these licences.\n';
writeFileSync(join(here, 'dist/web/licences.txt'), [intro, ...parts.sort()].join(rule));
console.log(`licences of ${[...byText.values()].flat().length} packages`);
