import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// In development as on the server: a join code as the path is the phone's voting page.
const voteInDev: Plugin = {
  name: 'vote-in-dev',
  configureServer: ({ middlewares }) =>
    void middlewares.use((request, _, next) => {
      if (/^\/[2-9a-z]{6}\/?$/i.test(request.url ?? '')) request.url = '/vote.html';
      next();
    }),
};

// Fonts of formulas in the one form that every browser we build for reads.
const oneForm: Plugin = {
  name: 'one-form-of-fonts',
  enforce: 'pre',
  transform: (code, id) =>
    /katex[^/]*\.css/.test(id)
      ? { code: code.replace(/,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\([^)]+\)/g, ''), map: null }
      : undefined,
};

// What every room needs at once: in one file, not in a dozen of a few hundred bytes.
const inRooms =
  /ui\/(Chip|Dialog|Drawer|Faces|StateLine|Switch|Tabs)\.svelte|icons\/(ellipsis|eye-off|message-circle|pause|plus|search|shield-check|trash)\.svelte/;

// The app: one page, with everything that is not the start page loaded when it is needed.
// The server puts a fresh nonce in place of __CSP_NONCE__ in every answer.
export default defineConfig({
  plugins: [svelte(), voteInDev, oneForm],
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false }, // every browser we build for has it
    // The shell names every file: without words in their names it weighs less.
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/[hash:7].js',
        chunkFileNames: 'assets/[hash:7].js',
        assetFileNames: 'assets/[hash:7][extname]',
        codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: 'room', test: inRooms }] },
      },
    },
    target: 'es2022',
    // light-dark() stays as it is: translated, a dark part of a light page would not be possible.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { port: 5173, proxy: { '/api': { target: 'http://127.0.0.1:8080', ws: true } } },
  test: {
    environment: 'happy-dom',
    environmentOptions: {
      happyDOM: {
        url: 'http://127.0.0.1:3000/',
        // It follows a link before the document's listeners could prevent that; browsers do not.
        settings: { navigation: { disableMainFrameNavigation: true, disableFallbackToSetURL: true } },
      },
    },
    include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts'],
  },
  // Vitest would else take Svelte's server build, in which nothing mounts.
  ...(process.env['VITEST'] ? { resolve: { conditions: ['browser'] } } : {}),
});
