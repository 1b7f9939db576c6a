// May we send, why and with what proof: over HTTP, with real events, attestations and statements behind it.
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { PostedContact } from '../../shared/api.ts';
import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import type { ContactDetails, PermissionAnswer } from '../../shared/marketing/api.ts';
import { normaliseAddress } from '../../shared/marketing/address.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import type { Role } from '../../shared/operator.ts';
import { MARKETING } from '../../test/support/marketing-site.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';
import { verifyLog } from '../log/verify.ts';
import { exportContacts, type ContactsExported } from '../marketing/export/export-contacts.ts';
import { runRetention } from '../retention/engine.ts';
import { accessPackPage } from '../pages/rights-pack-page.ts';
import { accessPack, type AccessPack } from '../rights/access-pack.ts';
import { eraseSubject } from '../rights/erase.ts';
import { accessPackZip } from '../rights/pack-files.ts';
import { requestNamed } from '../rights/register.ts';

const ADMIN = '/v1/admin/sites/example';
const ADA = ' Ada.Lovelace@Example.NET';
const HASH = 'A'.repeat(43);
let service: TestService;
let ada: Subject;

const asked = async (role: Role = 'owner') =>
  (await issueCredential(service.context.store, 'api_key', { name: 'Ada', role }, new Date())).token;
const isSent = (body: unknown): body is BodyInit =>
  typeof body === 'string' || body instanceof ReadableStream || body instanceof Uint8Array;
async function ask(method: string, path: string, body?: unknown, role: Role = 'owner', type = 'application/json') {
  return service.app.request(`${ADMIN}${path}`, {
    method,
    headers: { Authorization: `Bearer ${await asked(role)}`, 'Content-Type': type, Accept: 'application/json' },
    ...(body === undefined ? {} : { body: isSent(body) ? body : JSON.stringify(body) }),
    duplex: 'half',
  } as RequestInit);
}
const may = async (address: string, channel: Channel = 'email', sender = 'acme'): Promise<PermissionAnswer> => {
  const answer = await ask('POST', '/permissions', { address, channel, sender });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as PermissionAnswer;
};
const newSubject = () => createSubject({ log: service.site.log, origin: ORIGIN });
const said = (state: PurposeState, channel: Channel = 'email', sender = 'acme'): ConsentEvent['channels'] => ({
  newsletter: { [sender]: { [channel]: state } },
});
async function says(
  who: Subject,
  event: Partial<ConsentEvent>,
  contacts: Omit<PostedContact, 'event'>[] = [],
): Promise<{ event: ConsentEvent; jws: string; hash: string }> {
  const next = await who.next({ method: 'form', purposes: {}, ...event });
  await service.send([next.jws], { contacts: contacts.map((one) => ({ event: next.event.id, ...one })) });
  return next;
}
const optIn = (who: Subject, address = ADA, channels = said('given')) =>
  says(who, { channels }, [{ channel: 'email', value: address }]);
const context = () => service.context.sites.get('example');
const site = async () => (await context()).site;
const list = async () =>
  (await service.context.store.suppressions.after(await site(), 0, 500)).map(({ number: _, ...one }) => one);

beforeEach(async () => {
  service = await createTestService({ ...MARKETING, config: { secret: 'only for tests, and long enough to be taken' } });
  ada = await newSubject();
});
afterEach(() => service.close());

