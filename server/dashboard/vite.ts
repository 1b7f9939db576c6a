import { fileURLToPath } from 'node:url';

import type { UserConfig } from 'vite';

/** How `dist/dashboard` is built: served under /admin, everything in files, so that the strictest policy holds. */
export const dashboardBuild = (): UserConfig => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/admin/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: fileURLToPath(new URL('../../dist/dashboard', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
