// What becomes of speed, memory, disk and the dashboard when a log grows: events signed by real keys, sent over HTTP to a service
// on SQLite or PostgreSQL, with the figures after each step. Each event is signed once, while the run goes on, so this measures the
// service and not a peak: the rate is also given per second of the service's own processor time (and the database's).
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { paths, type EventsAnswer } from '../shared/api.ts';
import { presentation, presentationHash } from '../test/support/presentation.ts';
import { LOG, ORIGIN, SITE, startCandour, type CandourService } from './candour-service.ts';
import { dashboardQueries, timeDashboard, type KnownEvent } from './dashboard-queries.ts';
import { exportLine, measureExports, SetDigest } from './export.ts';
import { startPostgres, type Postgres } from './postgres.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    step: { type: 'string', default: '100000' },
    /** No step begins after so many minutes. */
    minutes: { type: 'string', default: '600' },
    database: { type: 'string', default: 'sqlite' },
    /** Events of a subject, sent in requests of ten. */
    each: { type: 'string', default: '20' },
    signers: { type: 'string', default: '2' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const [events, step, each] = [Number(options.events), Number(options.step), Number(options.each)];
const engine = options.database;
if (engine !== 'sqlite' && engine !== 'postgres') throw new Error(`--database takes sqlite, postgres, not ${engine}`);
const LOT = 50;
const PER_REQUEST = 10;
const CONNECTIONS = 32;
const KEEP_EVERY = 499;
const GOALS = { rate: 0.8, memory: 300, query: 300, disk: 1536 };

const folder = mkdtempSync(join(options.folder, 'candour-volume-'));
const file = join(folder, 'candour.sqlite');

/** Lots of chains of signed events, from several threads; one lot is always in the making. */
function* signing(count: number): Generator<Promise<string[][]>> {
  const task = { log: LOG, origin: ORIGIN, presentation: presentationHash, subjects: LOT, eventsEach: each, repeat: true };
  const workers = Array.from({ length: count }, () => new Worker(new URL('signer.ts', import.meta.url), { workerData: task }));
  const ask = (worker: Worker): Promise<string[][]> => {
    const lot = once(worker, 'message').then(([chains]) => chains as string[][]);
    worker.postMessage('next');
    return lot;
  };
  const coming = workers.map(ask);
  try {
    for (let i = 0; ; i = (i + 1) % count) {
      const lot = coming[i] as Promise<string[][]>;
      yield lot;
      coming[i] = ask(workers[i] as Worker);
    }
  } finally {
    for (const worker of workers) void worker.terminate();
  }
}

async function send(port: number, jws: readonly string[], withPresentation: boolean): Promise<EventsAnswer> {
  const response = await fetch(`http://127.0.0.1:${port}${paths.events(SITE)}`, {
    method: 'POST',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      sentAt: new Date().toISOString(),
      events: jws,
      presentations: withPresentation ? [presentation] : [],
    }),
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  const answer = (await response.json()) as EventsAnswer;
  const refused = answer.results.find(({ status }) => status !== 'accepted');
  if (refused) throw new Error(`not accepted: ${JSON.stringify(refused)}`);
  return answer;
}

const sizeOf = (name: string): number => statSync(name, { throwIfNoEntry: false })?.size ?? 0;

interface Kept extends KnownEvent {
  jws: string;
}

/** The JWS that the service gives back in a receipt must be the one that was sent, byte for byte. */
async function checkKept(service: CandourService, kept: readonly Kept[]): Promise<void> {
  for (const { id, subject, jws } of kept) {
    const response = await fetch(
      `http://127.0.0.1:${service.port}${paths.receipt(SITE, id)}?subject=${encodeURIComponent(subject)}`,
      { headers: { Authorization: `Bearer ${service.key}`, Accept: 'application/json' } },
    );
    const { event } = (await response.json()) as { event?: string };
    if (event !== jws) throw new Error(`event ${id} came back changed (${response.status})`);
  }
}

const subjectOf = async (jws: string): Promise<string> => {
  const { jwk } = JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { jwk: Record<string, string> };
  const text = JSON.stringify({ crv: jwk['crv'], kty: jwk['kty'], x: jwk['x'], y: jwk['y'] });
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('base64url');
};

const kept: Kept[] = [];
const all = new SetDigest();
let [sent, presented] = [0, false];
const lots = signing(Number(options.signers));
const queue: string[][] = [];
let filling: Promise<void> | null = null;
async function nextChain(): Promise<string[]> {
  while (queue.length === 0) {
    filling ??= (lots.next().value as Promise<string[][]>).then((lot) => {
      queue.push(...lot);
      filling = null;
    });
    await filling;
  }
  return queue.shift() as string[];
}

async function sendUntil(service: CandourService, end: number): Promise<void> {
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (sent < end) {
        sent += each;
        const chain = await nextChain();
        for (let at = 0; at < chain.length; at += PER_REQUEST) {
          const part = chain.slice(at, at + PER_REQUEST);
          const { results } = await send(service.port, part, !presented);
          presented = true;
          for (const jws of part) all.add(jws);
          const [first] = results;
          if (first?.id && (first.index ?? 1) % KEEP_EVERY < PER_REQUEST && kept.length < 2000)
            kept.push({ id: first.id, jws: part[0] as string, subject: await subjectOf(part[0] as string) });
        }
      }
    }),
  );
}

