import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';

// Places inside the app have a path of their own (/leads/…), from which a relative link to a script would lead astray. The builder sets
// the base to './' whatever the configuration says, so it is set again after it.
const absoluteBase = { name: 'ivy:absolute-base', config: () => ({ base: '/' }) };

// One entry per door, one for the core thread, one for the engine threads and one for their helpers. All are plain ES modules that run
// unchanged on Node (host, command line) and inside Electron.
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { exclude: ['zod'] },
      sourcemap: true,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          host: 'src/main/host.ts',
          cli: 'src/main/cli.ts',
          core: 'src/main/core.ts',
          worker: 'src/main/worker.ts',
          engineThread: 'src/main/engineThread.ts',
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload script must be a single CommonJS file.
      rollupOptions: { input: { index: 'src/preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), tailwindcss(), absoluteBase],
    build: {
      outDir: 'out/renderer',
      sourcemap: false,
      // The builder leaves it unminified, because an app loads its files from the disk; a browser's first paint waits for them.
      minify: true,
      rollupOptions: {
        input: { index: 'src/renderer/index.html', bridge: 'src/preload/http.ts' },
        output: {
          entryFileNames: (chunk) => (chunk.name === 'bridge' ? 'bridge.js' : 'assets/[name]-[hash].js'),
          // In one chunk, which runs before those that make schemas.
          manualChunks: (id) => (id.includes('/node_modules/zod/') || id.endsWith('/schemasWithoutEval.tsx') ? 'schemas' : undefined),
        },
      },
    },
  },
});
