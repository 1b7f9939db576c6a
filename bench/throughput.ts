// Acknowledged consents per second at 32 connections: Candour on SQLite and on PostgreSQL, and c15t's backend on the same PostgreSQL.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { verifyReceipt } from '../shared/consent/receipt.ts';
import { paths, type EventsAnswer } from '../shared/api.ts';
import { presentation, presentationHash } from '../test/support/presentation.ts';
import { verifier } from '../server/verifier.ts';
import { LOG, ORIGIN, SITE, startCandour, type CandourService } from './candour-service.ts';
import type { LoadPlan, LoadResult } from './load.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { processorTime } from './processor-time.ts';
import type { SigningTask } from './signer.ts';

const CONNECTIONS = 32;
const CONTESTANTS = ['c15t', 'postgres', 'sqlite'] as const;
type Contestant = (typeof CONTESTANTS)[number];

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '8' },
    warmup: { type: 'string', default: '8' },
    subjects: { type: 'string', default: '32000' },
    only: { type: 'string', multiple: true, default: [...CONTESTANTS] },
    profile: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const time = { warmupSeconds: Number(options.warmup), seconds: Number(options.seconds) };
const contestants = CONTESTANTS.filter((name) => options.only.includes(name));
const folder = mkdtempSync(join(tmpdir(), 'candour-bench-'));

/** New subjects and known ones in turn: the second event of a subject comes this many requests after its first. */
const LAG = 200;
function interleave(firsts: string[], seconds: string[]): string[] {
  return firsts.flatMap((first, i) => (i >= LAG ? [first, seconds[i - LAG] as string] : [first]));
}

async function signed(subjects: number): Promise<string[]> {
  const task: SigningTask = {
    log: LOG,
    origin: ORIGIN,
    presentation: presentationHash,
    subjects: Math.ceil(subjects / 2),
    eventsEach: 2,
  };
  const parts = await Promise.all(
    [0, 1].map(async () => {
      const worker = new Worker(new URL('signer.ts', import.meta.url), { workerData: task });
      const [events] = (await once(worker, 'message')) as [[string, string][]];
      return events;
    }),
  );
  const all = parts.flat();
  return interleave(
    all.map(([first]) => first),
    all.map(([, second]) => second),
  );
}

function candourBodies(jws: readonly string[]): string {
  const file = join(folder, 'candour.txt');
  const sentAt = new Date().toISOString();
  writeFileSync(file, jws.map((event) => JSON.stringify({ sentAt, events: [event] })).join('\n'));
  return file;
}

function c15tBodies(subjects: number): string {
  const file = join(folder, 'c15t.txt');
  const ids = Array.from({ length: subjects }, () => `sub_${randomBytes(12).toString('hex').replaceAll('0', 'z')}`);
  const body = (subjectId: string, step: number, i: number): string => {
    const given = [false, true, i % 2 === 0][(i + step) % 3] ?? false;
    return JSON.stringify({
      type: 'cookie_banner',
      subjectId,
      domain: 'www.example.org',
      preferences: { necessary: true, measurement: given, marketing: given },
      consentAction: given ? 'all' : 'necessary',
      jurisdictionModel: 'opt-in',
      uiSource: 'banner',
      givenAt: Date.now() - 1_000_000 + 2 * i + step,
    });
  };
  writeFileSync(
    file,
    interleave(
      ids.map((id, i) => body(id, 0, i)),
      ids.map((id, i) => body(id, 1, i)),
    ).join('\n'),
  );
  return file;
}

type FromGenerator = { counting: true } | { result: LoadResult } | { error: string };

/** `onCounting` is called when the warm-up is over. */
function generateLoad(plan: LoadPlan, onCounting: () => void): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, 'load.ts'));
  child.send(plan);
  return new Promise((resolve, reject) => {
    child.on('message', (message: FromGenerator) => {
      if ('counting' in message) onCounting();
      else if ('result' in message) resolve(message.result);
      else reject(new Error(message.error));
    });
    child.once('exit', () => reject(new Error('the load generator ended')));
  });
}

async function post(port: number, body: unknown): Promise<EventsAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}${paths.events(SITE)}`, {
    method: 'POST',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as EventsAnswer;
}

/** Receipts spread over the run are checked as a visitor would, and the log must hold no fewer leaves than were acknowledged. */
async function checkReceipts(service: CandourService, jws: readonly string[], result: LoadResult): Promise<string> {
  const base = `http://127.0.0.1:${service.port}`;
  const known = (await (await fetch(`${base}${paths.wellKnown()}`)).json()) as {
    logs: { log: string; keys: { key: string }[] }[];
  };
  const keys = known.logs.find(({ log }) => log === LOG)?.keys.map(({ key }) => key) ?? [];
  for (const { line, answer } of result.samples) {
    const { results } = JSON.parse(answer) as EventsAnswer;
    const { id: _id, status: _status, problem: _problem, ...acknowledgement } = results[0] as EventsAnswer['results'][0];
    const receipt = {
      v: 1,
      service: base,
      site: SITE,
      log: LOG,
      logKey: keys[0],
      event: jws[line + 1],
      presentation,
      ...acknowledgement,
    };
    const { verified, steps } = await verifyReceipt(receipt, keys, verifier);
    if (verified !== 'true') throw new Error(`a receipt does not verify: ${JSON.stringify(steps)}`);
  }
  const size = Number((await (await fetch(`${base}${paths.checkpoint(SITE)}`)).text()).split('\n')[1]);
  if (size < result.total) throw new Error(`${result.total} acknowledged, ${size} leaves`);
  return `${result.samples.length} receipts verified, ${size} leaves`;
}

