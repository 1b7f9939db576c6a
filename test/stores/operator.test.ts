// What an operator does by the command line, on PostgreSQL with the two roles that docs/scaling.md asks for: the service's own may
// not change the log. Attested events, and a change of the secret that contact details and webhook secrets are sealed under.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { run } from '../../server/cli/program.ts';
import type { AttestationReceipt } from '../../shared/consent/attestation.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { cookiePolicy } from '../support/service.ts';

const SECRETS = ['first', 'second', 'third'].map((one) => `the ${one} secret, and long enough to be taken`);
const EMAIL = 'pat@example.net';

let cluster: Cluster;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-operator-'));
  cluster = await startPostgres();
  const owner = await cluster.createDatabase('operated');
  await cluster.run('operated', 'CREATE ROLE candour_service LOGIN');
  await writeFile(join(folder, 'policy.notice.json'), JSON.stringify(cookiePolicy));
  vi.stubEnv('CANDOUR_DATABASE', cluster.url('operated', 'candour_service'));
  vi.stubEnv('CANDOUR_DATABASE_OWNER', owner);
  vi.stubEnv('CANDOUR_LOG_KEY', join(folder, 'log-key.pem'));
  vi.stubEnv('CANDOUR_PUBLIC_URL', 'https://consent.example');
  vi.stubEnv('CANDOUR_SECRET', SECRETS[0]);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  vi.unstubAllEnvs();
  await cluster?.destroy();
  await rm(folder, { recursive: true, force: true });
});

/** In this process: each would otherwise start Node. */
async function candour(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const take = (to: 'out' | 'err') => (chunk: unknown) => ((written[to] += String(chunk)), true);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  try {
    return { code: await run(args), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
async function done(...args: string[]): Promise<string> {
  const { code, out, err } = await candour(...args);
  expect({ code, err }, args.join(' ')).toEqual({ code: 0, err: '' });
  return out;
}

it('R69 R71 attested events and a rotated secret, each by a role that may not change the log', async () => {
  const site = ['--site', 'example'];
  await done('migrate');
  vi.stubEnv('CANDOUR_DATABASE_OWNER', '');
  await done('site', 'create', 'example', '--origin', 'https://www.example.org', '--notice', join(folder, 'policy.notice.json'));

  const attest = ['events', 'attest', ...site, '--medium', 'paper', '--reference', 'case-1', '--purpose', 'statistics=given'];
  const id = ['--id', '01a20383-0db1-7b9f-ba29-68bdfc786299'];
  const receipt = JSON.parse(await done(...attest, ...id)) as AttestationReceipt;
  expect(JSON.parse(await done(...attest, ...id)), 'the same once more changes nothing').toMatchObject({ leaf: receipt.leaf });
  expect((await candour(...attest, '--purpose', 'nothing=given')).code).toBe(2);
  expect(await done('log', 'verify', ...site)).toContain('1 event,');
  expect(await done('events', 'export', ...site, '--format', 'jsonl')).toContain('case-1');

  const made = await done('rights', 'new', 'access', ...site, '--email', EMAIL);
  const [request = ''] = /[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}/.exec(made) ?? [];
  await done('webhook', 'add', ...site, '--url', 'https://hooks.example/candour');
  const shown = async () => (await candour('rights', 'show', request, ...site)).out.includes(EMAIL);
  expect(await shown()).toBe(true);
  for (const [i, secret] of SECRETS.slice(1).entries()) {
    vi.stubEnv('CANDOUR_SECRET', secret);
    vi.stubEnv('CANDOUR_SECRET_PREVIOUS', '');
    const { code, err } = await candour('rights', 'show', request, ...site);
    expect(code, 'not under the new secret alone').toBe(2);
    expect(err).toMatch(/^CANDOUR_SECRET is not the one that this database was kept under[^\n]*\n$/);
    vi.stubEnv('CANDOUR_SECRET_PREVIOUS', SECRETS[i]);
    expect(await done('secret', 'rotate')).toContain('1 request keys, 0 contact keys, 1 webhook secrets');
    expect(await done('secret', 'rotate'), 'can be run again').toContain('0 request keys, 0 contact keys, 0 webhook secrets');
    vi.stubEnv('CANDOUR_SECRET_PREVIOUS', '');
    expect(await shown()).toBe(true);
  }
  expect(await done('log', 'verify', ...site)).toContain('1 event,');
  await expect(cluster.run('operated', 'SET ROLE candour_service', 'UPDATE leaf SET skew = 0')).rejects.toThrow(
    /permission|append/,
  );
});
