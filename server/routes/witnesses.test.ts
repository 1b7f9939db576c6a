import { generateKeyPairSync } from 'node:crypto';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { Role } from '../../shared/operator.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';
import { issueCredential } from '../credentials.ts';
import { witnessKeyOf } from '../witness/witness.ts';

const NAME = 'witness.example/one';
let service: TestService;
let key: string;

beforeEach(async () => {
  service = await createTestService();
  key = await witnessKeyOf(NAME, generateKeyPairSync('ed25519').privateKey);
});
afterEach(() => service.close());

const ask = async (method: string, path: string, body?: unknown, role: Role = 'owner') => {
  const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role }, new Date());
  return service.app.request(`/v1/admin/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

it('R49 witnesses are named, published, listed with what they cosigned, and removed', async () => {
  const made = await ask('POST', 'witnesses', { url: 'https://witness.example/', key });
  const witness = { name: NAME, url: 'https://witness.example', key };
  expect([made.status, await made.json()]).toEqual([201, witness]);
  expect(await (await ask('GET', 'witnesses', undefined, 'auditor')).json()).toEqual({ witnesses: [witness] });
  const known = (await (await service.app.request('/.well-known/candour.json')).json()) as { logs: { witnesses: unknown }[] };
  expect(known.logs.map(({ witnesses }) => witnesses)).toEqual([[witness]]);

  const { site } = await service.context.sites.get('example');
  const ofSite = async () => (await ask('GET', 'sites/example/witnesses')).json();
  expect(await ofSite()).toEqual({ witnesses: [{ ...witness, newest: null }] });
  await service.context.store.witnesses.addCosignature(site, { epoch: 0, size: 0 }, NAME, 'line\n');
  expect(await ofSite()).toEqual({ witnesses: [{ ...witness, newest: { epoch: 0, size: 0 } }] });

  expect((await ask('DELETE', `witnesses/${encodeURIComponent(NAME)}`, undefined, 'dpo')).status).toBe(403);
  expect((await ask('DELETE', `witnesses/${encodeURIComponent(NAME)}`)).status).toBe(204);
  expect((await ask('DELETE', `witnesses/${encodeURIComponent(NAME)}`)).status).toBe(404);
  const entries = await service.context.store.audit.list(null, null, 10);
  expect(entries.filter(({ action }) => action === 'witness.change').map(({ object }) => object)).toEqual([
    `${NAME} removed`,
    NAME,
  ]);
});

it('takes no key that is none, and no address inside the operator’s network', async () => {
  for (const [url, given] of [
    ['https://witness.example/', 'nonsense'],
    ['http://witness.example/', key],
    ['https://127.0.0.1/', key],
    ['ftp://witness.example/', key],
  ]) {
    const refused = await ask('POST', 'witnesses', { url, key: given });
    expect([refused.status, ((await refused.json()) as { detail: string }).detail], url).toEqual([400, expect.any(String)]);
  }
  expect(await service.context.store.witnesses.witnesses()).toEqual([]);
});
