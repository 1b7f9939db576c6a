// Keys, notices and the log's key on the command line.
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { cookiePolicy } from '../../test/support/service.ts';
import { openStore } from '../store/open.ts';
import { run } from './program.ts';

let folder: string;

/** In this process: two dozen commands would otherwise each start Node. candour.test.ts has the command as people run it. */
async function candour(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const take = (to: 'out' | 'err') => (chunk: unknown) => ((written[to] += String(chunk)), true);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  try {
    return { code: await run(args.map((one) => (one.endsWith('.json') ? join(folder, one) : one))), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const file = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value));
const audited = async () => {
  const store = await openStore({ engine: 'sqlite', file: join(folder, 'x.sqlite') });
  const site = await store.site('example');
  const entries = [...(await store.audit.list(null, null, 50)), ...(await store.audit.list(site, null, 50))];
  await store.close();
  return entries;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-operator-'));
  vi.stubEnv('CANDOUR_DATABASE', `sqlite:${join(folder, 'x.sqlite')}`);
  vi.stubEnv('CANDOUR_PUBLIC_URL', 'https://consent.example');
  await file('policy.notice.json', cookiePolicy);
  await file('next.notice.json', {
    ...cookiePolicy,
    version: '2',
    activities: cookiePolicy.activities.map((one) => ({ ...one, retention: [] })),
  });
  await candour('site', 'create', 'example', '--origin', 'https://www.example.org', '--notice', 'policy.notice.json');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

it('R69 keys have a role, an end and a site, and the audit log is told', async () => {
  const made = await candour('key', 'create', '--role', 'auditor', '--expires', 'P90D', '--site', 'example', '--name', 'Robot');
  expect(made.out).toMatch(/^Key [\w-]{12} \(Robot: auditor, example, until \d{4}-/);
  const [, id = ''] = /^Key ([\w-]{12})/.exec(made.out) ?? [];
  expect((await candour('key', 'list')).out).toMatch(new RegExp(`^${id}\tRobot\tauditor\texample\tsince .*\tuntil `, 'm'));
  expect((await candour('key', 'revoke', id)).code).toBe(0);
  expect((await candour('key', 'create', '--role', 'root')).code).toBe(2);
  expect((await candour('key', 'create', '--role', 'dpo', '--expires', '90d')).code).toBe(2);
  expect(await candour('key', 'create', '--site', 'none')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no site none'),
  });
  const told = (await audited()).filter(({ object }) => object === id);
  expect(told.map(({ action, actor }) => [action, actor])).toEqual([
    ['key.revoke', 'command'],
    ['key.create', 'command'],
  ]);
});

it('R74 notices are checked, hashed, compared and published', async () => {
  const linted = await candour('notice', 'lint', 'policy.notice.json');
  expect(linted).toMatchObject({
    code: 0,
    out: expect.stringContaining('warning L55 RETENTION_NO_ANCHOR at activities/0/retention/0'),
  });
  expect((await candour('notice', 'lint', '--strict', 'policy.notice.json')).code).toBe(1);
  expect((await candour('notice', 'lint', '--strict', 'next.notice.json')).code).toBe(0);
  await file('broken.notice.json', { ...cookiePolicy, title: '' });
  expect(await candour('notice', 'lint', 'broken.notice.json')).toMatchObject({
    code: 1,
    out: expect.stringContaining('no notice: title'),
  });
  expect((await candour('notice', 'lint', 'none.json')).code).toBe(2);

  const [hash] = (await candour('notice', 'hash', 'next.notice.json')).out.split(' ');
  expect(hash).toMatch(/^[\w-]{43}$/);
  const changes =
    '~ the document: document: version: 1 → version: 2\n- visit-statistics: retention: at most 1 year (from when is not said)\n';
  expect((await candour('notice', 'diff', 'policy.notice.json', 'next.notice.json')).out).toBe(changes);
  expect(await candour('notice', 'diff', '--exit-code', '--site', 'example', 'next.notice.json')).toMatchObject({
    code: 1,
    out: changes,
  });
  expect((await candour('notice', 'diff', 'next.notice.json')).code).toBe(2);

  const published = await candour('notice', 'publish', '--site', 'example', 'next.notice.json');
  expect(published).toMatchObject({
    code: 0,
    out: expect.stringContaining(`published as https://consent.example/v1/notices/${hash}`),
  });
  expect((await candour('notice', 'diff', '--site', 'example', 'next.notice.json')).out).toBe('Nothing changed.\n');
  expect((await audited()).find(({ action }) => action === 'notice.publish')).toMatchObject({ object: hash, role: 'owner' });
});

it('R49 the log key is rotated by one command, and the log verifies after', async () => {
  const before = await readFile(join(folder, 'log-key.pem'), 'utf8');
  const rotated = await candour('log', 'rotate-key');
  expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^1 log goes by the new key [\w-]{43}\./) });
  expect(await readFile(join(folder, 'log-key.pem'), 'utf8')).not.toBe(before);
  const retired = (await readdir(folder)).find((name) => name.startsWith('log-key.pem.retired-')) ?? '';
  expect(await readFile(join(folder, retired), 'utf8')).toBe(before);
  expect(await candour('log', 'verify', '--site', 'example')).toMatchObject({
    code: 0,
    out: expect.stringContaining('The log verifies.'),
  });
  expect((await audited()).map(({ action }) => action)).toContain('log_key.rotate');
});
