import type { Handler } from 'hono';

import { MAX_BODY } from '../../shared/api.ts';
import { acceptEvents } from '../accept-events.ts';
import { ProblemError } from '../problem.ts';
import { readBody } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';

/** text/plain is what a page may send without a preflight. */
const MEDIA_TYPES = ['application/json', 'text/plain'];

export const postEvents =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await service.sites.get(c.req.param('site') ?? '');
    const origin = c.req.header('Origin');
    if (origin === undefined || !site.site.origins.includes(origin)) throw new ProblemError('ORIGIN_NOT_ALLOWED');
    const mediaType = (c.req.header('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    if (!MEDIA_TYPES.includes(mediaType)) throw new ProblemError('UNSUPPORTED_MEDIA_TYPE');
    const answer = await acceptEvents(service, site, await readBody(c.req.raw, MAX_BODY));
    return c.json(answer, 200, { 'Cache-Control': 'no-store' });
  };