describe('an address that came with an opt-in', () => {
  it('R33 R34 R44 is permitted for the one channel and sender that were ticked, however it is spelt, with the event that shows it', async () => {
    const { event, hash } = await optIn(ada);
    const answer = await may('ada.lovelace@example.net');
    expect(answer).toEqual({
      channel: 'email',
      sender: 'acme',
      contact: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      may: true,
      reason: 'consent',
      since: expect.any(String) as string,
      proof: { kind: 'event', id: event.id, hash, shown: HASH, confirmation: null },
      profiling: true,
    });
    expect(await may(ADA, 'email', 'careful')).toMatchObject({ may: false, why: 'not_stated', since: null });
    expect(await may('+44 7700 900123', 'sms')).toMatchObject({ may: false, why: 'not_stated', contact: null });
    expect(await may('no address')).toMatchObject({ may: false, why: 'no_address', profiling: false });
    const refused = await ask('POST', '/permissions', {
      address: 'new@example.org',
      channel: 'email',
      sender: 'acme',
      sending: true,
    });
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'NOT_PERMITTED', detail: 'not_stated' }]);
    const sent = await ask('POST', '/permissions', { address: ADA, channel: 'email', sender: 'acme', sending: true });
    expect(sent.status).toBe(200);
    const byId = await ask('GET', `/permissions?contact=${answer.contact}&channel=email&sender=acme`);
    expect(await byId.json()).toEqual(answer);
    const inUrl = await ask('GET', `/permissions?address=ada@example.net&channel=email&sender=acme`);
    expect([inUrl.status, ((await inUrl.json()) as { code: string }).code]).toEqual([400, 'BAD_REQUEST']);
  });

  it('R20 R44 lies in no file in clear, is sealed under a key of its own, and is in no event, audit entry or metric', async () => {
    await optIn(ada);
    await may(ADA);
    const { store } = service.context;
    const { readFile } = await import('node:fs/promises');
    for (const file of [service.file, `${service.file}-wal`]) {
      const bytes = (await readFile(file)).toString('latin1').toLowerCase();
      expect(bytes.includes('lovelace'), file).toBe(false);
      expect(bytes.includes('acme'), 'the file is the one that holds it').toBe(file.endsWith('wal') || bytes.includes('acme'));
    }
    const [entry] = await store.audit.list(await site(), null, 1);
    expect(JSON.stringify(entry)).not.toContain('ovelace');
    expect(await (await service.app.request('/metrics')).text()).not.toContain('ovelace');
  });

  it('R39 R43 a box that was left unticked keeps the keyed hash alone, and stands against every other reason', async () => {
    await optIn(ada, ADA, said('refused'));
    const { contact, ...answer } = await may(ADA);
    expect(answer).toMatchObject({ may: false, why: 'declined' });
    const details = (await (await ask('GET', `/contacts/${contact}`)).json()) as ContactDetails;
    expect(details).toMatchObject({ address: null, kind: 'email', suppressions: [] });
    await optIn(await newSubject(), ADA);
    expect(((await (await ask('GET', `/contacts/${contact}`)).json()) as ContactDetails).address).toBe(ADA.trim());
  });

  it('R40 of a sender who has addresses confirmed needs the confirmation of exactly that event', async () => {
    const { hash } = await optIn(ada, ADA, said('given', 'email', 'careful'));
    const { contact } = await may(ADA, 'email', 'careful');
    expect(await may(ADA, 'email', 'careful')).toMatchObject({ may: false, why: 'unconfirmed' });
    const { newAttestation } = await import('../attest/attest.ts');
    const confirm = async (contacts: string[]) => {
      const { store, attestations } = service.context;
      const [mention] = await store.contacts.mentions(await site(), [contact ?? '']);
      const wanted = {
        subject: ada.id,
        medium: 'double_opt_in' as const,
        actor: 'self' as const,
        follows: mention?.event ?? '',
        choices: { purposes: {}, channels: said('given', 'email', 'careful') ?? {} },
      };
      const known = await context();
      const attestation = await newAttestation(store, known, wanted, { by: 'service', now: new Date() });
      await attestations.add(known.site, attestation, new Date(), { marketing: known.marketing, contacts });
      return attestation.id;
    };
    await confirm([]);
    expect(await may(ADA, 'email', 'careful'), 'of another address').toMatchObject({ may: false });
    const confirmation = await confirm([contact ?? '']);
    expect(await may(ADA, 'email', 'careful')).toMatchObject({ may: true, proof: { hash, confirmation } });
  });
});

