// POST /v1/sites/{site}/events: the one route that every choice of every visitor takes. It is answered straight from Node's HTTP
// server, because what a framework does around a request costs more than storing an event; through Hono it answers the same.
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Handler } from 'hono';

import { MAX_BODY, PROBLEMS } from '../../shared/api.ts';
import { acceptEvents } from '../accept-events.ts';
import { keyOperator } from '../credentials.ts';
import { problemOf } from '../failure.ts';
import { KeyRotatedError } from '../log/key.ts';
import { mirrorSetCookie } from '../mirror-cookie.ts';
import { answered } from '../observation.ts';
import { allows } from '../permissions.ts';
import { problem, ProblemError } from '../problem.ts';
import { addressOf, takeTurn } from '../rate-limit.ts';
import { readBody, readIncoming } from '../request-body.ts';
import { securityHeaders } from '../security-headers.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';

export const EVENTS_ROUTE = '/v1/sites/:site/events';
const EVENTS_PATH = /^\/v1\/sites\/([a-z0-9-]{1,64})\/events$/;
/** text/plain is what a page may send without a preflight. */
const MEDIA_TYPES = ['application/json', 'text/plain'];

interface EventsPost {
  site: string;
  header(name: 'origin' | 'authorization' | 'content-type' | 'cookie'): string | undefined;
  /** Of who asks. */
  address: string | undefined;
  /** Throws ProblemError. */
  body(): Promise<string>;
}
interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Pages of the site; and, without a browser, the site's own server with an ingest key. */
async function maySend(
  { store, now }: ServiceContext,
  { site: { id, origins } }: SiteContext,
  post: EventsPost,
): Promise<boolean> {
  const origin = post.header('origin');
  if (origin !== undefined) return origins.includes(origin);
  const bearer = /^Bearer (\S+)$/i.exec(post.header('authorization') ?? '')?.[1];
  const operator = bearer === undefined ? null : await keyOperator(store, bearer, now());
  return operator !== null && allows('POST /v1/sites/:site/events', operator, id);
}

const readableBy = (origin: string): Record<string, string> => ({
  'Access-Control-Allow-Origin': origin,
  // The mirror cookie of the page, where the service can set it; nothing else that is asked or answered here depends on a cookie.
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Expose-Headers': 'Date, Retry-After',
  'Cross-Origin-Resource-Policy': 'cross-origin',
});

async function accept(
  service: ServiceContext,
  known: SiteContext,
  post: EventsPost,
): Promise<{ body: string; setCookie: string | null }> {
  const mediaType = (post.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!MEDIA_TYPES.includes(mediaType)) throw new ProblemError('UNSUPPORTED_MEDIA_TYPE');
  const body = await post.body();
  const answer = await acceptEvents(service, known, body).catch(async (error: unknown) => {
    // Nothing was signed: the new key is read, and the same is asked again.
    if (error instanceof KeyRotatedError) return acceptEvents(service, await service.sites.get(post.site), body);
    throw error;
  });
  for (const { status } of answer.results) service.metrics.event(known.site.id, status);
  const origin = post.header('origin');
  const cookie = post.header('cookie');
  const setCookie =
    origin !== undefined && cookie !== undefined
      ? mirrorSetCookie(service.publicUrl, known, { origin, cookie, body, answer, now: service.now() })
      : null;
  return { body: JSON.stringify(answer), setCookie };
}

/** Never rejects. */
async function answerEvents(service: ServiceContext, post: EventsPost): Promise<Answer> {
  const headers = { ...securityHeaders(service.publicUrl), 'Cache-Control': 'no-store', Vary: 'Origin' };
  const origin = post.header('origin');
  try {
    let site = await service.sites.recent(post.site);
    if (origin !== undefined && site.site.origins.includes(origin)) Object.assign(headers, readableBy(origin));
    // Behind what says which pages may read the answer, so that a page can read when to come back; before the database is asked.
    takeTurn(service, 'site', post.site, post.address);
    if (!(await maySend(service, site, post))) {
      site = await service.sites.get(post.site);
      if (!(await maySend(service, site, post))) throw new ProblemError('ORIGIN_NOT_ALLOWED');
      if (origin !== undefined) Object.assign(headers, readableBy(origin));
    }
    const { body, setCookie } = await accept(service, site, post);
    if (setCookie !== null) Object.assign(headers, { 'Set-Cookie': setCookie });
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
  } catch (error) {
    const known = problemOf(service, error);
    return {
      status: PROBLEMS[known.code].status,
      headers: { ...headers, ...known.headers, 'Content-Type': 'application/problem+json' },
      body: JSON.stringify(problem(known.code, known.detail)),
    };
  }
}

export const postEvents =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { status, headers, body } = await answerEvents(service, {
      site: c.req.param('site') ?? '',
      header: (name) => c.req.header(name),
      address: addressOf(c, service.limits.trustProxy),
      body: () => readBody(c.req.raw, MAX_BODY),
    });
    return new Response(body, { status, headers });
  };

/** Takes requests of this route off Node's server. False: it is none, and somebody else's. */
export function eventsListener(service: ServiceContext): (request: IncomingMessage, response: ServerResponse) => boolean {
  const answer = async (site: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const start = performance.now();
    const { headers: sent, socket } = request;
    const forwarded = [sent['x-forwarded-for'] ?? []].flat().join().split(',').at(-1)?.trim();
    const { status, headers, body } = await answerEvents(service, {
      site,
      header: (name) => sent[name],
      address: service.limits.trustProxy ? forwarded : socket.remoteAddress,
      body: () => readIncoming(request, MAX_BODY),
    });
    answered(service, 'POST', EVENTS_ROUTE, status, start);
    if (response.destroyed) return;
    // What was not read of a body cannot be told from the next request.
    if (!request.complete) response.setHeader('Connection', 'close');
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  };
  return (request, response) => {
    const site = request.method === 'POST' ? EVENTS_PATH.exec(request.url ?? '')?.[1] : undefined;
    if (site === undefined) return false;
    void answer(site, request, response);
    return true;
  };
}
