import { defineConfig } from 'vite';

// The part of the phone's page that comes later: one file, whose name the page gets when it is built after it.
export default defineConfig({
  build: {
    outDir: 'dist/web',
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    target: 'es2022',
    // light-dark() stays as it is: translated, a dark part of a light page would not be possible.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      input: 'src/vote/special.ts',
      output: { entryFileNames: 'assets/special-[hash:7].js' },
    },
  },
});
