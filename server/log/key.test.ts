import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { sameBytes } from '../../shared/bytes.ts';
import { createTestService } from '../../test/support/service.ts';
import type { Site } from '../store/store.ts';
import { adoptLogs } from './adopt-logs.ts';
import { fileSigner, LogKeyError, logSigner, openLogKey } from './key.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

const site = { key: 1, id: 'one', log: 'consent.example/one' } as Site;
const head = (size: number, fill: number, epoch = 0) => ({ epoch, size, root: new Uint8Array(32).fill(fill) });

it('the key file is made once, for its owner alone', async () => {
  const file = join(folder, 'deep', 'key.pem');
  const first = logSigner(openLogKey(file));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(sameBytes(logSigner(openLogKey(file)).publicKey, first.publicKey)).toBe(true);
});

it('of several processes that start at once one makes the key, and all go by it', async () => {
  const file = join(folder, 'key.pem');
  const program = `const { openLogKey } = await import(${JSON.stringify(new URL('key.ts', import.meta.url).href)});
    while (Date.now() % 500 > 20);
    process.stdout.write(openLogKey(${JSON.stringify(file)}).export({ format: 'jwk' }).x);`;
  const run = promisify(execFile);
  const keys = await Promise.all(
    Array.from({ length: 4 }, async () => (await run(process.execPath, ['--input-type=module', '-e', program])).stdout),
  );
  expect(new Set(keys)).toEqual(new Set([keys[0]]));
  expect(keys[0]).toMatch(/^[\w-]{43}$/);
  expect(await readdir(folder)).toEqual(['key.pem']);
});

it('a running service makes no key where its file is gone', async () => {
  const file = join(folder, 'key.pem');
  const signer = fileSigner(file);
  await rm(file);
  expect(() => signer.renew?.()).toThrow(LogKeyError);
  expect(existsSync(file)).toBe(false);
});

it('a file that is no such key, or that others can read, stops the start', async () => {
  const file = join(folder, 'key.pem');
  await writeFile(file, 'rubbish', { mode: 0o600 });
  expect(() => openLogKey(file)).toThrow(LogKeyError);
  const good = join(folder, 'good.pem');
  openLogKey(good);
  await chmod(good, 0o644);
  expect(() => openLogKey(good)).toThrow(/chmod 600/);
});

it('a signer never signs two trees of one size, nor a smaller one', () => {
  const signer = logSigner(openLogKey(join(folder, 'key.pem')));
  expect(signer.sign(site, head(5, 1))).toHaveLength(64);
  expect(signer.sign(site, head(5, 1)), 'the same tree again is the same head').toHaveLength(64);
  expect(() => signer.sign(site, head(5, 2))).toThrow(/second tree of 5/);
  expect(() => signer.sign(site, head(4, 1))).toThrow(/second tree of 4/);
  expect(signer.sign(site, head(6, 2))).toHaveLength(64);
  expect(signer.sign(site, head(1, 3, 1)), 'a new epoch is another tree').toHaveLength(64);
  expect(signer.sign({ ...site, log: 'consent.example/two' }, head(1, 4))).toHaveLength(64);
});

it('a size whose commit failed may be filled by another process; one that was committed may not', () => {
  const signer = logSigner(openLogKey(join(folder, 'key.pem')));
  signer.sign(site, head(5, 1));
  signer.sign(site, head(9, 1));
  signer.withdraw(site);
  expect(() => signer.sign(site, head(5, 2)), 'what was committed before stays').toThrow(/second tree of 5/);
  signer.withdraw(site);
  expect(signer.sign(site, head(6, 2))).toHaveLength(64);
  expect(() => signer.sign(site, head(6, 3))).toThrow(/second tree of 6/);
});

it('a log that goes by another key is refused at the start', async () => {
  const service = await createTestService();
  await service.context.sites.get('example');
  const sites = await service.context.store.sites();
  await expect(adoptLogs(service.context.store, sites, logSigner(openLogKey(service.logKeyFile)))).resolves.toBeUndefined();
  const other = logSigner(openLogKey(join(folder, 'other.pem')));
  await expect(adoptLogs(service.context.store, sites, other)).rejects.toThrow(
    /CANDOUR_LOG_KEY: it is not the key that the log consent.example\/example/,
  );
  await service.close();
});
