// A list whose client goes away, or whose service is stopped: the rows in hand are finished, none behind them is begun, and its place
// is free again.
import { afterEach, describe, expect, it, vi } from 'vitest';

import { issueCredential } from '../../server/credentials.ts';
import type { ImportReport } from '../../server/marketing/import/import-report.ts';
import type { Site } from '../../server/store/store.ts';
import { listeningService, type ListeningService } from '../support/listening-service.ts';
import { MARKETING } from '../support/marketing-site.ts';
import { connectRaw, type RawClient } from '../support/raw-client.ts';

let service: ListeningService;
/** The same until it is stopped. */
let running: ListeningService | null = null;
let token: string;
const SITES = ['example', 'second', 'third'];
async function start(): Promise<void> {
  service = await listeningService({ sites: SITES.map((site) => ({ site, name: site, ...MARKETING })) });
  running = service;
  ({ token } = await issueCredential(service.store, 'api_key', { name: 'Ada', role: 'owner' }, new Date()));
}
afterEach(async () => {
  await running?.close();
  running = null;
});

const pathOf = (site: string): string => `/v1/admin/sites/${site}/lists?channel=email&sender=acme`;
const bringIn = (body: string, site = 'example'): Promise<Response> =>
  fetch(service.url + pathOf(site), {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv' },
    body,
  });
/** A client that announces so many bytes and sends these. */
async function sends(body: string, length = Buffer.byteLength(body), site = 'example'): Promise<RawClient> {
  const client = await connectRaw(service.url);
  client.send(
    `POST ${pathOf(site)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: text/csv\r\nContent-Length: ${length}\r\n\r\n${body}`,
  );
  return client;
}
const siteOf = async (name = 'example'): Promise<Site> => (await service.store.site(name)) as Site;
const audited = async (site: Site): Promise<(string | null)[]> =>
  (await service.store.audit.list(site, null, 20)).filter(({ action }) => action === 'import.run').map(({ object }) => object);
async function contacts(site: Site): Promise<number> {
  let [count, id] = [0, ''];
  for (;;) {
    const page = await service.store.contacts.after(site, id, 500);
    count += page.length;
    if (page.length < 500) return count;
    id = page.at(-1)?.id ?? id;
  }
}

describe('a list that is brought in over a connection', () => {
  it('R45 stops behind the rows in hand when its client is gone, says how far it came, and brought again changes nothing twice', async () => {
    await start();
    const rows = 20_000;
    const list = `Email\n${Array.from({ length: rows }, (_, i) => `person${i}@example.org\n`).join('')}`;
    const client = await sends(list);
    await vi.waitFor(() => expect(client.received()).toContain('"progress"'));
    client.destroy();
    const site = await siteOf();
    const ended = await vi.waitFor(async () => {
      const [last] = await audited(site);
      const line = /^contacts for email by acme: ended behind line (\d+), as the connection was closed$/.exec(last ?? '')?.[1];
      expect(line).toBeDefined();
      return Number(line);
    });
    expect(ended, 'before the end').toBeLessThan(rows);
    expect(ended).toBeGreaterThan(500);
    expect(await contacts(site), 'each row up to that line, and none behind it').toBe(ended - 1);

    const lines = (await (await bringIn(list)).text()).trim().split('\n');
    const { report } = JSON.parse(lines.at(-1) ?? '') as { report: ImportReport };
    expect(report).toMatchObject({ rows, line: rows + 1, contacts: { new: rows - (ended - 1), known: ended - 1 } });
    expect(await contacts(site)).toBe(rows);
    expect(await audited(site)).toEqual([
      `contacts for email by acme: ${rows} rows, up to line ${rows + 1}`,
      'contacts for email by acme',
      `contacts for email by acme: ended behind line ${ended}, as the connection was closed`,
      'contacts for email by acme',
    ]);
  });

  it('R45 stops behind the rows in hand when the service is stopped, and its client is told how far it came', async () => {
    await start();
    const rows = 20_000;
    const client = await sends(`Email\n${Array.from({ length: rows }, (_, i) => `person${i}@example.org\n`).join('')}`);
    await vi.waitFor(() => expect(client.received()).toContain('"progress"'));
    const site = await siteOf();
    const { logged, store } = service;
    let last: string | null | undefined;
    const close = store.close.bind(store);
    store.close = async () => {
      [last] = await audited(site);
      await close();
    };
    running = null;
    await service.close();
    const told = /\{"failed":"the service is being stopped; [^"]+","line":(\d+)\}\n/.exec(client.received());
    const line = Number(told?.[1]);
    expect(line).toBeGreaterThan(500);
    expect(line, 'before the end').toBeLessThan(rows);
    expect(last, 'written down before the database was closed').toBe(`contacts for email by acme: ended behind line ${line}`);
    expect(logged.filter((each) => each.includes('"level":50'))).toEqual([]);
  });

  it('finds no place beside two of its site, or four of all sites, is told when to come back, and finds one when a client is gone', async () => {
    await start();
    const begun: RawClient[] = [];
    // The rest of their lists is still to come.
    for (const site of ['example', 'example', 'second', 'second']) {
      begun.push(await sends('Email\nada@example.org\n', 1_000_000, site));
      await vi.waitFor(async () =>
        expect(await audited(await siteOf(site))).toHaveLength(begun.length - (site === 'second' ? 2 : 0)),
      );
    }
    const [first] = begun as [RawClient];
    const refused = async (site: string) => {
      const answer = await bringIn('Email\neve@example.org\n', site);
      const { code, detail } = (await answer.json()) as { code: string; detail: string };
      return { status: answer.status, code, detail, after: answer.headers.get('Retry-After') };
    };
    const safe = 'nothing of this one was taken, and it is safe to send it again';
    expect(await refused('example')).toEqual({
      ...{ status: 429, code: 'RATE_LIMITED', after: '30' },
      detail: `2 lists of a site at a time: ${safe}`,
    });
    expect(await refused('third')).toEqual({
      ...{ status: 503, code: 'UNAVAILABLE', after: '30' },
      detail: `4 lists at a time: ${safe}`,
    });
    first.destroy();
    const answer = await vi.waitFor(async () => {
      const one = await bringIn('Email\neve@example.org\n');
      expect(one.status).toBe(200);
      return one;
    });
    expect(await answer.text()).toContain('"report"');
    expect(await contacts(await siteOf()), 'and nothing of the list that was never all here').toBe(1);
    for (const client of begun) client.destroy();
  });
});
