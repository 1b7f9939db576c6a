// Nobody outside learns from the service's work whether it knows an address: whoever posts one causes the same statements either way.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { contactVault } from '../rights/contact-vault.ts';
import { sqliteStore } from '../store/sqlite/store.ts';
import type { Site, Store } from '../store/store.ts';
import { newContact, openContact } from './contacts.ts';

const vault = contactVault('only for tests, and long enough to be taken');
let folder: string;
let store: Store;
let site: Site;
let statements: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-same-'));
  statements = [];
  const onStatement = (sql: string): void => void statements.push(sql);
  store = sqliteStore({ file: join(folder, 'x.sqlite'), now: () => 1, migrate: true, onStatement });
  site = await store.publish({ id: 'one', name: 'one', log: 'consent.example/one', origins: [] }, [
    { hash: 'A'.repeat(43), kind: 'configuration', body: '{}', publishedAt: 1 },
  ]);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** As an event that brings an address does. `keep`: a box was ticked. */
async function post(address: string, keep = true) {
  const made = newContact(vault, site, { channel: 'email', address });
  if (!made) throw new Error('no address');
  statements = [];
  const [stored] = await store.write(site, (transaction) =>
    transaction.rememberContacts([keep ? made : { ...made, seal: null }], 1),
  );
  if (!stored) throw new Error('nothing was stored');
  return { stored, ran: statements, address: openContact(vault, site, stored)?.address ?? null };
}

it('R44 an address that is known, one that is not, and one of which only the hash is kept are stored with the same statements', async () => {
  const unknown = await post('ada@example.net');
  const known = await post('Ada@Example.net');
  const refused = await post('eve@example.net', false);
  const later = await post('eve@example.net');
  expect(unknown.ran.length).toBeGreaterThan(4);
  for (const { ran } of [known, refused, later]) expect(ran).toEqual(unknown.ran);
  expect(known.stored.id).toBe(unknown.stored.id);
  expect([unknown.address, known.address, refused.address, later.address]).toEqual([
    'ada@example.net',
    'ada@example.net',
    null,
    'eve@example.net',
  ]);
  expect(later.stored.id).toBe(refused.stored.id);
  const found = await store.contacts.get(site, later.stored.id);
  expect(found && openContact(vault, site, found)?.address, 'and so it is in the database').toBe('eve@example.net');
});

it('one that is found by an older key stays one contact', async () => {
  const made = newContact(vault, site, { channel: 'email', address: 'old@example.net' });
  if (!made) throw new Error('no address');
  const [newest = '', oldest = ''] = made.keys;
  await store.contacts.remember(site, [{ ...made, keys: [oldest] }]);
  const again = await post('old@example.net');
  expect([again.stored.id, again.stored.key]).toEqual([made.id, oldest]);
  expect(await store.contacts.find(site, [newest])).toEqual([]);
});