describe('a no', () => {
  it('R41 R43 R45 goes onto the list in the transaction of its event, for every address of the browser, with that event’s id', async () => {
    await optIn(ada);
    const { event } = await says(ada, { method: 'withdraw', channels: said('withdrawn') });
    expect(await may(ADA)).toMatchObject({ may: false, why: 'ended' });
    expect(await list()).toEqual([
      {
        key: expect.stringMatching(/^[\w-]{43}$/) as string,
        channel: 'email',
        sender: 'acme',
        since: expect.any(String) as string,
        reason: 'withdrawal',
        event: event.id,
      },
    ]);
    await service.send([(await ada.next({ method: 'form', purposes: {}, channels: said('given') })).jws]);
    expect(await may(ADA), 'a yes that came without the address').toMatchObject({ may: false });
    await optIn(ada);
    expect(await may(ADA), 'the same browser, with the address').toMatchObject({ may: true });
    await optIn(await newSubject(), ADA);
    expect((await list()).length, 'nothing is ever taken off the list').toBe(1);
  });

  it('R45 said before any address was known counts for the address that is named later, and outlives the erasure of both', async () => {
    await says(ada, { method: 'save_choices', purposes: { offers: 'objected' } });
    expect(await list()).toEqual([]);
    await optIn(ada);
    expect((await list()).map(({ channel, sender }) => [channel, sender])).toContainEqual(['post', null]);
    expect(await may(ADA)).toMatchObject({ may: true, profiling: false });
    const erasure = await eraseSubject(service.context, await site(), { subject: ada.id, by: 'subject', at: new Date() });
    expect(erasure).toMatchObject({ erased: 2, contacts: 1, kept: ['log', 'tombstones', 'suppression'] });
    expect(await may(ADA)).toMatchObject({ may: false, why: 'suppressed', contact: null, profiling: false });
    expect((await verifyLog(service.context.store, await site())).findings).toEqual([]);
  });

  it('R45 said by itself in the commit that brings the address counts for it too', async () => {
    const no = await ada.next({ method: 'withdraw', purposes: {}, channels: said('withdrawn') });
    const yes = await ada.next({ method: 'form', purposes: {}, channels: said('given') });
    // What is under way keeps the two for the next commit.
    const stranger = await (await newSubject()).next({ method: 'form', purposes: {}, channels: said('refused') });
    await Promise.all([
      service.send([stranger.jws]),
      service.send([no.jws]),
      service.send([yes.jws], { contacts: [{ event: yes.event.id, channel: 'email', value: ADA }] }),
    ]);
    expect(await list()).toMatchObject([{ channel: 'email', sender: 'acme', event: no.event.id }]);
  });

  it('R45 an entry under an older spelling of the address counts for the contact too', async () => {
    await optIn(ada);
    const { contact } = await may(ADA);
    const { vault } = service.context;
    const keys = vault?.keys('example', normaliseAddress('email', ADA)) ?? [];
    expect(keys).toHaveLength(2);
    const entry = { channel: 'email', sender: null, since: new Date().toISOString(), reason: 'objection', event: null } as const;
    await service.context.store.suppressions.add(await site(), [{ key: keys[1] ?? '', ...entry }]);
    const answer = await ask('GET', `/permissions?contact=${contact}&channel=email&sender=acme`);
    expect(await answer.json()).toMatchObject({ may: false, why: 'suppressed' });
  });

  it('R41 under the id of a contact that was erased is refused, not receipted and lost', async () => {
    await optIn(ada);
    const { contact } = await may(ADA);
    await ask('DELETE', `/contacts/${contact}`);
    const no = { reference: `contact/${contact}`, medium: 'telephone', choices: { purposes: {}, channels: said('withdrawn') } };
    const answer = await ask('POST', '/attestations', no);
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { detail: expect.stringContaining('Send the address') as string },
    ]);
    const contacts = [{ channel: 'email', address: ADA }];
    expect((await ask('POST', '/attestations', { ...no, reference: 'crm/1', contacts })).status).toBe(201);
    await optIn(await newSubject());
    expect(await may(ADA)).toMatchObject({ may: false });
  });

  it('of a contact that is not there says that nobody was stopped', async () => {
    await optIn(ada);
    const { contact } = await may(ADA);
    const objection = { contacts: [contact, '0'.repeat(32)], medium: 'telephone' };
    expect(await (await ask('POST', '/objections', objection)).json()).toMatchObject({ addresses: 1 });
    expect(await may(ADA)).toMatchObject({ may: false });
  });

  it('R43 of contacts alone that were all erased is told apart from one that was heard, and the address is asked for', async () => {
    await optIn(ada);
    const { contact } = await may(ADA);
    await ask('DELETE', `/contacts/${contact}`);
    const answer = await ask('POST', '/objections', { contacts: [contact], medium: 'telephone' });
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { code: 'NOT_FOUND', detail: expect.stringMatching(/nothing was recorded\. Send the address/) as string },
    ]);
    expect(await list()).toEqual([]);
    const byAddress = { contacts: [contact], addresses: [{ channel: 'email', address: ADA }], medium: 'telephone' };
    expect(await (await ask('POST', '/objections', byAddress)).json()).toMatchObject({ addresses: 1 });
    expect(await may(ADA)).toMatchObject({ may: false });
  });

  it('R41 R44 whoever is erased or restricted while a list is written is told at its end', async () => {
    await optIn(ada);
    const [eve, bob] = [await newSubject(), await newSubject()];
    await optIn(eve, 'eve@example.org');
    await optIn(bob, 'bob@example.org');
    const erased = (await may(ADA)).contact;
    const restricted = (await may('eve@example.org')).contact;
    const where = await context();
    const pieces = exportContacts(service.context, where, { channel: 'email', sender: 'acme' }, 'jsonl');
    expect(((await pieces.next()).value as string).match(/"address"/g)).toHaveLength(3);
    expect((await ask('DELETE', `/contacts/${erased}`)).status).toBe(200);
    await service.context.store.rights.restrict(where.site, { subject: eve.id, since: Date.now(), request: null });
    const { value } = await pieces.next();
    const { summary } = JSON.parse(value as string) as { summary: ContactsExported };
    expect(summary.stoppedMeanwhile.toSorted()).toEqual([erased, restricted].toSorted());
  });

  it('R45 stays where retention takes the choices', async () => {
    const later = { ...service.context, now: () => new Date(Date.now() + 4000 * 86_400_000) };
    await optIn(ada);
    await says(ada, { method: 'withdraw', channels: said('withdrawn') });
    const known = await context();
    const kept = {
      ...known,
      configuration: { ...known.configuration, keeping: { choices: { period: 'P1Y', from: 'start' as const } } },
    };
    expect(await runRetention(later, kept)).toMatchObject({ removed: { choices: 2 } });
    expect(await may(ADA)).toMatchObject({ may: false, why: 'suppressed', contact: null });
  });

  it('R41 is not undone by a stranger who types the address, nor by the operator’s word', async () => {
    await optIn(ada);
    await says(ada, { method: 'withdraw', channels: said('withdrawn') });
    await optIn(await newSubject());
    expect(await may(ADA)).toMatchObject({ may: false });
    const { contact } = await may(ADA);
    await ask('POST', '/attestations', {
      reference: `contact/${contact}`,
      medium: 'paper',
      choices: { channels: said('given') },
      notice: (await context()).published[0]?.hash,
    });
    expect(await may(ADA)).toMatchObject({ may: false });
  });
});

