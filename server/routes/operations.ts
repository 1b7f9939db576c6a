import type { Handler } from 'hono';

import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** For the operator's network: what comes through the proxy comes from outside. */
export const metricsText =
  ({ metrics }: ServiceContext): Handler =>
  async (c) => {
    if (c.req.header('X-Forwarded-For') !== undefined) throw new ProblemError('NOT_FOUND');
    const { type, body } = await metrics.text();
    return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  };

/** What the operator affirms about Global Privacy Control (its specification, section 4); nothing is claimed for them. */
export const gpcSupport =
  ({ gpc }: ServiceContext): Handler =>
  (c) => {
    if (gpc === null) throw new ProblemError('NOT_FOUND');
    return c.json(gpc, 200, { 'Cache-Control': 'public, max-age=3600' });
  };
