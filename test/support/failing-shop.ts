// A site whose service can fail in every way that a network knows, and whose pages carry what headers a test gives them. The pages
// answer on every host that leads here.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import { parseConfig } from '../../server/config.ts';
import { startService } from '../../server/service.ts';
import { createSite } from '../../server/sites.ts';
import { openStore } from '../../server/store/open.ts';
import type { Store } from '../../server/store/store.ts';
import type { SiteConfigurationInput } from '../../shared/site/configuration.ts';
import { freePort } from './free-port.ts';
import { cookiePolicy } from './service.ts';

/** What comes in the place of the service's answer; `never`: nothing does, ever. */
export type Fault = { status: number; type: string; body: string } | 'never' | 'refused';

export interface FailingShop {
  /** The service's public URL: the line that fails. */
  service: string;
  store: Store;
  /** Of the pages. */
  port: number;
  /** By path. */
  pages: Map<string, { headers?: Record<string, string>; body: string }>;
  /** Requests to the pages' server, as `host/path`. */
  requests: string[];
  /** Bodies posted to /reports: violations of a Content-Security-Policy. */
  reports: string[];
  /** Null: the service answers. */
  fault: ((path: string, method: string) => Fault | null) | null;
  /** Breaks off what was never to be answered. */
  release(): void;
  close(): Promise<void>;
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

const end = (server: Server): Promise<void> => {
  server.closeAllConnections();
  return new Promise((resolve) => void server.close(() => resolve()));
};

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** The site is "shop", its pages on shop.localhost and, without a secure context, shop.test. */
export async function startFailingShop(configuration: Omit<SiteConfigurationInput, 'schema' | 'site' | 'name' | 'origins'>) {
  const folder = await mkdtemp(join(tmpdir(), 'candour-failing-'));
  const direct = await freePort();
  const shop = { pages: new Map(), requests: [], reports: [], fault: null } as unknown as FailingShop;

  const unanswered = new Set<ServerResponse>();
  const line = createServer((request, response) => {
    const { url = '/', method = 'GET' } = request;
    const fault = shop.fault?.(url, method) ?? null;
    if (fault === 'refused') return void request.socket.destroy();
    if (fault === 'never') return void unanswered.add(response);
    if (fault) {
      request.resume();
      const headers = { 'content-type': fault.type, 'access-control-allow-origin': '*' };
      return void response.writeHead(fault.status, headers).end(fault.body);
    }
    const forwarded = ask({ host: '127.0.0.1', port: direct, path: url, method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    forwarded.on('error', () => response.destroy());
    request.pipe(forwarded);
  });

  const page = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, host } = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    shop.requests.push(`${host.split(':')[0]}${pathname}`);
    if (pathname === '/reports') {
      shop.reports.push(await textOf(request));
      return void response.writeHead(204).end();
    }
    const found = shop.pages.get(pathname);
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8';
    response.writeHead(found ? 200 : 404, { 'content-type': type, ...found?.headers }).end(found?.body ?? 'nothing here');
  };
  const pages = createServer((request, response) => void page(request, response));

  const [linePort, port] = [await listen(line), await listen(pages)];
  const service = `http://localhost:${linePort}`;
  const config = parseConfig({
    CANDOUR_DATABASE: `sqlite:${join(folder, 'candour.sqlite')}`,
    CANDOUR_LOG_KEY: join(folder, 'log-key.pem'),
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
    CANDOUR_LOG_LEVEL: 'error',
    CANDOUR_RATE_LIMIT: 'off',
    CANDOUR_PORT: `${direct}`,
    CANDOUR_PUBLIC_URL: service,
  });
  const store = await openStore(config.database);
  await createSite(store, {
    site: 'shop',
    name: 'The Shop',
    origins: ['shop.localhost', 'shop.test'].map((host) => `http://${host}:${port}`),
    notices: [cookiePolicy],
    publicUrl: service,
    configuration: { schema: 1, ...configuration },
  });
  await store.close();
  const running = await startService(config, pino({ level: 'error' }));
  return Object.assign(shop, {
    service,
    store: running.store,
    port,
    release() {
      for (const response of unanswered) response.destroy();
      unanswered.clear();
    },
    async close() {
      await Promise.all([end(line), end(pages)]);
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  });
}
