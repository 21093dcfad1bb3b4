import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer: plain files served by the app:// protocol. */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    chunkSizeWarningLimit: 4000,
    // Inlined data: URLs would need a wider CSP.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
