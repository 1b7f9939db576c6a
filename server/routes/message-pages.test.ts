// From a ticked box to a confirmed opt-in, and out again: over HTTP, with real signed events and a real mail server.
import { readFile } from 'node:fs/promises';
import { Writable } from 'node:stream';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { AdminEvents } from '../../shared/api.ts';
import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import type { BouncesTaken, MessageLinks } from '../../shared/marketing/mail-api.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';
import { mailServer, type MailServer } from '../../test/support/mail-server.ts';
import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { attestationOf, isAttested } from '../attest/attested-subject.ts';
import { createApp } from '../app.ts';
import { issueCredential } from '../credentials.ts';
import { verifyLog } from '../log/verify.ts';
import { ownChoices } from '../marketing/choices.ts';
import { addressKeys, vaultOf } from '../marketing/contacts.ts';
import { eraseContact } from '../marketing/erase-contact.ts';
import { confirmOptIn } from '../marketing/own-words.ts';
import { permissionsOf } from '../marketing/permissions.ts';
import { createSite } from '../sites.ts';

const SECRET = 'only for tests, and long enough to be taken';
const ADA = 'Ada.Lovelace@example.net';
const DAY = 86_400_000;

const CONFIGURATION = {
  schema: 1,
  name: 'The Shop',
  languages: ['en'],
  jurisdiction: 'GB',
  purposes: [
    {
      id: 'statistics',
      kind: 'statistics',
      label: 'Statistics',
      description: 'Counts visits.',
      activity: { notice: 'cookie_policy', activity: 'visit-statistics' },
    },
    {
      id: 'marketing',
      kind: 'marketing',
      label: 'Marketing',
      description: 'News of ours.',
      activity: { notice: 'cookie_policy', activity: 'adverts' },
    },
  ],
  marketing: [
    {
      activity: 'adverts',
      label: 'News and offers',
      senders: [
        { id: 'shop', name: 'The Shop', address: 'The Shop Limited, 1 High Street, Old Town', doubleOptIn: true },
        { id: 'plain', name: 'Plain & Sons' },
      ],
      channels: ['email', 'sms'],
      howToStop: 'Follow the link in any message.',
    },
  ],
};

let mail: MailServer;
let service: TestService;
let ada: Subject;
let offset: number;
let logged: string[];
const now = (): Date => new Date(Date.now() + offset);

async function start(folder?: string, configuration: object = CONFIGURATION): Promise<void> {
  const options = { configuration, config: { secret: SECRET, smtp: mail.url }, now };
  service = await createTestService({ ...options, ...(folder === undefined ? {} : { folder }) });
  // The outbox and the pages go by the test's clock too.
  const { marketingDesk } = await import('../marketing/desk.ts');
  await service.context.marketingMails?.close();
  const { store, sites, publicUrl, vault, mailer } = service.context;
  const stream = new Writable({ write: (chunk: Buffer, _, done) => (logged.push(chunk.toString()), done()) });
  const logger = pino({ level: 'trace' }, stream);
  Object.assign(service.context, marketingDesk({ secret: SECRET }, { store, sites, publicUrl, vault, mailer, logger, now }), {
    logger,
  });
  service.app = createApp(service.context);
}
beforeEach(async () => {
  [offset, logged] = [0, []];
  mail = await mailServer();
  await start();
  ada = await createSubject({ log: service.site.log, origin: ORIGIN });
});
afterEach(async () => {
  await service.close();
  await mail.close();
});

const context = () => service.context.sites.get('example');
const sent = async () => {
  service.context.marketingMails?.kick();
  await service.context.marketingMails?.idle();
  return mail.received;
};
const said = (state: PurposeState, sender = 'shop', channel: Channel = 'email'): ConsentEvent['channels'] => ({
  adverts: { [sender]: { [channel]: state } },
});
async function optIn(
  who = ada,
  {
    address = ADA,
    channels = said('given'),
    language = 'en',
  }: { address?: string; channels?: ConsentEvent['channels']; language?: string } = {},
) {
  const next = await who.next({ method: 'form', purposes: {}, ...(channels ? { channels } : {}) });
  await service.send([next.jws], { contacts: [{ event: next.event.id, channel: 'email', value: address, language }] });
  return next;
}
const may = async (address = ADA, sender = 'shop', channel: Channel = 'email'): Promise<PermissionAnswer> => {
  const [answer] = await permissionsOf({ ...service.context, now }, await context(), [{ channel, sender, address }]);
  if (!answer) throw new Error('no answer');
  return answer;
};
const pathIn = (text: string, kind: 'confirm' | 'stop' | 'choices'): string =>
  new RegExp(`https://consent\\.example(/m/example/${kind}/[\\w-]+)`).exec(text)?.[1] ?? '';
