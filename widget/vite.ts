// How dist/widget is built: the first chunk as one classic script, in three forms (widget/index.ts, first-visit.ts, pinned.ts), the
// others as ES modules, and a manifest with the hash of every file, from which the build hash of each presentation follows. Each
// chunk is built on its own: a few hundred bytes twice cost a visitor less than another request.
import { minify } from 'terser';
import { build, type Plugin, type Rollup, type UserConfig } from 'vite';

import { toBase64Url, utf8 } from '../shared/bytes.ts';
import type { Piece } from '../shared/site/pieces.ts';
import type { Chunk } from './core/widget.ts';
import { LOCALES } from './messages/locales.ts';

const HERE = new URL('.', import.meta.url).pathname;

/** Whatever NODE_ENV says where it is built: the same source is the same bytes. */
const oxc = { jsx: { runtime: 'automatic' as const, importSource: 'preact', development: false } };

const sha256 = async (text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));
/** As `integrity` attributes have it. */
const sha384 = async (text: string): Promise<string> =>
  `sha384-${btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-384', utf8(text)))))}`;

/** The classic scripts: one of them is in a page. */
const SCRIPTS = { index: 'index.ts', 'first-visit': 'first-visit.ts', pinned: 'pinned.ts' };
/** Classic scripts too: what the service puts in front of one of those where the site is so configured (shared/site/pieces.ts). */
const PIECES: Record<Piece, string> = {
  'signals-google': 'core/signals-google.ts',
  'signals-uet': 'core/signals-uet.ts',
  'signals-clarity': 'core/signals-clarity.ts',
  'signals-us': 'core/signals-us.ts',
  'tcf-stub': 'tcf/stub.ts',
  'left-behind': 'moving/left-behind.ts',
  'modal-banner': 'ui/modal-banner.ts',
};
/** What loads on demand. Each is one file that imports no other. */
const CHUNKS: Record<Chunk, string> = {
  ui: 'ui/page.ts',
  modal: 'ui/modal.ts',
  centre: 'ui/centre.tsx',
  history: 'ui/history.tsx',
  ledger: 'core/recorder.ts',
  delivery: 'core/delivery.ts',
  marketing: 'marketing/marketing.ts',
  storage: 'storage/storage-table.ts',
  moving: 'moving/moving.ts',
  elements: 'core/elements.ts',
  embeds: 'core/embeds.ts',
  withdrawal: 'core/withdrawal.ts',
  tcf: 'tcf/tcf.ts',
};

/** An application's build wraps every import() in a helper that looks for style sheets to preload: we have none. */
const plainImports: Plugin = {
  name: 'candour-plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null),
};

const scriptBuild = (input: Rollup.InputOption, output: Rollup.OutputOptions): UserConfig => ({
  root: HERE,
  publicDir: false,
  oxc,
  plugins: [plainImports],
  build: {
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    // What loads on demand may take from what loaded it, instead of both from a third file.
    rollupOptions: { input, preserveEntrySignatures: 'allow-extension', output },
  },
});

const moduleBuild = (chunk: Chunk): UserConfig =>
  scriptBuild({ [chunk]: `${HERE}${CHUNKS[chunk]}` }, { format: 'es', entryFileNames: 'assets/[name].js' });

/** Nothing left in the page's scope. */
export function classicBuild(script: keyof typeof SCRIPTS | Piece): UserConfig {
  const output = { format: 'iife', entryFileNames: `${script}.js` } as const;
  const config = scriptBuild(`${HERE}${{ ...SCRIPTS, ...PIECES }[script]}`, output);
  // What was made smaller before, `smaller` makes less of.
  return { ...config, build: { ...config.build, minify: false } };
}

/** The one script of a build. Throws where it became several, or none. */
function onlyScript(bundle: readonly (Rollup.OutputChunk | Rollup.OutputAsset)[]): string {
  const [file, ...more] = bundle;
  if (!file || file.type !== 'chunk' || more.length > 0)
    throw new Error(
      `the build made ${bundle.map(({ fileName }) => fileName).join(', ') || 'nothing'} in place of one script: what loads on demand is a chunk of its own (CHUNKS) and comes by load('name')`,
    );
  return file.code;
}

async function unwritten(config: UserConfig): Promise<string> {
  const built = await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, write: false } });
  const [output] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  return onlyScript(output?.output ?? []);
}

/** A few hundredths smaller once more, which is what the first chunk lives on. */
async function smaller(code: string): Promise<string> {
  // What `unsafe` takes as given holds here: nothing of ours changes what the language's own objects do.
  const compress = { passes: 5, unsafe: true, unsafe_arrows: true, pure_getters: true, hoist_funs: true, lhs_constants: false };
  const { code: less } = await minify(code, { ecma: 2020, compress });
  if (!less) throw new Error('terser made nothing of a script');
  return `${less}\n`;
}

const widgetFiles = (): Plugin => ({
  name: 'candour-widget-files',
  enforce: 'post',
  // After every other plugin: the hashes are of what is written.
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      const texts: Record<string, string> = { 'ui.js': onlyScript(Object.values(bundle)) };
      for (const chunk of Object.keys(CHUNKS) as Chunk[])
        if (chunk !== 'ui') texts[`${chunk}.js`] = await unwritten(moduleBuild(chunk));
      const scripts: Record<string, string> = {};
      for (const script of Object.keys({ ...SCRIPTS, ...PIECES }) as (keyof typeof SCRIPTS | Piece)[])
        scripts[`${script}.js`] = await smaller(await unwritten(classicBuild(script)));
      // Part of the build, so that a presentation's build says which words there were.
      const words = JSON.stringify(LOCALES);

      const emit = (fileName: string, source: string): string => this.emitFile({ type: 'asset', fileName, source });
      for (const [file, text] of Object.entries(texts)) if (file !== 'ui.js') emit(`assets/${file}`, text);
      for (const [file, text] of Object.entries({ ...scripts, 'words.json': words })) emit(file, text);
      const hashed = (files: Record<string, string>) =>
        Promise.all(Object.entries(files).map(async ([file, text]) => ({ file, sha256: await sha256(text) })));
      const chunks = await Promise.all(
        Object.entries(texts).map(async ([file, text]) => ({ file, sha256: await sha256(text), integrity: await sha384(text) })),
      );
      const others = await hashed({ ...scripts, 'words.json': words });
      const hashes = [...chunks, ...others].map((file) => file.sha256).sort();
      const manifest = { chunks, scripts: others, build: await sha256(hashes.join('\n')) };
      emit('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    },
  },
});

/** How `dist/widget` is built. */
export function widgetBuild(): UserConfig {
  const config = moduleBuild('ui');
  return {
    ...config,
    build: { ...config.build, outDir: `${HERE}../dist/widget`, emptyOutDir: true },
    plugins: [plainImports, widgetFiles()],
  };
}
