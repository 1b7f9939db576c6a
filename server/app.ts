// The service over HTTP: the table of routes, and the one place where an error becomes a response.
import { Hono, type Context, type Handler, type MiddlewareHandler } from 'hono';

import { paths, PROBLEMS } from '../shared/api.ts';
import { adminEvents, adminSites, adminStatistics } from './routes/admin.ts';
import { serviceAudit, siteAudit } from './routes/admin-audit.ts';
import { adminKeys, deleteKey, postKey } from './routes/admin-keys.ts';
import {
  deletePasskey,
  newPasskeyChallenge,
  ownPasskeys,
  passkeyChallenge,
  passkeySignIn,
  postPasskey,
} from './routes/admin-passkeys.ts';
import { adminNotices, checkNotice, noticeDiff, planPublication, postNotice } from './routes/admin-notices.ts';
import { signIn, signOut, whoAmI } from './routes/admin-session.ts';
import { adminSite, patchSite, planSite, postSite } from './routes/admin-sites.ts';
import { getAttestations, postAttestation } from './routes/attestations.ts';
import { getContactList, postContactList, postOptIn } from './routes/contact-lists.ts';
import { anyOrigin, preflight, siteOrigins } from './routes/cross-origin.ts';
import { dashboardFiles } from './routes/dashboard.ts';
import { descriptions } from './routes/description.ts';
import { EVENTS_ROUTE, postEvents } from './routes/events.ts';
import { getExport, getProcessingRecords } from './routes/export.ts';
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
import { gpcSupport, metricsText } from './routes/operations.ts';
import { deleteOwn, getOwnEvents } from './routes/own.ts';
import { getOwnPack, getOwnRequests, postOwnRequest } from './routes/own-requests.ts';
import { home, stylesheet } from './routes/pages.ts';
import {
  deleteMarketingContact,
  getContact,
  getPermission,
  getSuppressions,
  postObjection,
  postPermission,
  postPermissionCheck,
  postStatement,
} from './routes/marketing.ts';
import { getProof, postProof } from './routes/prove.ts';
import { getReceipt } from './routes/receipts.ts';
import { getConfirm, getRequestPage, getSent, postConfirm, postRequest } from './routes/request-page.ts';
import { postBounces, postMessageLinks } from './routes/message-links.ts';
import {
  getChoices,
  getConfirmOptIn,
  getLinkSent,
  getMessages,
  getStop,
  postChoices,
  postConfirmOptIn,
  postMessages,
  postOneClick,
  postStop,
} from './routes/message-pages.ts';
import { getRetention, postRetention } from './routes/retention.ts';
import {
  deleteContact,
  deleteRestriction,
  deleteSubject,
  listRequests,
  patchRequest,
  postRequestOfOperator,
  postRestriction,
  postStep,
  requestPack,
  restrictions,
  showRequest,
} from './routes/rights.ts';
import { deleteWebhook, getDeliveries, getWebhooks, patchWebhook, postReplay, postWebhook } from './routes/webhooks.ts';
import { getTags, postTag } from './routes/tags.ts';
import { deleteWitness, getSiteWitnesses, getWitnesses, postWitness } from './routes/witnesses.ts';
import {
  keptBuild,
  keptBuildFile,
  pinnedAsset,
  pinnedScript,
  widgetAsset,
  widgetDetails,
  widgetScript,
} from './routes/widget.ts';
import { observed } from './observation.ts';
import { problemOf } from './failure.ts';
import { describeApi } from './openapi.ts';
import { authorised, operatorOf, ownOriginOnly } from './operator.ts';
import { PAGE_CSP } from './pages/page-style.ts';
import { problemPage } from './pages/problem-page.ts';
import { problem, ProblemError, problemResponse } from './problem.ts';
import { limited, limitOf } from './rate-limit.ts';
import { securityHeaders } from './security-headers.ts';
import type { ServiceContext } from './service-context.ts';
import { UnauthenticatedError } from './subject-request.ts';

export type Route = [
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS',
  path: string,
  ...handlers: (Handler | MiddlewareHandler)[],
];

