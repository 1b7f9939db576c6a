// A consent service as a process of its own (`candour serve`), so that it can be killed or traced.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { EventsAnswer } from '../../shared/api.ts';
import { createSite } from '../../server/sites.ts';
import { parseConfig } from '../../server/config.ts';
import { openStore } from '../../server/store/open.ts';
import { freePort } from './free-port.ts';
import { cookiePolicy } from './service.ts';

const COMMAND = join(import.meta.dirname, '../../server/cli/candour.mjs');
const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/candour-processes');
export const PAGE_ORIGIN = 'https://www.example.org';

export interface ServiceProcess {
  url: string;
  /** What the service said at its start, one JSON line. */
  started: Record<string, string>;
  post(events: string[], presentations?: unknown[]): Promise<EventsAnswer>;
  /** Status of /readyz, and what it says of when to ask again. */
  ready(): Promise<{ status: number; retryAfter: string | null }>;
  /** Of the service itself, or of the program that it runs under. */
  pid: number;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; gives its exit code and all that it said. */
  terminate(): Promise<{ code: number | null; output: string }>;
}

/** A page's request with consent events. */
export const eventsRequest = (service: string, events: string[], presentations: unknown[] = []): Promise<Response> =>
  fetch(`${service}/v1/sites/example/events`, {
    method: 'POST',
    headers: { Origin: PAGE_ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events, presentations }),
  });

export interface Workplace {
  folder: string;
  /** The SQLite file; made only where no other database is named. */
  file: string;
  log: string;
  /** Of the service and of the commands; a change counts from the next start. */
  env: Record<string, string | undefined>;
  /** Starts the service, or one more on a port of its own; `before`: a program to run it under, with its arguments. */
  start(before?: string[]): Promise<ServiceProcess>;
  /** Runs another command of the CLI on the same database. */
  run(...args: string[]): Promise<{ code: number | null; output: string }>;
  close(): Promise<void>;
}

const output = (child: ChildProcess): (() => string) => {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()));
  return () => text;
};

/** A folder with a database that has one site, "example". `settings`: variables of the service, such as CANDOUR_DATABASE. */
export async function createWorkplace(settings: Record<string, string> = {}): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'candour-process-'));
  const file = join(folder, 'candour.sqlite');
  const url = `http://127.0.0.1:${await freePort()}`;
  const env: Workplace['env'] = {
    ...process.env,
    CANDOUR_PORT: new URL(url).port,
    CANDOUR_PUBLIC_URL: url,
    CANDOUR_DATABASE: `sqlite:${file}`,
    CANDOUR_LOG_KEY: join(folder, 'log-key.pem'),
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
    CANDOUR_LOG_LEVEL: 'info',
    // One machine sends as fast as it can.
    CANDOUR_RATE_LIMIT: 'off',
    // A process that ends in good order leaves its modules as it compiled them: the next one starts in half the time.
    NODE_COMPILE_CACHE: COMPILED,
    ...settings,
  };
  const store = await openStore(parseConfig(env).database);
  const site = { site: 'example', origins: [PAGE_ORIGIN], notices: [cookiePolicy], publicUrl: url };
  const { log } = await createSite(store, site);
  await store.close();
  const running = new Set<ChildProcess>();
  const services = new Set<ChildProcess>();
  const launch = (command: string[], more: Record<string, string> = {}): ChildProcess => {
    const child = spawn(command[0] ?? '', command.slice(1), {
      env: { ...env, ...more },
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    return child;
  };
  /** The process and what it started: a tracer's child would live on. */
  const killGroup = (child: ChildProcess): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  };

  return {
    folder,
    file,
    log,
    env,
    async start(before = []) {
      const port = services.size === 0 ? `${env['CANDOUR_PORT']}` : `${await freePort()}`;
      const here = `http://127.0.0.1:${port}`;
      const child = launch([...before, process.execPath, COMMAND, 'serve'], { CANDOUR_PORT: port });
      services.add(child);
      child.once('exit', () => services.delete(child));
      const text = output(child);
      const line = await new Promise<string>((resolve, reject) => {
        const look = (): void => {
          const found = text()
            .split('\n')
            .find((candidate) => candidate.includes('"msg":"listening"'));
          if (found) resolve(found);
        };
        child.stdout?.on('data', look);
        child.once('exit', (code) => reject(new Error(`the service ended with ${code}: ${text()}`)));
        child.once('error', reject);
      });
      return {
        url: here,
        started: JSON.parse(line) as Record<string, string>,
        async post(events, presentations = []) {
          const response = await eventsRequest(here, events, presentations);
          if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
          return (await response.json()) as EventsAnswer;
        },
        async ready() {
          const { status, headers } = await fetch(`${here}/readyz`);
          return { status, retryAfter: headers.get('Retry-After') };
        },
        pid: child.pid ?? 0,
        async kill() {
          const gone = once(child, 'exit');
          killGroup(child);
          await gone;
        },
        async terminate() {
          const gone = once(child, 'close');
          child.kill('SIGTERM');
          const [code] = (await gone) as [number | null];
          return { code, output: text() };
        },
      };
    },
    async run(...args) {
      const child = launch([process.execPath, COMMAND, ...args]);
      const text = output(child);
      const [code] = (await once(child, 'close')) as [number | null];
      return { code, output: text() };
    },
    async close() {
      for (const child of running) {
        const gone = once(child, 'exit');
        killGroup(child);
        await gone;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
