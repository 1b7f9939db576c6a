// Builds dist/: the widget, its package for npm, the extension for both browsers with its store packages, the dashboard, and the
// service's own files without their types.
// `--stale` builds only what is missing or older than its source.
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { completePackage } from './npm-package.ts';
import { storeZip } from './store-zip.ts';
import { root, run } from './tool.ts';

interface Target {
  /** Mode of vite.config.ts. */
  mode: string;
  /** Folder under dist/. */
  folder: string;
  sources: string[];
  /** Name of the zip for the stores, under dist/. */
  zip?: string;
  /** Builds it, where it is not Vite that does. */
  emit?: (folder: string) => Promise<void>;
}

/** The module, the React binding and the client for a site's own server: a package without any dependency on this repository. */
async function npmPackage(folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  await step('tsc', ['-p', 'widget/npm', '--outDir', folder]);
  await step('tsc', ['-p', 'server/client', '--outDir', join(folder, 'node')]);
  completePackage(folder);
}

const plainSources = (folder: string): Promise<void> =>
  step('node', ['--disable-warning=ExperimentalWarning', 'scripts/plain-sources.ts', folder]);

const common = ['shared', 'vite.config.ts', 'tsconfig.base.json', 'package-lock.json'];

const targets: Target[] = [
  { mode: 'widget', folder: 'widget', sources: ['widget'] },
  { mode: 'npm', folder: 'npm', sources: ['widget'], emit: npmPackage },
  { mode: 'dashboard', folder: 'dashboard', sources: ['server/dashboard', 'server/permissions.ts'] },
  { mode: 'server', folder: 'server', sources: ['server', 'scripts/plain-sources.ts'], emit: plainSources },
  { mode: 'extension-chrome', folder: 'extension/chrome', sources: ['extension'], zip: 'candour-chrome.zip' },
  { mode: 'extension-firefox', folder: 'extension/firefox', sources: ['extension'], zip: 'candour-firefox.zip' },
];

const dist = join(root, 'dist');
const stampOf = (target: Target): string => join(dist, '.built', target.mode);

/** Newest change below a path, in ms since 1970; folders count too, so that a deleted file is a change. */
function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  const entries = statSync(path).isDirectory() ? readdirSync(path) : [];
  return Math.max(mtimeMs, ...entries.map((entry) => newest(join(path, entry))));
}

function isFresh(target: Target): boolean {
  const built = statSync(stampOf(target), { throwIfNoEntry: false });
  if (!built || !statSync(join(dist, target.folder), { throwIfNoEntry: false })) return false;
  return [...common, ...target.sources].every((source) => newest(join(root, source)) < built.mtimeMs);
}

async function step(command: string, args: string[]): Promise<void> {
  const { code, output } = await run(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
}

async function build(target: Target): Promise<void> {
  const started = performance.now();
  const startedAt = new Date();
  const folder = join(dist, target.folder);
  rmSync(stampOf(target), { force: true });
  if (target.emit) await target.emit(folder);
  else await step('vite', ['build', '--mode', target.mode, '--logLevel', 'warn']);
  if (!statSync(folder, { throwIfNoEntry: false }))
    throw new Error(`vite build --mode ${target.mode} left no dist/${target.folder}`);
  if (target.zip) writeFileSync(join(dist, target.zip), storeZip(folder));
  mkdirSync(join(dist, '.built'), { recursive: true });
  // Dated by the start: a source saved while the build ran is newer than the build.
  writeFileSync(stampOf(target), '');
  utimesSync(stampOf(target), startedAt, startedAt);
  console.log(
    `built dist/${target.folder}${target.zip ? ` and dist/${target.zip}` : ''} in ${Math.round(performance.now() - started)} ms`,
  );
}

const stale = process.argv.includes('--stale');
for (const target of targets) {
  if (stale && isFresh(target)) continue;
  try {
    await build(target);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
