// The authorisation matrix: every route of the table, everybody who may come to it. What is not in the rows below or in
// permissions.ts fails, so that no route is added without an answer to who may use it.
import { afterAll, beforeAll, expect, it } from 'vitest';

import { toBase64Url } from '../shared/bytes.ts';
import { ROLES, type Role } from '../shared/operator.ts';
import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../test/support/service.ts';
import { createSubject, type Subject } from '../test/support/subject.ts';
import { routes } from './app.ts';
import { issueCredential, openSession } from './credentials.ts';
import { allows, PERMISSIONS } from './permissions.ts';
import { createSite } from './sites.ts';
import { sha256 } from './verifier.ts';

/**
 * Outside the administration. `anyone`: no credentials are asked for. `subject`: who signs with the key of the events, and nobody
 * else. `subject or permitted`: also whom permissions.ts names. `page or permitted`: a page of the site, and whom permissions.ts names. `page`: a
 * page of the site. `signed in`: every key and session that holds. `own page`: our own pages, and programs with any bearer token: it is
 * checked by what the request holds.
 */
const OPEN: Record<
  string,
  'anyone' | 'subject' | 'subject or permitted' | 'page or permitted' | 'page' | 'signed in' | 'own page'
> = {
  'GET /': 'anyone',
  'GET /pages/style.css': 'anyone',
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'anyone',
  'GET /openapi.json': 'anyone',
  'GET /docs': 'anyone',
  'GET /.well-known/gpc.json': 'anyone',
  'GET /.well-known/candour.json': 'anyone',
  'GET /w/assets/:folder/:file': 'anyone',
  'GET /w/assets/:site/:folder/:file': 'anyone',
  'GET /w/builds/:build': 'anyone',
  'GET /w/builds/:build/:file': 'anyone',
  'GET /w/:pinned{[a-z0-9-]+@[\\w.-]+\\.js}': 'anyone',
  'GET /w/:site/details/:file': 'anyone',
  'GET /w/:file{[a-z0-9-]+\\.js}': 'anyone',
  'POST /v1/sites/:site/events': 'page or permitted',
  'OPTIONS /v1/sites/:site/events': 'page',
  'GET /v1/sites/:site/me/events': 'subject',
  'OPTIONS /v1/sites/:site/me/events': 'page',
  'DELETE /v1/sites/:site/me': 'subject',
  'OPTIONS /v1/sites/:site/me': 'page',
  'GET /v1/sites/:site/me/requests': 'subject',
  'POST /v1/sites/:site/me/requests': 'subject',
  'OPTIONS /v1/sites/:site/me/requests': 'page',
  'GET /v1/sites/:site/me/access': 'subject',
  'OPTIONS /v1/sites/:site/me/access': 'page',
  'GET /v1/sites/:site/me/portability': 'subject',
  'OPTIONS /v1/sites/:site/me/portability': 'page',
  'GET /v1/sites/:site/receipts/:event': 'subject or permitted',
  'OPTIONS /v1/sites/:site/receipts/:event': 'page',
  'GET /v1/sites/:site/notices': 'anyone',
  'GET /v1/sites/:site/notices/:kind': 'anyone',
  'GET /v1/sites/:site/notice': 'anyone',
  'GET /v1/notices/:hash': 'anyone',
  'GET /v1/configurations/:hash': 'anyone',
  'GET /v1/presentations/:hash': 'anyone',
  'GET /v1/sites/:site/log/checkpoint': 'anyone',
  'GET /v1/sites/:site/log/inclusion': 'anyone',
  'GET /v1/sites/:site/log/consistency': 'anyone',
  'GET /v1/sites/:site/log/leaves': 'anyone',
  'POST /v1/admin/session': 'own page',
  'POST /v1/admin/session/challenge': 'own page',
  'POST /v1/admin/session/passkey': 'own page',
  'GET /v1/admin/session': 'signed in',
  'DELETE /v1/admin/session': 'own page',
  'GET /m/:site': 'anyone',
  'POST /m/:site': 'anyone',
  'GET /m/:site/sent': 'anyone',
  'GET /m/:site/confirm/:token': 'anyone',
  'POST /m/:site/confirm': 'anyone',
  'GET /m/:site/stop/:link': 'anyone',
  'POST /m/:site/stop/:link': 'anyone',
  'POST /m/:site/stop': 'anyone',
  'GET /m/:site/choices/:link': 'anyone',
  'POST /m/:site/choices': 'anyone',
  'GET /r/:site': 'anyone',
  'POST /r/:site': 'anyone',
  'GET /r/:site/sent': 'anyone',
  'GET /r/:site/confirm/:token': 'anyone',
  'POST /r/:site/confirm': 'anyone',
  'GET /admin': 'anyone',
  'GET /admin/*': 'anyone',
};

