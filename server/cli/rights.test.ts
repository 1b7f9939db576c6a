// Requests and retention on the command line: another process, a folder of its own.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { cookiePolicy } from '../../test/support/service.ts';

const COMMAND = join(import.meta.dirname, 'candour.mjs');
let folder: string;
let environment: Record<string, string>;

const candour = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], { cwd: folder, env: { ...process.env, ...environment } }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-rights-'));
  environment = {
    CANDOUR_DATABASE: `sqlite:${join(folder, 'x.sqlite')}`,
    CANDOUR_PUBLIC_URL: 'http://127.0.0.1:9028',
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
  };
  await writeFile(join(folder, 'policy.notice.json'), JSON.stringify(cookiePolicy));
  await candour('site', 'create', 'shop', '--origin', 'https://shop.example', '--notice', 'policy.notice.json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it(
  'a request that came by letter is entered, extended, answered with a pack, and its person forgotten',
  { timeout: 180_000 },
  async () => {
    const site = ['--site', 'shop'];
    const made = await candour('rights', 'new', 'access', ...site, '--received', '2026-01-30', '--email', 'pat@example.net');
    expect(made).toMatchObject({
      code: 0,
      out: expect.stringMatching(/access, open; came 2026-01-30 \(operator\); due 2026-03-02 \(counted 2026-02-28\)/) as string,
    });
    const ahead = await candour('rights', 'new', 'access', ...site, '--received', '2999-01-30');
    expect(ahead).toMatchObject({ code: 2, err: expect.stringContaining('still to come') as string });
    const id = /^(\S+):/.exec(made.out)?.[1] ?? '';
    expect((await candour('rights', 'list', ...site)).out).toContain(`${id}\taccess\topen`);
    const refused = await candour('rights', 'step', id, 'refuse', ...site);
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('needs a reason') as string });
    expect(await candour('rights', 'step', id, 'fulfil', ...site)).toMatchObject({
      code: 0,
      out: expect.stringContaining('did NOT go out') as string,
    });
    expect(await candour('rights', 'pack', id, ...site, '--out', 'pack.zip')).toMatchObject({ code: 0 });
    const zip = join(folder, 'pack.zip');
    expect((await stat(zip)).mode & 0o777).toBe(0o600);
    expect(Object.keys(unzipSync(await readFile(zip)))).toEqual(
      expect.arrayContaining(['access.json', 'access.html', 'events.csv']),
    );
    expect((await candour('rights', 'pack', id, ...site, '--out', 'pack.zip')).code).toBe(2);
    expect((await candour('rights', 'forget', id, ...site)).out).toContain('erased');
    expect((await candour('rights', 'show', id, ...site)).out).toMatch(/Who made it was erased\.[^]*fulfil by command/);
    expect((await candour('rights', 'show', 'nobody', ...site)).code).toBe(2);
  },
);

it(
  'a dry run of the retention engine says what it cannot compute, and a run without a rule changes and logs nothing',
  { timeout: 180_000 },
  async () => {
    const dry = await candour('retention', 'run', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was changed.') as string });
    expect(dry.out).toMatch(
      /choices: no rule; 0 over[^]*Rules of the notices \(\d+\):\n[^]*without the event from which it runs/,
    );
    expect((await candour('retention', 'run', '--site', 'shop')).out).toContain('Nothing to log: no rule is configured.');
    expect((await candour('retention', 'log', '--site', 'shop')).out).toContain('no run yet');
  },
);
