// What becomes of speed, memory, disk and the dashboard when a log grows: events signed by real keys, sent over HTTP to a service
// on SQLite, with the figures after each step. Each event is signed once, while the run goes on, so this measures the service and
// not a peak: the rate is also given per second of the service's own processor time.
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { paths, type EventsAnswer } from '../shared/api.ts';
import { presentation, presentationHash } from '../test/support/presentation.ts';
import { LOG, ORIGIN, SITE, startCandour, type CandourService } from './candour-service.ts';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    step: { type: 'string', default: '100000' },
    /** Events of a subject, sent in requests of ten. */
    each: { type: 'string', default: '20' },
    signers: { type: 'string', default: '2' },
    folder: { type: 'string', default: tmpdir() },
  },
});
const [events, step, each] = [Number(options.events), Number(options.step), Number(options.each)];
const LOT = 50;
const PER_REQUEST = 10;
const CONNECTIONS = 32;
const KEEP_EVERY = 499;

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

async function timed(service: CandourService, path: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const response = await fetch(`http://127.0.0.1:${service.port}${path}`, {
      headers: { Authorization: `Bearer ${service.key}` },
    });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    times.push(performance.now() - start);
  }
  return Math.max(...times);
}

const sizeOf = (name: string): number => statSync(name, { throwIfNoEntry: false })?.size ?? 0;

interface Kept {
  id: string;
  subject: string;
  jws: string;
}

/** The JWS that the service gives back must be the one that was sent, byte for byte. */
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
          const [first] = results;
          if (first?.id && (first.index ?? 1) % KEEP_EVERY < PER_REQUEST && kept.length < 2000)
            kept.push({ id: first.id, jws: part[0] as string, subject: await subjectOf(part[0] as string) });
        }
      }
    }),
  );
}

const service = await startCandour(`sqlite:${file}`, folder);
try {
  console.log(`${new Date().toISOString().slice(0, 16)}Z, Node ${process.version}, ${JSON.stringify(service.durability)}`);
  console.log(`${events} events of ${events / each} subjects, ${PER_REQUEST} a request over ${CONNECTIONS} connections\n`);
  console.log('events      events/s  /s of processor  MiB now  MiB peak  bytes/event  dashboard: statistics, events, sites (ms)');
  let [size, processor] = [0, service.processorTime()];
  for (let goal = step; goal <= events; goal += step) {
    const start = performance.now();
    await sendUntil(service, goal);
    const seconds = (performance.now() - start) / 1000;
    const used = service.processorTime() - processor;
    const disk = sizeOf(file) + sizeOf(`${file}-wal`);
    const asked: number[] = [];
    for (const path of [paths.adminStatistics(SITE), `${paths.adminEvents(SITE)}?limit=50`, paths.adminSites()])
      asked.push(await timed(service, path));
    const { now, peak } = service.memory();
    console.log(
      [
        String(sent).padEnd(11),
        ((sent - size) / seconds).toFixed(0).padStart(8),
        ((sent - size) / used).toFixed(0).padStart(16),
        now.toFixed(0).padStart(8),
        peak.toFixed(0).padStart(9),
        (disk / sent).toFixed(0).padStart(12),
        `  ${asked.map((ms) => ms.toFixed(0)).join(', ')}`,
      ].join(' '),
    );
    [size, processor] = [sent, service.processorTime()];
  }
  await checkKept(service, kept);
  console.log(`\n${kept.length} events from all over the log came back byte for byte.`);
} finally {
  lots.return(undefined);
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
}
