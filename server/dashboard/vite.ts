import { fileURLToPath } from 'node:url';

import type { Plugin, UserConfig } from 'vite';

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

interface Call {
  type: string;
  callee?: { name?: string };
  arguments?: { type: string; start: number; end: number }[];
}

/** The schemas say of each field what it is for, which is for JSON Schema: here they only check. */
const withoutDescriptions: Plugin = {
  name: 'candour-without-descriptions',
  transform(code, id) {
    if (!/\/shared\/(site|notice)\//.test(id) || !code.includes('described(')) return null;
    const said: { start: number; end: number }[] = [];
    const look = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      const { type, callee, arguments: given } = node as Call;
      if (type === 'CallExpression' && callee?.name === 'described' && given?.[1]?.type === 'Literal') said.push(given[1]);
      Object.values(node).forEach(look);
    };
    look(this.parse(code));
    said.sort((a, b) => b.start - a.start);
    return said.reduce((rest, { start, end }) => `${rest.slice(0, start)}''${rest.slice(end)}`, code);
  },
};

/** How `dist/dashboard` is built: served under /admin, everything in files, so that the strictest policy holds. */
export const dashboardBuild = (): UserConfig => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/admin/',
  publicDir: false,
  plugins: [withoutDescriptions],
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
