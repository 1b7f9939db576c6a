// The whole demonstration in one process: the service, the five organisations with their documents, and their web sites.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';

import { getRequestListener } from '@hono/node-server';

import { ConfigError, type Config } from '../server/config.ts';
import { issueCredential } from '../server/credentials.ts';
import { startService } from '../server/service.ts';
import { createSite } from '../server/sites.ts';
import type { Store } from '../server/store/store.ts';
import { createDemoSites } from './demo-sites.ts';
import { DEMO_SITES } from './organisations.ts';
import type { Surroundings } from './sites/page.ts';

export interface Demo {
  /** The service's public URL, without a trailing slash. */
  service: string;
  store: Store;
  /** Where each site is, by its id: an origin, without a trailing slash. */
  sitesUrl: Record<string, string>;
  /** Opens the dashboard, once. */
  signInUrl: string;
  /** Answers what was taken, then stops. */
  close(): Promise<void>;
}

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const configurationOf = (site: string) => json(`configurations/${site}.configuration.json`) as Surroundings['configuration'];
const noticesOf = (site: string) => [json(`notices/${site}.notice.json`), json(`notices/${site}.cookie-policy.notice.json`)];

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new ConfigError(`CANDOUR_DEMO_PORT is ${port}, which another program uses; it takes a free port`, { cause: error })
          : error,
      ),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

const stop = (server: Server): Promise<void> => {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return stopped;
};

async function publishSites(store: Store, publicUrl: string, originOf: (host: string) => string): Promise<void> {
  for (const { id } of DEMO_SITES)
    await createSite(store, {
      site: id,
      origins: [originOf(id)],
      notices: noticesOf(id),
      configuration: configurationOf(id),
      publicUrl,
    });
}

/**
 * Starts everything, or brings a database of an earlier start up to date. Ports of 0 are replaced by free ones; the sites' origins
 * follow. Throws ConfigError for a taken port, LogKeyError, SiteInputError.
 */
export async function startDemo(config: Config): Promise<Demo> {
  let answer: ReturnType<typeof getRequestListener> | null = null;
  const sites = createServer((request, response) =>
    answer ? void answer(request, response) : void response.writeHead(503, { 'retry-after': '1' }).end('Starting.'),
  );
  const port = await listen(sites, config.host, config.demoPort);
  const originOf = (host: string) => `http://${host}.localhost:${port}`;
  try {
    const service = await startService(config);
    try {
      await publishSites(service.store, service.url, originOf);
      const configurations = Object.fromEntries(DEMO_SITES.map(({ id }) => [id, configurationOf(id)]));
      answer = getRequestListener(createDemoSites({ service: service.url, tags: originOf('tags'), configurations }).fetch);
      const { token } = await issueCredential(service.store, 'sign_in', { name: 'Demonstration', role: 'owner' }, new Date());
      return {
        service: service.url,
        store: service.store,
        sitesUrl: Object.fromEntries(DEMO_SITES.map(({ id }) => [id, originOf(id)])),
        signInUrl: `${service.url}/admin#token=${token}`,
        close: async () => void (await Promise.all([stop(sites), service.close()])),
      };
    } catch (error) {
      await service.close();
      throw error;
    }
  } catch (error) {
    await stop(sites);
    throw error;
  }
}
