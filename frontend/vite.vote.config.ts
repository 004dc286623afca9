import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { oneFile } from './scripts/one-file.mjs';
import { laterFile } from './scripts/later-file.mjs';

// The phone's voting page: a single file, one request. No nonce: it is compressed and cached as built,
// and the server allows its script and style by their hashes.
export default defineConfig({
  plugins: [svelte(), oneFile('vote.html')],
  // The forms that most polls do not have are a file of their own, built before and loaded when one is asked.
  define: {
    __LATER__: JSON.stringify({
      special: laterFile('special'),
      grid: laterFile('grid'),
      gate: laterFile('gate'),
      place: laterFile('place'),
    }),
  },
  build: {
    outDir: 'dist/web',
    emptyOutDir: false,
    copyPublicDir: false,
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    target: 'es2022',
    // light-dark() stays as it is: translated, a dark part of a light page would not be possible.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: { input: 'vote.html' },
  },
});
