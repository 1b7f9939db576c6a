// Which pages may read an answer: any, or those of the site's origins.
import type { Context, MiddlewareHandler } from 'hono';

import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** For what is public anyway. */
export const anyOrigin: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('Access-Control-Allow-Origin', '*');
  c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
};

async function allowedOrigin({ sites }: ServiceContext, c: Context): Promise<string | null> {
  const origin = c.req.header('Origin');
  if (origin === undefined) return null;
  const id = c.req.param('site') ?? '';
  for (const look of [sites.recent, sites.get]) {
    const { site } = await look(id);
    if (site.origins.includes(origin)) return origin;
  }
  return null;
}

export const siteOrigins =
  (service: ServiceContext): MiddlewareHandler =>
  async (c, next) => {
    const origin = await allowedOrigin(service, c);
    await next();
    c.res.headers.append('Vary', 'Origin');
    if (origin === null) return;
    c.res.headers.set('Access-Control-Allow-Origin', origin);
    c.res.headers.set('Access-Control-Expose-Headers', 'Date, Retry-After');
    c.res.headers.set('Cross-Origin-Resource-Policy', 'cross-origin');
  };

/** Answers a preflight (Fetch standard); a foreign origin gets no permission. */
export const preflight =
  (service: ServiceContext, methods: string): MiddlewareHandler =>
  async (c) => {
    const origin = await allowedOrigin(service, c);
    if (origin === null) throw new ProblemError('ORIGIN_NOT_ALLOWED');
    return c.body(null, 204, {
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': 'Authorization, Content-Type',
      'Access-Control-Max-Age': '7200',
    });
  };
