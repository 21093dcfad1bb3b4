import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

const external = [
  'electron',
  'better-sqlite3-multiple-ciphers',
  ...builtinModules,
  ...builtinModules.map((m) => `node:${m}`),
];
const preload = process.env.CULTIVAR_BUILD === 'preload';

/**
 * The shell, the service and its workers as ES modules; with CULTIVAR_BUILD=preload the preload as one
 * CommonJS file, because a sandboxed preload cannot be an ES module.
 */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/electron',
    emptyOutDir: !preload,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: preload
        ? { preload: 'electron/preload.ts' }
        : {
            main: 'electron/main.ts',
            'service-process': 'electron/service/process.ts',
            'pdf-worker': 'electron/plan/pdf-worker.ts',
            'verify-worker': 'electron/plan/verify-worker.ts',
            'library-worker': 'electron/service/library-worker.ts',
            'batch-worker': 'electron/cohort/batch-worker.ts',
            'desk-worker': 'electron/cohort/desk-worker.ts',
            'report-worker': 'electron/cohort/report-worker.ts',
            'safety-worker': 'electron/library/safety-worker.ts',
            cli: 'electron/cli.ts',
          },
      external,
      output: preload
        ? { format: 'cjs', entryFileNames: '[name].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
  ssr: { noExternal: true, external },
});
