// What each role gets to see of a person, and what each may not do: the views, beside the matrix of permissions.test.ts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ROLES, type Role } from '../shared/operator.ts';
import { createTestService, ORIGIN, type TestService } from '../test/support/service.ts';
import { shownNow } from '../test/support/shown.ts';
import { createSubject, type Subject } from '../test/support/subject.ts';
import { issueCredential } from './credentials.ts';
import { beginEpoch } from './log/epochs.ts';
import { openLogKey, logSigner } from './log/key.ts';

let service: TestService;
let subject: Subject;
let event: string;
let jws: string;

async function choose(): Promise<void> {
  const { presentation, hash, terms } = await shownNow(await service.context.sites.get('example'));
  const next = await subject.next({ presentation: hash, terms, purposes: { statistics: 'given' } });
  [event, jws] = [next.event.id, next.jws];
  await service.send([jws], { presentations: [presentation] });
}
const ask = async (role: Role, path: string, method = 'GET', accept = 'application/json', body?: unknown) => {
  const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role }, new Date());
  return service.app.request(path, {
    method,
    headers: { Authorization: `Bearer ${token}`, Accept: accept, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const ADMIN = '/v1/admin/sites/example';

beforeEach(async () => {
  service = await createTestService();
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  await choose();
});
afterEach(() => service.close());

describe('who sees whom', () => {
  it('R69 owner, dpo and auditor get evidence and exports with the subject; support and ingest get no export', async () => {
    for (const role of ROLES) {
      const proof = await ask(role, `${ADMIN}/prove?subject=${subject.id}`);
      const file = await ask(role, `${ADMIN}/export?format=jsonl`);
      const whole = ['owner', 'dpo', 'auditor'].includes(role);
      expect([role, file.status], role).toEqual([role, whole ? 200 : 403]);
      expect([role, proof.status], role).toEqual([role, role === 'ingest' ? 403 : 200]);
      const text = `${await proof.text()}${await file.text()}`;
      expect([role, text.includes(subject.id), text.includes(jws)], role).toEqual([role, whole, whole]);
    }
  });

  it('R69 support gets what held, with the subject shortened and nothing that identifies it, in whatever form it asks', async () => {
    for (const query of [`subject=${subject.id}`, `event=${event}`, `event=${event}&download=1`])
      for (const accept of ['application/json', 'text/html', 'application/ld+json']) {
        const answer = await ask('support', `${ADMIN}/prove?${query}`, 'GET', accept);
        const text = await answer.text();
        expect(answer.status).toBe(200);
        expect(JSON.parse(text)).toMatchObject({
          kind: 'candour-answer',
          question: { subject: `${subject.id.slice(0, 6)}…` },
          answer: { events: 1, choices: expect.arrayContaining([expect.objectContaining({ id: 'statistics', state: 'given' })]) },
        });
        for (const secret of [subject.id, subject.key.x, subject.key.y, jws]) expect(text).not.toContain(secret);
      }
    const events = await ask('support', `${ADMIN}/events`);
    expect(await events.text()).not.toContain(subject.id);
    for (const path of [`/v1/sites/example/receipts/${event}?subject=${subject.id}`, `${ADMIN}/audit`, `${ADMIN}/restrictions`])
      expect((await ask('support', path)).status, path).toBe(403);
    const { site } = await service.context.sites.get('example');
    const told = await service.context.store.audit.list(site, null, 50);
    expect(told.filter(({ action, role }) => action === 'proof.read' && role === 'support').length).toBe(9);
  });

  it('R69 an auditor reads everything, the audit log too, and nothing changes', async () => {
    for (const path of [
      '',
      '/events',
      '/statistics',
      '/notices',
      '/audit',
      '/requests',
      '/restrictions',
      '/retention',
      '/webhooks',
    ])
      expect((await ask('auditor', `${ADMIN}${path}`)).status, path).toBe(200);
    for (const [method, path, body] of [
      ['PATCH', ADMIN, { name: 'Other' }],
      ['POST', `${ADMIN}/notices`, {}],
      ['POST', `${ADMIN}/requests`, { kind: 'access' }],
      ['POST', `${ADMIN}/webhooks`, { url: 'https://example.org/' }],
      ['POST', `${ADMIN}/retention`, {}],
      ['POST', `${ADMIN}/restrictions/${subject.id}`, undefined],
      ['DELETE', `${ADMIN}/subjects/${subject.id}`, undefined],
      ['POST', '/v1/admin/keys', { role: 'owner' }],
      ['POST', '/v1/admin/witnesses', {}],
    ] as const)
      expect((await ask('auditor', path, method, 'application/json', body)).status, `${method} ${path}`).toBe(403);
    const { site } = await service.context.sites.get('example');
    expect((await service.context.store.subjectEvents(site, subject.id)).length).toBe(1);
  });
});

it('events of every epoch are listed, newest first, however the pages fall', async () => {
  const { site } = await service.context.sites.get('example');
  const signer = logSigner(openLogKey(service.logKeyFile));
  await choose();
  const { epoch: second } = await beginEpoch(service.context.store, site, signer, new Date());
  for (let i = 0; i < 2; i++) await choose();
  const { epoch: third } = await beginEpoch(service.context.store, site, signer, new Date());
  await choose();
  expect(second, 'numbers have gaps').toBeGreaterThan(1000);
  type Page = { events: { epoch: number; index: number; seq: number }[]; next: number | null };
  for (const limit of [1, 2, 3, 50]) {
    const seen: string[] = [];
    let next: number | null = null;
    do {
      const before: string = next === null ? '' : `&before=${next}`;
      const page = (await (await ask('owner', `${ADMIN}/events?limit=${limit}${before}`)).json()) as Page;
      seen.push(...page.events.map(({ epoch, index, seq }) => `${epoch}/${index} ${seq}`));
      next = page.next;
    } while (next !== null);
    expect(seen, `${limit} a page`).toEqual([`${third}/1 5`, `${second}/2 4`, `${second}/1 3`, '0/1 2', '0/0 1']);
  }
  const lines = (await (await ask('owner', `${ADMIN}/export?format=jsonl`)).text()).trim().split('\n');
  expect(lines.map((line) => (JSON.parse(line) as { epoch: number }).epoch)).toEqual([0, 0, second, second, third]);
  const beyond = await ask('owner', `${ADMIN}/events?before=${3 * 2 ** 40}`);
  expect(beyond.status, 'there is no fourth').toBe(400);
});
