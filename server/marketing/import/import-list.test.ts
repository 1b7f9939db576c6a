// Lists of contacts over HTTP, on a real database: what is taken, what is left out, and that nothing in a list makes a yes of a no.
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { MARKETING } from '../../../test/support/marketing-site.ts';
import { createTestService, ORIGIN, type TestService } from '../../../test/support/service.ts';
import { createSubject } from '../../../test/support/subject.ts';
import type { PermissionAnswer } from '../../../shared/marketing/api.ts';
import type { Role } from '../../../shared/operator.ts';
import { issueCredential } from '../../credentials.ts';
import { eraseSubject } from '../../rights/erase.ts';
import type { ContactsExported } from '../export/export-contacts.ts';
import type { ImportReport } from './import-report.ts';

const ADMIN = '/v1/admin/sites/example';
let service: TestService;
let notice: string;

const tokenOf = async (role: Role = 'owner'): Promise<string> =>
  (await issueCredential(service.context.store, 'api_key', { name: 'Ada', role }, new Date())).token;
const ask = async (method: string, path: string, body?: BodyInit, role: Role = 'owner'): Promise<Response> =>
  service.app.request(ADMIN + path, {
    method,
    headers: { Authorization: `Bearer ${await tokenOf(role)}`, 'Content-Type': 'text/csv' },
    ...(body === undefined ? {} : { body }),
  });

interface Told {
  report: ImportReport;
  problems: { line: number; column: string | null; problem: string }[];
  dropped: { line: number; channel: string; reason: string }[];
  failed: string | null;
  progress: number[];
}
async function bringIn(file: string | Uint8Array, options: Record<string, string | string[]> = {}): Promise<Told> {
  const query = new URLSearchParams();
  for (const [name, values] of Object.entries({ channel: 'email', sender: 'acme', ...options }))
    for (const value of [values].flat()) query.append(name, value);
  const answer = await ask('POST', `/lists?${query}`, file as BodyInit);
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  const lines = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const all = <T>(name: string): T[] => lines.flatMap((line) => (name in line ? [line[name] as T] : []));
  return {
    report: all<ImportReport>('report')[0] as ImportReport,
    problems: all('problem'),
    dropped: all('dropped'),
    failed: all<string>('failed')[0] ?? null,
    progress: all<{ rows: number }>('progress').map(({ rows }) => rows),
  };
}
async function may(address: string, channel = 'email'): Promise<PermissionAnswer> {
  const answer = await ask('POST', '/permissions', JSON.stringify({ address, channel, sender: 'acme' }));
  return (await answer.json()) as PermissionAnswer;
}
async function taken(format: 'csv' | 'jsonl' | 'counts', channel = 'email'): Promise<string> {
  const answer = await ask('GET', `/lists?channel=${channel}&sender=acme&format=${format}`);
  expect(answer.status).toBe(200);
  return answer.text();
}
const objects = async (address: string): Promise<void> => {
  const answer = await ask(
    'POST',
    '/objections',
    JSON.stringify({ addresses: [{ channel: 'email', address }], medium: 'telephone' }),
  );
  expect(answer.status).toBe(201);
};
const suppressions = async () =>
  service.context.store.suppressions.after((await service.context.sites.get('example')).site, 0, 500);

beforeEach(async () => {
  service = await createTestService({ ...MARKETING, config: { secret: 'only for tests, and long enough to be taken' } });
  notice = (await service.context.sites.get('example')).published[0]?.hash ?? '';
});
afterEach(() => service.close());

const consents = (): Record<string, string> => ({ reason: 'consent', activity: 'newsletter', notice });

