import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { Receipt, verifyReceipt } from '../../shared/consent/receipt.ts';
import { presentation, presentationHash } from '../../test/support/presentation.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { issueCredential } from '../credentials.ts';
import { verifier } from '../verifier.ts';

let service: TestService;
let subject: Subject;
let path: string;
let operator: string;

beforeEach(async () => {
  service = await createTestService();
  subject = await createSubject({ log: service.site.log, origin: ORIGIN, presentation: presentationHash });
  const { jws, event } = await subject.next();
  await service.send([jws], { presentations: [presentation] });
  path = `/v1/sites/example/receipts/${event.id}`;
  operator = (await issueCredential(service.context.store, 'api_key', { name: 'test', role: 'owner' }, new Date())).token;
});
afterEach(() => service.close());

const asOperator = (accept: string, query = `?subject=${subject.id}`) =>
  service.app.request(`${path}${query}`, { headers: { Authorization: `Bearer ${operator}`, Accept: accept } });
const publishedKeys = async () => {
  const response = await service.app.request('/.well-known/candour.json');
  const { logs } = (await response.json()) as { logs: { site: string; keys: { key: string }[] }[] };
  return logs.find(({ site }) => site === 'example')?.keys.map(({ key }) => key) ?? [];
};

it('the data subject gets a receipt that verifies with the published keys', async () => {
  const response = await service.app.request(path, {
    headers: { Authorization: await subject.authorise({ method: 'GET', path }) },
  });
  const receipt = v.parse(Receipt, await response.json());
  const check = await verifyReceipt(receipt, await publishedKeys(), verifier);
  expect(check).toMatchObject({ verified: 'true' });
});

it('one flipped byte, another receipt’s proof and a swapped log key each fail at their own step', async () => {
  const receipt = v.parse(Receipt, await (await asOperator('application/json')).json());
  const other = await createTestService();
  const stranger = await createSubject({ log: other.site.log, origin: ORIGIN, presentation: presentationHash });
  const [foreign] = (await other.send([(await stranger.next()).jws])).results;
  const otherKeys = (await other.context.store.logKeys((await other.context.sites.get('example')).site)).length;
  expect(otherKeys).toBe(1);
  const keys = await publishedKeys();
  const failing = async (changed: object) =>
    (await verifyReceipt({ ...receipt, ...changed }, keys, verifier)).steps
      .filter(({ result }) => result === 'fails')
      .map(({ step }) => step);
  const at = receipt.event.length - 20;
  const flipped = receipt.event.slice(0, at) + (receipt.event[at] === 'A' ? 'B' : 'A') + receipt.event.slice(at + 1);
  expect(await failing({ event: flipped })).toEqual(['event_signature', 'leaf']);
  expect(await failing({ checkpoint: foreign?.checkpoint })).toEqual(['inclusion', 'checkpoint_signature']);
  expect(await failing({ leaf: foreign?.leaf })).toEqual(['leaf', 'inclusion']);
  expect(await failing({ logKey: 'consent.example/example+00000000+AAAA' })).toContain('log_key');
  await other.close();
});

it('operators name the subject; others get nothing', async () => {
  expect((await asOperator('application/json', '')).status).toBe(400);
  expect((await asOperator('application/json', `?subject=${'A'.repeat(43)}`)).status).toBe(404);
  expect((await service.app.request(`${path}?subject=${subject.id}`)).status).toBe(401);
  const stranger = await createSubject({ log: service.site.log, origin: ORIGIN });
  const asked = await service.app.request(path, {
    headers: { Authorization: await stranger.authorise({ method: 'GET', path }) },
  });
  expect(asked.status).toBe(404);
  expect(
    (await service.app.request('/v1/sites/example/receipts/none', { headers: { Authorization: `Bearer ${operator}` } })).status,
  ).toBe(400);
});

it('R53 a receipt is given out as a page and as JSON-LD with the place to withdraw', async () => {
  const page = await asOperator('text/html');
  expect(page.headers.get('Content-Type')).toMatch(/^text\/html/);
  expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(page.headers.get('Cache-Control')).toBe('no-store');
  expect(await page.text()).toContain('<!doctype html>');
  const linked = await asOperator('application/ld+json');
  expect(linked.headers.get('Content-Type')).toBe('application/ld+json');
  expect(await linked.json()).toMatchObject({
    '@type': 'dpv:ConsentReceipt',
    'candour:withdrawalPoint': { '@id': `${ORIGIN}/#candour` },
  });
});