interface Measured extends LoadResult {
  /** ms of processor time for each acknowledged consent, the warm-up apart: of the service and of the database server. */
  service: number;
  database: number;
  note: string;
}

/** Runs the load and gives what it cost. */
async function measureLoad(
  plan: Omit<LoadPlan, 'connections' | 'warmupSeconds' | 'seconds'>,
  serviceTime: () => number,
  databaseTime: () => number,
): Promise<Omit<Measured, 'note'>> {
  let before: readonly [number, number] = [0, 0];
  const result = await generateLoad({ ...time, connections: CONNECTIONS, ...plan }, () => {
    before = [serviceTime(), databaseTime()];
  });
  const each = (start: number, end: number): number => ((end - start) * 1000) / result.count;
  return { ...result, service: each(before[0], serviceTime()), database: each(before[1], databaseTime()) };
}

const HEADERS = { Origin: ORIGIN, 'Content-Type': 'application/json', Accept: '*/*', 'Accept-Encoding': 'gzip, deflate, br' };

async function measureCandour(
  database: string,
  name: string,
  jws: readonly string[],
  bodies: string,
  databaseTime: () => number,
): Promise<Measured> {
  const service = await startCandour(database, folder, options.profile);
  try {
    console.log(`  ${name}: ${JSON.stringify(service.durability)}`);
    // As in a page: what was shown travels with the first event that cites it, and not again.
    await post(service.port, { sentAt: new Date().toISOString(), events: [jws[0]], presentations: [presentation] });
    const result = await measureLoad(
      { port: service.port, path: paths.events(SITE), headers: HEADERS, bodies, acknowledged: '"status":"accepted"' },
      service.processorTime,
      databaseTime,
    );
    const checked = await checkReceipts(service, jws, result);
    return { ...result, note: `${checked}, ${Math.round(service.memory().peak)} MiB at most` };
  } finally {
    await service.stop();
  }
}

async function measureC15t(database: string, bodies: string, databaseTime: () => number): Promise<Measured> {
  const child = fork(join(import.meta.dirname, 'c15t-service.mjs'), {
    env: { ...process.env, DATABASE_URL: database, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const [{ port }] = (await once(child, 'message')) as [{ port: number }];
    const result = await measureLoad(
      { port, path: '/api/c15t/subjects', headers: HEADERS, bodies, acknowledged: '"consentId":' },
      () => processorTime(child.pid ?? 0),
      databaseTime,
    );
    return { ...result, note: 'no receipts' };
  } finally {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
}

const rate = ({ count, seconds }: LoadResult): number => count / seconds;
const fixed = (value: number, digits = 1): string => value.toFixed(digits);

function measureOne(
  name: Contestant,
  round: number,
  files: { jws: readonly string[]; candour: string; c15t: string },
  postgres: Postgres | null,
): Promise<Measured> {
  const database = (): string => {
    postgres?.ask('CHECKPOINT');
    return postgres?.database(`${name}_${round}`) ?? '';
  };
  const databaseTime = (): number => (name === 'sqlite' ? 0 : (postgres?.processorTime() ?? 0));
  if (name === 'c15t') return measureC15t(database(), files.c15t, databaseTime);
  const address = name === 'postgres' ? database() : `sqlite:${join(folder, `candour-${round}.sqlite`)}`;
  return measureCandour(address, `Candour on ${name}`, files.jws, files.candour, databaseTime);
}

const SETTINGS = ['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers'];

const postgres = contestants.some((name) => name !== 'sqlite') ? await startPostgres() : null;
try {
  console.log(
    `${new Date().toISOString().slice(0, 16)}Z, Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}), shared by service, database and load generator.`,
  );
  if (postgres) console.log(`PostgreSQL says: ${SETTINGS.map((name) => `${name}=${postgres.ask(`SHOW ${name}`)}`).join(', ')}`);
  console.log(
    `${CONNECTIONS} connections, one event a request, half of the subjects new; ${time.seconds} s counted after ${time.warmupSeconds} s of warm-up.`,
  );
  const subjects = Number(options.subjects);
  const started = performance.now();
  const jws = await signed(subjects);
  const files = { jws, candour: candourBodies(jws.slice(1)), c15t: c15tBodies(Math.ceil(subjects / 4)) };
  console.log(`${jws.length} events signed in ${fixed((performance.now() - started) / 1000)} s.\n`);
  const all: Record<Contestant, Measured[]> = { c15t: [], postgres: [], sqlite: [] };
  for (let round = 1; round <= rounds; round++) {
    console.log(`Round ${round}`);
    for (const name of contestants) {
      const result = await measureOne(name, round, files, postgres);
      all[name].push(result);
      console.log(
        `  ${name.padEnd(9)} ${fixed(rate(result), 0).padStart(6)}/s   p50 ${fixed(result.p50)}  p95 ${fixed(result.p95)}  p99 ${fixed(result.p99)}  max ${fixed(result.max)} ms   processor ${fixed(result.service, 2)} + ${fixed(result.database, 2)} ms   (${result.count} in ${fixed(result.seconds)} s${result.ranOut ? ', requests ran out' : ''}; ${result.note})`,
      );
      if (name === 'sqlite') rmSync(join(folder, `candour-${round}.sqlite`), { force: true });
    }
    for (const name of ['postgres', 'sqlite'] as const) {
      const [mine, peer] = [all[name].at(-1), all.c15t.at(-1)];
      if (mine && peer)
        console.log(
          `  Candour on ${name}: ${fixed(rate(mine) / rate(peer))} times c15t; a consent takes ${fixed((peer.service + peer.database) / (mine.service + mine.database))} times less of the processor`,
        );
    }
  }
} finally {
  postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
