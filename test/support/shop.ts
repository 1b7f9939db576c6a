// A site of its own for journeys of the widget: a real service, and pages that a test writes, on any host that leads here.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
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

type Purposes = SiteConfigurationInput['purposes'];

const purpose = (id: string, activity: string, more: Partial<Purposes[number]>): Purposes[number] => ({
  id,
  kind: id === 'media' ? 'other' : (id as 'statistics'),
  label: `The ${id}`,
  description: `What ${id} does.`,
  activity: { notice: 'cookie_policy', activity },
  ...more,
});

/** Statistics and advertising with items on the device, media without, security which nobody is asked about. */
export const shopPurposes: Purposes = [
  purpose('statistics', 'visit-statistics', {
    label: 'Counting visits',
    storage: [
      { name: '_visits', kind: 'cookie', lifetime: '14 months' },
      { name: 'visits', kind: 'local_storage', lifetime: '1 year', provider: 'Tallyhouse Ltd' },
    ],
  }),
  purpose('advertising', 'adverts', {
    label: 'Adverts',
    recipients: ['Adverts of Others plc'],
    services: [
      {
        id: 'adnetwork',
        name: 'AdNetwork',
        provider: 'AdNetwork Inc.',
        storage: [{ name: '_an_*', kind: 'cookie', lifetime: '90 days' }],
      },
    ],
  }),
  purpose('media', 'visit-statistics', { label: 'Videos and maps' }),
];

export interface Shop {
  service: string;
  /** Port of the pages. */
  port: number;
  /** `http://shop.localhost:<port>` */
  origin: string;
  /** The embedding tag. */
  tag: string;
  store: Store;
  /** What is served under a path, on every host. */
  pages: Map<string, string | { type: string; body: string }>;
  close(): Promise<void>;
}

/** `hosts`: where the pages are besides shop.localhost. The site's id is "shop". */
export async function startShop(
  configuration: Partial<SiteConfigurationInput> = {},
  hosts: readonly string[] = [],
  environment: Record<string, string> = {},
): Promise<Shop> {
  const pages: Shop['pages'] = new Map();
  const server = createServer((request, response) => {
    const found = pages.get(new URL(request.url ?? '/', 'http://x').pathname);
    const page = typeof found === 'string' ? { type: 'text/html; charset=utf-8', body: found } : found;
    response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/plain' }).end(page?.body ?? 'nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const folder = await mkdtemp(join(tmpdir(), 'candour-shop-'));
  const servicePort = await freePort();
  const config = parseConfig({
    CANDOUR_DATABASE: `sqlite:${join(folder, 'candour.sqlite')}`,
    CANDOUR_LOG_KEY: join(folder, 'log-key.pem'),
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
    CANDOUR_LOG_LEVEL: 'error',
    CANDOUR_RATE_LIMIT: 'off',
    CANDOUR_PORT: `${servicePort}`,
    CANDOUR_PUBLIC_URL: `http://localhost:${servicePort}`,
    ...environment,
  });
  const origins = ['shop.localhost', ...hosts].map((host) => `http://${host}:${port}`);
  const store = await openStore(config.database);
  await createSite(store, {
    site: 'shop',
    name: 'The Shop',
    origins,
    notices: [cookiePolicy],
    publicUrl: config.publicUrl ?? '',
    configuration: { schema: 1, purposes: shopPurposes, jurisdiction: 'EU', ...configuration },
  });
  await store.close();
  const service = await startService(config, pino({ level: 'error' }));
  return {
    service: service.url,
    port,
    origin: origins[0] ?? '',
    tag: `<script src="${service.url}/w/shop.js"></script>`,
    store: service.store,
    pages,
    async close() {
      await service.close();
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A page with the tag first in its head. */
export const shopPage = (tag: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head>${tag}<meta charset="utf-8"><title>Shop</title>${head}</head><body>${body}</body></html>`;