describe('R41 R45 a no of a telephone number as people type it', () => {
  it.each(['07700 900123', '7700900123', '+44 7700 900123', '+44 07700 900123', '0044 7700 900123'])(
    'stands against a ground for %s',
    async (address) => {
      const contacts = [{ channel: 'sms' as const, value: '07700 900123' }];
      await says(ada, { channels: said('given', 'sms') }, contacts);
      await says(ada, { method: 'withdraw', channels: said('withdrawn', 'sms') });
      const evidence = {
        ...{ sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' }, collectedDirectly: true, ownSimilarProducts: true },
        ...{ refusalAtCollection: { on: '2026-05-01', shown: HASH }, refusalInEveryMessage: true },
      };
      const statement = { says: 'ground', reason: 'soft_opt_in', channel: 'sms', sender: 'acme', since: '2026-05-01', evidence };
      expect((await ask('POST', '/grounds', { channel: 'sms', address, callingCode: '44', statement })).status).toBe(201);
      const answer = await ask('POST', '/permissions', { address, channel: 'sms', sender: 'acme', callingCode: '44' });
      expect(await answer.json()).toMatchObject({ may: false, why: 'ended' });
    },
  );
});

describe('R41 R43 R45 a no that is entered under a reference of the operator’s own stands against a ground after the erasure', () => {
  const OFFERED = {
    ...{ says: 'ground', reason: 'soft_opt_in', channel: 'email', sender: 'acme', since: '2026-05-01' },
    evidence: {
      ...{ sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' }, collectedDirectly: true, ownSimilarProducts: true },
      ...{ refusalAtCollection: { on: '2026-05-01', shown: HASH }, refusalInEveryMessage: true },
    },
  };
  const yes = {
    medium: 'paper',
    choices: { purposes: {}, channels: said('given') },
    contacts: [{ channel: 'email', address: ADA }],
  };
  const telephone = (choices: object) => ({ medium: 'telephone', choices: { purposes: {}, ...choices } });

  it.each([
    ['beside a yes', [yes, telephone({ channels: { newsletter: { acme: { email: 'withdrawn', sms: 'given' } } } })]],
    ['before its address', [telephone({ channels: said('withdrawn') }), yes]],
    ['as refused', [yes, telephone({ channels: said('refused') })]],
    ['as an objection before its address', [telephone({ purposes: { offers: 'objected' } }), yes]],
  ])('%s', async (_, words) => {
    for (const word of words)
      expect(
        (await ask('POST', '/attestations', { reference: 'crm/17', notice: (await context()).published[0]?.hash, ...word }))
          .status,
      ).toBe(201);
    const { contact, ...answer } = await may(ADA);
    expect(answer).toMatchObject({ may: false, why: 'ended' });
    expect(await (await ask('DELETE', `/contacts/${contact}`)).json()).toMatchObject({ erased: true, suppressed: true });
    expect((await ask('POST', '/grounds', { channel: 'email', address: ADA, statement: OFFERED })).status).toBe(201);
    expect(await may(ADA)).toMatchObject({ may: false, why: 'suppressed' });
  });
});

describe('an objection to direct marketing', () => {
  it('R42 R43 stops every channel of every sender and profiling, of an address that nobody knew as of one that was known', async () => {
    await optIn(ada);
    const { contact } = await may(ADA);
    const answer = await ask(
      'POST',
      '/objections',
      {
        addresses: [
          { channel: 'email', address: 'new@example.org' },
          { channel: 'sms', address: 'none' },
        ],
        contacts: [contact],
        medium: 'telephone',
      },
      'support',
    );
    const made = (await answer.json()) as { event: string };
    expect([answer.status, made]).toMatchObject([201, { addresses: 2, notAddresses: 1 }]);
    for (const address of [ADA, 'NEW@example.org'])
      for (const sender of ['acme', 'careful'])
        expect(await may(address, 'email', sender)).toMatchObject({ may: false, profiling: false });
    expect(new Set((await list()).map(({ event }) => event))).toEqual(new Set([made.event]));
    expect((await list()).length).toBe(12);
    const nobody = await ask('POST', '/objections', { medium: 'telephone' });
    expect(nobody.status).toBe(400);
    await optIn(ada);
    expect(await may(ADA), 'the browser that had said nothing no itself').toMatchObject({ may: false });
  });
});

describe('other reasons', () => {
  const ground = { says: 'ground', reason: 'soft_opt_in', channel: 'email', sender: 'acme', since: '2026-05-01' };
  const evidence = {
    sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
    collectedDirectly: true,
    ownSimilarProducts: true,
    refusalAtCollection: { on: '2026-05-01', shown: HASH },
    refusalInEveryMessage: true,
  };
  const state = async (statement: object, about: object = { address: ADA, channel: 'email' }) => {
    const answer = await ask('POST', '/grounds', { ...about, statement });
    return [answer.status, await answer.json()] as const;
  };

  it('R34 R35 a soft opt-in permits with all of its evidence, is versioned, ended, and never stronger than a no', async () => {
    expect(await state(ground)).toMatchObject([
      201,
      { version: 1, problems: expect.arrayContaining([expect.stringContaining('sale')]) },
    ]);
    expect(await may(ADA)).toMatchObject({ may: false, why: 'evidence_missing' });
    expect(await state({ ...ground, evidence })).toMatchObject([201, { version: 2, problems: [] }]);
    expect(await may(ADA)).toMatchObject({ may: true, reason: 'soft_opt_in', since: '2026-05-01', proof: evidence });
    expect(await state({ says: 'ground_ended', reason: 'soft_opt_in', channel: 'email', sender: 'acme' })).toMatchObject([
      201,
      { version: 3 },
    ]);
    expect(await may(ADA)).toMatchObject({ may: false, why: 'not_stated' });
    await state({ ...ground, evidence });
    await says(ada, { channels: said('refused') }, [{ channel: 'email', value: ADA }]);
    expect(await may(ADA)).toMatchObject({ may: false, why: 'declined' });
    const unknown = await state({ ...ground, sender: 'planted-sender' });
    expect(unknown).toMatchObject([422, { code: 'UNKNOWN_PURPOSE', detail: expect.stringContaining('acme') }]);
    expect(JSON.stringify(unknown)).not.toContain('planted-sender');
    expect(await state(ground, { contact: '0'.repeat(32) })).toMatchObject([404, {}]);
    // Each is a mailbox that is written otherwise, under which a no of it would not be found.
    for (const spelt of ['"ada"@example.org', 'mailto:ada@example.org', 'Ada <ada@example.org>'])
      expect(await state(ground, { address: spelt, channel: 'email' }), spelt).toMatchObject([
        400,
        { detail: expect.stringMatching(/^address: is no e-mail address such as/) },
      ]);
  });

  it('R34 R69 its evidence is for those who may read what was stated: support hears the reason and since when', async () => {
    await state({ ...ground, evidence });
    const { contact } = await may(ADA);
    const question = { address: ADA, channel: 'email', sender: 'acme' };
    for (const role of ['auditor', 'support'] as const) {
      const answers = [
        await (await ask('POST', '/permissions', question, role)).text(),
        await (await ask('GET', `/permissions?contact=${contact}&channel=email&sender=acme`, undefined, role)).text(),
        await (await ask('POST', '/permissions/check', JSON.stringify(question), role)).text(),
        await (await ask('GET', `/contacts/${contact}`, undefined, role)).text(),
      ];
      for (const text of answers) {
        expect(text).toMatch(/"reason":"soft_opt_in","since":"2026-05-01"/);
        expect(text.includes('order-17'), role).toBe(role === 'auditor');
      }
    }
    await optIn(await newSubject(), 'eve@example.org');
    const consent = await ask('POST', '/permissions', { ...question, address: 'eve@example.org' }, 'support');
    expect(await consent.json(), 'whose words no operator wrote').toMatchObject({ reason: 'consent', proof: { kind: 'event' } });
  });

  it('R37 R38 a look at the TPS counts for 28 days and for every ground of the number; who is not known is an individual', async () => {
    const number = { address: '+44 7700 900123', channel: 'live_call' };
    const today = new Date().toISOString().slice(0, 10);
    const activity = { notice: HASH, activity: 'offers', lawfulBasis: 'legitimate_interests' };
    const call = {
      says: 'ground',
      reason: 'no_pecr_rule',
      channel: 'live_call',
      sender: 'acme',
      since: '2026-05-01',
      evidence: activity,
    };
    expect(await state(call, number)).toMatchObject([201, { problems: ['screening: is missing'] }]);
    await state({ says: 'screening', register: 'tps', on: today, listed: false }, number);
    expect(await may(number.address, 'live_call')).toMatchObject({ may: true, reason: 'no_pecr_rule' });
    await state({ says: 'subscriber', subscriber: 'company' }, number);
    expect(await may(number.address, 'live_call')).toMatchObject({ may: false, missing: [expect.stringContaining('ctps')] });
    await state({ says: 'screening', register: 'ctps', on: today, listed: true }, number);
    expect(await may(number.address, 'live_call')).toMatchObject({
      may: false,
      missing: expect.arrayContaining([expect.stringContaining('listed')]) as string[],
    });
    expect(await may(number.address, 'auto_call'), 'a machine needs consent').toMatchObject({ may: false, why: 'not_stated' });
  });
});

describe('many at once', () => {
  const check = async (body: BodyInit, query = '?channel=email&sender=acme', type = 'application/x-ndjson') => {
    const answer = await ask('POST', `/permissions/check${query}`, body, 'ingest', type);
    if (answer.status !== 200) return [answer.status, await answer.json()] as const;
    const text = await answer.text();
    return [
      200,
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as PermissionAnswer & { line: number }),
    ] as const;
  };

  it('takes a list as a mail tool exported it: the one column that its channel goes to', async () => {
    await optIn(ada);
    const exported = 'Email Address,First Name,channel,Mobile\nada.lovelace@example.net,Ada,Shop,07700 900123\n';
    expect(await check(exported, undefined, 'text/csv')).toMatchObject([200, [{ line: 2, may: true }]]);
    expect(await check('Email,E-Mail\nada@example.net,eve@example.net\n', undefined, 'text/csv')).toMatchObject([
      400,
      { code: 'BAD_REQUEST' },
    ]);
  });

  it('R34 answers each line in order, tells what is wrong with one, repeats no address, and writes one audit entry with the count', async () => {
    await optIn(ada);
    const lines = [
      { address: 'ada.lovelace@example.net', ref: 'customer-1' },
      { address: 'other@example.org' },
      { address: 'ada.lovelace@example.net', sender: 'nobody' },
    ].map((line) => JSON.stringify(line));
    const [status, answers] = await check([...lines, 'none', ''].join('\n'));
    expect([status, answers]).toMatchObject([
      200,
      [
        { line: 1, ref: 'customer-1', may: true, reason: 'consent' },
        { line: 2, may: false, why: 'not_stated', contact: null },
        { line: 3, problem: expect.stringContaining('sender') },
        { line: 4, problem: 'is not JSON' },
      ],
    ]);
    expect(JSON.stringify(answers)).not.toContain('@');
    const csv = await check('address,ref\n"ada.lovelace@example.net",a\nx@example.org,b\n', undefined, 'text/csv');
    expect(csv).toMatchObject([
      200,
      [
        { line: 2, ref: 'a', may: true },
        { line: 3, ref: 'b', may: false },
      ],
    ]);
    expect(
      (await ask('POST', '/permissions/check?channel=email&sender=acme', 'name,ref\nada,1\n', 'owner', 'text/csv')).status,
    ).toBe(400);
    expect(await check('{}', '?channel=pigeon')).toMatchObject([400, { code: 'BAD_REQUEST' }]);
    const entries = await service.context.store.audit.list(await site(), null, 10);
    const checks = entries.filter(({ action }) => action === 'permission.read');
    // Written down before the first answer, and with the count behind the last; of one that is refused, that it was asked.
    expect(checks.map(({ object }) => object)).toEqual(['lines', '2 lines', 'lines', '4 lines', 'lines']);
  });

  it('R34 answers while more lines come in; a line that is no text or is too long is told, and those behind it are answered', async () => {
    let more!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (more = controller) });
    const send = (text: string): void => more.enqueue(Buffer.from(text));
    const line = `${JSON.stringify({ address: 'other@example.org', ref: 'r'.repeat(40) })}\n`;
    send(line.repeat(1000));
    const answer = await ask('POST', '/permissions/check?channel=email&sender=acme', body);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    let text = Buffer.from((await reader.read()).value ?? []).toString();
    expect(text.split('\n').length, 'before the last line was sent').toBeGreaterThan(10);
    send(line.slice(0, 20));
    send(line.slice(20));
    send(`${'x'.repeat(5_000_000)}\n${line}`);
    send(line);
    more.enqueue(Buffer.from([0x7b, 0xff, 0x0a]));
    send(line);
    more.close();
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += Buffer.from(next.value).toString();
    const answers = text
      .trim()
      .split('\n')
      .map((one) => JSON.parse(one) as PermissionAnswer & { line: number; problem?: string });
    expect(answers.slice(0, 1001).every(({ may, line: number }, i) => may === false && number === i + 1)).toBe(true);
    expect(answers.slice(1001)).toMatchObject([
      { line: 1002, problem: 'is longer than 16384 bytes' },
      { line: 1003, may: false },
      { line: 1004, may: false },
      { line: 1005, problem: 'is not UTF-8' },
      { line: 1006, may: false },
    ]);
    // As a spreadsheet of Windows saves it.
    const csv = await check(Buffer.from('address;ref\r\nother@example.org;Zo\xeb\r\n', 'latin1'), undefined, 'text/csv');
    expect(csv).toMatchObject([200, [{ line: 2, ref: 'Zoë', may: false }]]);
  });

  it('takes no more than 100,000 empty lines either, and says from where on nothing was checked', async () => {
    const line = JSON.stringify({ address: 'no address' });
    const [status, answers] = await check(`${'\n'.repeat(100_000)}${line}\n\n${line}\n`);
    expect(status).toBe(200);
    expect(answers).toMatchObject([
      { line: 100_001, why: 'no_address' },
      { line: 100_002, problem: 'there are more than 100000 empty lines: from here on nothing was checked' },
    ]);
  });

  it('takes no more than 100,000 lines, and four checks of a site at a time, of which none that ended is counted', async () => {
    const many = `${JSON.stringify({ address: 'no address' })}\n`.repeat(100_001);
    const open = await Promise.all(
      Array.from({ length: 4 }, () => ask('POST', '/permissions/check?channel=email&sender=acme', many)),
    );
    expect(await check('{}')).toMatchObject([429, { code: 'RATE_LIMITED' }]);
    const [first, ...others] = open;
    for (const one of others) await one.body?.cancel();
    const answers = (await (first as Response).text()).trim().split('\n');
    expect(answers.length).toBe(100_001);
    expect(JSON.parse(answers.at(-1) ?? '')).toMatchObject({ line: 100_001, problem: expect.stringContaining('only 100000') });
    expect((await check('{}'))[0]).toBe(200);
  });
});