describe('lists as tools write them', () => {
  it.each([
    [
      'Mailchimp',
      'Email Address,First Name,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,MEMBER_RATING,GMTOFF,DSTOFF,LEID,TAGS\nada@example.org,Ada,2025-03-01 10:00:00,192.0.2.1,2025-03-01 10:05:00,2,0,0,1,"a,b"\n',
      { 'Email Address': 'email', OPTIN_TIME: 'said_at' },
    ],
    [
      'HubSpot',
      '"Record ID","First Name","Email","Unsubscribed from all email","Opted out of email: Marketing Information"\n"12","Ada","ada@example.org","false",""\n',
      {
        'Record ID': 'reference',
        Email: 'email',
        'Unsubscribed from all email': 'no.email',
        'Opted out of email: Marketing Information': 'no.email',
      },
    ],
    [
      'Salesforce',
      'Id;Email;HasOptedOutOfEmail;HasOptedOutOfFax;DoNotCall;IsDeleted;MailingCity;MobilePhone\n003;ada@example.org;0;false;0;false;Leeds;+447700900123\n',
      { Id: 'reference', Email: 'email', HasOptedOutOfEmail: 'no.email', DoNotCall: 'no.live_call', MobilePhone: 'phone' },
    ],
    [
      'Brevo',
      'EMAIL\tSMS\tOPT_IN\tBLACKLISTED\nada@example.org\t\tYes\tNo\n',
      { EMAIL: 'email', SMS: 'phone', OPT_IN: 'yes.email', BLACKLISTED: 'no.email' },
    ],
    [
      'CiviCRM',
      '"Contact ID","Do Not Email","Do Not Phone","Do Not Mail","Do Not Sms","Do Not Trade","No Bulk Emails (User Opt Out)","Email","Phone"\r\n"7","","","","","1","No","ada@example.org",""\r\n',
      {
        'Contact ID': 'reference',
        'Do Not Email': 'no.email',
        'Do Not Phone': 'no.live_call',
        'Do Not Mail': 'no.post',
        'Do Not Sms': 'no.sms',
        'No Bulk Emails (User Opt Out)': 'no.email',
        Email: 'email',
        Phone: 'phone',
      },
    ],
    [
      'Mailchimp’s unsubscribed, of whom one came back',
      'Email Address,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON\nada@example.org,,,\n',
      { 'Email Address': 'email', UNSUB_TIME: 'stopped_at' },
    ],
    [
      'Dynamics 365',
      'E-Mail,Do not allow Bulk Emails,Do not allow Phone Calls,Telefon\nada@example.org,Allow,Allow,\n',
      {
        'E-Mail': 'email',
        'Do not allow Bulk Emails': 'no.email',
        'Do not allow Phone Calls': 'no.live_call',
        Telefon: 'phone',
      },
    ],
    [
      'Klaviyo',
      'Email,Email Marketing Consent,SMS Marketing Consent\nada@example.org,SUBSCRIBED,NEVER_SUBSCRIBED\n',
      { Email: 'email', 'Email Marketing Consent': 'yes.email', 'SMS Marketing Consent': 'yes.sms' },
    ],
  ])('R44 %s: its columns are guessed and shown, and its row becomes a contact without a reason', async (_, file, fields) => {
    const { report, problems } = await bringIn(file);
    expect(
      Object.fromEntries(report.columns.filter(({ field }) => field !== 'ignore').map(({ header, field }) => [header, field])),
    ).toEqual(fields);
    expect(problems).toEqual([]);
    expect(report).toMatchObject({ rows: 1, contacts: { new: 1, known: 0 }, claims: { not_stated: 1 } });
    expect(await may('ADA@example.org')).toMatchObject({
      may: false,
      why: 'not_stated',
      contact: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it.each([
    ['Email,No Bulk Emails (User Opt Out)', 'Yes'],
    ['Email,Do not allow Bulk Emails', 'Do Not Allow'],
    ['Email,Unsubscribed', '2025-03-01'],
    ['Email,Unsubscribed', '03/01/2025 9:05'],
    ['E-Mail-Adresse;Abgemeldet', 'ja'],
    ['E-Mail-Adresse;Abgemeldet am', '1.3.2025 09:05'],
    ['Email,Email Marketing Consent', 'UNSUBSCRIBED'],
    ['Email,HasOptedOutSolicit', 'true'],
    ['Email,Status', 'Do not contact'],
    ['Email,Email Status', 'Unsubscribed'],
    ['Email,Marketing status', 'unsubscribed'],
    ['Email,IsExcludedFromCampaigns', 'true'],
  ])('R45 “%s” with “%s” is a no', async (header, cell) => {
    const file = `${header}\nada@example.org${header.includes(';') ? ';' : ','}${cell}\n`;
    const { report, problems } = await bringIn(file);
    expect(problems).toEqual([]);
    expect(report).toMatchObject({ rows: 1, problems: 0, stopped: { new: 1 }, contacts: { new: 0 } });
    expect(await may('ada@example.org')).toMatchObject({ may: false });
  });

  it('of several columns that say yes a no in one of them is a no, and an empty one says nothing', async () => {
    const rows = ['a@example.org,1,', 'b@example.org,1,No', 'c@example.org,2,Yes', 'd@example.org,,', 'e@example.org,,Yes'];
    const { report, problems } = await bringIn(`EMAIL,DOUBLE_OPT-IN,OPT_IN\n${rows.join('\n')}\n`);
    expect(problems).toEqual([]);
    expect(report).toMatchObject({ claims: { not_stated: 2 }, contacts: { new: 2 } });
    for (const [address, contact] of [
      ['a@example.org', expect.any(String)],
      ['b@example.org', null],
      ['e@example.org', expect.any(String)],
    ] as const)
      expect(await may(address)).toMatchObject({ contact });
  });

  it('R45 a column that sounds like a no and is not known stops the import until it is said what it is', async () => {
    const file = 'Email,Opt-out (old CRM),Fax Opt Out,Unsub_reason\nada@example.org,1,1,\n';
    await expect(bringIn(file)).resolves.toMatchObject({ failed: expect.stringContaining('Opt-out (old CRM)=no.email') });
    expect((await bringIn(file, { map: 'Opt-out (old CRM)=no.email' })).report).toMatchObject({ stopped: { new: 1 } });
    expect((await bringIn(file, { map: 'Opt-out (old CRM)=ignore' })).report).toMatchObject({ dropped: { import: 1 } });
  });

  it.each([
    ...[
      'Consent',
      'GDPR Consent',
      'Permission',
      'Email Marketing',
      'Newsletter subscription',
      'Deactivated',
      'Einwilligung',
      'Kein Newsletter',
    ],
    ...['Nicht kontaktieren', 'Robinson', 'Ne pas contacter', 'No contactar', 'Suscrito', 'Afgemeld', 'Wypisany'],
    ...[
      'Désinscrit le',
      'Abonnement',
      'Consentement',
      'Iscrizione',
      'Consenso marketing',
      'Cancelou assinatura',
      'Nyhedsbrev',
      'Samtycke',
    ],
    ...['Suostumus', 'Odhlášen', 'Souhlas', 'Leiratkozott', 'Dezabonat', 'Odjavljen', 'Απεγγραφή', 'Отписан', 'Werbung erlaubt'],
    // A part of a word is not the word: of corporate a rate, of membership an address of the internet, of account a number.
    ...['Corporate Opt Out', 'Newsletter membership', 'Account unsubscribed', 'Do not contact email id', 'Opt-in (web)'],
    ...['HasOptedOutProcessing', 'ShouldForget', 'Receive updates', 'Mailing'],
  ])('R45 “%s” may say who wants nothing, and is never passed over', async (header) => {
    const { failed, report } = await bringIn(`Email,${header}\nada@example.org,x\n`);
    expect(failed).toContain(`the column ${header} may say who wants no messages`);
    expect(report).toBeUndefined();
  });

  it('R45 a no in a column that nobody has named makes no yes of its row', async () => {
    const file = 'Email,Contact status,Stage\nada@example.org,Unsubscribed,Lead\neve@example.org,Active,Lead\n';
    const { problems, report } = await bringIn(file);
    expect(problems).toEqual([
      { line: 2, column: 'Contact status', problem: expect.stringContaining('a word that says no') as string },
    ]);
    expect(report).toMatchObject({ rows: 2, contacts: { new: 1 } });
    expect((await may('ada@example.org')).contact).toBeNull();
    expect((await bringIn(file, { map: 'Contact status=state' })).report).toMatchObject({ stopped: { new: 1 } });
  });

  it.each([
    ['Contact', 'No'],
    ['Kontakt', 'nein'],
    ['Zustand', 'abgemeldet'],
    ['État', 'Désabonné'],
  ])('R45 “%s” with “%s”, which nobody has named, makes no yes of its row', async (header, cell) => {
    const { problems, report } = await bringIn(`Email,${header},Orders\nada@example.org,${cell},0\neve@example.org,,0\n`);
    expect(problems).toMatchObject([{ line: 2, column: header }]);
    expect(report).toMatchObject({ contacts: { new: 1 } });
    expect((await may('ada@example.org')).contact).toBeNull();
  });

  it('R45 of two columns of one name neither is passed over, and without a header a 0 may be a no', async () => {
    const twice = await bringIn('Email,Werbung,Werbung\nada@example.org,0,1\n', { map: 'Werbung=no.email' });
    expect(twice.report).toMatchObject({ stopped: { new: 1 }, contacts: { new: 0 } });
    const bare = await bringIn('eve@example.org,Eve,0\n');
    expect(bare.problems).toMatchObject([{ line: 1, column: 'column 3' }]);
  });

  it.each(['Datum', 'Date', 'Fecha', 'Data', 'Dato', 'Date added', 'Erstellt am', 'Ημερομηνία', 'Дата'])(
    'R34 “%s” may be the day of the yes: it is not taken unasked, and the trial says that it is not read',
    async (header) => {
      const file = `E-Mail;${header};Geburtsdatum;Last updated\nada@example.org;01.03.2025;1.2.1980;1.3.2026\n`;
      const { report } = await bringIn(file, { ...consents(), dryRun: 'true' });
      expect(report.claims).toEqual({ not_stated: 1 });
      const perhaps = `said_at: when it was said is not known; it may stand in a column that is not read: ${header}`;
      expect(report.missing).toEqual({ [perhaps]: 1 });
      const mapped = await bringIn(file, { ...consents(), map: `${header}=said_at` });
      expect(mapped.report.claims).toEqual({ consent: 1 });
      expect(await may('ada@example.org')).toMatchObject({ may: true, since: '2025-03-01T00:00:00.000Z' });
    },
  );

  it.each([
    'Einwilligung am',
    'Einwilligungsdatum',
    'Zustimmung am',
    'Date de consentement',
    'Fecha de consentimiento',
    'Samtykkedato',
  ])('R34 “%s” is the day of the yes', async (header) => {
    const { report } = await bringIn(`E-Mail;${header};Datum\nada@example.org;01.03.2025 10:00;2.3.2025\n`, consents());
    expect(report).toMatchObject({ claims: { consent: 1 }, missing: {} });
    expect(await may('ada@example.org')).toMatchObject({ may: true, since: '2025-03-01T10:00:00.000Z' });
  });

  it('a header is told without what would move the cursor of a terminal, and is named as it is told', async () => {
    const file = 'Email,\u001b[2JNo\u202e\u0007mail,"two\nlines"\nada@example.org,1,x\n';
    const { report } = await bringIn(file, { map: ['[2JNo mail=no.email', 'two lines=ignore'] });
    expect(report.columns.map(({ header }) => header)).toEqual(['Email', '[2JNo mail', 'two lines']);
    expect(report).toMatchObject({ stopped: { new: 1 } });
  });

  it.each([
    ['Subscribed', 'No'],
    ['Is Subscribed', 'false'],
  ])('R45 “%s” with “%s” is no yes', async (header, cell) => {
    const { report } = await bringIn(`Email,${header}\nada@example.org,${cell}\n`);
    expect(report).toMatchObject({ problems: 0, contacts: { new: 0 } });
  });

  it('what a column is can be said; a name that is none, two of one kind and no address are one line each', async () => {
    const file = 'Who,Mobile,Phone\nada@example.org,+447700900123,+447700900124\n';
    await expect(bringIn('Name\nAda\n')).resolves.toMatchObject({
      failed: expect.stringContaining('no column is known to hold an address'),
    });
    await expect(bringIn(file, { map: 'Whom=email' })).resolves.toMatchObject({
      failed: expect.stringContaining('no column Whom (it has: Who, Mobile, Phone)'),
    });
    await expect(bringIn(file, { map: ['Who=email', 'Mobile=phone', 'Phone=phone'] })).resolves.toMatchObject({
      failed: 'two columns are phone',
    });
    await expect(bringIn(file, { map: 'Who=address' })).resolves.toMatchObject({
      failed: expect.stringContaining('a column cannot be address'),
    });
    const { report } = await bringIn(file, { map: ['1=email', 'Phone=phone'], channel: ['email', 'sms'] });
    expect(report.claims).toEqual({ not_stated: 2 });
    expect(await may('+44 7700 900124', 'sms')).toMatchObject({ why: 'not_stated' });
    expect(await may('+44 7700 900123', 'sms')).toMatchObject({ contact: null });
  });

  it('rows that cannot be read are told by line and column, in no word of theirs, and the others are taken', async () => {
    const rows = [
      'ada@example.org,0,2026-01-01',
      'eve.example.org,0,',
      'bob@example.org,perhaps,',
      ',0,',
      'cat@example.org,0,01/02/2026',
      'dan@example.org,0,2026-01-02,x',
    ];
    const { report, problems } = await bringIn(`Email,Unsubscribed,Optin_time\n${rows.join('\n')}\n`);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [3, 'Email'],
      [4, 'Unsubscribed'],
      [5, 'Email'],
      [6, 'Optin_time'],
      [7, null],
    ]);
    expect(report).toMatchObject({ rows: 6, problems: 5, line: 7, contacts: { new: 1, known: 0 } });
    for (const { problem } of problems) expect(problem).not.toMatch(/eve|perhaps|01\/02/);
  });

  it('a trial tells what would happen, with addresses masked, and changes nothing', async () => {
    await objects('eve@example.org');
    const before = await suppressions();
    const file = `Email,Unsubscribed,OPTIN_TIME\nada@example.org,0,2026-01-01\neve@example.org,0,2026-01-01\nbob@example.org,1,\n`;
    const trial = await bringIn(file, { ...consents(), dryRun: 'true' });
    expect(trial.report).toMatchObject({
      dryRun: true,
      contacts: { new: 1, known: 0 },
      claims: { consent: 1 },
      dropped: { objection: 1 },
      stopped: { new: 1, known: 0 },
    });
    expect(trial.report.preview).toEqual([
      { line: 2, address: 'a…@e….org', channels: [{ channel: 'email', becomes: 'consent' }] },
      { line: 3, address: 'e…@e….org', channels: [{ channel: 'email', becomes: 'dropped' }] },
      { line: 4, address: 'b…@e….org', channels: [{ channel: 'email', becomes: 'suppressed' }] },
    ]);
    expect(await suppressions()).toEqual(before);
    expect(await may('ada@example.org')).toMatchObject({ contact: null });
    const { report } = await bringIn(file, consents());
    expect({ ...report, dryRun: true }).toEqual({ ...trial.report });
  });
});

describe('what a list may claim', () => {
  it('R34 R45 a consent needs the notice, the moment and the messages that it is for; without one of them it is not stated', async () => {
    const file = 'Email,OPTIN_TIME\nada@example.org,2026-01-01\neve@example.org,\n';
    for (const [missing, what] of [
      ['notice', 'notice: what was given to read is not known'],
      ['activity', 'activity: which messages it is for is not named'],
    ] as const) {
      const { [missing]: _, ...rest } = consents();
      const { report } = await bringIn(file, { ...rest, dryRun: 'true' });
      expect(report.claims).toEqual({ not_stated: 2 });
      expect(report.missing[what]).toBe(2);
    }
    expect((await bringIn(file, { ...consents(), notice: 'A'.repeat(43), dryRun: 'true' })).report.missing).toMatchObject({
      'notice: the site never published it': 2,
    });
    const { report } = await bringIn(file, consents());
    expect(report.claims).toEqual({ consent: 1, not_stated: 1 });
    expect(await may('ada@example.org')).toMatchObject({
      may: true,
      reason: 'consent',
      since: '2026-01-01T00:00:00.000Z',
      proof: { kind: 'attestation', shown: notice },
    });
    expect(await may('eve@example.org')).toMatchObject({ may: false, why: 'not_stated' });
  });

  it('R35 another reason needs all its evidence, of the file or of the row', async () => {
    const evidence = {
      collectedDirectly: true,
      ownSimilarProducts: true,
      refusalInEveryMessage: true,
      refusalAtCollection: { on: '2026-01-05', shown: notice },
      sale: { kind: 'sale', on: '2026-01-05' },
    };
    const options = { reason: 'soft_opt_in', evidence: JSON.stringify(evidence), map: 'Order=evidence.sale.reference' };
    const { report } = await bringIn('Email,Order\nada@example.org,order-12\neve@example.org,\n', options);
    expect(report.claims).toEqual({ soft_opt_in: 1, not_stated: 1 });
    expect(Object.keys(report.missing)).toEqual([expect.stringMatching(/^sale\.reference: /)]);
    expect(await may('ada@example.org')).toMatchObject({
      may: true,
      reason: 'soft_opt_in',
      proof: { sale: { reference: 'order-12' } },
    });
    expect(await may('eve@example.org')).toMatchObject({ may: false, why: 'not_stated' });
  });

  it('R45 whoever said no is left out and reported, whatever the row claims, and stays so', async () => {
    await objects('Ada@Example.org');
    const { report, dropped } = await bringIn(
      'Email,Status,OPTIN_TIME\nada@example.org,Subscribed,2026-11-01\neve@example.org,Subscribed,2026-11-01\n',
      consents(),
    );
    expect(report).toMatchObject({ dropped: { objection: 1 }, claims: { consent: 1 } });
    expect(dropped).toEqual([expect.objectContaining({ line: 2, channel: 'email', sender: 'acme', reason: 'objection' })]);
    expect(await may('ada@example.org')).toMatchObject({ may: false, why: 'ended' });
    const exported = await taken('csv');
    expect(exported).toContain('eve@example.org');
    expect(exported.toLowerCase()).not.toContain('ada@');
  });

  it('R43 R45 a no in the list goes onto the suppression list, wherever in the file it stands, and no address of it is kept', async () => {
    const file =
      'Email,Status\nada@example.org,Subscribed\nADA@example.org,Unsubscribed\neve@example.org,Do not contact\nbob@example.org,Cleaned\n';
    const { report } = await bringIn(file, { ...consents(), map: [] });
    expect(report).toMatchObject({
      stopped: { new: 2, known: 0 },
      dropped: { import: 1 },
      contacts: { new: 0, known: 0 },
      claims: {},
    });
    const list = await suppressions();
    expect(list.filter(({ reason }) => reason === 'import')).toEqual([
      expect.objectContaining({ channel: 'email', sender: 'acme', event: null }),
    ]);
    expect(
      list
        .filter(({ reason }) => reason === 'objection')
        .map(({ channel }) => channel)
        .toSorted(),
    ).toEqual(['auto_call', 'email', 'live_call', 'post', 'push_dm', 'sms']);
    expect(await may('ada@example.org')).toMatchObject({ may: false, why: 'suppressed', contact: null });
  });

  it('R43 R45 whatever a list looks like, each row is taken, stopped, left out or told by its line, and nobody who said no is permitted', async () => {
    const note = fc.string({
      unit: fc.constantFrom(',', ';', '\t', '|', '"', '\n', '\r', '=', '-', ' ', 'a', 'é', '€', '😀'),
      maxLength: 9,
    });
    const no = fc.constantFrom('1', 'true', 'Yes', 'ja', 'oui', 'Unsubscribed', 'x', '2025-03-01', '03/01/2025 9:05');
    const row = fc.record({
      who: fc.nat(11),
      note,
      kind: fc.oneof(
        { weight: 4, arbitrary: fc.record({ says: fc.constant('yes' as const), cell: fc.constantFrom('', '0', 'No', 'nein') }) },
        { weight: 2, arbitrary: fc.record({ says: fc.constant('no' as const), cell: no }) },
        fc.record({ says: fc.constant('nothing' as const), cell: fc.constantFrom('perhaps', '?', 'ok') }),
      ),
      damage: fc.option(fc.constantFrom('address', 'short', 'long'), { nil: null, freq: 5 }),
    });
    let run = 0;
    const seen = { permitted: 0, stopped: 0, told: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 25 }),
        fc.nat(11),
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.constantFrom('utf8', 'utf16le') as fc.Arbitrary<'utf8' | 'utf16le'>,
        fc.boolean(),
        async (rows, objector, delimiter, end, encoding, quoted) => {
          run += 1;
          const addressOf = (who: number): string => `person${who}.${run}@example.org`;
          await objects(addressOf(objector));
          const written = rows.map(({ who, note: text, kind, damage }) => {
            const cells = [damage === 'address' ? 'nobody' : addressOf(who), text, kind.cell, '2025-03-01'];
            const shaped = damage === 'short' ? cells.slice(0, 2) : damage === 'long' ? [...cells, 'more'] : cells;
            return stringify([shaped], { delimiter, quoted, record_delimiter: end, quoted_match: /[\r\n]/ });
          });
          const head = ['Email', 'Note', 'Unsubscribed', 'OPTIN_TIME'].join(delimiter) + end;
          const { report, problems, dropped, failed } = await bringIn(
            Buffer.from(`\ufeff${head}${written.join('')}`, encoding),
            consents(),
          );
          expect(failed).toBeNull();
          let line = 2;
          const lines = written.map((text) => {
            const from = line;
            line += text.split(/\r\n?|\n/).length - 1;
            return from;
          });
          const isWrong = ({ kind, damage }: (typeof rows)[number]): boolean => damage !== null || kind.says === 'nothing';
          expect([...new Set(problems.map((one) => one.line))]).toEqual(
            lines.filter((_, i) => isWrong(rows[i] as (typeof rows)[number])),
          );
          expect(report.rows).toBe(rows.length);
          const right = rows.filter((one) => !isWrong(one));
          const claims = Object.values(report.claims).reduce((sum, many) => sum + many, 0);
          const noes = right.filter(({ kind }) => kind.says === 'no').length;
          expect(claims + dropped.length + noes, 'none of those that can be read is lost').toBe(right.length);
          expect(report.stopped.new + report.stopped.known).toBe(noes);
          for (let who = 0; who <= 11; who++) {
            const own = right.filter((one) => one.who === who);
            const stopped = who === objector || own.some(({ kind }) => kind.says === 'no');
            const { may: permitted } = await may(addressOf(who));
            expect(permitted, addressOf(who)).toBe(own.length > 0 && !stopped);
            if (permitted) seen.permitted += 1;
            if (stopped) seen.stopped += 1;
          }
          seen.told += problems.length;
        },
      ),
      // The same lists each time: what they must come to is asked below.
      { seed: 20261123, numRuns: 12 },
    );
    for (const many of Object.values(seen)) expect(many).toBeGreaterThan(5);
  });

  it('done twice, or gone on with in the middle, it changes nothing twice', async () => {
    const rows = Array.from(
      { length: 600 },
      (_, i) => `person${i}@example.org,${i % 3 === 0 ? '1' : '0'},2026-01-0${1 + (i % 9)}`,
    );
    const file = `Email,Unsubscribed,OPTIN_TIME\n${rows.join('\n')}\n`;
    const first = await bringIn(file, consents());
    expect(first.progress).toEqual([500, 600]);
    expect(first.report).toMatchObject({
      contacts: { new: 400, known: 0 },
      stopped: { new: 200, known: 0 },
      claims: { consent: 400 },
    });
    const state = async () => ({
      list: await suppressions(),
      head: await service.context.store.head((await service.context.sites.get('example')).site),
    });
    const before = await state();
    const second = await bringIn(file, consents());
    expect(second.report).toMatchObject({
      contacts: { new: 0, known: 400 },
      stopped: { new: 0, known: 200 },
      claims: { consent: 400 },
    });
    const third = await bringIn(file, { ...consents(), fromLine: '502' });
    expect(third.report).toMatchObject({ rows: 100, line: 601 });
    expect(await state()).toEqual(before);
  });

  it('R45 a no in the column that said yes ends what that list had brought, is told where they said yes themselves, and stops nobody else', async () => {
    const header = 'Email,Accepts Email Marketing,Consent date\n';
    await bringIn(`${header}ada@example.org,yes,2026-05-01\n`, consents());
    const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
    const channels = { newsletter: { acme: { email: 'given' as const } } };
    const form = await subject.next({ method: 'form', purposes: {}, channels });
    await service.send([form.jws], { contacts: [{ event: form.event.id, channel: 'email', value: 'bob@example.org' }] });
    expect([(await may('ada@example.org')).may, (await may('bob@example.org')).may]).toEqual([true, true]);
    const later = `${header}ada@example.org,no,\nbob@example.org,no,\neve@example.org,no,\n`;
    for (const stopped of [
      { new: 1, known: 0 },
      { new: 0, known: 0 },
    ]) {
      const { report, problems } = await bringIn(later, consents());
      expect([report.stopped, problems.map(({ line }) => line)]).toEqual([stopped, [3]]);
      expect(problems[0]?.problem).toMatch(/^the list says no to what is permitted here by their own word/);
    }
    expect(await may('ada@example.org')).toMatchObject({ may: false, why: 'suppressed' });
    expect((await may('bob@example.org')).may).toBe(true);
    expect(await suppressions()).toMatchObject([{ reason: 'import', channel: 'email', sender: 'acme' }]);
  });

  it('a person who comes back after a list said no is stopped again by a newer list only', async () => {
    await bringIn('Email,Unsubscribed\nada@example.org,1\n');
    expect((await bringIn('Email,Unsubscribed\nada@example.org,1\n')).report.stopped).toEqual({ new: 0, known: 1 });
    expect((await bringIn('Email,UNSUB_TIME\nada@example.org,2020-01-01\n')).report.stopped).toEqual({ new: 0, known: 1 });
    expect(await suppressions()).toHaveLength(1);
  });

  it('R45 a no that the list dates with a day alone may be later than a yes of that day', async () => {
    await objects('ada@example.org');
    // Something of hers came with the address since.
    const { site } = await service.context.sites.get('example');
    const [contact] = await service.context.store.contacts.after(site, '', 1);
    const at = Date.now() + 1000;
    const event = '01990000-0000-7000-8000-000000000001';
    await service.context.store.contacts.mention(site, [{ contact: contact?.id ?? '', subject: 'A'.repeat(43), event, at }]);
    const [today, longAgo] = [0, 40].map((days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10));
    expect((await bringIn(`Email,UNSUB_TIME\nada@example.org,${longAgo}\n`)).report.stopped).toEqual({ new: 0, known: 1 });
    expect((await bringIn(`Email,UNSUB_TIME\nada@example.org,${today}\n`)).report.stopped).toEqual({ new: 1, known: 0 });
  });

  it('a stranger who types the address of one and erases themself takes nothing of it along', async () => {
    await bringIn('Email,OPTIN_TIME\nada@example.org,2026-01-01\n', consents());
    await new Promise((resolve) => setTimeout(resolve, 5));
    const stranger = await createSubject({ log: service.site.log, origin: ORIGIN });
    const { event, jws } = await stranger.next({
      method: 'form',
      purposes: {},
      channels: { newsletter: { acme: { email: 'refused' } } },
    });
    await service.send([jws], { contacts: [{ event: event.id, channel: 'email', value: 'ada@example.org' }] });
    const { site } = await service.context.sites.get('example');
    const erasure = await eraseSubject(service.context, site, { subject: stranger.id, by: 'subject', at: new Date() });
    expect(erasure).toMatchObject({ erased: 1, contacts: 0 });
    expect(await may('ada@example.org')).toMatchObject({ may: true, reason: 'consent' });
  });

  it('a moment that a program writes for none stops no list', async () => {
    const { report, failed } = await bringIn(
      'Email,OPTIN_TIME\nada@example.org,0001-01-01\neve@example.org,1969-12-31\n',
      consents(),
    );
    expect(failed).toBeNull();
    expect(report.claims).toEqual({ consent: 2 });
    expect(await may('ada@example.org')).toMatchObject({ may: true });
  });

  it('a file that breaks in the middle keeps what was before and says where', async () => {
    const { failed } = await bringIn('Email\nada@example.org\n"eve@example.org\nbob@example.org\n');
    expect(failed).toBe('line 3: a quote that begins in this row is never closed');
    expect(await may('ada@example.org')).toMatchObject({ why: 'not_stated', contact: expect.any(String) });
  });
});

