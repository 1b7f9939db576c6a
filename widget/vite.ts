// How dist/widget is built: the first chunk as one classic script, the others as one ES module each with its hash in its name,
// and a manifest with the hash of every file, from which the build hash of each presentation follows. Each is built on its own:
// a few hundred bytes twice cost a visitor less than another request before the banner shows.
import { build, type Plugin, type Rollup, type UserConfig } from 'vite';

import { toBase64Url, utf8 } from '../shared/bytes.ts';

const HERE = new URL('.', import.meta.url).pathname;

const oxc = { jsx: { runtime: 'automatic' as const, importSource: 'preact' } };
const common = { target: 'es2022', modulePreload: false, reportCompressedSize: false, minify: 'oxc' as const };
// shared/ declares schemas beside the functions that the widget uses. None has a getter, so unused ones go, and valibot with them.
const treeshake = { propertyReadSideEffects: false as const };

const sha256 = async (text: string): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text))));

/** What a build made, unwritten: its code and the modules in it. */
async function builtCode(config: NonNullable<UserConfig['build']>): Promise<string> {
  const built = await build({
    configFile: false,
    root: HERE,
    logLevel: 'warn',
    oxc,
    build: { ...common, write: false, ...config },
  });
  const output = (built instanceof Array ? built[0] : built) as Rollup.RollupOutput | undefined;
  const [chunk, ...more] = output?.output ?? [];
  if (!chunk || more.length > 0) throw new Error('the build of a chunk did not make exactly one file');
  return chunk.code;
}

/** No imports at run time, nothing left in the page's scope. As a library: an application's build adds a preload helper to import(). */
const firstChunk = (): Promise<string> =>
  builtCode({
    lib: { entry: `${HERE}index.ts`, formats: ['iife'], name: 'candour_', fileName: () => 'index.js' },
    rollupOptions: { treeshake },
  });

const moduleOf = (entry: string): NonNullable<UserConfig['build']>['rollupOptions'] => ({
  input: `${HERE}${entry}`,
  preserveEntrySignatures: 'strict',
  treeshake,
  output: { format: 'es', codeSplitting: false, entryFileNames: 'assets/ui.js' },
});

const ENTRIES = { ledger: 'core/recorder.ts', marketing: 'marketing/marketing.ts' };

const widgetFiles = (): Plugin => ({
  name: 'candour-widget-files',
  async generateBundle(_options, bundle) {
    const [ui, ...more] = Object.values(bundle);
    if (ui?.type !== 'chunk' || more.length > 0) throw new Error('the interface is not exactly one file');
    delete bundle[ui.fileName];
    const index = await firstChunk();
    const code: Record<string, string> = { ui: ui.code };
    for (const [name, entry] of Object.entries(ENTRIES)) code[name] = await builtCode({ rollupOptions: moduleOf(entry) });

    const emit = (fileName: string, source: string): string => this.emitFile({ type: 'asset', fileName, source });
    const chunks: Record<string, string> = {};
    const files: { file: string; sha256: string }[] = [];
    for (const [name, source] of Object.entries(code)) {
      const hash = await sha256(source);
      const file = `${name}-${hash.slice(0, 8)}.js`;
      chunks[name] = file;
      files.push({ file, sha256: hash });
      emit(`assets/${file}`, source);
    }
    const first = { file: 'index.js', sha256: await sha256(index) };
    const hashes = [first, ...files].map((file) => file.sha256).sort();
    const manifest = { index: first, chunks, files, build: await sha256(hashes.join('\n')) };
    emit('index.js', index);
    emit('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  },
});

/** How `dist/widget` is built. */
export const widgetBuild = (): UserConfig => ({
  root: HERE,
  publicDir: false,
  oxc,
  build: { ...common, outDir: `${HERE}../dist/widget`, emptyOutDir: true, rollupOptions: moduleOf('ui/ui.tsx') },
  plugins: [widgetFiles()],
});
