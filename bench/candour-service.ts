// Candour as an operator runs it: `candour site create`, then `candour serve` as a process of its own, on either engine.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { cookiePolicy } from '../test/support/service.ts';
import { processorTime } from './processor-time.ts';

const COMMAND = join(import.meta.dirname, '../server/cli/candour.mjs');
export const SITE = 'example';
export const ORIGIN = 'https://www.example.org';
/** Of no host that is asked: it only begins the log id. */
const PUBLIC_URL = 'http://bench.localhost';
export const LOG = `bench.localhost/${SITE}`;

export interface CandourService {
  port: number;
  /** What the engine says of itself. */
  durability: Record<string, unknown>;
  /** MiB, now and at most since the start. */
  memory(): { now: number; peak: number };
  /** The peak begins anew. */
  forgetPeak(): void;
  /** Processor time since the start, in seconds, of all its threads. */
  processorTime(): number;
  /** An operator's API key. */
  key: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function listening(child: ChildProcess): Promise<Record<string, unknown>> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      const line = text.split('\n').find((candidate) => candidate.includes('"msg":"listening"'));
      if (line) resolve(JSON.parse(line) as Record<string, unknown>);
    });
    child.once('exit', (code) => reject(new Error(`candour ended with ${code}: ${text}`)));
    child.once('error', reject);
  });
}

const mebibytes = (pid: number, field: 'VmRSS' | 'VmHWM'): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** `database`: as CANDOUR_DATABASE. `folder`: for the log key. `profile`: a folder for a CPU profile. */
export async function startCandour(database: string, folder: string, profile?: string): Promise<CandourService> {
  const port = await freePort();
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    CANDOUR_PORT: `${port}`,
    CANDOUR_PUBLIC_URL: PUBLIC_URL,
    CANDOUR_DATABASE: database,
    CANDOUR_LOG_KEY: join(folder, 'log-key.pem'),
    CANDOUR_SECRET: 'only for the bench, and long enough to be taken',
    CANDOUR_LOG_LEVEL: 'info',
    // At work, but far away: the load comes from one address.
    CANDOUR_RATE_LIMIT: '9999999',
  };
  const notice = join(folder, 'policy.notice.json');
  writeFileSync(notice, JSON.stringify(cookiePolicy));
  const command = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`candour ${args.join(' ')} failed: ${stderr}`);
    return stdout;
  };
  command('site', 'create', SITE, '--origin', ORIGIN, '--notice', notice);
  const key = /^ {2}(\S+)$/m.exec(command('key', 'create'))?.[1] ?? '';
  const options = profile ? ['--cpu-prof', '--cpu-prof-dir', profile] : [];
  const child = spawn(process.execPath, [...options, COMMAND, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const { url, level, time, pid, hostname, msg, ...durability } = await listening(child);
  void [url, level, time, pid, hostname, msg];
  return {
    port,
    durability,
    memory: () => ({ now: mebibytes(child.pid ?? 0, 'VmRSS'), peak: mebibytes(child.pid ?? 0, 'VmHWM') }),
    // proc(5): resets VmHWM.
    forgetPeak: () => writeFileSync(`/proc/${child.pid}/clear_refs`, '5'),
    processorTime: () => processorTime(child.pid ?? 0),
    key,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