interface Caller {
  who: string;
  headers: Record<string, string>;
  /** What their credentials are worth; null: nothing. */
  as: { role: Role; site: string | null } | null;
  /** Has an Authorization header of a program. */
  bearer: boolean;
}

let service: TestService;
let subject: Subject;
let callers: Caller[];
const DAY = 86_400_000;

beforeAll(async () => {
  service = await createTestService({ config: { secret: 'only for tests, and long enough to be taken' } });
  const { store } = service.context;
  await createSite(store, { site: 'other', origins: [ORIGIN], notices: [cookiePolicy], publicUrl: SERVICE_URL });
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  await service.send([(await subject.next()).jws]);
  const now = new Date();
  const key = async (role: Role, site: string | null, expiresAt: number | null = null) =>
    issueCredential(store, 'api_key', { name: 'test', role, site, expiresAt }, now);
  const bearer = (who: string, token: string, as: Caller['as']): Caller => ({
    who,
    headers: { Authorization: `Bearer ${token}` },
    as,
    bearer: true,
  });
  const session = (who: string, token: string, as: Caller['as']): Caller => ({
    who,
    headers: { Cookie: `candour_session=${token}`, Origin: SERVICE_URL },
    as,
    bearer: false,
  });
  callers = [
    { who: 'nobody', headers: {}, as: null, bearer: false },
    bearer('somebody with an invented key', 'candour_key_AAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', null),
    bearer('an owner whose key is over', (await key('owner', null, now.getTime() - 1)).token, null),
    bearer('an owner whose key ends tomorrow', (await key('owner', null, now.getTime() + DAY)).token, {
      role: 'owner',
      site: null,
    }),
  ];
  const revoked = await key('owner', null);
  await store.removeCredential('api_key', revoked.id);
  callers.push(bearer('an owner whose key was revoked', revoked.token, null));
  const once = await issueCredential(store, 'sign_in', { name: 'test', role: 'owner' }, now);
  callers.push(bearer('somebody with a sign-in token for a key', once.token, null));
  const withoutKey = await key('owner', null);
  const orphan = await openSession(store, withoutKey.token, now);
  await store.removeCredential('api_key', withoutKey.id);
  callers.push(session('an owner’s session whose key was revoked', orphan?.session ?? '', null));
  for (const role of ROLES)
    for (const site of [null, 'example', 'other']) {
      const { token } = await key(role, site);
      callers.push(bearer(`${role} of ${site ?? 'all sites'}`, token, { role, site }));
      const opened = site === 'other' ? null : await openSession(store, token, now);
      if (opened) callers.push(session(`${role} of ${site ?? 'all sites'}, signed in`, opened.session, { role, site }));
    }
});
afterAll(() => service.close());

const table = () => routes(service.context).map(([method, path]) => ({ method, path, route: `${method} ${path}` }));

/** Of the site "example" where it is of one. Nothing is named that there is, so that nothing is changed. */
const filled = (path: string): string =>
  path
    .replace(':site', 'example')
    .replace(/:file\{[^}]*\}/, 'example.js')
    .replace(/:\w+/g, 'none')
    .replace('*', 'none');

/** Without a body: who may use it gets another answer than 401 and 403. */
async function isLetIn(method: string, path: string, headers: Record<string, string>): Promise<boolean> {
  const { status } = await service.app.request(filled(path), { method, headers });
  return status !== 401 && status !== 403;
}

function mayUse(route: string, path: string, { as, headers, bearer }: Caller): boolean {
  const permitted = as !== null && allows(route, as, path.includes(':site') ? 'example' : undefined);
  switch (OPEN[route]) {
    case 'page or permitted':
      // Our own pages are none of the site's: a session sends no events.
      return permitted && headers['Origin'] === undefined;
    case 'anyone':
      return true;
    case 'page':
    case 'subject':
      return false;
    case 'signed in':
      return as !== null;
    case 'own page':
      return bearer || headers['Origin'] === SERVICE_URL;
    case 'subject or permitted':
    case undefined:
      return permitted;
  }
  return false;
}

