// The command as people run it: another process, a folder of its own.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { createSubject } from '../../test/support/subject.ts';
import { cookiePolicy } from '../../test/support/service.ts';
import type { EventsAnswer } from '../../shared/api.ts';
import { parseConfig } from '../config.ts';
import { startService } from '../service.ts';
import { pino } from 'pino';

const COMMAND = join(import.meta.dirname, 'candour.mjs');
const PAGE = 'http://sixth.localhost:9029';
const SECRET = 'only for tests, and long enough to be taken';
let folder: string;
let environment: Record<string, string>;

const candourWith =
  (more: Record<string, string>) =>
  (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, ...environment, ...more };
      execFile(process.execPath, [COMMAND, ...args], { cwd: folder, env }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });
const candour = candourWith({});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-cli-'));
  environment = {
    CANDOUR_DATABASE: `sqlite:${join(folder, 'x.sqlite')}`,
    CANDOUR_PUBLIC_URL: 'http://127.0.0.1:9028',
    CANDOUR_PORT: '9028',
  };
  await writeFile(join(folder, 'policy.notice.json'), JSON.stringify(cookiePolicy));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a site that nobody knew is made, served, chosen on, verified from both sides, and erased', { timeout: 180_000 }, async () => {
  const made = await candour('site', 'create', 'sixth', '--origin', PAGE, '--notice', 'policy.notice.json');
  expect(made).toMatchObject({
    code: 0,
    out: expect.stringContaining('<script src="http://127.0.0.1:9028/w/sixth.js"></script>'),
  });
  expect(made.out).toContain('127.0.0.1:9028/sixth');
  expect((await candour('site', 'list')).out).toContain(`sixth\tsixth\t${PAGE}`);

  const service = await startService(parseConfig({ ...environment, CANDOUR_SECRET: SECRET }), pino({ level: 'silent' }));
  try {
    const subject = await createSubject({ log: '127.0.0.1:9028/sixth', origin: PAGE });
    const response = await fetch(`${service.url}/v1/sites/sixth/events`, {
      method: 'POST',
      headers: { Origin: PAGE, 'Content-Type': 'text/plain' },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: [(await subject.next()).jws] }),
    });
    const { results, checkpoint } = (await response.json()) as EventsAnswer;
    expect(results[0]?.status).toBe('accepted');
    await writeFile(join(folder, 'checkpoint'), checkpoint);
    const outside = await candour('log', 'verify', '--site', 'sixth', '--url', service.url, '--checkpoint', 'checkpoint');
    expect(outside).toMatchObject({
      code: 0,
      out: expect.stringMatching(/1 leaf,[\s\S]*The log verifies\.[\s\S]*begins with 1 leaf that the checkpoint/),
    });
    expect((await candour('log', 'verify', '--site', 'none', '--url', service.url)).code).toBe(2);
    const withoutKey = candourWith({ CANDOUR_LOG_KEY: join(folder, 'no-such.key') });
    const refused = await withoutKey('subject', 'erase', '--site', 'sixth', '--subject', subject.id);
    expect(refused.err).toContain('no-such.key is not there');
    expect(refused.code).toBeGreaterThan(0);
    const erased = await candour('subject', 'erase', '--site', 'sixth', '--subject', subject.id);
    expect(erased).toMatchObject({ code: 0, out: expect.stringMatching(/^1 event erased; leaf 1 of the log says so\.\n/) });
    // The service that runs meanwhile goes on from there.
    const other = await createSubject({ log: '127.0.0.1:9028/sixth', origin: PAGE });
    const after = await fetch(`${service.url}/v1/sites/sixth/events`, {
      method: 'POST',
      headers: { Origin: PAGE, 'Content-Type': 'text/plain' },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: [(await other.next()).jws] }),
    });
    expect(((await after.json()) as EventsAnswer).results[0]).toMatchObject({ status: 'accepted', index: 2 });
  } finally {
    await service.close();
  }
  expect(await candour('log', 'verify', '--site', 'sixth')).toMatchObject({
    code: 0,
    out: expect.stringContaining('3 leaves, 1 event, 1 erased'),
  });

  const { default: Database } = await import('better-sqlite3');
  const database = new Database(join(folder, 'x.sqlite'));
  database.exec('DROP TRIGGER leaf_no_update; UPDATE leaf SET skew = skew + 1 WHERE idx = 2');
  database.close();
  const tampered = await candour('log', 'verify', '--site', 'sixth');
  expect(tampered.code).toBe(1);
  expect(tampered.out).toContain('leaf 2: the leaf does not have its hash: it was edited');
  expect(tampered.err).toMatch(/^The log does not verify: \d findings\.\n$/);
});

it('keys are shown once, listed and revoked', { timeout: 180_000 }, async () => {
  const made = await candour('key', 'create', '--name', 'robot');
  const [token = ''] = /candour_key_\S+/.exec(made.out) ?? [];
  const id = token.slice('candour_key_'.length).split('.')[0] ?? '';
  expect((await candour('key', 'list')).out).toMatch(new RegExp(`^${id}\\trobot`));
  expect((await readFile(join(folder, 'x.sqlite'))).includes(token.split('.')[1] ?? '!')).toBe(false);
  expect((await candour('key', 'revoke', id)).code).toBe(0);
  expect(await candour('key', 'revoke', id)).toMatchObject({ code: 2, err: `there is no key ${id}\n` });
});

it('wrong use ends with 2 and one clear line; help with 0', { timeout: 180_000 }, async () => {
  expect(await candour('serve')).toMatchObject({ code: 2, err: expect.stringMatching(/^CANDOUR_SECRET is not set; [^\n]+\n$/) });
  expect((await candour('nonsense')).code).toBe(2);
  expect((await candour('site', 'create', 'x')).code).toBe(2);
  expect(await candour('site', 'create', 'x', '--origin', PAGE, '--notice', 'none.json')).toMatchObject({
    code: 2,
    err: 'none.json: there is no such file\n',
  });
  expect((await candour('log', 'verify', '--help')).code).toBe(0);
  expect((await candour('--help')).out).toContain('log verify'.split(' ')[0]);
});

it(
  'log verify: a file that cannot be read is wrong use and is named; what does not hold is a finding',
  { timeout: 180_000 },
  async () => {
    await writeFile(join(folder, 'garbage.json'), 'no JSON');
    await writeFile(join(folder, 'empty.json'), '{}');
    const verify = (...args: string[]) => candour('log', 'verify', ...args);
    for (const [option, file] of [
      ['--receipt', 'missing.json'],
      ['--receipt', 'garbage.json'],
      ['--receipt', '.'],
      ['--checkpoint', 'missing'],
      ['--checkpoint', 'garbage.json'],
      ['--evidence', 'missing.json'],
      ['--evidence', 'garbage.json'],
    ] as const) {
      const site = option === '--evidence' ? [] : ['--site', 'sixth'];
      expect(await verify(...site, option, file), `${option} ${file}`).toMatchObject({
        code: 2,
        err: expect.stringMatching(new RegExp(`^${file.replaceAll('.', '\\.')}: [^\n]+\n$`)),
      });
    }
    const finding = await verify('--site', 'sixth', '--receipt', 'empty.json');
    expect([finding.code, finding.out]).toEqual([1, expect.stringContaining('log: empty.json: the receipt: form')]);
  },
);
