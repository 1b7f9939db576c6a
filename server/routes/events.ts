import type { Context, Handler } from 'hono';

import { MAX_BODY } from '../../shared/api.ts';
import { acceptEvents } from '../accept-events.ts';
import { KeyRotatedError } from '../log/key.ts';
import { operatorOf } from '../operator.ts';
import { allows } from '../permissions.ts';
import { ProblemError } from '../problem.ts';
import { readBody } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Site } from '../store/store.ts';

/** text/plain is what a page may send without a preflight. */
const MEDIA_TYPES = ['application/json', 'text/plain'];

/** Pages of the site; and, without a browser, the site's own server with an ingest key. */
async function maySend(service: ServiceContext, c: Context, { id, origins }: Site): Promise<boolean> {
  const origin = c.req.header('Origin');
  if (origin !== undefined) return origins.includes(origin);
  if (!c.req.header('Authorization')?.startsWith('Bearer ')) return false;
  const operator = await operatorOf(service, c);
  return operator !== null && allows('POST /v1/sites/:site/events', operator, id);
}

export const postEvents =
  (service: ServiceContext): Handler =>
  async (c) => {
    const id = c.req.param('site') ?? '';
    let site = await service.sites.recent(id);
    if (!(await maySend(service, c, site.site))) {
      site = await service.sites.get(id);
      if (!(await maySend(service, c, site.site))) throw new ProblemError('ORIGIN_NOT_ALLOWED');
    }
    const mediaType = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    if (!MEDIA_TYPES.includes(mediaType)) throw new ProblemError('UNSUPPORTED_MEDIA_TYPE');
    const body = await readBody(c.req.raw, MAX_BODY);
    const answer = await acceptEvents(service, site, body).catch(async (error: unknown) => {
      // Nothing was signed: the new key is read, and the same is asked again.
      if (error instanceof KeyRotatedError) return acceptEvents(service, await service.sites.get(id), body);
      throw error;
    });
    for (const { status } of answer.results) service.metrics.event(site.site.id, status);
    return c.json(answer, 200, { 'Cache-Control': 'no-store' });
  };
