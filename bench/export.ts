// All events of a log, exported in each format over HTTP and thrown away: how fast, and how much memory the service takes for it.
// A part of the volume run, which has a log to export.
import { createHash } from 'node:crypto';

import { EVENT_FORMATS, type EventFormat } from '../server/export/export-events.ts';
import { SITE, type CandourService } from './candour-service.ts';

export interface ExportMeasure {
  format: EventFormat;
  seconds: number;
  bytes: number;
  /** MiB of the service, before and at most during the export. */
  before: number;
  peak: number;
  /** The slowest answer that others got meanwhile, in ms. */
  slowest: number;
}

/** Sums SHA-256 digests, so that two sets of JWS can be compared whatever their order, in constant memory. */
export class SetDigest {
  count = 0;
  readonly #sum = new Uint32Array(8);

  add(text: string): void {
    const digest = createHash('sha256').update(text).digest();
    for (let i = 0; i < 8; i++) this.#sum[i] = (this.#sum[i] ?? 0) + digest.readUInt32LE(i * 4);
    this.count += 1;
  }

  /** Equal for equal sets. */
  text(): string {
    return `${this.count} with sum ${Buffer.from(this.#sum.buffer).toString('hex')}`;
  }
}

async function watchOthers(service: CandourService, done: { yet: boolean }): Promise<number> {
  let slowest = 0;
  while (!done.yet) {
    const start = performance.now();
    await (await fetch(`http://127.0.0.1:${service.port}/healthz`)).arrayBuffer();
    slowest = Math.max(slowest, performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return slowest;
}

/** `digest` is told each JWS of a JSON Lines export. */
async function measureExport(service: CandourService, format: EventFormat, digest?: SetDigest): Promise<ExportMeasure> {
  service.forgetPeak();
  const before = service.memory().now;
  const done = { yet: false };
  const others = watchOthers(service, done);
  const start = performance.now();
  const response = await fetch(`http://127.0.0.1:${service.port}/v1/admin/sites/${SITE}/export?format=${format}`, {
    headers: { Authorization: `Bearer ${service.key}` },
  });
  if (response.status !== 200 || !response.body) throw new Error(`export as ${format}: ${response.status}`);
  let [bytes, rest] = [0, ''];
  const decoder = new TextDecoder();
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (!digest) continue;
    const lines = (rest + decoder.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) digest.add((JSON.parse(line) as { jws: string }).jws);
  }
  const seconds = (performance.now() - start) / 1000;
  done.yet = true;
  return { format, seconds, bytes, before, peak: service.memory().peak, slowest: await others };
}

/** Each format once to nowhere, and JSON Lines read again: throws unless its JWS are those that were sent, each byte for byte. */
export async function measureExports(service: CandourService, sent: SetDigest): Promise<ExportMeasure[]> {
  const measures: ExportMeasure[] = [];
  for (const format of EVENT_FORMATS) measures.push(await measureExport(service, format));
  const got = new SetDigest();
  await measureExport(service, 'jsonl', got);
  if (got.text() !== sent.text()) throw new Error(`sent ${sent.text()}, exported ${got.text()}`);
  return measures;
}

export const exportLine = ({ format, seconds, bytes, before, peak, slowest }: ExportMeasure, events: number): string =>
  `export of ${events} as ${format}: ${seconds.toFixed(1)} s, ${(events / seconds).toFixed(0)} events/s, ` +
  `${(bytes / 1e6).toFixed(0)} MB; memory ${before.toFixed(0)} -> at most ${peak.toFixed(0)} MiB; ` +
  `slowest other answer ${slowest.toFixed(0)} ms`;
