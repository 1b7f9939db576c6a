// The authorisation matrix: every route of the administration, every role, each as a key for all sites and for one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ROLES, type Role } from '../shared/operator.ts';
import { createTestService, ORIGIN, SERVICE_URL, cookiePolicy, type TestService } from '../test/support/service.ts';
import { routes } from './app.ts';
import { issueCredential } from './credentials.ts';
import { allows, PERMISSIONS } from './permissions.ts';
import { createSite } from './sites.ts';

let service: TestService;
const tokens = new Map<string, string>();
const SITES = [null, 'example', 'other'] as const;

beforeAll(async () => {
  service = await createTestService();
  await createSite(service.context.store, { site: 'other', origins: [ORIGIN], notices: [cookiePolicy], publicUrl: SERVICE_URL });
  for (const role of ROLES)
    for (const site of SITES) {
      const { token } = await issueCredential(service.context.store, 'api_key', { name: 'test', role, site }, new Date());
      tokens.set(`${role} ${site}`, token);
    }
});
afterAll(() => service.close());

const administration = () =>
  routes(service.context)
    .map(([method, path]) => ({ method, path, route: `${method} ${path}` }))
    .filter(({ path }) => path.startsWith('/v1/admin/') && !path.startsWith('/v1/admin/session'));

/** Without a body: who may do it gets another answer than 401 and 403, and nothing is changed. */
const status = async (method: string, path: string, authorisation: Record<string, string>) =>
  (await service.app.request(path.replace(':site', 'example').replace(/:\w+/g, 'none'), { method, headers: authorisation }))
    .status;
const bearer = (role: Role, site: string | null) => ({ Authorization: `Bearer ${tokens.get(`${role} ${site}`)}` });

it('R69 has a row for every route of the administration, and no other', () => {
  const known = administration().map(({ route }) => route);
  expect(known.length).toBeGreaterThan(10);
  const beside = Object.keys(PERMISSIONS).filter((route) => !known.includes(route));
  const all = routes(service.context).map(([method, path]) => `${method} ${path}`);
  expect(known.filter((route) => !Object.hasOwn(PERMISSIONS, route))).toEqual([]);
  expect(beside.filter((route) => !all.includes(route) || route.includes('/v1/admin/'))).toEqual([]);
});

it('R69 every route and every role: allowed exactly where the table says so', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  for (const { method, path, route } of administration())
    for (const role of ROLES)
      for (const site of SITES) {
        const expected = allows(route, { role, site }, path.includes(':site') ? 'example' : undefined);
        const got = await status(method, path, bearer(role, site));
        if ((got !== 403 && got !== 401) !== expected) wrong.push(`${role} of ${site ?? 'all sites'}: ${route} gave ${got}`);
      }
  expect(wrong).toEqual([]);
});

it('R69 nobody without credentials gets anywhere, nor learns what exists', async () => {
  for (const { method, path, route } of [
    ...administration(),
    { method: 'GET', path: '/v1/admin/nothing', route: 'nothing' },
    { method: 'DELETE', path: '/v1/admin/sites/example/nothing', route: 'nothing below a site' },
  ])
    for (const headers of [{}, { Authorization: 'Bearer candour_key_AAAAAAAAAAAA.AAAA' }] as Record<string, string>[])
      expect([401, 403], route).toContain(await status(method, path, headers));
});

it('R69 a route without a row is denied to every role', async () => {
  for (const role of ROLES) expect(allows('GET /v1/admin/unlisted', { role, site: null })).toBe(false);
  expect(await status('GET', '/v1/admin/unlisted', bearer('owner', null))).toBe(404);
});

describe('the table', () => {
  const rows = Object.entries(PERMISSIONS);

  it('R69 lets an auditor and support change nothing but their own passkeys; an objection is entered by whoever hears it', () => {
    // Some that read take a body, so the method does not tell: what the audit log is told does.
    const changing = rows.filter(
      ([, { roles, audits }]) =>
        audits.some((action) => !/\.read$|^export\.run$/.test(action)) &&
        (roles.includes('auditor') || roles.includes('support')),
    );
    expect(changing.map(([route]) => route)).toEqual([
      'POST /v1/admin/sites/:site/objections',
      'POST /v1/admin/passkeys',
      'DELETE /v1/admin/passkeys/:passkey',
    ]);
    expect(changing.filter(([route, { roles }]) => !/passkeys/.test(route) && roles.includes('auditor'))).toEqual([]);
    expect(rows.filter(([route, { audits }]) => /^(PATCH|PUT|DELETE) /.test(route) && audits.length === 0)).toEqual([]);
  });

  it('R69 lets ingest, the site’s own server, send events and its own word, and do what sending messages takes', () => {
    expect(rows.filter(([, { roles }]) => roles.includes('ingest')).map(([route]) => route)).toEqual([
      'POST /v1/admin/sites/:site/attestations',
      'GET /v1/admin/sites/:site/permissions',
      'POST /v1/admin/sites/:site/permissions',
      'POST /v1/admin/sites/:site/permissions/check',
      'POST /v1/admin/sites/:site/grounds',
      'POST /v1/admin/sites/:site/objections',
      'POST /v1/admin/sites/:site/opt-ins',
      'POST /v1/admin/sites/:site/unsubscribe-links',
      'POST /v1/admin/sites/:site/bounces',
      'POST /v1/sites/:site/events',
    ]);
  });

  it('R69 lets nobody change the audit log', () => {
    expect(rows.filter(([route]) => /audit/.test(route) && !route.startsWith('GET '))).toEqual([]);
  });

  it('gives a key for one site nothing of the service as a whole', () => {
    expect(allows('GET /v1/admin/keys', { role: 'owner', site: 'example' })).toBe(false);
    expect(allows('GET /v1/admin/sites/:site', { role: 'owner', site: 'example' }, 'other')).toBe(false);
  });
});
