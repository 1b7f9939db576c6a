// What the service answers for a demonstration site's widget: the built script with that site's configuration, notices and signals in
// front of it, from a real store. A budget is measured on it (size-budgets.ts).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import { fileSigner } from '../server/log/key.ts';
import { serviceContext } from '../server/service.ts';
import { createSite } from '../server/sites.ts';
import { sqliteStore } from '../server/store/sqlite/store.ts';
import { root } from './tool.ts';

const PUBLIC_URL = 'https://consent.example.org';

/** Its size in bytes as a browser gets it with Brotli. `first`: on a first visit, with the banner and its words. */
export async function siteScriptSize(site: string, first: boolean, dist: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'candour-size-'));
  const store = sqliteStore({ file: join(folder, 'candour.sqlite'), now: Date.now, migrate: true });
  try {
    const demo = (path: string): unknown => JSON.parse(readFileSync(join(root, 'demo', path), 'utf8'));
    await createSite(store, {
      site,
      origins: ['https://www.example.org'],
      notices: [demo(`notices/${site}.notice.json`), demo(`notices/${site}.cookie-policy.notice.json`)],
      configuration: demo(`configurations/${site}.configuration.json`),
      publicUrl: PUBLIC_URL,
    });
    const signer = fileSigner(join(folder, 'log-key.pem'));
    const { sites, widget } = serviceContext({ distFolder: dist }, store, signer, PUBLIC_URL, pino({ level: 'silent' }));
    const context = await sites.get(site);
    return (await widget.script(context, first, context.configuration.jurisdiction)).br.length;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
