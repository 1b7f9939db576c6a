import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import type { PrivacyNoticeInput } from '../../shared/notice/schema.ts';
import type { Role } from '../../shared/operator.ts';
import type { RequestDetails, RequestSummary } from '../../shared/rights/api.ts';
import { mailServer, type MailServer } from '../../test/support/mail-server.ts';
import { cookiePolicy, createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';
import { verifyLog } from '../log/verify.ts';
import type { AccessPack } from '../rights/access-pack.ts';
import type { PortabilityPack } from '../rights/portability-pack.ts';
import { sha256, verifier } from '../verifier.ts';

const SECRET = 'a secret that is long enough for a test';
const ADMIN = '/v1/admin/sites/example';

const policy: PrivacyNoticeInput = {
  ...cookiePolicy,
  authority: { name: 'Example Authority', statement: 'The authority is the Example Authority.' },
  complaints: [{ to: 'controller', statement: 'Complain to us first.' }],
  rights: [{ right: 'access', statement: 'You can see your data.', route: 'by e-mail', deadline: 'P40D', fee: '£10' }],
  activities: [
    ...cookiePolicy.activities,
    {
      id: 'security',
      title: 'Security',
      purposes: [{ text: 'keeping the site safe', kind: 'security' }],
      lawfulBases: [{ basis: 'legitimate_interests', statement: 'We protect the site in our legitimate interest.' }],
      transfers: [
        { to: 'United States', mechanism: 'standard contractual clauses', statement: 'Data goes to the United States.' },
      ],
    },
  ],
};
const purpose = (id: string, activity: string, kind = 'statistics') => ({
  id,
  kind,
  label: id,
  description: id,
  activity: { notice: 'cookie_policy', activity },
});
const configuration = {
  jurisdiction: 'GB',
  purposes: [
    purpose('statistics', 'visit-statistics'),
    purpose('advertising', 'adverts', 'advertising'),
    purpose('security', 'security', 'security'),
  ],
};

let mail: MailServer;
let service: TestService;
let subject: Subject;
let key: string;

const keyFor = async (role: Role) =>
  (await issueCredential(service.context.store, 'api_key', { name: role, role, site: null }, new Date())).token;
const admin = (method: string, path: string, body?: unknown, token = key) =>
  service.app.request(`${ADMIN}${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const made = async (body: unknown) => (await (await admin('POST', '/requests', body)).json()) as RequestDetails;
const show = async (id: string) => (await (await admin('GET', `/requests/${id}`)).json()) as RequestDetails;
const step = (id: string, action: string, reason = '') => admin('POST', `/requests/${id}/steps`, { action, reason });
const own = async (method: 'GET' | 'POST', path: string, body?: string, signed = body) =>
  service.app.request(`/v1/sites/example/me${path}`, {
    method,
    headers: {
      Origin: ORIGIN,
      Authorization: await subject.authorise({
        method,
        path: `/v1/sites/example/me${path}`,
        ...(signed === undefined ? {} : { body: toBase64Url(sha256(utf8(signed))) }),
      }),
    },
    ...(body === undefined ? {} : { body }),
  });
const unzipped = async (response: Response) => {
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()));
  return (name: string): string => strFromU8(files[name] ?? new Uint8Array());
};

beforeEach(async () => {
  mail = await mailServer();
  service = await createTestService({ config: { secret: SECRET, smtp: mail.url }, notices: [policy], configuration });
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  const purposes = { statistics: 'given', advertising: 'refused', security: 'not_objected' } as const;
  await service.send([
    (await subject.next({ purposes })).jws,
    (await subject.next({ purposes: { ...purposes, statistics: 'withdrawn' } })).jws,
  ]);
  key = await keyFor('dpo');
});
afterEach(async () => {
  await service.close();
  await mail.close();
});

describe('the register of requests', () => {
  it('R64 a notice that gives forty days changes nothing: the clock is the law’s', async () => {
    const { clock } = await made({ kind: 'access', received: '2026-06-03' });
    expect(clock.answer).toEqual({ counted: '2026-07-03', day: '2026-07-03' });
  });

  it('a day that has begun nowhere on earth is none on which anything came', async () => {
    const day = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10);
    const received = (on: string) => admin('POST', '/requests', { kind: 'access', received: on });
    expect((await received(day(13))).status).toBe(201);
    expect((await received(day(14 + 24))).status).toBe(400);
  });

  it('takes what came by letter, shows its clock, and writes every look and step into the audit log', async () => {
    const request = await made({ kind: 'access', received: '2026-01-31', email: 'pat@example.net', message: 'all of it' });
    expect(request).toMatchObject({ state: 'open', regime: 'uk', contact: { email: 'pat@example.net', message: 'all of it' } });
    expect(request.clock).toMatchObject({
      starts: '2026-01-31',
      extendBy: '2026-02-28',
      answer: { counted: '2026-02-28', day: '2026-03-02' },
    });
    await show(request.id);
    await step(request.id, 'acknowledge');
    const { site } = await service.context.sites.get('example');
    const entries = await service.context.store.audit.list(site, null, 10);
    expect(entries.map(({ action }) => action)).toEqual(['request.change', 'request.read', 'request.change']);
    expect(JSON.stringify(entries)).not.toContain('pat@');
  });

  it('R63 tells the data subject of an extension and its reason by mail, and gives two months more', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const { id } = await made({ kind: 'erasure', received: today, email: 'pat@example.net' });
    expect((await step(id, 'extend')).status).toBe(400);
    const extended = (await (await step(id, 'extend', 'There are many copies.')).json()) as {
      done: object;
      request: RequestDetails;
    };
    expect(extended.done).toEqual({ told: true });
    expect(extended.request.clock).toMatchObject({ extended: true, extendBy: null });
    expect(extended.request.steps).toMatchObject([
      { action: 'extend', actor: expect.any(String) as string, reason: 'There are many copies.' },
    ]);
    expect(
      mail.received.map(({ to, text }) => [to, /The reason: There are many copies\./.test(text.replaceAll('\n', ' '))]),
    ).toEqual([[['pat@example.net'], true]]);
  });

  it('R65 an objection to direct marketing cannot be refused, and is kept after its person is erased', async () => {
    const { id, actions } = await made({ kind: 'direct_marketing_objection', email: 'Pat@Example.net' });
    expect(actions).toEqual(['acknowledge', 'fulfil', 'retract']);
    const refused = await step(id, 'refuse', 'no');
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([409, 'REQUEST_STATE']);
    expect(await (await step(id, 'fulfil')).json()).toMatchObject({ done: { suppressed: true, told: true } });
    expect(await (await admin('DELETE', `/requests/${id}/contact`)).json()).toEqual({ erased: true });
    expect(await show(id)).toMatchObject({ state: 'fulfilled', contact: null });
    const { site } = await service.context.sites.get('example');
    const lookup = service.context.vault?.lookup('example', ' pat@example.NET') ?? new Uint8Array();
    expect((await service.context.store.suppressions.of(site, [toBase64Url(lookup)])).map(({ channel }) => channel)).toContain(
      'email',
    );
  });

  it('lets one of two who act at once win', async () => {
    const { id } = await made({ kind: 'access' });
    const both = await Promise.all([step(id, 'fulfil'), step(id, 'refuse', 'excessive')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await show(id)).steps).toHaveLength(1);
  });

  it('shows support that there is somebody and not who, and lets only those act who may', async () => {
    const { id } = await made({ kind: 'access', email: 'pat@example.net', message: 'private words' });
    const [support, auditor] = [await keyFor('support'), await keyFor('auditor')];
    const seen = (await (await admin('GET', `/requests/${id}`, undefined, support)).json()) as RequestDetails;
    expect(seen.contact).toEqual({ email: 'p…@example.net', message: '', reference: '' });
    expect((await admin('POST', `/requests/${id}/steps`, { action: 'fulfil' }, auditor)).status).toBe(403);
    expect((await admin('GET', `/requests/${id}/access`, undefined, support)).status).toBe(403);
    expect((await admin('GET', '/requests', undefined, 'none')).status).toBe(401);
  });
});

describe('requests signed by the subject’s key', () => {
  it('R65 need no address: the key is the identity', async () => {
    const body = JSON.stringify({ kind: 'restriction', message: 'while we disagree' });
    const response = await own('POST', '/requests', body);
    expect(response.status).toBe(201);
    const request = (await response.json()) as RequestSummary;
    expect(request).toMatchObject({ state: 'open', via: 'subject', subject: subject.id, clock: { waitingFor: [] } });
    expect(await (await own('GET', '/requests')).json()).toMatchObject({ subject: subject.id, requests: [{ id: request.id }] });
    expect(await (await step(request.id, 'fulfil')).json()).toMatchObject({ done: { restricted: true, told: null } });
    expect(await (await admin('GET', '/restrictions')).json()).toMatchObject({
      restrictions: [{ subject: subject.id, request: request.id }],
    });
    expect(await (await admin('DELETE', `/restrictions/${subject.id}`)).json()).toEqual({ lifted: true });
  });

  it('are refused when another body was signed, or none', async () => {
    const body = JSON.stringify({ kind: 'erasure' });
    expect((await own('POST', '/requests', body, JSON.stringify({ kind: 'access' }))).status).toBe(401);
    const unsigned = await service.app.request('/v1/sites/example/me/requests', {
      method: 'POST',
      headers: {
        Origin: ORIGIN,
        Authorization: await subject.authorise({ method: 'POST', path: '/v1/sites/example/me/requests' }),
      },
      body,
    });
    expect(unsigned.status).toBe(401);
  });
});

describe('what a request is answered with', () => {
  it('R61 the access pack has the data, purposes, recipients, retention, source, safeguards, rights and where to complain', async () => {
    const file = await unzipped(await own('GET', '/access'));
    const pack = JSON.parse(file('access.json')) as AccessPack;
    expect(pack.data.events.map(({ event }) => event.purposes['statistics'])).toEqual(['given', 'withdrawn']);
    for (const { receipt } of pack.data.events) {
      const { steps } = await verifyReceipt(receipt, [receipt.logKey], verifier);
      expect(steps.filter(({ result }) => result === 'holds').map((one) => one.step)).toEqual(
        expect.arrayContaining(['event_signature', 'inclusion', 'checkpoint_signature', 'log_key']),
      );
    }
    expect(pack.data.status['statistics']).toMatchObject({ state: 'superseded', chosen: 'withdrawn' });
    const security = pack.processing.find(({ activity }) => activity === 'security');
    expect(security).toMatchObject({
      choices: ['security'],
      purposes: ['keeping the site safe'],
      lawfulBases: [{ basis: 'legitimate_interests', article: 'Art. 6(1)(f)' }],
      recipients: ['not stated'],
      retention: ['not stated'],
      source: 'not stated',
      transfers: [{ to: 'United States', safeguard: 'standard contractual clauses' }],
      rights: expect.arrayContaining(['object', 'access', 'complaint']) as string[],
    });
    expect(pack.controller).toMatchObject({
      name: 'Example Limited',
      authority: { name: 'Example Authority' },
      complaints: [{ to: 'controller' }],
      rights: [{ right: 'access', route: 'by e-mail' }],
    });
    expect(file('access.html')).toMatch(/<h1>Your data<\/h1>[^]*Example Authority/);
    expect(file('choices.csv').split('\r\n')).toHaveLength(8);
  });

  it('R60 a cell that a spreadsheet would take for a formula is text', async () => {
    const { id } = await made({ kind: 'access', message: '=HYPERLINK("https://evil.example")', email: 'pat@example.net' });
    const file = await unzipped(await admin('GET', `/requests/${id}/access`));
    expect(file('requests.csv')).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  });

  it('the pack of a request made by mail holds what the same address asked before, and nobody else’s', async () => {
    const before = await made({ kind: 'objection', email: 'pat@example.net' });
    await made({ kind: 'objection', email: 'sam@example.net' });
    const { id } = await made({ kind: 'access', email: 'PAT@example.net' });
    const pack = JSON.parse((await unzipped(await admin('GET', `/requests/${id}/access`)))('access.json')) as AccessPack;
    expect(pack.data.requests.map((one) => one.id).sort()).toEqual([before.id, id].sort());
    expect(pack.data.events).toEqual([]);
    await admin('PATCH', `/requests/${id}`, { subject: subject.id });
    const linked = JSON.parse((await unzipped(await admin('GET', `/requests/${id}/access`)))('access.json')) as AccessPack;
    expect(linked.data.events).toHaveLength(2);
  });

  it('R62 portability covers what rests on consent or contract, and gives the reason for the rest', async () => {
    const pack = JSON.parse((await unzipped(await own('GET', '/portability')))('portability.json')) as PortabilityPack;
    expect(pack.included.map((one) => one.purpose)).toEqual(['statistics', 'advertising']);
    expect(pack.excluded).toMatchObject([
      { purpose: 'security', reason: expect.stringMatching(/Legitimate interests/) as string },
    ]);
    expect(new Set(pack.choices.map((one) => one.purpose))).toEqual(new Set(['statistics', 'advertising']));
    expect(pack.choices).toHaveLength(4);
  });

  it('R59 erasure removes the events and the contact keys, the tree still verifies, and what is kept is said', async () => {
    const { site } = await service.context.sites.get('example');
    const objection = await made({ kind: 'direct_marketing_objection', email: 'pat@example.net', subject: subject.id });
    await step(objection.id, 'fulfil');
    const { id } = await made({ kind: 'erasure', email: 'pat@example.net', subject: subject.id });
    const { done } = (await (await step(id, 'fulfil')).json()) as { done: object };
    expect(done).toEqual({ erased: 2, kept: ['log', 'tombstones', 'requests', 'open_request', 'suppression'], told: true });
    expect(mail.received.at(-1)?.text.replaceAll('\n', ' ')).toMatch(
      /Erased: 2 recorded choices.*keyed hash of an address that asked for no marketing stays/,
    );
    expect(await show(objection.id)).toMatchObject({ contact: null, subject: null, state: 'fulfilled' });
    expect(await service.context.store.subjectEvents(site, subject.id)).toEqual([]);
    expect(await verifyLog(service.context.store, site)).toMatchObject({ events: 0, erased: 2, findings: [] });
    const [leaf] = await service.context.store.leaves(site, 0, 2, 3);
    expect(leaf?.leaf).toMatchObject({ kind: 'erasure', by: 'controller', leaves: [0, 1] });
  });

  it('R59 an erasure by the data subject says what is kept, too', async () => {
    const path = '/v1/sites/example/me';
    const response = await service.app.request(path, {
      method: 'DELETE',
      headers: { Origin: ORIGIN, Authorization: await subject.authorise({ method: 'DELETE', path }) },
    });
    expect(await response.json()).toMatchObject({ erased: 2, kept: ['log', 'tombstones'] });
  });

  it('does not erase what is restricted', async () => {
    await admin('POST', `/restrictions/${subject.id}`, {});
    const { id } = await made({ kind: 'erasure', subject: subject.id });
    expect((await step(id, 'fulfil')).status).toBe(409);
    expect(await show(id)).toMatchObject({ state: 'open', steps: [] });
  });
});
