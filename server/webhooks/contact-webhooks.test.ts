// What a CRM is told of contacts: over a real connection, in order for each contact, again after a failure, and never with an address
// unless the operator set it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';

import type { PurposeState } from '../../shared/consent/event.ts';
import type { WebhookType } from '../../shared/webhook.ts';
import { MARKETING } from '../../test/support/marketing-site.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import type { Statement } from '../../shared/marketing/api.ts';
import { stateOf } from '../marketing/grounds.ts';
import { eraseContact } from '../marketing/erase-contact.ts';
import { objectToMarketing } from '../marketing/objections.ts';
import type { Site } from '../store/store.ts';
import { aboutContact } from './about-contact.ts';
import { addEndpoint } from './endpoints.ts';
import { secretSeal } from './secret.ts';
import { sender } from './send.ts';
import { deliverDue } from './worker.ts';

const SECRET = 'only for tests, and long enough to be taken';
const seal = secretSeal(SECRET);
interface Told {
  id: string;
  type: WebhookType;
  text: string;
  data: { contact?: string; key?: string; address?: string; change?: string; permissions?: { may: boolean }[] };
}

let service: TestService;
let site: Site;
let receiver: Server;
let url: string;
let told: Told[];
/** Keys whose messages the receiver cannot take now. */
let stuck: Set<string>;
let now: Date;

