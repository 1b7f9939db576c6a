// c15t's React banner as its quickstart says: hosted mode, against a backend of its own (the self-hosting guide); and, as the quickstart
// allows it where there is no backend, offline mode. Bundled by Vite, as a React application is.
import { build, type Rollup } from 'vite';

import type { Contestant } from './contestant.ts';
import { ownFile, versionOf } from './packages.ts';
import { ACCEPT, CHOOSE, NECESSARY, PURPOSES, REJECT, SAVE, TEXT, TITLE } from './texts.ts';

const CATEGORIES = { statistics: 'measurement', advertising: 'marketing', media: 'experience' };

const common = {
  consentCategories: ['necessary', ...PURPOSES.map(({ id }) => CATEGORIES[id])],
  overrides: { country: 'DE' },
  i18n: {
    locale: 'en',
    messages: {
      en: {
        cookieBanner: { title: TITLE, description: TEXT },
        common: { acceptAll: ACCEPT, rejectAll: REJECT, customize: CHOOSE, save: SAVE },
        consentTypes: {
          necessary: { title: NECESSARY.label, description: NECESSARY.description },
          ...Object.fromEntries(PURPOSES.map(({ id, label, description }) => [CATEGORIES[id], { title: label, description }])),
        },
      },
    },
  },
};

async function bundle(): Promise<{ js: string; css: string }> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      rollupOptions: {
        input: `${import.meta.dirname}/c15t-banner.mjs`,
        output: { entryFileNames: 'app.js', codeSplitting: false },
      },
    },
  });
  const [output] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  const files = output?.output ?? [];
  const js = files.find((file) => file.type === 'chunk' && file.isEntry);
  const css = files.find((file) => file.type === 'asset' && file.fileName.endsWith('.css'));
  if (js?.type !== 'chunk' || css?.type !== 'asset' || files.length !== 2)
    throw new Error(`the bundle of c15t's banner is ${files.map(({ fileName }) => fileName).join(', ')}`);
  return { js: js.code, css: css.source.toString() };
}

/** `backend`: the URL of its own backend, with its base path. */
export async function c15t(backend: string): Promise<Contestant[]> {
  const { js, css } = await bundle();
  const contestant = (mode: 'hosted' | 'offline', setup: string): Contestant => ({
    id: `c15t-${mode}`,
    name: `c15t React ${versionOf('@c15t/react')}, ${mode}`,
    setup: `React ${versionOf('react')}, one bundle and one style sheet by Vite; ${setup}`,
    head: '<link rel="stylesheet" href="/app.css">\n<script type="module" src="/app.js"></script>',
    body: `<div id="root"></div>
<script type="application/json" id="c15t">${JSON.stringify({
      options: { mode, ...(mode === 'hosted' ? { backendURL: backend } : {}), ...common },
    })}</script>`,
    files: { '/app.js': ownFile(js, 'js'), '/app.css': ownFile(css, 'css') },
    banner: '[data-testid=consent-banner-root]',
    ...(mode === 'hosted' ? { record: '/subjects' } : {}),
  });
  return [
    contestant('hosted', 'its quickstart’s hosted mode, with @c15t/backend on SQLite on an origin of its own'),
    contestant('offline', 'offline mode, which its quickstart allows where there is no backend: nothing is recorded'),
  ];
}
