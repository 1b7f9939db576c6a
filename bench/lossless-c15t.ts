// c15t as the conformance suite of test/faults/widget knows a peer: its own backend on SQLite as a process of its own, its own
// client, its own tables read for what they hold.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { build, type Rollup } from 'vite';

import type { Chaos } from '../test/faults/widget/chaos.ts';
import type { Held, Peer, Service } from '../test/faults/widget/peer.ts';

async function bundle(): Promise<string> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    mode: 'production',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      modulePreload: false,
      rollupOptions: {
        input: `${import.meta.dirname}/lossless-c15t-page.mjs`,
        output: { entryFileNames: 'c15t.js', format: 'iife', codeSplitting: false },
      },
    },
  });
  const [output] = (Array.isArray(built) ? built : [built]) as Rollup.RollupOutput[];
  const [file] = output?.output ?? [];
  if (file?.type !== 'chunk') throw new Error('c15t was not bundled');
  return file.code;
}

interface Row {
  subject: string;
  purposeIds: string;
  domain: string;
}

async function start(chaos: Chaos, origins: readonly string[]): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'c15t-lossless-'));
  const [file, backup] = [join(folder, 'c15t.sqlite'), join(folder, 'backup.sqlite')];
  let child: ChildProcess;
  const launch = async (): Promise<void> => {
    child = fork(join(import.meta.dirname, 'c15t-service.mjs'), {
      env: { ...process.env, DATABASE_URL: `sqlite:${file}`, TRUSTED_ORIGIN: origins.join(',') },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    chaos.forwardTo(`http://127.0.0.1:${port}`);
  };
  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  /** One person may be several subjects: each browser whose storage was lost is a new one. */
  const held = (origin: string): Held[] => {
    const database = new Database(file, { readonly: true });
    try {
      const sql = `SELECT consent.subjectId AS subject, consent.purposeIds AS purposeIds, domain.name AS domain
        FROM consent JOIN domain ON domain.id = consent.domainId ORDER BY consent.givenAt, consent.rowid`;
      const host = new URL(origin).hostname;
      const purpose = database.prepare("SELECT id FROM consentPurpose WHERE code = 'measurement'").get() as
        | { id: string }
        | undefined;
      const isGiven = ({ purposeIds }: Row): boolean => purpose !== undefined && purposeIds.includes(purpose.id);
      return (database.prepare(sql).all() as Row[])
        .filter(({ domain }) => domain === host)
        .map((row): Held => ({ id: null, choice: isGiven(row) ? 'given' : 'withdrawn', restored: false }));
    } finally {
      database.close();
    }
  };
  await launch();
  return {
    held: (origin) => Promise.resolve(held(origin)),
    says: (origin) => Promise.resolve(held(origin).at(-1)?.choice ?? null),
    findings: () => Promise.resolve([]),
    async restart() {
      await kill();
      await launch();
    },
    async backUp() {
      rmSync(backup, { force: true });
      const database = new Database(file, { readonly: true });
      await database.backup(backup);
      database.close();
    },
    async restore() {
      await kill();
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      copyFileSync(backup, file);
      await launch();
    },
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** c15t 2.2.1 with its client for plain JavaScript, in hosted mode. */
export async function c15t(): Promise<Peer> {
  const script = await bundle();
  return {
    name: 'c15t 2.2.1',
    carries: ({ method, path }) => method === 'POST' && path.endsWith('/subjects'),
    start,
    files: new Map([['/c15t.js', script]]),
    head: (service) =>
      `<script>self.c15tOptions = ${JSON.stringify({ backendURL: `${service}/api/c15t` })};</script><script defer src="/c15t.js"></script>`,
  };
}