export function routes(service: ServiceContext): Route[] {
  const own = siteOrigins(service);
  const sameOrigin = ownOriginOnly(service);
  const dashboard = dashboardFiles(service);
  const api = descriptions(() => describeApi(routes(service), service.publicUrl));
  return [
    ['GET', '/', home(service)],
    ['GET', '/pages/style.css', stylesheet],
    ['GET', '/healthz', alive],
    ['GET', '/readyz', ready(service)],
    ['GET', '/metrics', metricsText(service)],
    ['GET', '/openapi.json', anyOrigin, api.openApi],
    ['GET', '/docs', api.docs],
    ['GET', '/.well-known/gpc.json', anyOrigin, gpcSupport(service)],
    ['GET', '/.well-known/candour.json', anyOrigin, wellKnown(service)],

    ['GET', '/w/assets/:folder/:file', anyOrigin, widgetAsset(service)],
    ['GET', '/w/assets/:site/:folder/:file', anyOrigin, pinnedAsset(service)],
    ['GET', '/w/builds/:build', anyOrigin, keptBuild(service)],
    ['GET', '/w/builds/:build/:file', anyOrigin, keptBuildFile(service)],
    ['GET', '/w/:site/details/:file', anyOrigin, widgetDetails(service)],
    ['GET', '/w/:file{[a-z0-9-]+\\.js}', anyOrigin, widgetScript(service)],
    ['GET', '/w/:pinned{[a-z0-9-]+@[\\w.-]+\\.js}', anyOrigin, pinnedScript(service)],

    ['POST', EVENTS_ROUTE, postEvents(service)],
    ['OPTIONS', '/v1/sites/:site/events', own, preflight(service, 'POST')],
    ['GET', '/v1/sites/:site/me/events', own, getOwnEvents(service)],
    ['OPTIONS', '/v1/sites/:site/me/events', own, preflight(service, 'GET')],
    ['DELETE', '/v1/sites/:site/me', own, deleteOwn(service)],
    ['OPTIONS', '/v1/sites/:site/me', own, preflight(service, 'DELETE')],
    ['GET', '/v1/sites/:site/me/requests', own, getOwnRequests(service)],
    ['POST', '/v1/sites/:site/me/requests', own, postOwnRequest(service)],
    ['OPTIONS', '/v1/sites/:site/me/requests', own, preflight(service, 'GET, POST')],
    ['GET', '/v1/sites/:site/me/access', own, getOwnPack(service, 'access')],
    ['OPTIONS', '/v1/sites/:site/me/access', own, preflight(service, 'GET')],
    ['GET', '/v1/sites/:site/me/portability', own, getOwnPack(service, 'portability')],
    ['OPTIONS', '/v1/sites/:site/me/portability', own, preflight(service, 'GET')],
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
    ['POST', '/v1/admin/session/challenge', sameOrigin, passkeyChallenge(service)],
    ['POST', '/v1/admin/session/passkey', sameOrigin, passkeySignIn(service)],
    ['GET', '/v1/admin/session', whoAmI(service)],
    ['DELETE', '/v1/admin/session', sameOrigin, signOut(service)],
    ['GET', '/v1/admin/sites', adminSites(service)],
    ['POST', '/v1/admin/sites', postSite(service)],
    ['GET', '/v1/admin/sites/:site', adminSite(service)],
    ['PATCH', '/v1/admin/sites/:site', patchSite(service)],
    ['POST', '/v1/admin/sites/:site/check', planSite(service)],
    ['GET', '/v1/admin/sites/:site/statistics', adminStatistics(service)],
    ['GET', '/v1/admin/sites/:site/events', adminEvents(service)],
    ['GET', '/v1/admin/sites/:site/attestations', getAttestations(service)],
    ['POST', '/v1/admin/sites/:site/attestations', postAttestation(service)],
    ['GET', '/v1/admin/sites/:site/notices', adminNotices(service)],
    ['POST', '/v1/admin/sites/:site/notices', postNotice(service)],
    ['POST', '/v1/admin/sites/:site/notices/check', planPublication(service)],
    ['GET', '/v1/admin/sites/:site/notices/diff', noticeDiff(service)],
    ['GET', '/v1/admin/sites/:site/audit', siteAudit(service)],
    ['GET', '/v1/admin/sites/:site/prove', getProof(service)],
    ['POST', '/v1/admin/sites/:site/prove', postProof(service)],
    ['GET', '/v1/admin/sites/:site/export', getExport(service)],
    ['GET', '/v1/admin/sites/:site/processing-records', getProcessingRecords(service)],
    ['GET', '/v1/admin/sites/:site/webhooks', getWebhooks(service)],
    ['POST', '/v1/admin/sites/:site/webhooks', postWebhook(service)],
    ['PATCH', '/v1/admin/sites/:site/webhooks/:webhook', patchWebhook(service)],
    ['DELETE', '/v1/admin/sites/:site/webhooks/:webhook', deleteWebhook(service)],
    ['GET', '/v1/admin/sites/:site/webhooks/:webhook/deliveries', getDeliveries(service)],
    ['POST', '/v1/admin/sites/:site/webhooks/:webhook/replay', postReplay(service)],
    ['GET', '/v1/admin/sites/:site/tags', getTags(service)],
    ['POST', '/v1/admin/sites/:site/tags', postTag(service)],
    ['GET', '/v1/admin/sites/:site/witnesses', getSiteWitnesses(service)],
    ['GET', '/v1/admin/witnesses', getWitnesses(service)],
    ['POST', '/v1/admin/witnesses', postWitness(service)],
    ['DELETE', '/v1/admin/witnesses/:witness', deleteWitness(service)],
    ['POST', '/v1/admin/notices/check', checkNotice],
    ['GET', '/v1/admin/audit', serviceAudit(service)],
    ['GET', '/v1/admin/keys', adminKeys(service)],
    ['POST', '/v1/admin/keys', postKey(service)],
    ['DELETE', '/v1/admin/keys/:key', deleteKey(service)],
    ['GET', '/v1/admin/passkeys', ownPasskeys(service)],
    ['POST', '/v1/admin/passkeys/challenge', newPasskeyChallenge(service)],
    ['POST', '/v1/admin/passkeys', postPasskey(service)],
    ['DELETE', '/v1/admin/passkeys/:passkey', deletePasskey(service)],

    ['GET', '/v1/admin/sites/:site/requests', listRequests(service)],
    ['POST', '/v1/admin/sites/:site/requests', postRequestOfOperator(service)],
    ['GET', '/v1/admin/sites/:site/requests/:request', showRequest(service)],
    ['PATCH', '/v1/admin/sites/:site/requests/:request', patchRequest(service)],
    ['POST', '/v1/admin/sites/:site/requests/:request/steps', postStep(service)],
    ['GET', '/v1/admin/sites/:site/requests/:request/access', requestPack(service, 'access')],
    ['GET', '/v1/admin/sites/:site/requests/:request/portability', requestPack(service, 'portability')],
    ['DELETE', '/v1/admin/sites/:site/requests/:request/contact', deleteContact(service)],
    ['DELETE', '/v1/admin/sites/:site/subjects/:subject', deleteSubject(service)],
    ['GET', '/v1/admin/sites/:site/restrictions', restrictions(service)],
    ['POST', '/v1/admin/sites/:site/restrictions/:subject', postRestriction(service)],
    ['DELETE', '/v1/admin/sites/:site/restrictions/:subject', deleteRestriction(service)],
    ['GET', '/v1/admin/sites/:site/permissions', getPermission(service)],
    ['POST', '/v1/admin/sites/:site/permissions', postPermission(service)],
    ['POST', '/v1/admin/sites/:site/permissions/check', postPermissionCheck(service)],
    ['POST', '/v1/admin/sites/:site/grounds', postStatement(service)],
    ['POST', '/v1/admin/sites/:site/objections', postObjection(service)],
    ['GET', '/v1/admin/sites/:site/suppressions', getSuppressions(service)],
    ['POST', '/v1/admin/sites/:site/opt-ins', postOptIn(service)],
    ['GET', '/v1/admin/sites/:site/lists', getContactList(service)],
    ['POST', '/v1/admin/sites/:site/lists', postContactList(service)],
    ['GET', '/v1/admin/sites/:site/contacts/:contact', getContact(service)],
    ['DELETE', '/v1/admin/sites/:site/contacts/:contact', deleteMarketingContact(service)],
    ['GET', '/v1/admin/sites/:site/retention', getRetention(service)],
    ['POST', '/v1/admin/sites/:site/retention', postRetention(service)],

    ['POST', '/v1/admin/sites/:site/unsubscribe-links', postMessageLinks(service)],
    ['POST', '/v1/admin/sites/:site/bounces', postBounces(service)],

    ['GET', '/m/:site', getMessages(service)],
    ['POST', '/m/:site', postMessages(service)],
    ['GET', '/m/:site/sent', getLinkSent(service)],
    ['GET', '/m/:site/confirm/:token', getConfirmOptIn(service)],
    ['POST', '/m/:site/confirm', postConfirmOptIn(service)],
    ['GET', '/m/:site/stop/:link', getStop(service)],
    ['POST', '/m/:site/stop/:link', postOneClick(service)],
    ['POST', '/m/:site/stop', postStop(service)],
    ['GET', '/m/:site/choices/:link', getChoices(service)],
    ['POST', '/m/:site/choices', postChoices(service)],

    ['GET', '/r/:site', getRequestPage(service)],
    ['POST', '/r/:site', postRequest(service)],
    ['GET', '/r/:site/sent', getSent(service)],
    ['GET', '/r/:site/confirm/:token', getConfirm(service)],
    ['POST', '/r/:site/confirm', postConfirm(service)],

    ['GET', '/admin', dashboard],
    ['GET', '/admin/*', dashboard],
  ];
}

