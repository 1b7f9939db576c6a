import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AdminEvents, AdminSite, AdminStatistics } from '../../shared/api.ts';
import { createSubject } from '../../test/support/subject.ts';
import { createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { issueCredential } from '../credentials.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
let service: TestService;
let now: Date;

beforeEach(async () => {
  now = NOW;
  service = await createTestService({ now: () => now });
});
afterEach(() => service.close());

const issue = async (kind: 'sign_in' | 'api_key') =>
  (await issueCredential(service.context.store, kind, { name: 'Ada', role: 'owner' }, now)).token;
const signIn = (token: unknown, headers: Record<string, string> = { Origin: SERVICE_URL }) =>
  service.app.request('/v1/admin/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ token }),
  });
const cookieOf = (response: Response) => response.headers.get('Set-Cookie')?.split(';')[0] ?? '';
const get = (path: string, cookie: string) => service.app.request(path, { headers: { Cookie: cookie } });

describe('signing in', () => {
  it('takes a one-time token once, for a session in a cookie that scripts and other sites do not get', async () => {
    const token = await issue('sign_in');
    const response = await signIn(token);
    expect(await response.json()).toEqual({ name: 'Ada', role: 'owner', site: null });
    expect(response.headers.get('Set-Cookie')).toMatch(/^candour_session=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect((await get('/v1/admin/session', cookieOf(response))).status).toBe(200);
    expect((await signIn(token)).status).toBe(401);
  });

  it('takes an API key, as a bearer too, until it is revoked', async () => {
    const key = await issue('api_key');
    expect((await signIn(key)).status).toBe(200);
    expect((await signIn(key)).status).toBe(200);
    const asked = () => service.app.request('/v1/admin/sites', { headers: { Authorization: `Bearer ${key}` } });
    expect((await asked()).status).toBe(200);
    await service.context.store.removeCredential('api_key', key.slice('candour_key_'.length).split('.')[0] ?? '');
    expect((await asked()).status).toBe(401);
  });

  it('takes nothing else', async () => {
    const key = await issue('api_key');
    for (const wrong of ['', 'x', `${key}x`, key.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')), 17, null])
      expect((await signIn(wrong)).status, String(wrong)).toBeGreaterThanOrEqual(400);
    expect((await signIn('y'.repeat(5000))).status).toBe(413);
    const session = cookieOf(await signIn(key)).replace('candour_session=', '');
    expect((await signIn(session)).status, 'a session is no key').toBe(401);
  });

  it('is only possible from the service’s own pages', async () => {
    for (const origin of ['https://elsewhere.example', 'null'])
      expect((await signIn(await issue('sign_in'), { Origin: origin })).status).toBe(403);
    expect((await signIn(await issue('sign_in'), {})).status).toBe(403);
  });

  it('ends with signing out, and by itself after twelve hours', async () => {
    const cookie = cookieOf(await signIn(await issue('sign_in')));
    const other = cookieOf(await signIn(await issue('sign_in')));
    const out = await service.app.request('/v1/admin/session', {
      method: 'DELETE',
      headers: { Cookie: cookie, Origin: SERVICE_URL },
    });
    expect(out.status).toBe(204);
    expect((await get('/v1/admin/session', cookie)).status).toBe(401);
    expect((await get('/v1/admin/session', other)).status).toBe(200);
    now = new Date(NOW.getTime() + 12 * 3_600_000);
    expect((await get('/v1/admin/session', other)).status).toBe(401);
  });

  it('is needed for everything that shows events', async () => {
    for (const path of ['sites', 'sites/example/statistics', 'sites/example/events'])
      expect((await service.app.request(`/v1/admin/${path}`)).status, path).toBe(401);
  });

  it('leaves no secret in the database', async () => {
    const key = await issue('api_key');
    const [stored] = await service.context.store.credentials('api_key');
    expect(JSON.stringify(stored)).not.toContain(key.split('.')[1]);
  });
});

describe('what the dashboard shows', () => {
  let cookie: string;
  const ask = async <T extends v.GenericSchema>(path: string, schema: T) =>
    v.parse(schema, await (await get(`/v1/admin/sites${path}`, cookie)).json());
  const visitor = () => createSubject({ log: service.site.log, origin: ORIGIN });

  beforeEach(async () => {
    const [first, second] = [await visitor(), await visitor()];
    now = new Date('2026-11-20T23:59:59Z');
    await service.send([(await first.next({ purposes: { statistics: 'given', advertising: 'refused' } })).jws]);
    now = NOW;
    await service.send([(await first.next({ method: 'withdraw', purposes: { statistics: 'withdrawn' } })).jws]);
    await service.send([
      (await second.next({ method: 'accept_all', purposes: { statistics: 'given', advertising: 'given' }, gpc: true })).jws,
    ]);
    cookie = cookieOf(await signIn(await issue('sign_in')));
  });

  it('counts sites, today and ever', async () => {
    const { sites } = await ask('', v.object({ sites: v.array(AdminSite) }));
    expect(sites).toEqual([
      {
        site: 'example',
        name: 'Example',
        log: 'consent.example/example',
        origins: [ORIGIN],
        events: 3,
        subjects: 2,
        today: 2,
        latest: NOW.toISOString(),
      },
    ]);
  });

  it('has a day for every day, and what each subject last said of each purpose', async () => {
    const { days, purposes } = await ask('/example/statistics?days=4', AdminStatistics);
    expect(days.map(({ day, events, given, refused, withdrawn }) => [day, events, given, refused, withdrawn])).toEqual([
      ['2026-11-19', 0, 0, 0, 0],
      ['2026-11-20', 1, 1, 1, 0],
      ['2026-11-21', 0, 0, 0, 0],
      ['2026-11-22', 2, 2, 0, 1],
    ]);
    expect(purposes.map(({ id, label, given, refused, withdrawn }) => [id, label, given, refused, withdrawn])).toEqual([
      ['statistics', 'Statistics', 1, 0, 1],
      ['advertising', 'Advertising', 1, 1, 0],
    ]);
  });

  it('lists events newest first, page by page', async () => {
    const first = await ask('/example/events?limit=2', AdminEvents);
    expect(first.events.map(({ method, gpc, seq }) => [method, gpc, seq])).toEqual([
      ['accept_all', true, 1],
      ['withdraw', false, 2],
    ]);
    const rest = await ask(`/example/events?limit=2&before=${first.next}`, AdminEvents);
    expect(rest).toMatchObject({ events: [{ method: 'reject_all', index: 0 }], next: null });
  });

  it('refuses numbers that make no sense', async () => {
    for (const query of ['statistics?days=0', 'statistics?days=x', 'events?limit=1000', 'events?before=-1'])
      expect((await get(`/v1/admin/sites/example/${query}`, cookie)).status, query).toBe(400);
    expect((await get('/v1/admin/sites/none/events', cookie)).status).toBe(404);
  });
});

describe('the dashboard’s files', () => {
  it('come with the strictest policy, and nothing else comes with them', async () => {
    const { mkdir, writeFile } = await import('node:fs/promises');
    const folder = service.context.dashboardFolder;
    expect((await service.app.request('/admin')).status, 'not built').toBe(503);
    await mkdir(`${folder}/assets`, { recursive: true });
    await writeFile(`${folder}/index.html`, '<!doctype html><title>x</title>');
    await writeFile(`${folder}/assets/index-1.js`, 'export {};');
    await writeFile(`${folder}/../secret.json`, '{}');
    const page = await service.app.request('/admin');
    expect(page.headers.get('Content-Security-Policy')).toMatch(
      /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
    );
    expect(page.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(await (await service.app.request('/admin/sites/example')).text()).toContain('<title>x');
    expect((await service.app.request('/admin/assets/index-1.js')).headers.get('Cache-Control')).toContain('immutable');
    expect((await service.app.request('/admin/assets/none.js')).status).toBe(404);
    expect(await (await service.app.request('/admin/..%2fsecret.json')).text()).not.toBe('{}');
  });
});
