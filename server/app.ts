// The service over HTTP: the table of routes, and the one place where an error becomes a response.
import { Hono, type Context, type Handler, type MiddlewareHandler } from 'hono';

import { PROBLEMS } from '../shared/api.ts';
import { adminEvents, adminSites, adminStatistics, signIn, signOut, whoAmI } from './routes/admin.ts';
import { anyOrigin, preflight, siteOrigins } from './routes/cross-origin.ts';
import { dashboardFiles } from './routes/dashboard.ts';
import { postEvents } from './routes/events.ts';
import { alive, ready, wellKnown } from './routes/health.ts';
import { logCheckpoint, logConsistency, logInclusion, logLeaves } from './routes/log.ts';
import {
  configurationByHash,
  currentNotice,
  noticeByHash,
  noticeList,
  noticeOfKind,
  presentationByHash,
} from './routes/notices.ts';
import { deleteOwn, getOwnEvents } from './routes/own.ts';
import { home, stylesheet } from './routes/pages.ts';
import { getReceipt } from './routes/receipts.ts';
import { widgetAsset, widgetDetails, widgetScript } from './routes/widget.ts';
import { operatorsOnly, ownOriginOnly } from './operator.ts';
import { PAGE_CSP } from './pages/page-style.ts';
import { problemPage } from './pages/problem-page.ts';
import { problem, ProblemError, problemResponse } from './problem.ts';
import type { ServiceContext } from './service-context.ts';
import { UnauthenticatedError } from './subject-request.ts';

type Route = [method: 'GET' | 'POST' | 'DELETE' | 'OPTIONS', path: string, ...handlers: (Handler | MiddlewareHandler)[]];

function routes(service: ServiceContext): Route[] {
  const own = siteOrigins(service);
  const operators = operatorsOnly(service);
  const sameOrigin = ownOriginOnly(service);
  const dashboard = dashboardFiles(service);
  return [
    ['GET', '/', home(service)],
    ['GET', '/pages/style.css', stylesheet],
    ['GET', '/healthz', alive],
    ['GET', '/readyz', ready(service)],
    ['GET', '/.well-known/candour.json', anyOrigin, wellKnown(service)],

    ['GET', '/w/assets/:file', anyOrigin, widgetAsset(service)],
    ['GET', '/w/:site/details/:file', anyOrigin, widgetDetails(service)],
    ['GET', '/w/:file{[a-z0-9-]+\\.js}', anyOrigin, widgetScript(service)],

    ['POST', '/v1/sites/:site/events', own, postEvents(service)],
    ['OPTIONS', '/v1/sites/:site/events', own, preflight(service, 'POST')],
    ['GET', '/v1/sites/:site/me/events', own, getOwnEvents(service)],
    ['OPTIONS', '/v1/sites/:site/me/events', own, preflight(service, 'GET')],
    ['DELETE', '/v1/sites/:site/me', own, deleteOwn(service)],
    ['OPTIONS', '/v1/sites/:site/me', own, preflight(service, 'DELETE')],
    ['GET', '/v1/sites/:site/receipts/:event', own, getReceipt(service)],
    ['OPTIONS', '/v1/sites/:site/receipts/:event', own, preflight(service, 'GET')],

    ['GET', '/v1/sites/:site/notices', anyOrigin, noticeList(service)],
    ['GET', '/v1/sites/:site/notices/:kind', anyOrigin, noticeOfKind(service)],
    ['GET', '/v1/sites/:site/notice', anyOrigin, currentNotice(service)],
    ['GET', '/v1/notices/:hash', anyOrigin, noticeByHash(service)],
    ['GET', '/v1/configurations/:hash', anyOrigin, configurationByHash(service)],
    ['GET', '/v1/presentations/:hash', anyOrigin, presentationByHash(service)],

    ['GET', '/v1/sites/:site/log/checkpoint', anyOrigin, logCheckpoint(service)],
    ['GET', '/v1/sites/:site/log/inclusion', anyOrigin, logInclusion(service)],
    ['GET', '/v1/sites/:site/log/consistency', anyOrigin, logConsistency(service)],
    ['GET', '/v1/sites/:site/log/leaves', anyOrigin, logLeaves(service)],

    ['POST', '/v1/admin/session', sameOrigin, signIn(service)],
    ['GET', '/v1/admin/session', whoAmI(service)],
    ['DELETE', '/v1/admin/session', sameOrigin, signOut(service)],
    ['GET', '/v1/admin/sites', operators, adminSites(service)],
    ['GET', '/v1/admin/sites/:site/statistics', operators, adminStatistics(service)],
    ['GET', '/v1/admin/sites/:site/events', operators, adminEvents(service)],

    ['GET', '/admin', dashboard],
    ['GET', '/admin/*', dashboard],
  ];
}

/** What every answer carries; a route may be stricter, never laxer. */
const securityHeaders =
  ({ publicUrl }: ServiceContext): MiddlewareHandler =>
  async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Permissions-Policy', 'browsing-topics=()');
    if (!headers.has('Content-Security-Policy'))
      headers.set('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
    if (!headers.has('Cross-Origin-Resource-Policy')) headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    if (publicUrl.startsWith('https:')) headers.set('Strict-Transport-Security', 'max-age=31536000');
  };

/** Method and status: never an address, a path, a query, a name of a browser or an id. */
const requestLog =
  ({ logger }: ServiceContext): MiddlewareHandler =>
  async (c, next) => {
    const start = performance.now();
    await next();
    logger.debug({ method: c.req.method, status: c.res.status, ms: Math.round(performance.now() - start) }, 'answered');
  };

const wantsPage = (c: Context): boolean => c.req.method === 'GET' && /\btext\/html\b/.test(c.req.header('Accept') ?? '');

function errorResponse({ logger }: ServiceContext, error: Error, c: Context): Response {
  const known = error instanceof ProblemError ? error : new ProblemError('INTERNAL');
  // The error of a failed statement can hold what was to be stored: only its code and message are logged.
  if (known.code === 'INTERNAL')
    logger.error({ error: error.message, code: (error as { code?: unknown }).code, stack: error.stack }, 'failed');
  if (wantsPage(c))
    return new Response(problemPage(problem(known.code, known.detail)), {
      status: PROBLEMS[known.code].status,
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_CSP, ...known.headers },
    });
  return problemResponse(known, error instanceof UnauthenticatedError ? { time: error.time } : {});
}

export function createApp(service: ServiceContext): Hono {
  const app = new Hono();
  app.use(requestLog(service), securityHeaders(service));
  const table = routes(service);
  for (const [method, path, ...handlers] of table) app.on(method, [path], ...handlers);
  for (const [path, group] of Map.groupBy(table, (route) => route[1])) {
    const methods = group.map(([method]) => method);
    app.all(path, () => {
      throw new ProblemError('METHOD_NOT_ALLOWED', undefined, {
        Allow: [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '),
      });
    });
  }
  app.notFound((c) => errorResponse(service, new ProblemError('NOT_FOUND'), c));
  app.onError((error, c) => errorResponse(service, error, c));
  return app;
}
