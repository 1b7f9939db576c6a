// A trace of system calls shows that what was acknowledged is on the disk: at least one sync per commit, before its answer.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeAll, expect, it } from 'vitest';

import { startPostgres } from '../support/postgres.ts';
import { createSubject } from '../support/subject.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';

const EVENTS = 12;

const leaving: (() => Promise<void>)[] = [];
beforeAll(() => {
  if (spawnSync('strace', ['-V']).status !== 0)
    throw new Error('this test traces system calls and needs strace: apt-get install -y strace');
});
afterEach(async () => {
  for (const leave of leaving.splice(0).reverse()) await leave();
});
async function createPlace(settings: Record<string, string> = {}): Promise<Workplace> {
  const workplace = await createWorkplace(settings);
  leaving.push(workplace.close);
  return workplace;
}

async function sendOneByOne(workplace: Workplace, service: ServiceProcess): Promise<void> {
  const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
  for (let i = 0; i < EVENTS; i++) {
    const answer = await service.post([(await subject.next()).jws]);
    expect(answer.results[0]?.status).toBe('accepted');
  }
}

/** How many syncs of the disk there were before each answer, since the one before. */
function syncsBefore(happened: readonly ('sync' | 'answer')[]): number[] {
  const before: number[] = [];
  let syncs = 0;
  for (const what of happened) {
    if (what === 'sync') syncs += 1;
    else [syncs] = [0, before.push(syncs)];
  }
  return before;
}

/** What the trace says happened, in order: a sync of the disk that succeeded, or the beginning of an answer with status 200. */
function readTrace(trace: string): ('sync' | 'answer')[] {
  return trace.split('\n').flatMap((line) => {
    if (/\b(fdatasync|fsync)(\(\d+\)| resumed>\)?)\s*=\s*0\b/.test(line.replace(/<\.\.\. /, ''))) return ['sync' as const];
    return /\b(write|writev|sendto|sendmsg)\(.*HTTP\/1\.1 200 OK/.test(line) ? ['answer' as const] : [];
  });
}

it('SQLite: the disk is synced at least once per commit before the answer leaves', async () => {
  const workplace = await createPlace();
  const file = join(workplace.folder, 'trace');
  const calls = 'trace=fdatasync,fsync,write,writev,sendto,sendmsg';
  const service = await workplace.start(['strace', '-f', '-s', '64', '-e', calls, '-o', file]);
  await sendOneByOne(workplace, service);
  await service.kill();

  const syncs = syncsBefore(readTrace(await readFile(file, 'utf8')));
  console.log(
    `SQLite says synchronous=${service.started['synchronous']}; syncs before each of ${EVENTS} answers: ${syncs.join(' ')}`,
  );
  expect(service.started).toMatchObject({ synchronous: '2 (FULL)' });
  expect(syncs).toHaveLength(EVENTS);
  expect(Math.min(...syncs)).toBeGreaterThanOrEqual(1);
});

/** When each call that is looked for ended, s since 1970: strace's -ttt and -T. Calls that another interrupted are told in two lines. */
function endsOf(trace: string, call: RegExp): number[] {
  return trace.split('\n').flatMap((line) => {
    const [, at, what = ''] = /^\d+ +(\d+\.\d+) (.*)$/.exec(line) ?? [];
    if (at === undefined || !call.test(what)) return [];
    const took = /<(\d+\.\d+)>$/.exec(what)?.[1];
    return [Number(at) + (what.startsWith('<...') ? 0 : Number(took ?? 0))];
  });
}

// Whoever may not trace another user's processes cannot look into PostgreSQL.
it.skipIf(process.getuid?.() !== 0)(
  'PostgreSQL: it syncs its write-ahead log at least once per commit before the service answers (needs root)',
  async () => {
    const cluster = await startPostgres();
    leaving.push(cluster.destroy);
    const workplace = await createPlace({ CANDOUR_DATABASE: await cluster.createDatabase() });
    const files = { postgres: join(workplace.folder, 'postgres'), service: join(workplace.folder, 'service') };
    const tracing = ['strace', '-f', '-ttt', '-T', '-s', '64'];
    // Whom the postmaster starts from now on is traced as well: every process that serves the service.
    const tracer = spawn(
      'strace',
      [...tracing.slice(1), '-e', 'trace=fdatasync,fsync', '-o', files.postgres, '-p', `${cluster.pid()}`],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    leaving.push(async () => void tracer.kill('SIGTERM'));
    await once(tracer.stderr, 'data');
    const service = await workplace.start([...tracing, '-e', 'trace=write,writev,sendto,sendmsg', '-o', files.service]);
    await sendOneByOne(workplace, service);
    await service.kill();
    const ended = once(tracer, 'exit');
    tracer.kill('SIGTERM');
    await ended;

    const syncs = endsOf(await readFile(files.postgres, 'utf8'), /^(<\.\.\. )?f(data)?sync\b.*= 0\b/);
    // When an answer began to leave: the time of the call, not of its end.
    const answers = endsOf((await readFile(files.service, 'utf8')).replace(/<\d+\.\d+>$/gm, ''), /HTTP\/1\.1 200 OK/);
    const happened = [
      ...syncs.map((at) => ({ at, what: 'sync' as const })),
      ...answers.map((at) => ({ at, what: 'answer' as const })),
    ]
      .sort((a, b) => a.at - b.at)
      .map(({ what }) => what);
    const before = syncsBefore(happened);
    console.log(`PostgreSQL says fsync=${service.started['fsync']}; syncs before each of ${EVENTS} answers: ${before.join(' ')}`);
    expect(before).toHaveLength(EVENTS);
    expect(Math.min(...before)).toBeGreaterThanOrEqual(1);
  },
);
