import type { Handler } from 'hono';

import { formatLogKeys } from '../log/key.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { SERVICE_VERSION } from '../service-version.ts';

export const alive: Handler = (c) => c.json({ status: 'alive' }, 200, { 'Cache-Control': 'no-store' });

export const ready =
  ({ store, logger }: ServiceContext): Handler =>
  async (c) => {
    try {
      await store.ready();
    } catch (error) {
      logger.error({ error: (error as Error).message, code: (error as { code?: unknown }).code }, 'not ready');
      throw new ProblemError('UNAVAILABLE', 'The database does not answer or is not up to date.', { 'Retry-After': '5' });
    }
    return c.json({ status: 'ready' }, 200, { 'Cache-Control': 'no-store' });
  };

/** The keys of every log, retired ones for ever: what a receipt is checked with; and who cosigns. */
export const wellKnown =
  ({ store, sites, publicUrl }: ServiceContext): Handler =>
  async (c) => {
    const witnesses = await store.witnesses.witnesses();
    const logs = await Promise.all(
      (await store.sites()).map(async ({ id }) => {
        const { site, keys } = await sites.get(id);
        return { site: site.id, log: site.log, keys: await formatLogKeys(site, keys), witnesses };
      }),
    );
    return c.json({ service: publicUrl, version: SERVICE_VERSION, logs }, 200, { 'Cache-Control': 'public, max-age=60' });
  };
