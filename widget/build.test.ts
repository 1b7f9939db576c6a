// What each chunk of the built widget carries, and what it weighs.
import { brotliCompressSync } from 'node:zlib';

import { build, type Rollup } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

import { firstChunkBuild, widgetBuild } from './vite.ts';

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
  const [first] = await make(firstChunkBuild());
  modulesOfFirst = Object.entries(first.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : []));
}, 60_000);

const code = (name: string): string => [...files].find(([file]) => file.includes(name))?.[1] ?? '';

describe('the built widget', () => {
  it('has a first chunk without Preact, idb, valibot, signing and canonical JSON, as one script of its own scope', () => {
    expect(modulesOfFirst.length).toBeGreaterThan(10);
    expect(modulesOfFirst.filter((id) => /node_modules|canonical|jws|ledger\.ts|\.tsx|schema\.ts/.test(id))).toEqual([]);
    const first = code('index.js');
    expect(first).toMatch(/^\(function\(\)\{|^\(\(\)=>\{/);
    expect(first).not.toMatch(/\bimport\s*[{"'*]|eval\(|new Function|innerHTML/);
  });

  it('carries valibot in no chunk, and Preact in the preference centre only', () => {
    expect(files.size).toBeGreaterThan(5);
    for (const [name, text] of files) expect([name, /valibot|~standard/.test(text)]).toEqual([name, false]);
    for (const name of ['index.js', 'ui-', 'ledger-', 'delivery-', 'marketing-']) expect(code(name)).not.toContain('__k');
    expect(code('centre-')).toContain('__k');
  });

  it('says in its manifest which files it is made of, and names them by what is in them', async () => {
    const manifest = JSON.parse(code('manifest.json')) as {
      index: { file: string; sha256: string };
      chunks: Record<string, string>;
      files: { file: string; sha256: string }[];
      words: { file: string; sha256: string };
      build: string;
    };
    const hash = async (text: string): Promise<string> =>
      Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64url');
    expect(Object.keys(manifest.chunks).sort()).toEqual(['ledger', 'marketing', 'ui']);
    expect(manifest.index.sha256).toBe(await hash(code('index.js')));
    for (const { file, sha256 } of manifest.files)
      expect([file, sha256]).toEqual([file, await hash(files.get(`assets/${file}`) ?? '')]);
    expect(manifest.files.map(({ file }) => `assets/${file}`).sort()).toEqual(
      [...files.keys()].filter((name) => name.startsWith('assets/')).sort(),
    );
    expect(manifest.words.sha256).toBe(await hash(code(manifest.words.file)));
    const hashes = [manifest.index, manifest.words, ...manifest.files].map(({ sha256 }) => sha256).sort();
    expect(manifest.build).toBe(await hash(hashes.join('\n')));
  });

  it('weighs what it should (Brotli)', () => {
    const bytes = (name: string): number => brotliCompressSync(code(name)).length;
    const sizes = Object.fromEntries(
      ['index.js', 'ui-', 'ledger-', 'delivery-', 'centre-', 'marketing-'].map((name) => [name, bytes(name)]),
    );
    console.info('widget, Brotli bytes:', sizes);
    expect(sizes['index.js']).toBeLessThanOrEqual(4480);
    expect((sizes['index.js'] ?? 0) + (sizes['ui-'] ?? 0)).toBeLessThanOrEqual(11_264);
    expect((sizes['index.js'] ?? 0) + (sizes['ui-'] ?? 0) + (sizes['ledger-'] ?? 0)).toBeLessThanOrEqual(15_360);
  });
});
