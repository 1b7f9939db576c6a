// The demonstration for journeys, on free ports and a database of its own: in this process, or as `candour demo` in a child
// that can be killed and started again on the same ports and database.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Demo, startDemo } from '../../demo/start.ts';
import { parseConfig } from '../../server/config.ts';
import { freePort } from './free-port.ts';
import type { HoldingProxy } from './holding-proxy.ts';

export type DemoSiteId = 'cmp-solutions' | 'cpoms' | 'cpo' | 'cl-consortium' | 'cmsuk';

const ROOT = new URL('../../', import.meta.url);

export interface DemoOptions {
  /** Stands between the browsers and the service: the service is known under the proxy's URL. */
  proxy?: HoldingProxy;
  /** SQLite file to keep; otherwise a new one that goes with the demo. */
  database?: string;
  /** More environment for the service. */
  environment?: Record<string, string>;
}

interface Place {
  database: string;
  environment: Record<string, string>;
  /** The service itself, without a proxy in front. */
  direct: string;
  demoPort: string;
  remove(): void;
}

async function place({ proxy, database, environment }: DemoOptions): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'candour-demo-'));
  const file = database ?? join(folder, 'candour.sqlite');
  const ports = { CANDOUR_PORT: String(await freePort()), CANDOUR_DEMO_PORT: String(await freePort()), ...environment };
  const direct = `http://localhost:${ports.CANDOUR_PORT}`;
  proxy?.forwardTo(direct);
  return {
    database: file,
    direct,
    demoPort: ports.CANDOUR_DEMO_PORT,
    environment: {
      CANDOUR_DATABASE: `sqlite:${file}`,
      CANDOUR_PUBLIC_URL: proxy?.url ?? direct,
      CANDOUR_LOG_LEVEL: 'error',
      ...ports,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface TestDemo extends Demo {
  /** URL of a page: `site('cpoms', '/contact/')`. */
  site(id: DemoSiteId, path?: string): string;
  /** Host and port of the held-back tags. */
  tags: string;
  /** The service itself, without a proxy in front. */
  direct: string;
  /** SQLite file. */
  database: string;
}

/** The demonstration in this process: `demo.store` is the service's own. */
export async function startTestDemo(options: DemoOptions = {}): Promise<TestDemo> {
  const here = await place(options);
  const demo = await startDemo(parseConfig(here.environment, { secretRequired: false }));
  return {
    ...demo,
    site: (id, path = '/') => `${demo.sitesUrl[id]}${path}`,
    tags: `tags.localhost:${here.demoPort}`,
    direct: here.direct,
    database: here.database,
    async close() {
      await demo.close();
      here.remove();
    },
  };
}

export interface DemoProcess {
  service: string;
  direct: string;
  database: string;
  tags: string;
  site(id: DemoSiteId, path?: string): string;
  /** The sign-in link of the latest start. */
  signInUrl(): string;
  /** What the latest start has printed so far. */
  output(): string;
  pid(): number;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
  /** Ctrl-C; gives the exit code. */
  interrupt(): Promise<number | null>;
  /** Starts it again on the same ports and database. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const SIGN_IN = /\S+\/admin#token=\S+/;

interface Running {
  child: ChildProcess;
  output: string;
  /** Its exit code, once it has ended and all that it said has been read. */
  ended: Promise<number | null>;
}

/** Resolves when the child has printed its sign-in link, which it does once everything answers. */
function run(environment: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ['server/cli/candour.mjs', 'demo'], {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const running: Running = { child, output: '', ended };
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      running.output += chunk.toString('utf8');
      if (SIGN_IN.test(running.output)) resolve(running);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void ended.then((code) => reject(new Error(`candour demo ended with ${code} before it was ready:\n${running.output}`)));
  });
}

/** `candour demo` as a child process, ready to be used. */
export async function spawnDemo(options: DemoOptions = {}): Promise<DemoProcess> {
  const here = await place(options);
  let running = await run(here.environment);
  const end = async (signal: NodeJS.Signals) => {
    running.child.kill(signal);
    return running.ended;
  };
  return {
    service: here.environment['CANDOUR_PUBLIC_URL'] ?? here.direct,
    direct: here.direct,
    database: here.database,
    tags: `tags.localhost:${here.demoPort}`,
    site: (id, path = '/') => `http://${id}.localhost:${here.demoPort}${path}`,
    signInUrl: () => SIGN_IN.exec(running.output)?.[0] ?? '',
    output: () => running.output,
    pid: () => running.child.pid ?? 0,
    kill: async () => void (await end('SIGKILL')),
    interrupt: () => end('SIGINT'),
    async start() {
      running = await run(here.environment);
    },
    async close() {
      await end('SIGTERM');
      here.remove();
    },
  };
}
