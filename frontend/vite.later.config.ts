import { defineConfig } from 'vite';

// A part of the phone's page that comes later, by the mode "special", "grid", "gate" or "place": one file each, whose name the
// page gets when it is built after them.
export default defineConfig(({ mode }) => ({
  build: {
    outDir: 'dist/web',
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    target: 'es2022',
    // light-dark() stays as it is: translated, a dark part of a light page would not be possible.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    rolldownOptions: {
      input: `src/vote/${mode}.ts`,
      output: { entryFileNames: `assets/${mode}-[hash:7].js` },
    },
  },
}));