/** Every route of the administration asks permissions.ts, and what changes something comes from our own pages. */
/** Signing in has guards of its own. */
const isSignIn = (path: string): boolean => path === paths.adminSession() || path.startsWith(`${paths.adminSession()}/`);

function guards(service: ServiceContext, method: Route[0], path: string): MiddlewareHandler[] {
  if (!path.startsWith('/v1/admin/') || isSignIn(path)) return [];
  const allowed = authorised(service, `${method} ${path}`);
  return method === 'GET' ? [allowed] : [ownOriginOnly(service), allowed];
}

const withSecurityHeaders = ({ publicUrl }: ServiceContext): MiddlewareHandler => {
  const headers = Object.entries(securityHeaders(publicUrl));
  return async (c, next) => {
    await next();
    for (const [name, value] of headers) if (!c.res.headers.has(name)) c.res.headers.set(name, value);
  };
};

/** No id, name or word has a NUL character in it, and PostgreSQL takes none in a text. */
const withoutNul: MiddlewareHandler = async (c, next) => {
  if (c.req.url.includes('%00')) throw new ProblemError('BAD_REQUEST', 'the address holds a NUL character');
  await next();
};

const wantsPage = (c: Context): boolean => c.req.method === 'GET' && /\btext\/html\b/.test(c.req.header('Accept') ?? '');