const postgres: Postgres | null = engine === 'postgres' ? await startPostgres() : null;
const service = await startCandour(postgres ? postgres.database('volume') : `sqlite:${file}`, folder);
const diskUsed = (): number =>
  postgres
    ? Number(postgres.ask("SELECT pg_database_size('volume')"))
    : sizeOf(file) + sizeOf(`${file}-wal`) + sizeOf(`${file}-shm`);
const processorTime = (): number => service.processorTime() + (postgres?.processorTime() ?? 0);

const verdicts: string[] = [];
const judge = (what: string, holds: boolean): void => void verdicts.push(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${what}`);
const queryTimes = new Map<string, number>();

async function exports(): Promise<number[]> {
  const measures = await measureExports(service, all);
  for (const measure of measures) console.log(exportLine(measure, sent));
  return measures.map(({ peak }) => peak);
}

try {
  console.log(`${new Date().toISOString().slice(0, 16)}Z, Node ${process.version}, ${JSON.stringify(service.durability)}`);
  console.log(`${events} events of ${events / each} subjects, ${PER_REQUEST} a request over ${CONNECTIONS} connections\n`);
  console.log('events      events/s  of the first  /s of processor  of the first  MiB now  MiB peak  bytes/event  slowest query');
  const began = performance.now();
  const first = { rate: 0, processor: 0, exportPeaks: [] as number[] };
  let last = { rate: 0, processor: 0, peak: 0, disk: 0 };
  service.forgetPeak();
  for (let goal = step; goal <= events && performance.now() - began < Number(options.minutes) * 60_000; goal += step) {
    const [start, size, used] = [performance.now(), sent, processorTime()];
    await sendUntil(service, goal);
    const rate = ((sent - size) / (performance.now() - start)) * 1000;
    const processor = (sent - size) / (processorTime() - used);
    if (first.rate === 0) [first.rate, first.processor] = [rate, processor];
    const { now, peak } = service.memory();
    last = { rate, processor, peak: Math.max(last.peak, peak), disk: diskUsed() / sent };
    const times = await timeDashboard(service, dashboardQueries(sent, kept[Math.floor(kept.length / 2)] as Kept));
    for (const [name, ms] of times) queryTimes.set(name, Math.max(ms, queryTimes.get(name) ?? 0));
    const [slowest] = [...times].sort(([, a], [, b]) => b - a);
    console.log(
      [
        String(sent).padEnd(11),
        rate.toFixed(0).padStart(8),
        `${((rate / first.rate) * 100).toFixed(0)} %`.padStart(13),
        processor.toFixed(0).padStart(16),
        `${((processor / first.processor) * 100).toFixed(0)} %`.padStart(13),
        now.toFixed(0).padStart(8),
        peak.toFixed(0).padStart(9),
        last.disk.toFixed(0).padStart(12),
        `  ${slowest?.[1].toFixed(0)} ms, ${slowest?.[0]}`,
      ].join(' '),
    );
    if (first.exportPeaks.length === 0) first.exportPeaks = await exports();
    service.forgetPeak();
  }
  const exportPeaks = await exports();
  await checkKept(service, kept);
  console.log(
    `\nAll ${all.count} JWS came back byte for byte in an export, ${kept.length} of them from all over the log in receipts too.`,
  );
  console.log('\nDashboard queries, the slowest answer of any step:');
  for (const [name, ms] of queryTimes) console.log(`  ${ms.toFixed(0).padStart(5)} ms  ${name}`);
  judge(
    `at most 20 % slower at the end, by the clock (${((last.rate / first.rate) * 100).toFixed(0)} % of the first step)`,
    last.rate >= first.rate * GOALS.rate,
  );
  judge(
    `and by processor time (${((last.processor / first.processor) * 100).toFixed(0)} %)`,
    last.processor >= first.processor * GOALS.rate,
  );
  judge(`memory under ${GOALS.memory} MiB while it takes events (${last.peak.toFixed(0)})`, last.peak < GOALS.memory);
  judge(
    `and in an export (${Math.max(...exportPeaks).toFixed(0)}; of the first step ${Math.max(...first.exportPeaks).toFixed(0)})`,
    Math.max(...exportPeaks) < GOALS.memory,
  );
  judge(
    `every dashboard query under ${GOALS.query} ms (${Math.max(...queryTimes.values()).toFixed(0)})`,
    Math.max(...queryTimes.values()) < GOALS.query,
  );
  if (!postgres) judge(`at most ${GOALS.disk} bytes of disk an event (${last.disk.toFixed(0)})`, last.disk <= GOALS.disk);
  console.log(`\n${verdicts.join('\n')}`);
} finally {
  lots.return(undefined);
  await service.stop();
  postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
}
