// The load generator, a process of its own: 32 keep-alive connections, one request each at a time, for a fixed time or until the
// requests run out. HTTP/1.1 over plain sockets, as a client library would take from the service a good part of one of two cores.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

export interface LoadPlan {
  port: number;
  path: string;
  headers: Record<string, string>;
  /** A file with one request body a line. */
  bodies: string;
  connections: number;
  /** Not counted: time for the just-in-time compiler. */
  warmupSeconds: number;
  seconds: number;
  /** What the body of every answer must hold to count as an acknowledgement. */
  acknowledged: string;
}

export interface LoadResult {
  /** Acknowledged in the counted time. */
  count: number;
  /** Acknowledged in all, the warm-up included. */
  total: number;
  seconds: number;
  /** ms */
  p50: number;
  p95: number;
  p99: number;
  max: number;
  ranOut: boolean;
  /** Requests (line number) and their answers, spread over the run. */
  samples: { line: number; answer: string }[];
}

const SAMPLE_EVERY = 997;

class Refused extends Error {}

/** `onCounting` is called when the warm-up is over. */
export async function load(plan: LoadPlan, onCounting: () => void): Promise<LoadResult> {
  const head =
    `POST ${plan.path} HTTP/1.1\r\nHost: 127.0.0.1:${plan.port}\r\n` +
    Object.entries(plan.headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('');
  const requests = readFileSync(plan.bodies, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Buffer.from(`${head}Content-Length: ${Buffer.byteLength(line)}\r\n\r\n${line}`));
  const times: number[] = [];
  const samples: LoadResult['samples'] = [];
  let [next, total] = [0, 0];
  const start = performance.now();
  const countFrom = start + plan.warmupSeconds * 1000;
  const end = countFrom + plan.seconds * 1000;
  let last = start;
  setTimeout(onCounting, plan.warmupSeconds * 1000);

  const runConnection = (): Promise<void> =>
    new Promise((resolve, reject) => {
      let [sentAt, line] = [0, 0];
      let received = '';
      // Read into one buffer: Node would take 64 KiB for each part, to give most of it back.
      const onread = {
        buffer: Buffer.allocUnsafe(65_536),
        callback: (length: number, buffer: Uint8Array): boolean => {
          // A character a byte: what is looked for has no other.
          arrived((buffer as Buffer).toString('latin1', 0, length));
          return true;
        },
      };
      const socket = connect({ port: plan.port, host: '127.0.0.1', noDelay: true, onread });
      const send = (): void => {
        sentAt = performance.now();
        if (sentAt >= end || next >= requests.length) {
          socket.end();
          resolve();
          return;
        }
        line = next++;
        socket.write(requests[line] as Buffer);
      };
      const answered = (text: string): void => {
        const now = performance.now();
        if (!text.startsWith('HTTP/1.1 200') || !text.includes(plan.acknowledged)) {
          reject(new Refused(`not acknowledged: ${text.slice(0, 600)}`));
          socket.destroy();
          return;
        }
        total += 1;
        if (sentAt >= countFrom) times.push(now - sentAt);
        if (total % SAMPLE_EVERY === 1) {
          const answer = Buffer.from(text.slice(text.indexOf('\r\n\r\n') + 4), 'latin1').toString();
          samples.push({ line, answer });
        }
        last = now;
        send();
      };
      const arrived = (part: string): void => {
        received += part;
        const headEnd = received.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const length = /\r\ncontent-length: (\d+)\r\n/i.exec(received)?.[1];
        if (length === undefined) {
          reject(new Refused('an answer without Content-Length'));
          return;
        }
        if (received.length < headEnd + 4 + Number(length)) return;
        const text = received;
        received = '';
        answered(text);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', () => reject(new Refused('the service closed the connection')));
    });

  await Promise.all(Array.from({ length: plan.connections }, runConnection));
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  const ranOut = next >= requests.length;
  return {
    count: times.length,
    total,
    seconds: (Math.max(last, countFrom) - countFrom) / 1000,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: times.at(-1) ?? Number.NaN,
    ranOut,
    samples,
  };
}

if (process.send)
  process.once('message', (plan: LoadPlan) => {
    load(plan, () => process.send?.({ counting: true })).then(
      (result) => process.send?.({ result }, () => process.disconnect()),
      (error: unknown) => process.send?.({ error: String(error) }, () => process.disconnect()),
    );
  });