describe('a person’s rights', () => {
  it('R20 R44 the key of an erased contact is in no file any more, neither in the database nor in what it writes ahead', async () => {
    await optIn(ada);
    const { contact } = (await may(ADA)) as { contact: string };
    const wrapped = Buffer.from((await service.context.store.contacts.get(await site(), contact))?.wrapped ?? []);
    const { readFile } = await import('node:fs/promises');
    const holding = async () => {
      const files = await Promise.all([service.file, `${service.file}-wal`].map((file) => readFile(file)));
      return files.some((bytes) => bytes.includes(wrapped));
    };
    expect(await holding()).toBe(true);
    expect((await ask('DELETE', `/contacts/${contact}`)).status).toBe(200);
    expect(await holding()).toBe(false);
  });

  it('R43 R45 erasing a contact takes its key, its statements and what was attested of it alone, and leaves the list', async () => {
    await optIn(ada);
    const { contact } = (await may(ADA)) as { contact: string };
    await ask('POST', '/attestations', {
      reference: `contact/${contact}`,
      medium: 'one_click_unsubscribe',
      choices: { channels: said('withdrawn') },
    });
    expect(await may(ADA)).toMatchObject({ may: false, why: 'ended' });
    const answer = await ask('DELETE', `/contacts/${contact}`, undefined, 'dpo');
    expect(await answer.json()).toEqual({ erased: true, attestations: 1, suppressed: true });
    expect((await ask('GET', `/contacts/${contact}`)).status).toBe(404);
    expect(await may(ADA)).toMatchObject({ may: false, why: 'suppressed', contact: null });
    expect((await service.context.store.contacts.erased(await site(), '', 9)).map(({ id }) => id)).toEqual([contact]);
    await optIn(await newSubject());
    expect((await may(ADA)).contact, 'a new opt-in is a new contact').not.toBe(contact);
  });

  it('nothing is erased or sent while only storing is allowed (Art. 18)', async () => {
    await optIn(ada);
    const { contact } = (await may(ADA)) as { contact: string };
    await ask('POST', `/restrictions/${ada.id}`);
    expect(await may(ADA)).toMatchObject({ may: false, why: 'restricted', profiling: false });
    for (const path of [`/contacts/${contact}`, `/subjects/${ada.id}`]) {
      const answer = await ask('DELETE', path);
      expect([answer.status, ((await answer.json()) as { code: string }).code], path).toEqual([409, 'REQUEST_STATE']);
    }
    await ask('DELETE', `/restrictions/${ada.id}`);
    expect((await ask('DELETE', `/subjects/${ada.id}`)).status).toBe(200);
  });

  it('the access pack says what is known of the address, and for whom it may be used; support sees it masked', async () => {
    await optIn(ada);
    const { contact } = (await may(ADA)) as { contact: string };
    const alone: AccessPack = await accessPack(service.context, await context(), { subject: ada.id, request: null });
    expect(alone.data, 'whoever typed it is told what they typed').toMatchObject({
      contacts: [],
      addresses: [{ kind: 'email', address: 'ada.lovelace@example.net', events: [expect.any(String)] }],
    });
    const made = await ask('POST', '/requests', { kind: 'access', email: 'ada.lovelace@example.net' });
    const { id } = (await made.json()) as { id: string };
    const request = await requestNamed(service.context, await context(), id);
    const pack = await accessPack(service.context, await context(), { subject: null, request });
    expect(pack.data.contacts).toMatchObject([
      {
        address: ADA.trim(),
        kind: 'email',
        permissions: expect.arrayContaining([expect.objectContaining({ sender: 'acme', may: true })]) as unknown[],
      },
    ]);
    const page = accessPackPage({ ...pack, data: { ...pack.data, addresses: alone.data.addresses } });
    const [, part = ''] = /<h2>Addresses for marketing<\/h2>([^]*?)<h2>/.exec(page) ?? [];
    expect(part).toContain('<h3>Ada.Lovelace@Example.NET</h3>');
    expect(part).toMatch(/<h4>acme, by email<\/h4><div><p>May write to you since [^<]+: you said yes\.<\/p>/);
    expect(part).toMatch(/<h4>careful, by email<\/h4><div><p>May not write to you: no reason is stated\.<\/p>/);
    expect(part).toMatch(/With opt-ins from this browser[^]*ada\.lovelace@example\.net/);
    expect(accessPackPage({ ...pack, data: { ...pack.data, contacts: [] } })).toContain('No address for marketing is kept');
    const files = unzipSync(accessPackZip(pack).zip);
    expect(Buffer.from(files['addresses.csv'] ?? []).toString()).toMatch(
      /email,Ada\.Lovelace@Example\.NET,[^,]+,email,acme,yes,consent,/,
    );
    const masked = (await (await ask('GET', `/contacts/${contact}`, undefined, 'support')).json()) as ContactDetails;
    expect(masked.address, 'of a domain of one’s own nothing is told either').toBe('A…@E….NET');
  });
});
