// How dist/widget is built: the first chunk as one classic script, the others as ES modules with a hash in their names, and a
// manifest with the hash of every file, from which the build hash of each presentation follows. Each chunk is built on its own:
// a few hundred bytes twice cost a visitor less than another request before the banner shows.
import { build, type Plugin, type Rollup, type UserConfig } from 'vite';

import { toBase64Url, utf8 } from '../shared/bytes.ts';
import { LOCALES } from './messages/locales.ts';

const HERE = new URL('.', import.meta.url).pathname;

const oxc = { jsx: { runtime: 'automatic' as const, importSource: 'preact' } };

const sha256 = async (text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));

const ENTRIES = { ui: 'ui/ui.ts', ledger: 'core/recorder.ts', marketing: 'marketing/marketing.ts' };

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

const moduleBuild = (name: keyof typeof ENTRIES): UserConfig =>
  scriptBuild(
    { [name]: `${HERE}${ENTRIES[name]}` },
    { format: 'es', entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js' },
  );

/** Nothing left in the page's scope. */
export const firstChunkBuild = (): UserConfig => scriptBuild(`${HERE}index.ts`, { format: 'iife', entryFileNames: 'index.js' });

type Files = { fileName: string; name: string; isEntry: boolean; code: string }[];

const codeOf = (bundle: Rollup.OutputBundle): Files =>
  Object.values(bundle).map((file) => {
    if (file.type !== 'chunk') throw new Error(`the build made ${file.fileName}, which is no script`);
    return file;
  });

async function unwritten(config: UserConfig): Promise<Files> {
  const built = await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, write: false } });
  const [output] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  return codeOf(Object.fromEntries((output?.output ?? []).map((file) => [file.fileName, file])));
}

const widgetFiles = (): Plugin => ({
  name: 'candour-widget-files',
  enforce: 'post',
  // After every other plugin: the hashes are of what is written.
  generateBundle: {
    order: 'post',
    async handler(_options, bundle) {
      const emit = (fileName: string, source: string): string => this.emitFile({ type: 'asset', fileName, source });
      const [first] = await unwritten(firstChunkBuild());
      if (!first) throw new Error('the first chunk was not built');
      const others = [...(await unwritten(moduleBuild('ledger'))), ...(await unwritten(moduleBuild('marketing')))];
      for (const { fileName, code } of others) emit(fileName, code);
      emit('index.js', first.code);

      const scripts = [...codeOf(bundle), ...others];
      const fileOf = (fileName: string): string => fileName.replace(/^assets\//, '');
      const chunks = Object.keys(ENTRIES).map((name): [string, string] => {
        const entry = scripts.find((script) => script.isEntry && script.name === name);
        if (!entry) throw new Error(`the build has no chunk named ${name}`);
        return [name, fileOf(entry.fileName)];
      });
      const index = { file: 'index.js', sha256: await sha256(first.code) };
      const files = await Promise.all(
        scripts.map(async ({ fileName, code }) => ({ file: fileOf(fileName), sha256: await sha256(code) })),
      );
      // Part of the build, so that a presentation's build says which words there were.
      const locales = JSON.stringify(LOCALES);
      const words = { file: 'words.json', sha256: await sha256(locales) };
      emit(words.file, locales);
      const hashes = [index, words, ...files].map((file) => file.sha256).sort();
      const manifest = { index, chunks: Object.fromEntries(chunks), files, words, build: await sha256(hashes.join('\n')) };
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
