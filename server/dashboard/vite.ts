import { fileURLToPath } from 'node:url';

import type { UserConfig } from 'vite';

const RIGHTS = /dashboard\/(rights\/|pages\/(requests|subjects|retention|audit|keys)\.)/;
const EVIDENCE =
  /dashboard\/((evidence|notice|publish|purpose|prove|check)[\w-]*\.|pages\/(prove|receipt|events|notices|exports|webhooks|witnesses|settings)\.)|shared\/evidence\//;

/**
 * Few chunks rather than one a page: small files compress badly (all of it is a sixth smaller so). What several pages have comes
 * with the first load; the pages come in two areas.
 */
const groups = [
  { name: 'frame', test: /node_modules|shared\/|dashboard\/(parts\/|[^/]*\.tsx?$)/, minShareCount: 2 },
  { name: 'rights', test: RIGHTS },
  { name: 'evidence', test: EVIDENCE },
];

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
    cssCodeSplit: false,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
});