const last = (): string => mail.received.at(-1)?.text ?? '';
const end = (path: string): string => path.split('/').at(-1) ?? '';
const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  service.app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
const confirm = (text = last()) => form('/m/example/confirm', { token: end(pathIn(text, 'confirm')) });
const admin = async (path: string, body: unknown, type = 'application/json') => {
  const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'ingest' }, new Date());
  return service.app.request(`/v1/admin/sites/example${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
};
async function links(address = ADA, sender = 'shop', channel: Channel = 'email') {
  const answer = await admin('/unsubscribe-links', { links: [{ address, sender, channel }] });
  const [one] = ((await answer.json()) as MessageLinks).links;
  if (!one || 'problem' in one) throw new Error(`no link: ${JSON.stringify(one)}`);
  return { ...one, stop: new URL(one.stop).pathname, choices: new URL(one.choices).pathname };
}
const attested = async () =>
  (await service.context.store.events((await context()).site, 1e9, 100)).filter(isAttested).map((one) => attestationOf(one));

describe('double opt-in', () => {
  it('R33 a ticked box permits nothing until its address has confirmed it; the confirmation is an event that follows the form’s', async () => {
    const { hash } = await optIn();
    await sent();
    expect(mail.received.map(({ to, from }) => [from, to])).toEqual([['privacy@consent.example', [ADA]]]);
    expect(await may()).toMatchObject({ may: false, why: 'unconfirmed' });
    const confirmed = await confirm();
    expect(confirmed.status).toBe(200);
    expect(await confirmed.text()).toContain('The Shop');
    expect(await may()).toMatchObject({
      may: true,
      reason: 'consent',
      proof: { hash, confirmation: expect.any(String) as string },
    });
    expect(await attested()).toMatchObject([
      {
        medium: 'double_opt_in',
        follows: hash,
        by: 'service',
        about: { kind: 'subject', subject: ada.id },
        attested: { channels: said('given') },
      },
    ]);
    expect((await verifyLog(service.context.store, (await context()).site)).findings).toEqual([]);
  });

  it('R33 what waits for its confirmation goes on waiting where the sender asks for none any more; what counted goes on counting', async () => {
    const publish = (doubleOptIn: boolean) => {
      const [first] = CONFIGURATION.marketing;
      const senders = (first?.senders ?? []).map((one) => ({ ...one, doubleOptIn }));
      const configuration = { ...CONFIGURATION, marketing: [{ ...first, senders }] };
      const input = { site: 'example', origins: [ORIGIN], notices: [cookiePolicy], configuration, publicUrl: SERVICE_URL };
      return createSite(service.context.store, input, now().getTime());
    };
    await optIn();
    await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }), {
      address: 'eve@example.net',
      channels: said('given', 'plain'),
    });
    offset = 5000;
    await publish(false);
    await sent();
    expect(await may()).toMatchObject({ may: false, why: 'unconfirmed' });
    offset = 10_000;
    await publish(true);
    expect(await may('eve@example.net', 'plain')).toMatchObject({ may: true, proof: { confirmation: null } });
    expect((await confirm()).status).toBe(200);
    expect(await may()).toMatchObject({ may: true });
  });

  it('R33 R40 what was ticked in a form that posts elsewhere is asked about by mail too, and begins with the confirmation', async () => {
    const made = await admin('/opt-ins', {
      notice: (await context()).hashes.cookie_policy,
      contacts: [{ channel: 'email', address: ADA, language: 'de' }],
      boxes: [{ activity: 'adverts', sender: 'shop', channel: 'email', ticked: true }],
    });
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({ permissions: [{ may: false, why: 'unconfirmed' }] });
    await service.context.marketingMails?.idle();
    expect(
      mail.received.map(({ to }) => to),
      'the route sends it without being asked',
    ).toEqual([[ADA]]);
    expect((await confirm()).status).toBe(200);
    expect(await may()).toMatchObject({ may: true, reason: 'consent', proof: { kind: 'attestation' } });
    const [ticked, confirmed] = (await attested()).toSorted((a, b) => (a.at < b.at ? -1 : 1));
    expect(confirmed).toMatchObject({ medium: 'double_opt_in', about: ticked?.about, follows: expect.any(String) as string });
    expect((await verifyLog(service.context.store, (await context()).site)).findings).toEqual([]);
  });

  it('asks only where the sender wants it, and only who ticked', async () => {
    await optIn(ada, { channels: said('given', 'plain') });
    await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }), {
      channels: said('refused'),
      address: 'eve@example.net',
    });
    expect(await sent()).toEqual([]);
    expect(await may(ADA, 'plain')).toMatchObject({ may: true });
  });

  it('does nothing when a mail scanner opens the link, by GET or HEAD, and the page is the same for every token', async () => {
    await optIn();
    await sent();
    const link = pathIn(last(), 'confirm');
    const page = async (path: string) => {
      const answer = await service.app.request(path);
      return [answer.status, (await answer.text()).replaceAll(end(path), 'TOKEN'), [...answer.headers].toSorted()];
    };
    for (let i = 0; i < 3; i++) await service.app.request(link, { method: i ? 'GET' : 'HEAD' });
    expect(await may()).toMatchObject({ may: false, why: 'unconfirmed' });
    expect(await page(link)).toEqual(await page(`/m/example/confirm/${'A'.repeat(43)}`));
    expect((await confirm()).status).toBe(200);
    expect(await page(link), 'used').toEqual(await page(`/m/example/confirm/${'A'.repeat(43)}`));
  });

  it('takes a link once, of two at the same time too, and not after its time', async () => {
    const first = await optIn();
    await sent();
    const statuses = (await Promise.all([confirm(), confirm()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 410]);
    expect(await attested()).toHaveLength(1);
    const late = await createSubject({ log: service.site.log, origin: ORIGIN });
    await optIn(late, { address: 'late@example.net' });
    await sent();
    offset = 7 * DAY + 1000;
    const answers = [await confirm(), await form('/m/example/confirm', { token: 'A'.repeat(43) })];
    expect(answers.map(({ status }) => status)).toEqual([410, 410]);
    const [one, other] = await Promise.all(answers.map((answer) => answer.text()));
    expect(one).toBe(other);
    expect(await may('late@example.net')).toMatchObject({ may: false });
    // Forgotten, and posted again by whoever kept it.
    offset = 45 * DAY;
    const before = (await sent()).length;
    await service.send([first.jws], { contacts: [{ event: first.event.id, channel: 'email', value: ADA, language: 'en' }] });
    expect((await sent()).length).toBe(before);
    expect((await confirm()).status).toBe(410);
  });

  it('writes once for one tick, however often it arrives, and never reminds', async () => {
    const next = await ada.next({
      method: 'form',
      purposes: {},
      channels: said('given') as NonNullable<ConsentEvent['channels']>,
    });
    for (let i = 0; i < 3; i++)
      await service.send([next.jws], { contacts: [{ event: next.event.id, channel: 'email', value: ADA }] });
    await sent();
    for (let day = 1; day < 30; day++) {
      offset = day * DAY;
      await sent();
    }
    expect(mail.received).toHaveLength(1);
  });

  it('survives the end of the process between the event and the mail', async () => {
    await service.context.marketingMails?.close();
    await optIn();
    const { folder, context: before } = service;
    await before.log.idle();
    await before.store.close();
    expect(mail.received).toEqual([]);
    await start(folder);
    await sent();
    expect(mail.received).toHaveLength(1);
    expect((await confirm()).status).toBe(200);
  });

  it('tries again with longer pauses where the mail server is down, and the same link works then', async () => {
    mail.refusing = true;
    await optIn();
    await sent();
    offset = 59_000;
    await sent();
    mail.refusing = false;
    expect(await sent()).toHaveLength(0);
    offset = 61_000;
    expect(await sent()).toHaveLength(1);
    expect(await sent()).toHaveLength(1);
    expect((await confirm()).status).toBe(200);
  });

  it('a mail whose handing over never was answered is not sent a second time', async () => {
    const { store } = service.context;
    const { ended } = store.marketingMail;
    // The process ends between the server's word and its note.
    store.marketingMail.ended = () => Promise.reject(new Error('killed'));
    await optIn();
    await sent();
    store.marketingMail.ended = ended;
    for (const later of [6 * 60_000, DAY]) {
      offset = later;
      await sent();
    }
    expect(mail.received).toHaveLength(1);
    expect((await confirm()).status).toBe(200);
  });

  it('an address that bounces is not written to again, whether the mail server or the mailer says so', async () => {
    mail.refusing = 'for ever';
    await optIn();
    await sent();
    mail.refusing = false;
    const again = async (address: string) => optIn(await createSubject({ log: service.site.log, origin: ORIGIN }), { address });
    await again(ADA);
    expect(await sent()).toEqual([]);
    const report = `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; bob@example.net\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
    const taken = await admin('/bounces', report, 'message/delivery-status');
    expect((await taken.json()) as BouncesTaken).toEqual({ marked: 1, ignored: 0 });
    const json = await admin('/bounces', {
      bounces: [
        { address: 'eve@example.net', status: '5.2.1' },
        { address: 'full@example.net', status: '4.2.2' },
        { address: 'nothing', status: '5.1.1' },
      ],
    });
    expect((await json.json()) as BouncesTaken).toEqual({ marked: 1, ignored: 2 });
    const { bounced, ...answer } = await may('eve@example.net');
    expect([bounced?.status, answer.why], 'a fact beside the answer').toEqual(['5.2.1', 'not_stated']);
    expect((await may(ADA)).bounced).toMatchObject({ status: expect.stringMatching(/^5/) as string });
    expect(await may('full@example.net')).not.toHaveProperty('bounced');
    for (const address of ['bob@example.net', 'eve@example.net', 'full@example.net']) await again(address);
    expect((await sent()).map(({ to }) => to)).toEqual([['full@example.net']]);
    expect((await admin('/bounces', 'hello', 'message/delivery-status')).status).toBe(400);
    offset = 31 * DAY;
    await again(ADA);
    expect((await sent()).map(({ to }) => to)).toEqual([['full@example.net'], [ADA]]);
  });

  it('one address gets three mails of a kind a day at most, three in a month after an objection, and who wants them again is heard at once', async () => {
    for (let i = 0; i < 5; i++) {
      await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }));
      await sent();
    }
    expect(mail.received).toHaveLength(3);
    await form('/m/example/stop', { link: end(pathIn(last(), 'stop')), act: 'object' });
    expect((await form('/m/example', { email: ADA })).status).toBe(303);
    expect(await sent(), 'the link to their own page is another kind').toHaveLength(4);
    offset = DAY + 1000;
    await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }));
    expect(await sent()).toHaveLength(5);
    expect((await confirm()).status).toBe(200);
    expect(await may(), 'the first one after the objection').toMatchObject({ may: true });
    for (const day of [2, 3, 4, 5, 6]) {
      offset = day * DAY;
      await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }));
    }
    expect(await sent(), 'three since the objection').toHaveLength(7);
    offset = 33 * DAY;
    await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }));
    expect(await sent()).toHaveLength(8);
  });

  it('R45 a confirmation after a no lifts it; one that was ticked before does not', async () => {
    await optIn();
    await sent();
    const old = last();
    const { stop } = await links();
    await form(stop, { 'List-Unsubscribe': 'One-Click' });
    const answered = await confirm(old);
    expect(answered.status).toBe(200);
    expect(await may(), 'ticked before').toMatchObject({ may: false });
    // Nobody is told that they get what they stopped.
    const told = await answered.text();
    expect(told).toContain('From now on you do not get:');
    expect(told).not.toContain('From now on you get:');
    offset = 1000;
    const later = await createSubject({ log: service.site.log, origin: ORIGIN });
    const next = await later.next({
      method: 'form',
      purposes: {},
      at: now().toISOString(),
      channels: said('given') as NonNullable<ConsentEvent['channels']>,
    });
    await service.send([next.jws], {
      sentAt: now().toISOString(),
      contacts: [{ event: next.event.id, channel: 'email', value: ADA }],
    });
    await sent();
    expect(await may(), 'not confirmed').toMatchObject({ may: false });
    expect((await confirm()).status).toBe(200);
    expect(await may()).toMatchObject({ may: true });
  });

  it('somebody whose data were restricted since they ticked gets no mail', async () => {
    mail.refusing = true;
    await optIn();
    await sent();
    await service.context.store.rights.restrict((await context()).site, {
      subject: ada.id,
      since: now().getTime(),
      request: null,
    });
    mail.refusing = false;
    offset = DAY;
    expect(await sent()).toEqual([]);
  });

  it('an erased contact gets no mail and confirms nothing', async () => {
    mail.refusing = true;
    await optIn();
    await sent();
    const contact = (await may()).contact ?? '';
    await eraseContact(service.context, (await context()).site, contact, now());
    mail.refusing = false;
    offset = DAY;
    expect(await sent()).toEqual([]);
  });
});

