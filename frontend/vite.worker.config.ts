import { defineConfig } from 'vite';
import { kept } from './scripts/kept.mjs';

// The service worker, one script at the root, which is what it may serve. It comes after the pages, whose
// files it keeps: with other files it is another worker.
export default defineConfig({
  define: { BUILT: JSON.stringify(kept()) },
  build: {
    outDir: 'dist/web',
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'es2022',
    rolldownOptions: {
      input: 'src/worker/sw.ts',
      output: { entryFileNames: 'sw.js', format: 'iife' },
    },
  },
});