describe('lists that go out', () => {
  it('R41 R45 hold whom the channel and sender may write to now; everybody else is counted with the reason', async () => {
    await bringIn(
      'Email,OPTIN_TIME,Language\nada@example.org,2026-01-01,de\neve@example.org,2026-01-01,\nbob@example.org,,\n"=cat+1@example.org",2026-01-01,\n',
      consents(),
    );
    await objects('eve@example.org');
    const csv = await taken('csv');
    expect(csv.split('\r\n')[0]).toBe('email,language,contact,channel,sender,reason,since,proof');
    expect(csv).toMatch(/^ada@example\.org,de,[0-9a-f]{32},email,acme,consent,2026-01-01T00:00:00\.000Z,[0-9a-f-]{36}$/m);
    expect(csv, 'no cell is a formula').toMatch(/^'=cat\+1@example\.org,/m);
    expect(csv).not.toMatch(/eve@|bob@/);
    const lines = (await taken('jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      lines
        .slice(0, -1)
        .map(({ address }) => address)
        .toSorted(),
    ).toEqual(['=cat+1@example.org', 'ada@example.org']);
    const counts = JSON.parse(await taken('counts')) as ContactsExported;
    expect(counts).toEqual({
      channel: 'email',
      sender: 'acme',
      permitted: 2,
      reasons: { consent: 2 },
      leftOut: { not_stated: 1, ended: 1 },
      stoppedMeanwhile: [],
    });
    expect(lines.at(-1)).toEqual({ summary: counts });
    // What an export wrote is read back as it was.
    expect((await bringIn(csv, { dryRun: 'true' })).report.contacts).toEqual({ new: 0, known: 2 });
  });

  it('R41 an address with semicolons begins its row in quotes, so that no spreadsheet finds a formula behind one', async () => {
    await bringIn('Postal address,OPTIN_TIME\n1 Road;=1+1,2026-01-01\n', { ...consents(), channel: 'post' });
    expect(await taken('csv', 'post')).toContain('\r\n"1 Road;=1+1",,');
  });

  it('R41 whoever says no while the file is written is told at its end', async () => {
    const rows = Array.from({ length: 600 }, (_, i) => `person${i}@example.org,2026-01-01`);
    await bringIn(`Email,OPTIN_TIME\n${rows.join('\n')}\n`, consents());
    const answer = await ask('GET', '/lists?channel=email&sender=acme&format=jsonl');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = decoder.decode((await reader.read()).value, { stream: true });
    const gone = JSON.parse(text.split('\n')[0] ?? '') as { address: string; contact: string };
    await objects(gone.address);
    for (let next = await reader.read(); !next.done; next = await reader.read())
      text += decoder.decode(next.value, { stream: true });
    const { summary } = JSON.parse(text.trim().split('\n').at(-1) ?? '') as { summary: ContactsExported };
    expect(summary.stoppedMeanwhile).toEqual([gone.contact]);
  });

  it('R69 are for the owner and the data protection officer, are in the audit log, and name no address there', async () => {
    for (const role of ['support', 'auditor', 'ingest'] as const) {
      expect((await ask('GET', '/lists?channel=email&sender=acme', undefined, role)).status).toBe(403);
      expect((await ask('POST', '/lists?channel=email&sender=acme', 'Email\n', role)).status).toBe(403);
    }
    await bringIn('Email\nplanted.person@example.net\n');
    await taken('csv');
    const answer = await ask('GET', '/audit');
    const text = await answer.text();
    expect(text).toContain('contacts for email by acme as csv');
    expect(text).toContain('import.run');
    expect(text).not.toContain('planted');
    expect((await ask('GET', '/lists?channel=email&sender=nobody')).status).toBe(400);
    expect((await ask('POST', '/lists?channel=email&sender=nobody', 'Email\n')).status).toBe(400);
  });
});