function errorResponse(service: ServiceContext, error: Error, c: Context): Response {
  const known = problemOf(service, error);
  if (wantsPage(c))
    return new Response(problemPage(problem(known.code, known.detail)), {
      status: PROBLEMS[known.code].status,
      headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': PAGE_CSP, ...known.headers },
    });
  return problemResponse(known, error instanceof UnauthenticatedError ? { time: error.time } : {});
}

export function createApp(service: ServiceContext): Hono {
  const app = new Hono();
  app.use(observed(service), withSecurityHeaders(service), withoutNul);
  const table = routes(service);
  const limits = {
    site: limited(service, 'site'),
    sign_in: limited(service, 'sign_in'),
    permission: limited(service, 'permission'),
  };
  for (const [method, path, ...handlers] of table) {
    // The events' route takes its turn itself, as it is asked without the app too.
    const kind = path === EVENTS_ROUTE ? null : limitOf(method, path);
    // Behind what says which pages may read the answer, so that a page can read when to come back.
    const limit = kind ? [limits[kind]] : [];
    app.on(method, [path], ...guards(service, method, path), ...handlers.slice(0, -1), ...limit, ...handlers.slice(-1));
  }
  for (const [path, group] of Map.groupBy(table, (route) => route[1])) {
    const methods = group.map(([method]) => method);
    app.all(path, () => {
      throw new ProblemError('METHOD_NOT_ALLOWED', undefined, {
        Allow: [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', '),
      });
    });
  }
  // Without credentials not even what exists under the administration is told.
  app.all('/v1/admin/*', async (c) => {
    throw new ProblemError((await operatorOf(service, c)) ? 'NOT_FOUND' : 'SIGN_IN');
  });
  app.notFound((c) => errorResponse(service, new ProblemError('NOT_FOUND'), c));
  app.onError((error, c) => errorResponse(service, error, c));
  return app;
}
