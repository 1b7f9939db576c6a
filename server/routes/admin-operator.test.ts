// Sites, notices, keys and the audit log over HTTP.
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  AdminSiteDetails,
  AuditLog,
  MadeKey,
  NoticeCheck,
  NoticeDiff,
  OperatorKeys,
  PublishedNotice,
  type Role,
} from '../../shared/operator.ts';
import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { createSubject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';

let service: TestService;
let now: Date;
let owner: string;

beforeEach(async () => {
  now = new Date('2026-11-22T12:00:00Z');
  service = await createTestService({ now: () => now });
  owner = await key('owner');
});
afterEach(() => service.close());

const key = async (role: Role, site: string | null = null) =>
  (await issueCredential(service.context.store, 'api_key', { name: 'Ada', role, site }, now)).token;
const call = (method: string, path: string, body?: unknown, token = owner) =>
  service.app.request(`/v1/admin${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
async function ask<T extends v.GenericSchema>(schema: T, ...args: Parameters<typeof call>): Promise<v.InferOutput<T>> {
  const response = await call(...args);
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return v.parse(schema, await response.json());
}
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
const entries = async (path: string) => (await ask(AuditLog, 'GET', path)).entries;

describe('sites', () => {
  it('are made once, with what to embed, and widget and log from the first request on', async () => {
    const made = await ask(AdminSiteDetails, 'POST', '/sites', {
      site: 'fresh',
      name: 'Fresh',
      origins: [ORIGIN],
      notices: [cookiePolicy],
    });
    expect(made).toMatchObject({
      name: 'Fresh',
      log: 'consent.example/fresh',
      tag: `<script src="${SERVICE_URL}/w/fresh.js"></script>`,
    });
    expect((await service.app.request('/w/fresh.js')).status).toBe(200);
    expect((await service.app.request('/v1/sites/fresh/log/checkpoint')).status).toBe(200);
    expect(await codeOf(await call('POST', '/sites', { site: 'fresh', origins: [ORIGIN], notices: [cookiePolicy] }))).toEqual([
      409,
      'SITE_EXISTS',
    ]);
  });

  it('change part by part; what is wrong is said in one line and changes nothing', async () => {
    const before = await ask(AdminSiteDetails, 'GET', '/sites/example');
    const changed = await ask(v.object({ ...AdminSiteDetails.entries, asksAgain: v.boolean() }), 'PATCH', '/sites/example', {
      origins: [ORIGIN, 'https://example.org'],
      configuration: { layout: 'bar', languages: ['en', 'de'] },
    });
    expect(changed).toMatchObject({
      asksAgain: false,
      origins: [ORIGIN, 'https://example.org'],
      configuration: { layout: 'bar', languages: ['en', 'de'], purposes: before.configuration['purposes'] },
    });
    expect(changed.configurationHash).not.toBe(before.configurationHash);
    expect((await service.app.request(`/v1/configurations/${before.configurationHash}`)).status, 'old ones stay').toBe(200);
    const wrong = await call('PATCH', '/sites/example', { configuration: { layout: 'tower' } });
    expect(await codeOf(wrong)).toEqual([422, 'INVALID_DOCUMENT']);
    expect(await codeOf(await call('PATCH', '/sites/example', { origins: ['https://example.org/path'] }))).toEqual([
      422,
      'INVALID_DOCUMENT',
    ]);
    expect(await codeOf(await call('PATCH', '/sites/example', { log: 'x' }))).toEqual([400, 'BAD_REQUEST']);
    expect((await ask(AdminSiteDetails, 'GET', '/sites/example')).configurationHash).toBe(changed.configurationHash);
  });

  it('R74 null takes an optional part of the configuration out again, and nothing that has to be there', async () => {
    const tcf = {
      cmpId: 300,
      cmpVersion: 1,
      vendorList: '/vendor-list.json',
      vendors: [2],
      purposes: { statistics: [7] },
      publisherCountry: 'GB',
    };
    const before = await ask(AdminSiteDetails, 'GET', '/sites/example');
    const added = await ask(AdminSiteDetails, 'PATCH', '/sites/example', {
      configuration: { children: {}, tcf, layout: 'modal', cookieDomain: 'example.org' },
    });
    expect(added.configuration).toMatchObject({ children: {}, tcf, layout: 'modal', cookieDomain: 'example.org' });
    const removal = { configuration: { children: null, tcf: null, consentOrPay: null, layout: null, cookieDomain: null } };
    const planned = (await (await call('POST', '/sites/example/check', removal)).json()) as { configurationHash: string };
    const after = await ask(AdminSiteDetails, 'PATCH', '/sites/example', removal);
    expect(after.configuration).toEqual(before.configuration);
    expect([planned.configurationHash, after.configurationHash]).toEqual([before.configurationHash, before.configurationHash]);
    for (const wrong of [{ purposes: null }, { childrens: null }]) {
      const response = await call('PATCH', '/sites/example', { configuration: wrong });
      expect([response.status, JSON.stringify(await response.json())]).toEqual([
        422,
        expect.stringContaining(Object.keys(wrong)[0] ?? ''),
      ]);
    }
  });

  it('ask visitors again where a purpose changes in meaning', async () => {
    const { configuration } = await ask(AdminSiteDetails, 'GET', '/sites/example');
    const [first, ...rest] = configuration['purposes'] as object[];
    const change = { configuration: { purposes: [{ ...first, revision: 2 }, ...rest] } };
    expect(await (await call('POST', '/sites/example/check', change)).json()).toMatchObject({ asksAgain: true });
    expect(await (await call('POST', '/sites/example/check', { name: 'Another' })).json()).toMatchObject({ asksAgain: false });
    expect(await codeOf(await call('POST', '/sites/example/check', { configuration: { layout: 'tower' } }))).toEqual([
      422,
      'INVALID_DOCUMENT',
    ]);
    const response = await call('PATCH', '/sites/example', change);
    expect(await response.json()).toMatchObject({ asksAgain: true });
  });
});

describe('notices', () => {
  const second = { ...cookiePolicy, version: '2', activities: cookiePolicy.activities.map((one) => ({ ...one, retention: [] })) };

  it('R74 are published as versions that stay, with what changed and what a publisher should know', async () => {
    const bases = [{ basis: 'consent' as const, statement: 'We rely on consent.' }];
    const loose = {
      ...second,
      documentBases: bases,
      activities: [...second.activities, { id: 'loose', title: 'More', lawfulBases: [] }],
    };
    const first = (await ask(AdminSiteDetails, 'GET', '/sites/example')).notices[0]?.hash ?? '';
    const made = await ask(PublishedNotice, 'POST', '/sites/example/notices', loose);
    expect(made.previous).toBe(first);
    expect(made.findings).toMatchObject([{ rule: 'R74', code: 'BASIS_PREAMBLE_ONLY', activity: 'loose' }]);
    expect(made.changes.map(({ part, change, activity }) => [part, change, activity])).toEqual([
      ['document', 'changed', null],
      ['lawful_basis', 'added', null],
      ['retention', 'removed', 'visit-statistics'],
      ['activity', 'added', 'loose'],
    ]);
    for (const hash of [first, made.hash]) expect((await service.app.request(`/v1/notices/${hash}`)).status).toBe(200);
    const { changes, from } = await ask(NoticeDiff, 'GET', `/sites/example/notices/diff?to=${made.hash}`);
    expect([from, changes]).toEqual([first, made.changes]);
    expect((await ask(NoticeDiff, 'GET', `/sites/example/notices/diff?from=${made.hash}&to=${first}`)).changes).toHaveLength(4);
    expect((await call('GET', `/sites/example/notices/diff?to=${'A'.repeat(43)}`)).status).toBe(404);
  });

  it('are refused where a purpose of the site would point at nothing', async () => {
    const response = await call('POST', '/sites/example/notices', { ...second, activities: second.activities.slice(0, 1) });
    expect(await codeOf(response)).toEqual([422, 'INVALID_DOCUMENT']);
    expect(await codeOf(await call('POST', '/sites/example/notices', '{'))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(await call('POST', '/sites/example/notices', {}))).toEqual([422, 'INVALID_DOCUMENT']);
  });

  it('R74 what publishing would do is told before, and nothing is published', async () => {
    const plan = await ask(PublishedNotice, 'POST', '/sites/example/notices/check', second);
    const before = await ask(AdminSiteDetails, 'GET', '/sites/example');
    expect(before.notices.map(({ hash }) => hash)).toEqual([plan.previous]);
    expect(await ask(PublishedNotice, 'POST', '/sites/example/notices', second)).toEqual(plan);
    expect(await codeOf(await call('POST', '/sites/example/notices/check', {}))).toEqual([422, 'INVALID_DOCUMENT']);
  });

  it('can be checked without being published', async () => {
    const { hash, findings } = await ask(NoticeCheck, 'POST', '/notices/check', second);
    expect(findings).toEqual([]);
    expect((await service.app.request(`/v1/notices/${hash}`)).status).toBe(404);
    expect((await ask(PublishedNotice, 'POST', '/sites/example/notices', second)).hash).toBe(hash);
  });
});

describe('keys', () => {
  it('R69 have a role and an end, are shown once and stop when they are revoked', async () => {
    const made = await ask(MadeKey, 'POST', '/keys', { name: 'Robot', role: 'auditor', expires: 'P90D', site: 'example' });
    expect(made).toMatchObject({ role: 'auditor', site: 'example', expiresAt: '2027-02-20T12:00:00.000Z' });
    const { keys } = await ask(OperatorKeys, 'GET', '/keys');
    expect(keys.map(({ id }) => id)).toContain(made.id);
    expect(JSON.stringify(keys)).not.toContain(made.token.split('.')[1]);
    const tries = () => call('GET', '/sites', undefined, made.token);
    expect((await tries()).status).toBe(200);
    expect((await call('DELETE', `/keys/${made.id}`)).status).toBe(204);
    expect((await tries()).status).toBe(401);
    expect((await call('DELETE', `/keys/${made.id}`)).status).toBe(404);
  });

  it('R69 end on their day, and with them the sessions that they opened', async () => {
    const made = await ask(MadeKey, 'POST', '/keys', { role: 'dpo', expires: 'P1D' });
    const opened = await service.app.request('/v1/admin/session', {
      method: 'POST',
      headers: { Origin: SERVICE_URL, 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: made.token }),
    });
    const Cookie = opened.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    const session = async () => (await service.app.request('/v1/admin/sites', { headers: { Cookie } })).status;
    now = new Date('2026-11-23T11:59:59Z');
    expect([await session(), (await call('GET', '/sites', undefined, made.token)).status]).toEqual([401, 200]);
    now = new Date('2026-11-23T12:00:00Z');
    expect((await call('GET', '/sites', undefined, made.token)).status).toBe(401);
  });

  it('R69 that are revoked take their sessions with them', async () => {
    const made = await ask(MadeKey, 'POST', '/keys', { role: 'dpo' });
    const opened = await service.app.request('/v1/admin/session', {
      method: 'POST',
      headers: { Origin: SERVICE_URL, 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: made.token }),
    });
    const Cookie = opened.headers.get('Set-Cookie')?.split(';')[0] ?? '';
    const session = async () => (await service.app.request('/v1/admin/sites', { headers: { Cookie } })).status;
    expect(await session()).toBe(200);
    await call('DELETE', `/keys/${made.id}`);
    expect(await session()).toBe(401);
  });

  it('are refused with a role, an end or a site that does not exist', async () => {
    for (const wrong of [{ role: 'root' }, { role: 'dpo', expires: '90 days' }, { role: 'dpo', more: 1 }, {}])
      expect(await codeOf(await call('POST', '/keys', wrong))).toEqual([400, 'BAD_REQUEST']);
    expect((await call('POST', '/keys', { role: 'dpo', site: 'none' })).status).toBe(404);
  });
});

describe('the audit log', () => {
  it('R69 tells who read personal data of a site, when and which, and holds none of it', async () => {
    const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
    const { jws, event } = await subject.next();
    await service.send([jws]);
    const dpo = await key('dpo');
    const id = dpo.slice('candour_key_'.length).split('.')[0];
    await call('GET', '/sites/example/events?limit=10', undefined, dpo);
    const receipt = `/v1/sites/example/receipts/${event.id}?subject=${subject.id}`;
    expect((await service.app.request(receipt, { headers: { Authorization: `Bearer ${dpo}` } })).status).toBe(200);
    const log = await entries('/sites/example/audit');
    expect(log.map(({ action, actor, role, object, at }) => [action, actor, role, object, at])).toEqual([
      ['receipt.read', id, 'dpo', 'leaf 0', now.toISOString()],
      ['events.read', id, 'dpo', '10 leaves, newest', now.toISOString()],
    ]);
    expect(JSON.stringify(log)).not.toMatch(new RegExp(`${subject.id}|${event.id}|Ada`));
  });

  it('R69 tells what was changed, of a site and of the service as a whole', async () => {
    await call('PATCH', '/sites/example', { name: 'Other' });
    const { id } = await ask(MadeKey, 'POST', '/keys', { role: 'support' });
    await call('DELETE', `/keys/${id}`);
    expect((await entries('/sites/example/audit')).map(({ action, site }) => [action, site])).toEqual([
      ['site.change', 'example'],
    ]);
    expect((await entries('/audit')).map(({ action, object, site }) => [action, object, site])).toEqual([
      ['key.revoke', id, null],
      ['key.create', id, null],
    ]);
  });

  it('is read page by page', async () => {
    for (let i = 0; i < 3; i++) await call('GET', '/sites/example/events');
    const first = await ask(AuditLog, 'GET', '/sites/example/audit?limit=2');
    const rest = await ask(AuditLog, 'GET', `/sites/example/audit?limit=2&before=${first.next}`);
    expect([first.entries.length, rest.entries.length, rest.next]).toEqual([2, 1, null]);
    for (const query of ['limit=0', 'limit=x', 'before=x', 'action=x'])
      expect((await call('GET', `/audit?${query}`)).status).toBe(400);
  });

  it('R69 is not to be had where it cannot be written: no entry, no data', async () => {
    service.context.store.audit.append = () => Promise.reject(new Error('full'));
    expect((await call('GET', '/sites/example/events')).status).toBe(500);
    expect((await call('POST', '/keys', { role: 'owner' })).status).toBe(500);
    expect((await service.context.store.credentials('api_key')).length).toBe(1);
  });
});

it('R69 support sees subjects shortened', async () => {
  const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  await service.send([(await subject.next()).jws]);
  const asked = async (token: string) =>
    JSON.stringify(await (await call('GET', '/sites/example/events', undefined, token)).json());
  expect(await asked(owner)).toContain(subject.id);
  const shown = await asked(await key('support'));
  expect(shown).toContain(`"${subject.id.slice(0, 6)}…"`);
  expect(shown).not.toContain(subject.id.slice(0, 7));
});

it('R72 a site’s own server sends events with an ingest key, for that site only', async () => {
  const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  const send = async (token: string | null, origin?: string) => {
    const { jws } = await subject.next();
    const response = await service.app.request('/v1/sites/example/events', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(origin ? { Origin: origin } : {}),
      },
      body: JSON.stringify({ sentAt: now.toISOString(), events: [jws] }),
    });
    return response.status;
  };
  expect(await send(await key('ingest', 'example'))).toBe(200);
  expect(await send(await key('ingest'))).toBe(200);
  expect(await send(await key('ingest', 'other'))).toBe(403);
  expect(await send(await key('auditor'))).toBe(403);
  expect(await send('candour_key_none')).toBe(403);
  expect(await send(null)).toBe(403);
  expect(await send(await key('ingest'), 'https://elsewhere.example'), 'a browser elsewhere').toBe(403);
});
