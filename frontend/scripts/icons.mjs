// Draws the icons of the installed app from public/icon.svg. Run by hand when that changes:
// node scripts/icons.mjs
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { browser } from '../tests/e2e/harness.mjs';

const folder = new URL('../public/', import.meta.url);
const ground = '#3b46d8';
// How much of the picture the mark takes: a mask may cut off everything outside of the middle 80 %.
const icons = [
  { file: 'icon-192.png', size: 192, mark: 0.62, round: 0.22 },
  { file: 'icon-512.png', size: 512, mark: 0.62, round: 0.22 },
  { file: 'icon-maskable-512.png', size: 512, mark: 0.5, round: 0 },
  { file: 'icon-180.png', size: 180, mark: 0.6, round: 0 },
];

test('draw', async (t) => {
  const svg = await readFile(new URL('icon.svg', folder), 'utf8');
  const mark = svg.replace(/<style>[^]*<\/style>/, '<style>g { color: #fff }</style>');
  const { open } = await browser(t);
  const page = await open();
  for (const { file, size, mark: share, round } of icons) {
    await page.setViewportSize({ width: size, height: size });
    await page.setContent(`<style>
      body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${ground}; border-radius: ${round * size}px }
      html { background: transparent }
      svg { width: ${share * 100}vw }
    </style>${mark}`);
    const path = new URL(file, folder).pathname;
    await page.screenshot({ path, omitBackground: true });
  }
});
