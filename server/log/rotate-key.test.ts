import { readFileSync, statSync } from 'node:fs';

import * as v from 'valibot';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { WellKnown } from '../../shared/api.ts';
import { Receipt, verifyReceipt } from '../../shared/consent/receipt.ts';
import { parseCheckpoint, verifyCheckpoint } from '../../shared/log/checkpoint.ts';
import { presentation, presentationHash } from '../../test/support/presentation.ts';
import { createTestService, ORIGIN, SERVICE_URL, cookiePolicy, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { createSite } from '../sites.ts';
import { issueCredential } from '../credentials.ts';
import { verifier } from '../verifier.ts';
import { rotateLogKey } from './rotate-key.ts';
import { verifyLog } from './verify.ts';
import { verifyRemoteLog } from './verify-remote.ts';

let service: TestService;
let subject: Subject;
let operator: string;
const NOW = new Date('2026-11-22T12:00:00Z');

beforeEach(async () => {
  service = await createTestService();
  subject = await createSubject({ log: service.site.log, origin: ORIGIN, presentation: presentationHash });
  operator = (await issueCredential(service.context.store, 'api_key', { name: 'test', role: 'owner' }, new Date())).token;
});
afterEach(() => service.close());

const send = async () => {
  const { jws, event } = await subject.next();
  const { results } = await service.send([jws], { presentations: [presentation] });
  return { id: event.id, jws, checkpoint: results[0]?.checkpoint };
};
const published = async () => {
  const { logs } = v.parse(WellKnown, await (await service.app.request('/.well-known/candour.json')).json());
  return logs.find(({ site }) => site === 'example')?.keys ?? [];
};
const receiptOf = async (id: string) =>
  v.parse(
    Receipt,
    await (
      await service.app.request(`/v1/sites/example/receipts/${id}?subject=${subject.id}`, {
        headers: { Authorization: `Bearer ${operator}` },
      })
    ).json(),
  );
const rotate = () => rotateLogKey(service.context.store, service.logKeyFile, NOW);

it('R49 receipts of before and after a rotation verify with what is published, retired keys for ever', async () => {
  const first = await send();
  const kept = await receiptOf(first.id);
  const [before] = await published();
  for (let i = 0; i < 2; i++) await rotate();
  const second = await send();
  const keys = await published();
  expect(keys.map(({ state }) => state)).toEqual(['active', 'retired', 'retired']);
  expect(keys.map(({ key }) => key)).toContain(before?.key);
  const all = keys.map(({ key }) => key);
  for (const receipt of [kept, await receiptOf(first.id), await receiptOf(second.id)])
    expect(await verifyReceipt(receipt, all, verifier)).toMatchObject({ verified: 'true' });
  expect(await receiptOf(first.id), 'the first receipt, again').toEqual(kept);
  const [active] = all;
  expect((await verifyReceipt(kept, [active ?? ''], verifier)).verified, 'the new key alone').not.toBe('true');
});

it('R49 the running service goes on with the new key, and an event sent again gets its first receipt', async () => {
  const first = await send();
  const { publicKey, retiredFile, sites } = await rotate();
  expect(sites).toEqual(['example']);
  const again = await service.send([first.jws], { presentations: [presentation] });
  expect(again.results[0]).toMatchObject({ status: 'duplicate', checkpoint: first.checkpoint });
  const second = await send();
  const [active, retired] = await service.context.store.logKeys((await service.context.sites.get('example')).site);
  expect(Buffer.from(active?.publicKey ?? []).toString('base64url')).toBe(publicKey);
  expect(second.checkpoint).not.toBe(first.checkpoint);
  expect(retired).toMatchObject({ number: 1, state: 'retired' });
  for (const file of [service.logKeyFile, retiredFile]) expect(statSync(file).mode & 0o077).toBe(0);
  const { site } = await service.context.sites.get('example');
  const { findings } = await verifyLog(service.context.store, site, { publicKey: active?.publicKey ?? null });
  expect(findings).toEqual([]);
});

it('R49 with a key that is not the log’s any more nothing is signed: 503, and nothing is lost', async () => {
  await send();
  const old = readFileSync(service.logKeyFile);
  const { retiredFile } = await rotate();
  const { writeFileSync, copyFileSync } = await import('node:fs');
  const fresh = readFileSync(service.logKeyFile);
  // As on another machine, to which the new file was not brought yet.
  writeFileSync(service.logKeyFile, old);
  const { jws } = await subject.next();
  const refused = await service.post([jws], { presentations: [presentation] });
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
  writeFileSync(service.logKeyFile, fresh);
  expect((await service.send([jws], { presentations: [presentation] })).results[0]?.status).toBe('accepted');
  copyFileSync(retiredFile, service.logKeyFile);
});

it('R49 a rotation that was interrupted goes on with the same new key', async () => {
  await createSite(service.context.store, { site: 'other', origins: [ORIGIN], notices: [cookiePolicy], publicUrl: SERVICE_URL });
  for (const id of ['example', 'other']) await service.context.sites.get(id);
  const { rotateLogKey: one } = service.context.store;
  let calls = 0;
  service.context.store.rotateLogKey = (...args) => (calls++ === 1 ? Promise.reject(new Error('killed')) : one(...args));
  await expect(rotate()).rejects.toThrow('killed');
  const waiting = readFileSync(`${service.logKeyFile}.next`, 'utf8');
  const { sites } = await rotate();
  expect(sites).toEqual(['example', 'other']);
  expect(readFileSync(service.logKeyFile, 'utf8')).toBe(waiting);
  for (const id of sites) {
    const { site } = await service.context.sites.get(id);
    expect(
      (await service.context.store.logKeys(site)).map(({ state }) => state),
      id,
    ).toEqual(['active', 'retired']);
  }
});

it('R49 right after a rotation the newest head has both signatures, for whoever insists on the active key', async () => {
  await send();
  const { site } = await service.context.sites.get('example');
  const head = async () => (await service.app.request('/v1/sites/example/log/checkpoint')).text();
  const before = await head();
  // Twice, so that the key before is not the one that signed.
  for (let i = 0; i < 2; i++) await rotate();
  const after = await head();
  expect(after.startsWith(before), 'the first signature stays, byte for byte').toBe(true);
  const keys = await published();
  const checkpoint = parseCheckpoint(after);
  for (const { key } of keys) expect(await verifyCheckpoint(checkpoint, key, verifier), key).toBe(true);
  expect(await head(), 'the same bytes each time').toBe(after);
  expect(await service.context.store.witnesses.newestWitnessed(site, 0), 'no witness saw it').toBeNull();
  const remote = await verifyRemoteLog((url) => Promise.resolve(service.app.request(url)), '', 'example');
  expect(remote.findings).toEqual([]);
  const { publicKey } = (await service.context.store.logKeys(site))[0] ?? { publicKey: null };
  expect((await verifyLog(service.context.store, site, { publicKey })).findings).toEqual([]);
});

it('R49 a rotation that was cut short before the new key signed is seen, and is finished by running it again', async () => {
  await send();
  const { site } = await service.context.sites.get('example');
  const { addCosignature } = service.context.store.witnesses;
  service.context.store.witnesses.addCosignature = () => Promise.reject(new Error('killed'));
  await expect(rotate()).rejects.toThrow('killed');
  service.context.store.witnesses.addCosignature = addCosignature;
  const verified = async () => (await verifyLog(service.context.store, site)).findings.map(({ what }) => what);
  expect(await verified()).toEqual(['the newest head is not signed by the active log key']);
  await rotate();
  const note = await (await service.app.request('/v1/sites/example/log/checkpoint')).text();
  expect(parseCheckpoint(note).signatures).toHaveLength(2);
  expect(await verified()).toEqual([]);
});

it('R49 a rotation never signs a head on the database’s word alone', async () => {
  await send();
  const { site } = await service.context.sites.get('example');
  const { checkpoint } = service.context.store;
  service.context.store.checkpoint = async (...where) => {
    const found = await checkpoint(...where);
    return found && { ...found, root: new Uint8Array(32).fill(1) };
  };
  await rotate();
  service.context.store.checkpoint = checkpoint;
  expect(await service.context.store.witnesses.successions(site, 0, 1)).toEqual([]);
});