beforeEach(async () => {
  service = await createTestService({ ...MARKETING, config: { secret: SECRET } });
  ({ site } = await service.context.sites.get('example'));
  [told, stuck, now] = [[], new Set(), new Date()];
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString();
      const { type, data } = JSON.parse(text) as Pick<Told, 'type' | 'data'> & { data: { address?: string } };
      const key = data.key ?? data.address ?? '';
      const isStuck = stuck.has(key);
      if (!isStuck) told.push({ id: String(request.headers['webhook-id']), type, text, data });
      response.writeHead(isStuck ? 503 : 204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await service.close();
});

const add = () =>
  addEndpoint({ store: service.context.store, seal, allowed: ['127.0.0.1'], now }, site, {
    url,
    types: ['permission.changed', 'suppression.added', 'contact.erased'],
  });
const deliver = async (addresses = false): Promise<void> => {
  const contact = aboutContact(service.context, { addresses });
  const options = {
    store: service.context.store,
    seal,
    send: sender(['127.0.0.1']),
    now: () => now,
    logger: pino({ level: 'silent' }),
    contact,
  };
  while ((await deliverDue(options, site)) > 0);
};
const later = (ms: number): void => void (now = new Date(now.getTime() + ms));
const newSubject = (): Promise<Subject> => createSubject({ log: service.site.log, origin: ORIGIN });
async function says(who: Subject, state: PurposeState, address?: string): Promise<void> {
  const method = state === 'given' ? 'form' : 'withdraw';
  const { event, jws } = await who.next({ method, purposes: {}, channels: { newsletter: { acme: { email: state } } } });
  await service.send([jws], address === undefined ? {} : { contacts: [{ event: event.id, channel: 'email', value: address }] });
  now = new Date();
}
const contactOf = async (address: string) => {
  const [answer] = await service.context.store.contacts.find(
    site,
    service.context.vault?.keys('example', [{ version: 2, kind: 'email', text: address }]) ?? [],
  );
  return answer;
};

it('R41 R42 R45 tells each change of a contact in order: given, stopped, objected, erased, without the address', async () => {
  await add();
  const ada = await newSubject();
  await says(ada, 'given', 'ada@example.org');
  const contact = await contactOf('ada@example.org');
  await deliver();
  await says(ada, 'withdrawn');
  await deliver();
  const context = await service.context.sites.get('example');
  await objectToMarketing(
    service.context,
    context,
    { addresses: [{ channel: 'email', address: 'ada@example.org' }], contacts: [], medium: 'telephone' },
    'test',
  );
  now = new Date();
  await deliver();
  await eraseContact(service.context, site, contact?.id ?? '', new Date());
  now = new Date();
  await deliver();
  expect(told.map(({ type, data }) => [type, data.change ?? null])).toEqual([
    ['permission.changed', 'given'],
    ['suppression.added', null],
    ['permission.changed', 'objected'],
    ['suppression.added', null],
    ['contact.erased', 'erased'],
  ]);
  expect(told[0]?.data).toMatchObject({ contact: contact?.id, key: contact?.key, permissions: [{ may: true }] });
  expect(told[0]?.data).not.toHaveProperty('address');
  expect(told.map(({ text }) => text).join()).not.toContain('ada@');
  expect(new Set(told.map(({ id }) => id)).size, 'each has an id of its own').toBe(told.length);
});

it('R34 tells that a ground was stated or withdrawn, and what may be sent then, without the address', async () => {
  await add();
  const context = await service.context.sites.get('example');
  const address = { address: 'ada@example.org', channel: 'email' as const };
  const about = { reason: 'soft_opt_in' as const, channel: 'email' as const, sender: 'acme' };
  const evidence = {
    sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
    collectedDirectly: true,
    ownSimilarProducts: true,
    refusalAtCollection: { on: '2026-05-01', shown: 'A'.repeat(43) },
    refusalInEveryMessage: true,
  };
  const state = (statement: Statement) => stateOf(service.context, context, { ...address, statement }, 'test');
  await state({ says: 'ground', ...about, since: '2026-05-01', evidence });
  now = new Date();
  await deliver();
  await state({ says: 'ground_ended', ...about });
  now = new Date();
  await deliver();
  expect(told.map(({ type, data }) => [type, data.change, data.permissions])).toEqual([
    ['permission.changed', 'stated', [expect.objectContaining({ may: true, reason: 'soft_opt_in' })]],
    ['permission.changed', 'stated', [expect.objectContaining({ may: false, why: 'not_stated' })]],
  ]);
  expect(told.map(({ data }) => (data as { version?: number }).version)).toEqual([1, 2]);
  expect(told.map(({ text }) => text).join()).not.toMatch(/ada@/);
});

it('a contact whose message cannot be delivered waits alone, and its later change never comes first', async () => {
  await add();
  const [ada, eve] = [await newSubject(), await newSubject()];
  await says(ada, 'given', 'ada@example.org');
  const key = (await contactOf('ada@example.org'))?.key ?? '';
  stuck.add(key);
  await says(ada, 'withdrawn');
  await says(eve, 'given', 'eve@example.org');
  await deliver();
  expect(told.map(({ data }) => data.key === key)).toEqual([false]);
  stuck.clear();
  later(6000);
  await deliver();
  expect(told.slice(1).map(({ type }) => type)).toEqual(['permission.changed', 'suppression.added']);
  // The first was sent after the second had happened: what it says of sending is of now.
  expect(told[1]?.data.permissions).toEqual([expect.objectContaining({ may: false })]);
});

it('sends again from a number on, and with what was given up what came behind it', async () => {
  const { id } = await add();
  const ada = await newSubject();
  await says(ada, 'given', 'ada@example.org');
  const key = (await contactOf('ada@example.org'))?.key ?? '';
  stuck.add(key);
  for (let attempt = 0; attempt < 12; attempt++) {
    await deliver();
    later(36_001_000);
  }
  expect(await service.context.store.webhooks.counts(site, id)).toMatchObject({ dead: 1 });
  stuck.clear();
  await says(ada, 'withdrawn');
  const end = new Date(Date.now() + 20 * 36_001_000);
  now = end;
  await deliver();
  expect(told.map(({ type }) => type)).toEqual(['suppression.added']);
  expect(await service.context.store.webhooks.replay(site, id, { since: 0, deadOnly: true }, now.getTime())).toBe(2);
  await deliver();
  expect(told.map(({ type }) => type)).toEqual(['suppression.added', 'permission.changed', 'suppression.added']);
  const [first] = told;
  expect(told[2]?.id, 'the receiver knows it again').toBe(first?.id);
  expect(await service.context.store.webhooks.replay(site, id, { since: 0, after: 1, deadOnly: false }, now.getTime())).toBe(1);
  await deliver();
  expect(told).toHaveLength(4);
});

it('holds the address only where the operator set it', async () => {
  await add();
  await says(await newSubject(), 'given', ' Ada@Example.org');
  await deliver(true);
  expect(told[0]?.data.address).toBe('Ada@Example.org');
});

it('R41 tells what changes without a word of the person: a restriction, its end, and choices that were erased', async () => {
  await add();
  const ada = await newSubject();
  await says(ada, 'given', 'ada@example.org');
  const context = await service.context.sites.get('example');
  const about = { channel: 'email' as const, address: 'ada@example.org' };
  await stateOf(service.context, context, { ...about, statement: { says: 'subscriber', subscriber: 'individual' } }, 'test');
  now = new Date();
  await deliver();
  told = [];
  const { rights } = service.context.store;
  for (let i = 0; i < 2; i++) await rights.restrict(site, { subject: ada.id, since: now.getTime(), request: null });
  now = new Date();
  await deliver();
  expect(await rights.lift(site, ada.id)).toBe(true);
  expect(await rights.lift(site, ada.id)).toBe(false);
  now = new Date();
  await deliver();
  await service.context.log.erase(site, { subject: ada.id, by: 'subject', at: new Date() });
  now = new Date();
  await deliver();
  expect(told.map(({ type, data }) => [type, data.change, data.permissions?.some(({ may }) => may)])).toEqual([
    ['permission.changed', 'restricted', false],
    ['permission.changed', 'restriction_lifted', true],
    ['permission.changed', 'consent_erased', false],
  ]);
  expect(new Set(told.map(({ data }) => data.contact))).toEqual(new Set([(await contactOf('ada@example.org'))?.id]));
  expect(told.map(({ text }) => text).join()).not.toContain('ada@');
});
