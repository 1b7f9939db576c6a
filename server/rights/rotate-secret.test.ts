import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { toBase64Url } from '../../shared/bytes.ts';
import { stopDirectMarketing } from '../../shared/marketing/suppression.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';
import { findContact, openContact, rememberContact } from '../marketing/contacts.ts';
import { secretSeal } from '../webhooks/secret.ts';
import { addEndpoint } from '../webhooks/endpoints.ts';
import { secretPlace } from '../webhooks/worker.ts';
import { contactVault, SecretError } from './contact-vault.ts';
import { addRequest, contactOf, requestNamed } from './register.ts';
import { keepLookupKey, keptLookupKey, rotateSecret } from './rotate-secret.ts';

const [FIRST, SECOND, THIRD] = ['first', 'second', 'third'].map((one) => `the ${one} secret, long enough for a test`) as [
  string,
  string,
  string,
];
const EMAIL = 'pat@example.net';
let service: TestService;
let endpoint: { id: string; secret: string };
let id: string;

const context = () => service.context.sites.get('example');
const logger = pino({ level: 'silent' });

/** What a service that was started with these secrets can do. */
async function works(secret: string, previous: string | null = null): Promise<boolean> {
  const { store } = service.context;
  const finding = await keptLookupKey(store, { secret, previousSecret: previous });
  const vault = contactVault(secret, { previous, finding });
  const site = await context();
  const register = { store, vault, now: () => new Date(), logger };
  try {
    const contact = await contactOf(register, site, await requestNamed(register, site, id));
    const [stored] = await store.webhooks.endpoints(site.site);
    const opened = secretSeal(secret, previous).open(stored?.secret ?? new Uint8Array(), secretPlace(site.site, endpoint.id));
    const found = await store.suppressions.of(site.site, [toBase64Url(vault.lookup('example', EMAIL))]);
    const marketed = await findContact({ store, vault, now: () => new Date() }, site.site, { channel: 'email', address: EMAIL });
    if (!marketed || openContact(vault, site.site, marketed)?.address !== EMAIL) return false;
    return contact?.email === EMAIL && opened === endpoint.secret && found.length === 1;
  } catch (error) {
    logger.debug(error);
    return false;
  }
}

beforeEach(async () => {
  service = await createTestService({ folder: await mkdtemp(join(tmpdir(), 'candour-secret-')), config: { secret: FIRST } });
  const { store, vault } = service.context;
  const site = await context();
  const register = { store, vault, now: () => new Date() };
  id = await addRequest(register, site, { kind: 'access', via: 'operator', email: EMAIL, message: 'a message' });
  await rememberContact(register, site.site, { channel: 'email', address: EMAIL });
  const lookup = vault?.lookup('example', EMAIL) ?? new Uint8Array();
  const [first] = stopDirectMarketing(toBase64Url(lookup), '2026-11-22T10:00:00.000Z', null);
  await store.suppressions.add(site.site, first ? [first] : []);
  endpoint = await addEndpoint({ store, seal: secretSeal(FIRST), allowed: [], now: new Date() }, site.site, {
    url: 'https://example.org/',
    types: ['consent.decided'],
  });
});
afterEach(() => service.close());

it('R71 a new secret takes over step by step: nothing is lost, and in the end the old one opens nothing', async () => {
  const { store } = service.context;
  expect([await works(FIRST), await works(SECOND), await works(SECOND, FIRST)], 'before').toEqual([true, false, true]);
  expect(await rotateSecret(store, SECOND, FIRST)).toEqual({ requests: 1, webhooks: 1, contacts: 1 });
  expect([await works(SECOND), await works(SECOND, FIRST)], 'after').toEqual([true, true]);
  await expect(works(FIRST)).rejects.toThrow(SecretError);
  expect(await rotateSecret(store, SECOND, FIRST), 'again').toEqual({ requests: 0, webhooks: 0, contacts: 0 });
  expect(await rotateSecret(store, THIRD, SECOND)).toEqual({ requests: 1, webhooks: 1, contacts: 1 });
  expect(await works(THIRD), 'the suppression of the first secret is found under the third').toBe(true);
});

it('is cut short and run again, and refuses a secret that nothing was sealed under', async () => {
  const { store } = service.context;
  const { resealEndpoint } = store.webhooks;
  store.webhooks.resealEndpoint = () => Promise.reject(new Error('killed'));
  await expect(rotateSecret(store, SECOND, FIRST)).rejects.toThrow('killed');
  store.webhooks.resealEndpoint = resealEndpoint;
  expect(await works(SECOND, FIRST), 'both are known meanwhile').toBe(true);
  expect(await rotateSecret(store, SECOND, FIRST)).toEqual({ requests: 0, webhooks: 1, contacts: 0 });
  expect(await works(SECOND)).toBe(true);
  await expect(rotateSecret(store, THIRD, FIRST)).rejects.toThrow(SecretError);
  expect(await works(SECOND), 'and nothing was changed').toBe(true);
});

it('a service that started once notices another secret, and takes the new one with the one before', async () => {
  const { store } = service.context;
  await keepLookupKey(store, { secret: FIRST });
  expect(await works(FIRST)).toBe(true);
  await expect(keepLookupKey(store, { secret: SECOND })).rejects.toThrow(SecretError);
  await keepLookupKey(store, { secret: SECOND, previousSecret: FIRST });
  expect(await works(SECOND, FIRST)).toBe(true);
  await rotateSecret(store, SECOND, FIRST);
  await keepLookupKey(store, { secret: SECOND });
  expect(await works(SECOND)).toBe(true);
});
