import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { createSubject } from '../support/subject.ts';
import { createWorkplace, PAGE_ORIGIN, type Workplace } from '../support/service-process.ts';

const EVENTS = 12;

let workplace: Workplace;
beforeEach(async () => {
  if (spawnSync('strace', ['-V']).status !== 0)
    throw new Error('this test traces system calls and needs strace: apt-get install -y strace');
  workplace = await createWorkplace();
});
afterEach(() => workplace?.close());

/** What the trace says happened, in order: a sync of the disk that succeeded, or the beginning of an answer with status 200. */
function readTrace(trace: string): ('sync' | 'answer')[] {
  return trace.split('\n').flatMap((line) => {
    if (/\b(fdatasync|fsync)(\(\d+\)| resumed>\)?)\s*=\s*0\b/.test(line.replace(/<\.\.\. /, ''))) return ['sync' as const];
    return /\b(write|writev|sendto|sendmsg)\(.*HTTP\/1\.1 200 OK/.test(line) ? ['answer' as const] : [];
  });
}

it('the disk is synced at least once per commit before the answer leaves', async () => {
  const file = join(workplace.folder, 'trace');
  const service = await workplace.start([
    'strace',
    '-f',
    '-s',
    '64',
    '-e',
    'trace=fdatasync,fsync,write,writev,sendto,sendmsg',
    '-o',
    file,
  ]);
  const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
  for (let i = 0; i < EVENTS; i++) {
    const answer = await service.post([(await subject.next()).jws]);
    expect(answer.results[0]?.status).toBe('accepted');
  }
  await service.kill();

  const happened = readTrace(await readFile(file, 'utf8'));
  const syncsBefore: number[] = [];
  let syncs = 0;
  for (const what of happened) {
    if (what === 'sync') syncs += 1;
    else [syncs] = [0, syncsBefore.push(syncs)];
  }
  console.log(
    `SQLite says synchronous=${service.started['synchronous']}; syncs before each of ${EVENTS} answers: ${syncsBefore.join(' ')}`,
  );
  expect(service.started).toMatchObject({ synchronous: '2 (FULL)' });
  expect(syncsBefore).toHaveLength(EVENTS);
  expect(Math.min(...syncsBefore)).toBeGreaterThanOrEqual(1);
});