it('R69 has a row for every route, and rows for no other', () => {
  const all = table().map(({ route }) => route);
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter((route) => !Object.hasOwn(OPEN, route) && !Object.hasOwn(PERMISSIONS, route))).toEqual([]);
  expect([...Object.keys(OPEN), ...Object.keys(PERMISSIONS)].filter((route) => !all.includes(route))).toEqual([]);
  expect(all.filter((route) => / \/v1\/admin\/(?!session)/.test(route) && Object.hasOwn(OPEN, route))).toEqual([]);
});

it('R69 every route and everybody: let in exactly where the rows say so', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  let asked = 0;
  for (const { method, path, route } of table())
    for (const caller of callers) {
      // Signing out ends the session that the next routes need.
      if (route === 'DELETE /v1/admin/session' && caller.headers['Cookie']) continue;
      const got = await isLetIn(method, path, caller.headers);
      asked += 1;
      if (got !== mayUse(route, path, caller)) wrong.push(`${route}: ${caller.who} was ${got ? 'let in' : 'kept out'}`);
    }
  expect(wrong).toEqual([]);
  console.log(`${asked} questions: ${table().length} routes, ${callers.length} callers`);
});

it('R69 a data subject gets at their own with the key of their events, and at nothing of the administration', async () => {
  const wrong: string[] = [];
  for (const { method, path, route } of table()) {
    if (method === 'OPTIONS' || route === 'POST /v1/sites/:site/events') continue;
    const target = filled(path);
    const authorization = await subject.authorise({ method: method as 'GET' | 'POST' | 'DELETE', path: target });
    const { status } = await service.app.request(target, { method, headers: { Authorization: authorization } });
    const may = ['anyone', 'subject', 'subject or permitted'].includes(OPEN[route] ?? '');
    // A signed request with a body signs the body's hash: without it the request is another one.
    const unsigned = route === 'POST /v1/sites/:site/me/requests';
    if ((status !== 401 && status !== 403) !== (may && !unsigned)) wrong.push(`${route} gave ${status}`);
  }
  expect(wrong).toEqual([]);
  const body = JSON.stringify({ kind: 'access' });
  const authorization = await subject.authorise({
    method: 'POST',
    path: '/v1/sites/example/me/requests',
    body: toBase64Url(sha256(Buffer.from(body))),
  });
  const asked = await service.app.request('/v1/sites/example/me/requests', {
    method: 'POST',
    headers: { Authorization: authorization },
    body,
  });
  expect(asked.status).toBe(201);
});

it('R72 a page of the site may do what is for pages, a page of another may not', async () => {
  const wrong: string[] = [];
  for (const { method, path, route } of table()) {
    if (!['page', 'page or permitted'].includes(OPEN[route] ?? '')) continue;
    if (!(await isLetIn(method, path, { Origin: ORIGIN }))) wrong.push(`${route}: its own page was kept out`);
    for (const origin of ['https://elsewhere.example', `${ORIGIN}.evil.example`, 'null', SERVICE_URL])
      if (await isLetIn(method, path, { Origin: origin })) wrong.push(`${route}: ${origin} was let in`);
  }
  expect(wrong).toEqual([]);
});

it(
  'R69 a session changes nothing from another page than our own, nor without saying from which',
  { timeout: 180_000 },
  async () => {
    const owner = callers.find(({ who }) => who === 'owner of all sites, signed in');
    const cookie = owner?.headers['Cookie'] ?? '';
    const wrong: string[] = [];
    for (const { method, path, route } of table()) {
      if (method === 'GET' || !path.startsWith('/v1/admin/')) continue;
      const others: Record<string, string>[] = [
        {},
        { Origin: ORIGIN },
        { Origin: 'null' },
        { Origin: `${SERVICE_URL}.evil.example` },
      ];
      for (const headers of others)
        if (await isLetIn(method, path, { Cookie: cookie, ...headers }))
          wrong.push(`${route} from ${headers['Origin'] ?? 'nowhere'}`);
    }
    expect(wrong).toEqual([]);
  },
);

it('R69 a key for one site finds another site shut, whatever it asks for there', async () => {
  const wrong: string[] = [];
  for (const { method, path, route } of table()) {
    if (!path.includes(':site') || !path.startsWith('/v1/admin/')) continue;
    for (const { who, headers, as, bearer } of callers) {
      if (!bearer || as?.site !== 'example') continue;
      const target = path.replace(':site', 'other').replace(/:\w+/g, 'none');
      const { status } = await service.app.request(target, { method, headers });
      if (status !== 403) wrong.push(`${route}: ${who} got ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});
