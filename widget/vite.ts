// How dist/widget is built: the first chunk as one classic script, the rest as ES modules with hashed names, and a manifest
// with the hash of every file, from which the build hash of each presentation follows.
import { build, type Plugin, type Rollup, type UserConfig } from 'vite';

import { toBase64Url, utf8 } from '../shared/bytes.ts';

const HERE = new URL('.', import.meta.url).pathname;
const CHUNKS = ['ui', 'ledger', 'marketing'] as const;

const oxc = { jsx: { runtime: 'automatic' as const, importSource: 'preact' } };
const common = { target: 'es2022', modulePreload: false, reportCompressedSize: false, minify: 'oxc' as const };

const sha256 = async (text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));

/** The first chunk: no imports at run time, nothing left in the page's scope. */
async function firstChunk(): Promise<string> {
  const built = (await build({
    configFile: false,
    root: HERE,
    logLevel: 'warn',
    oxc,
    build: {
      ...common,
      write: false,
      // As a library: an application's build would add a preload helper around import().
      lib: { entry: `${HERE}index.ts`, formats: ['iife'], name: 'candour_', fileName: () => 'index.js' },
    },
  })) as Rollup.RollupOutput[];
  const code = built[0]?.output[0].code;
  if (!code) throw new Error('the first chunk was not built');
  return code;
}

const manifest = (): Plugin => ({
  name: 'candour-widget-manifest',
  async generateBundle(_options, bundle) {
    const index = await firstChunk();
    this.emitFile({ type: 'asset', fileName: 'index.js', source: index });
    const scripts = Object.values(bundle).filter((file) => file.type === 'chunk');
    const files = await Promise.all(
      scripts.map(async ({ fileName, code }) => ({ file: fileName.replace(/^assets\//, ''), sha256: await sha256(code) })),
    );
    const nameOf = (chunk: string): string => {
      const found = scripts.find(({ isEntry, name }) => isEntry && name === chunk);
      if (!found) throw new Error(`the build has no chunk named ${chunk}`);
      return found.fileName.replace(/^assets\//, '');
    };
    const first = { file: 'index.js', sha256: await sha256(index) };
    const hashes = [first, ...files].map((file) => file.sha256).sort();
    const source = {
      index: first,
      chunks: Object.fromEntries(CHUNKS.map((chunk) => [chunk, nameOf(chunk)])),
      files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
      build: await sha256(hashes.join('\n')),
    };
    this.emitFile({ type: 'asset', fileName: 'manifest.json', source: `${JSON.stringify(source, null, 2)}\n` });
  },
});

/** How `dist/widget` is built. */
export const widgetBuild = (): UserConfig => ({
  root: HERE,
  publicDir: false,
  oxc,
  build: {
    ...common,
    outDir: `${HERE}../dist/widget`,
    emptyOutDir: true,
    rollupOptions: {
      input: { ui: `${HERE}ui/ui.tsx`, ledger: `${HERE}core/recorder.ts`, marketing: `${HERE}marketing/marketing.ts` },
      preserveEntrySignatures: 'strict',
      output: { format: 'es', entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js' },
    },
  },
  plugins: [manifest()],
});