describe('stopping messages', () => {
  beforeEach(async () => {
    await optIn(ada, { channels: { adverts: { shop: { email: 'given' }, plain: { email: 'given' } } } });
    await sent();
    await confirm();
    expect((await may()).may).toBe(true);
  });

  it('R40 R41 one click of the mailbox provider ends that channel of that sender at once, without cookie, sign-in or redirect', async () => {
    const { stop, headers } = await links();
    expect(headers).toEqual({
      'List-Unsubscribe': `<https://consent.example${stop}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    const answer = await form(stop, { 'List-Unsubscribe': 'One-Click' }, { 'Sec-Fetch-Site': 'cross-site' });
    expect([answer.status, answer.headers.get('Location'), answer.headers.get('Set-Cookie')]).toEqual([200, null, null]);
    expect(await may()).toMatchObject({ may: false, why: 'ended' });
    expect((await may(ADA, 'plain')).may).toBe(true);
    const { site } = await context();
    const { contact } = await may();
    const key = (await service.context.store.contacts.get(site, contact ?? ''))?.key ?? '';
    const [event] = await attested();
    expect(event).toMatchObject({
      medium: 'one_click_unsubscribe',
      method: 'withdraw',
      attested: { channels: said('withdrawn') },
    });
    expect(await service.context.store.suppressions.of(site, [key])).toMatchObject([
      { channel: 'email', sender: 'shop', reason: 'unsubscribe', event: event?.id },
    ]);
    // Nobody of the operator's entered it, and their list of events says so.
    const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'auditor' }, new Date());
    const listed = await service.app.request('/v1/admin/sites/example/events', { headers: { Authorization: `Bearer ${token}` } });
    const { events } = (await listed.json()) as AdminEvents;
    expect(events.find(({ id }) => id === event?.id)).toMatchObject({ attested: true, byLink: true });
  });

  it('R41 takes the form as RFC 8058 prefers it, says it once however often it comes, and nothing else is one click', async () => {
    const { stop } = await links();
    const body = new FormData();
    body.set('List-Unsubscribe', 'One-Click');
    for (let i = 0; i < 3; i++) expect((await service.app.request(stop, { method: 'POST', body })).status).toBe(200);
    expect((await attested()).filter(({ medium }) => medium === 'one_click_unsubscribe')).toHaveLength(1);
    const other = (await links(ADA, 'plain')).stop;
    const wrong: Record<string, string>[] = [{}, { 'List-Unsubscribe': 'Later' }, { 'X-List-Unsubscribe': 'One-Click' }];
    for (const fields of wrong) expect((await form(other, fields)).status).toBe(400);
    expect((await may(ADA, 'plain')).may).toBe(true);
    expect((await form('/m/example/stop/AAAA', { 'List-Unsubscribe': 'One-Click' })).status).toBe(404);
  });

  const part = (headers: string): string => `--x\r\n${headers}\r\n\r\nOne-Click\r\n--x--\r\n`;
  it.each([
    [
      'a part with a type of its own',
      part('Content-Disposition: form-data; name="List-Unsubscribe"\r\nContent-Type: text/plain; charset=utf-8'),
    ],
    ['a name without quotes', part('Content-Disposition: form-data; name=List-Unsubscribe')],
    [
      'a part whose type comes first',
      part('Content-Type: text/plain\r\nContent-Disposition: form-data; name="List-Unsubscribe"'),
    ],
    ['an escaped hyphen and a line end', 'List%2DUnsubscribe=One-Click\r\n'],
  ])('R41 takes one click as %s', async (_, body) => {
    const { stop } = await links();
    const type = body.startsWith('--') ? 'multipart/form-data; boundary=x' : 'application/x-www-form-urlencoded';
    const answer = await service.app.request(stop, { method: 'POST', body, headers: { 'Content-Type': type } });
    expect([answer.status, (await may(ADA, 'shop')).may]).toEqual([200, false]);
  });

  it('R41 of a mail about two senders it stops both, says so first, and stops no third', async () => {
    const both = structuredClone(CONFIGURATION);
    const [adverts] = both.marketing;
    adverts?.senders.push({ id: 'third', name: 'Third', address: 'Third Ltd, 3 High Street, Old Town', doubleOptIn: true });
    adverts?.senders.push({ id: 'fourth', name: 'Fourth', address: 'Fourth Ltd, 4 High Street, Old Town', doubleOptIn: false });
    await service.close();
    await start(undefined, both);
    ada = await createSubject({ log: service.site.log, origin: ORIGIN });
    const given = { email: 'given' } as const;
    await optIn(ada, { channels: { adverts: { shop: given, third: given, fourth: given } } });
    await sent();
    const path = pathIn(last(), 'stop');
    const asked = await (await service.app.request(path)).text();
    expect([asked.includes('The Shop'), asked.includes('Third'), asked.includes('Fourth')]).toEqual([true, true, false]);
    expect((await form(path, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect(await Promise.all(['shop', 'third', 'fourth'].map(async (sender) => (await may(ADA, sender)).may))).toEqual([
      false,
      false,
      true,
    ]);
    expect((await attested()).at(-1)?.attested.channels).toEqual({
      adverts: { shop: { email: 'withdrawn' }, third: { email: 'withdrawn' } },
    });
    expect((await confirm()).status, 'the link of before confirms nothing against it').toBeLessThan(500);
    expect((await may(ADA, 'shop')).may).toBe(false);
  });

  it('R41 opening the link does nothing; its button stops, and another one stops everything', async () => {
    const { stop } = await links();
    for (const method of ['GET', 'HEAD']) expect((await service.app.request(stop, { method })).status).toBe(200);
    const page = await (await service.app.request(stop)).text();
    expect(page).toContain('<bdi>The Shop</bdi>');
    expect(page).not.toContain('<script');
    expect((await may()).may).toBe(true);
    expect((await form('/m/example/stop', { link: end(stop), act: 'stop' })).status).toBe(200);
    expect(await may()).toMatchObject({ may: false });
    expect((await may(ADA, 'plain')).may).toBe(true);
    expect((await form('/m/example/stop', { link: end(stop), act: 'object' })).status).toBe(200);
    for (const sender of ['shop', 'plain'])
      for (const channel of ['email', 'sms', 'post'] as const) expect((await may(ADA, sender, channel)).may).toBe(false);
    expect((await may()).profiling).toBe(false);
  });

  it('R42 an objection is taken where the site has no name for any advertising, and the log still reads', async () => {
    const plain = await createTestService({ config: { secret: SECRET } });
    try {
      const { links: made, vault, store } = plain.context;
      const [key = ''] = vault?.keys('example', [{ version: 2, kind: 'email', text: 'ada@example.net' }]) ?? [];
      const link = made?.seal('example', { kind: 'stop', key, channel: 'email', senders: ['gone'] }) ?? '';
      const press = () =>
        plain.app.request('/m/example/stop', {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams({ link, act: 'object' }).toString(),
        });
      for (let i = 0; i < 2; i++) expect((await press()).status).toBe(200);
      const { site } = await plain.context.sites.get('example');
      const listed = await store.suppressions.of(site, [key]);
      expect(listed.map(({ channel }) => channel).toSorted()).toEqual([...CHANNELS].toSorted());
      expect(listed.every(({ reason, sender }) => reason === 'objection' && sender === null)).toBe(true);
      const [answer] = await permissionsOf(plain.context, await plain.context.sites.get('example'), [
        { channel: 'email', sender: 'gone', address: 'ada@example.net' },
      ]);
      expect(answer).toMatchObject({ may: false, why: 'suppressed', profiling: false });
      expect((await verifyLog(store, site)).findings).toEqual([]);
    } finally {
      await plain.close();
    }
  });

  it('R43 R45 works after the contact was erased, and for an address that was never here', async () => {
    const { stop } = await links();
    const { contact } = await may();
    await eraseContact(service.context, (await context()).site, contact ?? '', now());
    for (const [path, address] of [
      [stop, ADA],
      [(await links('never@example.net')).stop, 'never@example.net'],
    ] as const) {
      expect((await form(path, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
      expect(await may(address)).toMatchObject({ may: false });
      expect(['ended', 'suppressed']).toContain((await may(address)).why);
    }
    const files = await Promise.all([service.file, `${service.file}-wal`].map((file) => readFile(file)));
    expect(Buffer.concat(files).toString('latin1')).not.toMatch(/never@example|lovelace/i);
  });

  it('no link says whose it is, none holds for another site, and none gets into a log', async () => {
    const { stop, choices } = await links();
    for (const path of [stop, choices]) {
      await service.app.request(path);
      expect(path).not.toMatch(/ada|lovelace|example\.net|@|%40|\?/i);
    }
    await form(stop, { 'List-Unsubscribe': 'One-Click' });
    await confirm();
    const secrets = [end(stop), end(choices), end(pathIn(last(), 'confirm'))];
    const metrics = await (await service.app.request('/metrics')).text();
    const seen = `${logged.join('')}${metrics}`;
    expect(seen).toContain('/m/:site/stop/:link');
    for (const secret of secrets) expect(seen.includes(secret)).toBe(false);
  });

  it('no other site’s page can press a button, and a mailer is told which lines are no address', async () => {
    const { stop } = await links();
    const foreign = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await form('/m/example/stop', { link: end(stop), act: 'stop' }, foreign)).status).toBe(403);
    expect((await form('/m/example/choices', { link: 'x', act: 'object' }, foreign)).status).toBe(403);
    const answer = await admin('/unsubscribe-links', {
      links: [
        { address: 'nothing', sender: 'shop' },
        { address: ADA, sender: 'nobody' },
        { address: '+44 7700 900123', sender: 'shop', channel: 'sms' },
      ],
    });
    const made = ((await answer.json()) as MessageLinks).links;
    expect(made).toMatchObject([{ problem: 'NO_ADDRESS' }, { problem: 'UNKNOWN_SENDER' }, { headers: {} }]);
  });
});

describe('somebody’s own page', () => {
  const page = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await service.app.request(path, { headers });
    return { status: answer.status, html: await answer.text(), headers: answer.headers };
  };
  const states = (html: string): string[] =>
    [...html.matchAll(/data-channel="(\w+)" data-sender="(\w+)" data-state="(\w+)"/g)].map(([, ...all]) => all.join(' '));
  const act = (choices: string, fields: Record<string, string>) => form('/m/example/choices', { link: end(choices), ...fields });
  const SHOP = { activity: 'adverts', sender: 'shop', channel: 'email' };

  it('R41 R42 shows each channel and sender with its reason, stops one, asks for it again with a mail, and stops everything', async () => {
    await optIn();
    await sent();
    await confirm();
    const { choices } = await links();
    const first = await page(choices);
    expect(first.status).toBe(200);
    expect(first.headers.get('Cache-Control')).toBe('no-store');
    expect(states(first.html)).toEqual(['email shop on', 'sms shop elsewhere', 'email plain off', 'sms plain elsewhere']);
    for (const words of ['you agreed to it', 'News and offers', 'Follow the link in any message.'])
      expect(first.html).toContain(words);

    expect((await act(choices, { act: 'start', ...SHOP, channel: 'sms' })).status, 'a mailbox shows no number').toBe(400);
    const stopped = await act(choices, { act: 'stop', ...SHOP });
    expect(states(await stopped.text())[0]).toBe('email shop stopped');
    expect(await may()).toMatchObject({ may: false, why: 'ended' });

    offset = 1000;
    const again = await (await act(choices, { act: 'start', ...SHOP })).text();
    expect(states(again)[0], 'it waits, also behind a no').toBe('email shop waiting');
    expect(await (await act(choices, { act: 'start', ...SHOP })).text(), 'pressed twice').toContain('is still to be confirmed');
    expect(await may()).toMatchObject({ may: false });
    await sent();
    offset = 2000;
    expect((await confirm()).status).toBe(200);
    expect(await may()).toMatchObject({ may: true });
    const events = await attested();
    const start = events.find(
      ({ medium, attested: { channels } }) => medium === 'server' && JSON.stringify(channels).includes('given'),
    );
    const shown = await (await service.app.request(`/v1/presentations/${start?.presentation ?? ''}`)).json();
    expect(shown).toMatchObject({
      layout: 'choices-page',
      language: 'en',
      controls: [{ name: 'I want it: E-mail from The Shop' }],
    });
    expect(JSON.stringify(shown)).toContain('News and offers');

    // The third mail of the day, and one that is not sent any more: nobody is told to wait for it.
    for (const state of ['waiting', 'unsent']) {
      offset += 1000;
      await act(choices, { act: 'stop', ...SHOP });
      offset += 1000;
      await act(choices, { act: 'start', ...SHOP });
      await sent();
      expect(states((await page(choices)).html)[0]).toBe(`email shop ${state}`);
      offset += 1000;
      if (state === 'waiting') expect((await confirm()).status).toBe(200);
    }
    expect((await page(choices)).html).toContain('could not be sent. Ask for it again later.');
    expect(mail.received.filter(({ text }) => text.includes('/confirm/'))).toHaveLength(3);

    offset += 1000;
    const all = await (await act(choices, { act: 'object' })).text();
    expect(states(all).filter((state) => !/ (stopped|off)$/.test(state))).toEqual([]);
    expect(all).toContain('no advertising of any kind');
    expect(await may()).toMatchObject({ may: false, profiling: false });
    expect((await verifyLog(service.context.store, (await context()).site)).findings).toEqual([]);
  });

  it('R39 R41 says once what is permitted once, with all that it is for, and asks for all of that again', async () => {
    await service.close();
    const [news] = CONFIGURATION.marketing;
    const surveys = { ...news, activity: 'visit-statistics', label: 'Surveys', howOften: 'Once a year.', channels: ['email'] };
    await start(undefined, { ...CONFIGURATION, marketing: [news, surveys] });
    ada = await createSubject({ log: service.site.log, origin: ORIGIN });
    await optIn();
    await sent();
    const confirmed = await (await confirm()).text();
    expect(/<ul class="asked">(.*?)<\/ul>/s.exec(confirmed)?.[1]?.match(/<li>/g), 'named once').toHaveLength(1);
    const { choices } = await links();
    const first = await page(choices);
    expect(states(first.html)).toEqual(['email shop on', 'sms shop elsewhere', 'email plain off', 'sms plain elsewhere']);
    expect(first.html).toMatch(/News and offers<\/span><\/dd><dd><span[^>]*>Surveys/);
    expect(first.html).toMatch(/Surveys<\/span>: <span[^>]*>Once a year\./);
    expect(first.html.match(/Follow the link in any message\./g), 'once a card').toHaveLength(4);
    offset = 1000;
    await act(choices, { act: 'stop', ...SHOP });
    offset = 2000;
    expect(states(await (await act(choices, { act: 'start', ...SHOP })).text())[0]).toBe('email shop waiting');
    const given = (await attested())
      .map(({ attested: { channels } }) => channels)
      .filter((one) => JSON.stringify(one).includes('given'));
    expect(given).toContainEqual({ adverts: { shop: { email: 'given' } }, 'visit-statistics': { shop: { email: 'given' } } });
    await sent();
    offset = 3000;
    expect((await confirm()).status).toBe(200);
    expect(await may()).toMatchObject({ may: true });
  });

  it('what was asked for on the page begins with the confirmation, also where the sender asks for none otherwise', async () => {
    await optIn();
    const { choices } = await links();
    const plain = { activity: 'adverts', sender: 'plain', channel: 'email' };
    expect(states(await (await act(choices, { act: 'start', ...plain })).text())).toContain('email plain waiting');
    expect(await may(ADA, 'plain')).toMatchObject({ may: false, why: 'unconfirmed' });
    await sent();
    const mails = mail.received.filter(({ text }) => text.includes('Plain & Sons'));
    expect((await confirm(mails.at(-1)?.text)).status).toBe(200);
    expect(await may(ADA, 'plain')).toMatchObject({ may: true, reason: 'consent' });
  });

  it('R45 a mailbox learns nothing of a telephone number that somebody typed beside it, and lifts no no of it', async () => {
    const [number, other] = ['+447700900123', '+447700900456'];
    await form((await links(number, 'shop', 'sms')).stop, { 'List-Unsubscribe': 'One-Click' });
    offset = 1000;
    const pageWith = async (address: string, phone: string) => {
      const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
      const next = await subject.next({
        method: 'form',
        purposes: {},
        channels: { adverts: { shop: { email: 'given', sms: 'given' } } },
      });
      const contacts = [
        { event: next.event.id, channel: 'email' as const, value: address },
        { event: next.event.id, channel: 'sms' as const, value: phone },
      ];
      await service.send([next.jws], { contacts });
      const { choices } = await links(address);
      return (await page(choices)).html.replaceAll(end(choices), 'LINK');
    };
    const shown = await pageWith(ADA, number);
    expect(states(shown)).toEqual(['email shop waiting', 'sms shop asked', 'email plain off', 'sms plain elsewhere']);
    expect(shown, 'whether it said no is not shown').toBe(await pageWith('eve@example.net', other));
    await sent();
    offset = 3000;
    expect((await confirm(mail.received.find(({ to }) => to[0] === ADA)?.text)).status).toBe(200);
    expect([(await may()).may, (await may(other, 'shop', 'sms')).may]).toEqual([true, true]);
    expect(await may(number, 'shop', 'sms')).toMatchObject({ may: false, why: 'ended' });
    const { choices } = await links();
    const stopped = await (await act(choices, { act: 'stop', ...SHOP, channel: 'sms' })).text();
    expect(states(stopped)).toContain('sms shop stopped');
    const { contact } = await may(ADA);
    const [bySms] = await permissionsOf({ ...service.context, now }, await context(), [
      { channel: 'sms', sender: 'shop', contact: contact ?? '' },
    ]);
    expect(bySms, 'an e-mail address is no number').toMatchObject({ may: false, why: 'no_address' });
  });

  it('R41 one click on the mail with the link to the own page stops every sender of the site', async () => {
    await optIn(ada, { channels: { adverts: { shop: { email: 'given' }, plain: { email: 'given' } } } });
    await sent();
    await confirm();
    expect((await form('/m/example', { email: ADA })).status).toBe(303);
    await sent();
    expect(await Promise.all(['shop', 'plain'].map(async (sender) => (await may(ADA, sender)).may))).toEqual([true, true]);
    expect((await form(pathIn(last(), 'stop'), { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect(await Promise.all(['shop', 'plain'].map(async (sender) => (await may(ADA, sender)).may))).toEqual([false, false]);
  });

  it('R41 that click is heard too where the site has no name for any message any more', async () => {
    await optIn();
    await sent();
    await form('/m/example', { email: ADA });
    await sent();
    const stop = pathIn(last(), 'stop');
    offset = 5000;
    const configuration = { ...CONFIGURATION, marketing: [] };
    const input = { site: 'example', origins: [ORIGIN], notices: [cookiePolicy], configuration, publicUrl: SERVICE_URL };
    await createSite(service.context.store, input, now().getTime());
    expect((await form(stop, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    const { site } = await context();
    const [key = ''] = addressKeys(vaultOf(service.context), site, { channel: 'email', address: ADA });
    expect((await service.context.store.suppressions.of(site, [key])).map(({ reason }) => reason)).toContain('objection');
  });

  it('R41 a no to texts from a mailbox that was never here makes no telephone number of it', async () => {
    const { choices } = await links('never@example.net');
    expect((await act(choices, { act: 'stop', sender: 'shop', channel: 'sms' })).status).toBe(200);
    const { site } = await context();
    const found = await service.context.store.contacts.find(
      site,
      addressKeys(vaultOf(service.context), site, { channel: 'email', address: 'never@example.net' }),
    );
    expect(found.map(({ kind }) => kind)).toEqual(['email']);
  });

  it('R42 an objection that stands is said once, however often its button is pressed, and again behind a later yes', async () => {
    await optIn();
    const { choices, stop } = await links();
    const objections = async () =>
      (await attested()).filter(({ attested: { purposes } }) => purposes['marketing'] === 'objected').length;
    const everything = () => form('/m/example/stop', { link: end(stop), act: 'object' });
    for (let i = 0; i < 3; i++) {
      offset += 1000;
      expect((await everything()).status).toBe(200);
      expect((await act(choices, { act: 'object' })).status).toBe(200);
    }
    expect(await objections()).toBe(1);
    offset += 1000;
    await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }));
    offset += 1000;
    await everything();
    expect(await objections()).toBe(2);
    const never = (await links('never@example.net')).stop;
    for (let i = 0; i < 2; i++) await form('/m/example/stop', { link: end(never), act: 'object' });
    expect(await objections(), 'of an address that was never here').toBe(3);
  });

  it('a mail goes to the mailbox that the address is found as, whatever invisible marks were typed', async () => {
    await optIn(ada, { address: ' Ada\u200b@exa\u200dmple.net' });
    await sent();
    expect(JSON.stringify(mail.received.at(-1))).toContain('Ada@example.net');
    expect(JSON.stringify(mail.received.at(-1))).not.toMatch(/[\u200b\u200d]|xn--/);
  });

  it('a stop that comes behind a box which waits for its confirmation counts, also where a no stood before', async () => {
    const { stop } = await links();
    await form(stop, { 'List-Unsubscribe': 'One-Click' });
    offset = 1000;
    await optIn(await createSubject({ log: service.site.log, origin: ORIGIN }));
    await sent();
    offset = 2000;
    await form(stop, { 'List-Unsubscribe': 'One-Click' });
    expect((await attested()).filter(({ medium }) => medium === 'one_click_unsubscribe')).toHaveLength(2);
    offset = 3000;
    await confirm();
    expect(await may(), 'ticked before the last no').toMatchObject({ may: false });
  });

  it('speaks the language that was chosen, else the browser’s, else the site’s, and English for what it does not know', async () => {
    const { choices } = await links();
    const languageOf = async (path: string, header: Record<string, string> = {}) =>
      /<html lang="(\w+)" dir="(\w+)">/
        .exec((await page(path, header)).html)
        ?.slice(1)
        .join(' ');
    expect(await languageOf(choices)).toBe('en ltr');
    expect(await languageOf(`${choices}?lang=ar`)).toBe('ar rtl');
    expect(await languageOf(choices, { 'Accept-Language': 'ja, de-AT;q=0.8, en;q=0.5' })).toBe('de ltr');
    expect(await languageOf(`${choices}?lang=ja`, { 'Accept-Language': 'fr' })).toBe('fr ltr');
    expect(await languageOf(`${choices}?lang=ja`)).toBe('en ltr');
  });

  it('a mail is in the language of the person, and dates as it writes them', async () => {
    await optIn(ada, { language: 'de-AT' });
    await sent();
    expect(last()).toMatch(/Bitte best/);
    expect(last()).not.toMatch(/\b\d{4}-\d{2}-\d{2}\b/);
    // Its pages too, on whichever browser the mail is read.
    for (const kind of ['confirm', 'stop'] as const) {
      const [, path = ''] = new RegExp(`https://consent\\.example(/m/example/${kind}/[\\w-]+\\?lang=de)\\b`).exec(last()) ?? [];
      expect((await page(path, { 'Accept-Language': 'fr' })).html).toContain('<html lang="de"');
    }
    expect(last()).toMatch(/List-Unsubscribe:\s+<https:\/\/[^?>]+>/);
  });

  it('ends with its time, of which it says the last day, and holds for nobody else', async () => {
    const { choices, choicesUntil } = await links();
    const lastDay = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(choicesUntil));
    expect((await page(choices, { 'Accept-Language': 'en' })).html).toContain(lastDay);
    expect((await page('/m/example/choices/AAAA')).status).toBe(404);
    offset = 91 * DAY + 1;
    expect((await page(choices)).status).toBe(404);
    expect((await act(choices, { act: 'object' })).status).toBe(410);
  });

  it('the link to it goes to an address that is known, and the answer is the same for one that is not, and costs the same work', async () => {
    await optIn();
    await sent();
    const statements: Record<string, string[]> = { known: [], unknown: [] };
    let kind = 'known';
    const { marketingMail, contacts, suppressions } = service.context.store;
    const spied = { marketingMail, contacts, suppressions };
    const told = <T extends object>(name: string, target: T): T =>
      new Proxy(target, {
        get(object, method, receiver) {
          const value: unknown = Reflect.get(object, method, receiver);
          if (typeof value !== 'function') return value;
          return (...input: unknown[]) => {
            statements[kind]?.push(`${name}.${String(method)}`);
            return (value as (...all: unknown[]) => unknown).apply(object, input);
          };
        },
      });
    await service.context.marketingMails?.close();
    const store = { ...service.context.store };
    for (const [name, part] of Object.entries(spied)) Object.assign(store, { [name]: told(name, part) });
    const { marketingDesk } = await import('../marketing/desk.ts');
    const { sites, publicUrl, vault, mailer, logger } = service.context;
    const own = marketingDesk({ secret: SECRET }, { store, sites, publicUrl, vault, mailer, logger, now });
    const app = createApp({ ...service.context, ...own, store });
    const answers = [];
    for (const [name, email] of [
      ['known', ADA],
      ['unknown', 'nobody@example.net'],
    ] as const) {
      kind = name;
      const answer = await app.request('/m/example', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email }).toString(),
      });
      answers.push([answer.status, await answer.text(), [...answer.headers].toSorted()]);
      expect(statements[name], 'until the answer is out').toEqual(['marketingMail.add']);
      await own.marketingMails?.idle();
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(303);
    // Behind the answer only what a mail server is told differs: the mail itself is written either way.
    expect(statements.known?.filter((one) => one !== 'marketingMail.handed')).toEqual(statements.unknown);
    expect(statements.unknown).toContain('contacts.find');
    await own.marketingMails?.close();

    const { folder, context: before } = service;
    await before.log.idle();
    await before.store.close();
    await start(folder);
    await sent();
    expect(mail.received.map(({ to }) => to)).toEqual([[ADA], [ADA]]);
    expect((await page(pathIn(last(), 'choices'))).status).toBe(200);
  });

  it('a mail to one address waits for none to another: whose link comes when tells nothing of who is known', async () => {
    const stranger = await createSubject({ log: service.site.log, origin: ORIGIN });
    for (const [who, address] of [
      [ada, ADA],
      [stranger, 'curious@example.com'],
    ] as const)
      await optIn(who, { address, channels: said('given', 'plain') });
    const asks = (email: string) => service.app.request('/m/example', { method: 'POST', body: new URLSearchParams({ email }) });
    const [asked, answers] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    mail.taking = (to) => (to === 'curious@example.com' ? undefined : (asked.resolve(), answers.promise));
    await asks(ADA);
    await asked.promise;
    await asks('curious@example.com');
    await expect.poll(() => mail.received.map(({ to }) => to), { timeout: 20_000 }).toEqual([['curious@example.com']]);
    answers.resolve();
    expect((await sent()).map(({ to }) => to[0])).toEqual(['curious@example.com', 'Ada.Lovelace@example.net']);
  });

  it('says what is wrong with an address, keeps what was typed, and sends nothing', async () => {
    const answer = await form('/m/example', { email: 'no"<address', lang: 'de' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('Geben Sie eine E-Mail-Adresse ein');
    expect(html).toContain('no&quot;&lt;address');
    expect(await sent()).toEqual([]);
  });
});

it('without a mail server nothing is lost: the mail waits, and the pages say so', async () => {
  await service.close();
  service = await createTestService({ configuration: CONFIGURATION, config: { secret: SECRET }, now });
  ada = await createSubject({ log: service.site.log, origin: ORIGIN });
  await optIn();
  expect(await service.context.store.marketingMail.waiting((await context()).site)).toBe(1);
  expect(await (await service.app.request('/m/example')).text()).toContain('sending mail is not set up here');
  expect((await form('/m/example', { email: ADA })).status).toBe(503);
  const desk = { ...service.context, now };
  expect(await confirmOptIn(desk, await context(), 'A'.repeat(43))).toBeNull();
  expect((await ownChoices(desk, await context(), 'A'.repeat(43), true)).person).toBeNull();
});
