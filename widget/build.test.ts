// What each chunk of the built widget carries, and what it weighs.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { build, type Rollup } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

import { classicBuild, widgetBuild } from './vite.ts';

let files: Map<string, string>;
let modulesOfFirst: string[];

const outputOf = (built: unknown): Rollup.RollupOutput['output'] => {
  const [output] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  return output?.output ?? ([] as unknown as Rollup.RollupOutput['output']);
};

beforeAll(async () => {
  const make = async (config: ReturnType<typeof widgetBuild>) =>
    outputOf(await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, write: false } }));
  files = new Map(
    (await make(widgetBuild())).map((file) => [file.fileName, String(file.type === 'chunk' ? file.code : file.source)]),
  );
  const [first] = await make(classicBuild('index'));
  modulesOfFirst = Object.entries(first.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []));
}, 60_000);

function code(name: string): string {
  const text = files.get(name);
  if (!text) throw new Error(`the build made no ${name}: ${[...files.keys()].join(', ')}`);
  return text;
}

describe('the built widget', () => {
  it('has a first chunk without Preact, idb, valibot, signing and canonical JSON, as one script of its own scope', () => {
    expect(modulesOfFirst.length).toBeGreaterThan(10);
    expect(modulesOfFirst.filter((id) => /node_modules|canonical|jws|ledger\.ts|\.tsx|schema\.ts/.test(id))).toEqual([]);
    const first = code('index.js');
    expect(first).toMatch(/^\(function\(\)\{|^\(\(\)=>\{/);
    expect(first).not.toMatch(/\bimport\s*[{"'*]|eval\(|new Function|innerHTML/);
  });

  it('carries valibot only where receipts are checked, and Preact in the preference centre only', () => {
    expect(files.size).toBeGreaterThan(5);
    for (const [name, text] of files)
      expect([name, /valibot|~standard/.test(text)]).toEqual([name, name === 'assets/history.js']);
    for (const [name, text] of files)
      if (name.endsWith('.js')) expect([name, text.includes('__k')]).toEqual([name, /^assets\/(centre|history)/.test(name)]);
  });

  it('R30 says in its manifest which files it is made of, with what tags and chunks are checked against', async () => {
    const manifest = JSON.parse(code('manifest.json')) as {
      chunks: { file: string; sha256: string; integrity: string }[];
      scripts: { file: string; sha256: string }[];
      build: string;
    };
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
    for (const { file, sha256, integrity } of manifest.chunks) {
      const text = code(`assets/${file}`);
      expect([file, sha256]).toEqual([file, hash(text)]);
      expect([file, integrity]).toEqual([file, `sha384-${createHash('sha384').update(text).digest('base64')}`]);
    }
    for (const { file, sha256 } of manifest.scripts) expect([file, sha256]).toEqual([file, hash(code(file))]);
    const all = [...manifest.chunks.map(({ file }) => `assets/${file}`), ...manifest.scripts.map(({ file }) => file)];
    expect([...all, 'manifest.json'].sort()).toEqual([...files.keys()].sort());
    const hashes = [...manifest.scripts, ...manifest.chunks].map(({ sha256 }) => sha256).sort();
    expect(manifest.build).toBe(hash(hashes.join('\n')));
  });

  it('R30 has the same bytes again from a copy of its sources in another folder, whatever the shell there says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'candour-build-'));
    try {
      const root = join(import.meta.dirname, '..');
      for (const part of ['widget', 'shared', 'package.json', 'tsconfig.base.json'])
        cpSync(join(root, part), join(folder, part), { recursive: true });
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      const script = `const [{ build }, { widgetBuild }] = await Promise.all([import('vite'), import('./widget/vite.ts')]);
        const config = widgetBuild();
        await build({ ...config, configFile: false, logLevel: 'warn', build: { ...config.build, outDir: '${folder}/out' } });`;
      await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
        cwd: folder,
        env: { ...process.env, NODE_ENV: 'development', TZ: 'Pacific/Apia', LANG: 'de_DE.UTF-8' },
      });
      const again = readdirSync(join(folder, 'out'), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(`${folder}/out/`.length));
      expect(again.sort()).toEqual([...files.keys()].sort());
      for (const name of again)
        expect([name, readFileSync(join(folder, 'out', name), 'utf8') === code(name)]).toEqual([name, true]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
