// A consent service that really listens, in this process, on SQLite in a folder of its own, with the limits that a test needs.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { pino } from 'pino';

import type { EventsAnswer } from '../../shared/api.ts';
import { parseConfig, type Config } from '../../server/config.ts';
import { HTTP_LIMITS, type HttpLimits } from '../../server/http-server.ts';
import { startService } from '../../server/service.ts';
import { createSite } from '../../server/sites.ts';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import { cookiePolicy, ORIGIN } from './service.ts';

export interface ListeningService {
  /** Of loopback. */
  url: string;
  port: number;
  folder: string;
  /** Ids of logs by site. */
  logs: Record<string, string>;
  store: Store;
  /** Lines of the log, level trace. */
  logged: readonly string[];
  post(site: string, events: unknown[], more?: { sentAt?: string; headers?: Record<string, string> }): Promise<Response>;
  /** Posts to "example" and expects 200. */
  send(events: unknown[]): Promise<EventsAnswer>;
  close(): Promise<void>;
}

export interface ListeningOptions {
  limits?: Partial<HttpLimits>;
  config?: Partial<Config>;
  /** Otherwise "example" alone. */
  sites?: { site: string; name?: string; origins?: string[]; notices?: unknown[]; configuration?: unknown }[];
}

export async function listeningService({
  limits = {},
  config = {},
  sites = [{ site: 'example' }],
}: ListeningOptions = {}): Promise<ListeningService> {
  const folder = await mkdtemp(join(tmpdir(), 'candour-listening-'));
  const parsed = parseConfig({
    CANDOUR_DATABASE: `sqlite:${join(folder, 'candour.sqlite')}`,
    CANDOUR_LOG_KEY: join(folder, 'log-key.pem'),
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
    CANDOUR_LOG_LEVEL: 'trace',
    CANDOUR_RATE_LIMIT: 'off',
    CANDOUR_PUBLIC_URL: 'https://consent.example',
  });
  const store = await openStore(parsed.database);
  const logs: Record<string, string> = {};
  for (const site of sites) {
    const made = { origins: [ORIGIN], notices: [cookiePolicy], publicUrl: 'https://consent.example', ...site };
    logs[site.site] = (await createSite(store, made)).log;
  }
  await store.close();
  const logged: string[] = [];
  const stream = new Writable({ write: (chunk: Buffer, _, done) => (logged.push(chunk.toString()), done()) });
  const service = await startService({ ...parsed, publicUrl: null, port: 0, ...config }, pino({ level: 'trace' }, stream), {
    ...HTTP_LIMITS,
    ...limits,
  });
  const port = Number(new URL(service.url).port);
  const url = `http://127.0.0.1:${port}`;
  const post: ListeningService['post'] = (site, events, { sentAt = new Date().toISOString(), headers = {} } = {}) =>
    fetch(`${url}/v1/sites/${site}/events`, {
      method: 'POST',
      headers: { Origin: ORIGIN, 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ sentAt, events }),
    });
  return {
    url,
    port,
    folder,
    logs,
    store: service.store,
    logged,
    post,
    async send(events) {
      const response = await post('example', events);
      if (response.status !== 200) throw new Error(`expected 200, got ${response.status}: ${await response.text()}`);
      return (await response.json()) as EventsAnswer;
    },
    async close() {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
