// Of which country a telephone number is: a no stops every number that it may have meant, a yes permits only the one that it surely meant.
import { afterEach, expect, it } from 'vitest';

import { marketingConfiguration, MARKETING } from '../../test/support/marketing-site.ts';
import { createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import { createSite } from '../sites.ts';
import { contactDetails } from './contact-details.ts';
import { contactAddress } from './contacts.ts';
import { exportContacts } from './export/export-contacts.ts';
import { stateOf } from './grounds.ts';
import { importList } from './import/import-list.ts';
import { objectToMarketing } from './objections.ts';
import { stopMessages } from './own-words.ts';
import { permissionsOf } from './permissions.ts';

/** Digits of the site's country; null: none is known. */
type Country = string | null;
const configurationOf = (callingCode: Country) => ({ ...marketingConfiguration, callingCode });
const SMS = { channel: 'sms', sender: 'acme' } as const;
const LACKS_COUNTRY = 'callingCode: it is not sure of which country the number is';
const SOFT_OPT_IN = {
  sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
  collectedDirectly: true,
  ownSimilarProducts: true,
  refusalAtCollection: { on: '2026-05-01', shown: 'A'.repeat(43) },
  refusalInEveryMessage: true,
};

let service: TestService;
const open = async (country: Country): Promise<void> => {
  service = await createTestService({
    notices: MARKETING.notices,
    configuration: configurationOf(country),
    config: { secret: 'only for tests, and long enough to be taken' },
  });
  // A quarter of a second ago the site had another country.
  service.context.sites.recent = service.context.sites.get;
};
/** The site says another country from now on. */
const moves = async (country: Country): Promise<void> => {
  const { store } = service.context;
  const { notices } = MARKETING;
  await createSite(store, {
    ...{ site: 'example', origins: [ORIGIN], notices, configuration: configurationOf(country), publicUrl: SERVICE_URL },
  });
};
afterEach(() => service.close());

const site = () => service.context.sites.get('example');
const browser = (): Promise<Subject> => createSubject({ log: service.site.log, origin: ORIGIN });
async function says(
  subject: Subject,
  state: PurposeState,
  value: string,
  method: ConsentEvent['method'] = 'form',
): Promise<void> {
  const { event, jws } = await subject.next({ method, purposes: {}, channels: { newsletter: { acme: { sms: state } } } });
  await service.send([jws], { contacts: [{ event: event.id, channel: 'sms', value }] });
}
const yes = async (value: string): Promise<void> => says(await browser(), 'given', value);
const no = async (value: string): Promise<void> => says(await browser(), 'withdrawn', value, 'withdraw');
const customer = async (address: string, callingCode?: string): Promise<{ contact: string; problems: string[] }> => {
  const statement = { says: 'ground', reason: 'soft_opt_in', ...SMS, since: '2026-05-01', evidence: SOFT_OPT_IN } as const;
  const said = { address, channel: 'sms', statement, ...(callingCode === undefined ? {} : { callingCode }) } as const;
  return stateOf(service.context, await site(), said, 'test');
};
async function may(address: string, callingCode?: string): Promise<PermissionAnswer> {
  const [answer] = await permissionsOf(service.context, await site(), [{ ...SMS, address, callingCode }]);
  if (!answer) throw new Error('no answer');
  return answer;
}
async function mayContact(contact: string): Promise<PermissionAnswer | undefined> {
  return (await permissionsOf(service.context, await site(), [{ ...SMS, contact }]))[0];
}
async function exported(): Promise<string> {
  const pieces = exportContacts(service.context, await site(), SMS, 'csv');
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
const bringIn = async (text: string, callingCode: string | null = null) =>
  importList(
    { ...service.context, context: await site(), by: 'test' },
    { bytes: bytes(text) },
    {
      ...{ channels: ['sms'], sender: 'acme', reason: 'soft_opt_in', evidence: SOFT_OPT_IN, since: '2026-05-01' },
      ...{ subscriber: 'individual', callingCode, notice: null, activity: null, dryRun: false },
    },
  );

it.each(['44', '33', undefined])(
  'R45 a yes without a country permits no number of any country, asked about in %s',
  async (callingCode) => {
    await open(null);
    await yes('06 12 34 56 78');
    expect(await may('06 12 34 56 78', callingCode)).toMatchObject({ may: false });
    expect(await may('0612345678', callingCode)).toMatchObject({ may: false });
  },
);

it('R36 R45 where no country is known, that is what is missing', async () => {
  await open(null);
  await yes('06 12 34 56 78');
  const answer = await may('06 12 34 56 78');
  expect(answer).toMatchObject({ may: false, why: 'evidence_missing', missing: [LACKS_COUNTRY] });
  expect(answer).not.toHaveProperty('proof');
  expect(await mayContact(answer.contact ?? ''), 'by its id').toMatchObject({ may: false, missing: [LACKS_COUNTRY] });
  expect(await may('0033 6 12 34 56 78'), '00 is not how every country dials another one').toMatchObject({ may: false });
  const stated = await customer('07700 900123');
  expect(stated.problems).toEqual([LACKS_COUNTRY]);
  expect(await may('07700 900123')).toMatchObject({ may: false, why: 'evidence_missing', missing: [LACKS_COUNTRY] });
  expect(await exported(), 'no number of either').not.toMatch(/0770|0612|06 12/);
});

it('R36 R45 digits that begin with the country’s code are a number there or one without its +: neither is permitted', async () => {
  await open('44');
  await yes('44 7700 900123');
  for (const address of ['44 7700 900123', '07700 900123', '+44 7700 900123'])
    expect(await may(address), address).toMatchObject({ may: false });
  expect(await may('447700900123')).toMatchObject({ why: 'evidence_missing', missing: [LACKS_COUNTRY] });
});

it.each([
  '07700 900123',
  '7700 900123',
  '0044 7700 900123',
  '447700900123',
  '+44 07700 900123',
  '+44 (0)7700 900123',
  '+44 7700 900123',
])('R41 R45 a no that was typed %s stops the number however it is typed, whether a country is known or not', async (typed) => {
  await open(null);
  await customer('+44 7700 900123');
  await yes('+44 7700 900123');
  expect(await may('+447700900123')).toMatchObject({ may: true });
  await no(typed);
  const { contact } = await may('+447700900123');
  for (const country of [null, '33', '44']) {
    await moves(country);
    for (const [address, callingCode] of [
      ['+447700900123'],
      ['+44 (0)7700 900123'],
      ['07700 900123', '44'],
      ['7700900123', '44'],
      ['0044 7700 900123', '44'],
      ['447700900123', '44'],
    ] as const)
      expect(await may(address, callingCode), `${address} in ${callingCode} on a site of ${country}`).toMatchObject({
        may: false,
      });
    expect(await mayContact(contact ?? ''), `the contact on a site of ${country}`).toMatchObject({ may: false, profiling: true });
  }
});

it('R41 R45 an objection and a box left unticked stop what they may have meant too, and nobody else', async () => {
  await open(null);
  await customer('+44 7700 900123');
  await customer('+33 6 12 34 56 78');
  await customer('+44 7700 900999');
  await objectToMarketing(
    service.context,
    await site(),
    { addresses: [{ channel: 'sms', address: '07700900123' }], contacts: [], medium: 'telephone' },
    'test',
  );
  expect(await may('+447700900123')).toMatchObject({ may: false, why: 'ended', profiling: false });
  await says(await browser(), 'refused', '0612345678');
  expect(await may('+33612345678')).toMatchObject({ may: false, why: 'declined' });
  expect(await may('+447700900999')).toMatchObject({ may: true });
});

it('R45 what is known of a number names the no that stops it, also where it was typed otherwise', async () => {
  await open(null);
  const { contact } = await customer('+44 7700 900123');
  const suppressions = async () => {
    const { site: ours } = await site();
    const stored = await service.context.store.contacts.get(ours, contact);
    if (!stored) throw new Error('no contact');
    return (await contactDetails(service.context, await site(), stored)).suppressions;
  };
  expect(await suppressions()).toEqual([]);
  await no('07700 900999');
  expect(await suppressions(), 'of another number').toEqual([]);
  await no('07700 900123');
  expect(await may('+44 7700 900123')).toMatchObject({ may: false });
  expect(await suppressions()).toMatchObject([{ channel: 'sms', sender: 'acme' }]);
});

it('R45 a yes from before the country was known counts for the site’s own country alone', async () => {
  await open(null);
  await yes('07700 900123');
  await moves('44');
  expect(await may('07700 900123')).toMatchObject({ may: true, reason: 'consent' });
  expect(await may('+44 7700 900123')).toMatchObject({ may: true });
  expect(await may('7700900123', '44')).toMatchObject({ may: true });
  expect(await may('07700 900123', '33')).toMatchObject({ may: false, contact: null });
  expect(await may('+33 7700 900123')).toMatchObject({ may: false, contact: null });
  expect(await exported()).toContain('07700 900123');
});

it('R45 what was said of the number itself is not said of the other one that a former country makes of its digits', async () => {
  await open(null);
  await no('07700 900123');
  await moves('44');
  await yes('07700 900456');
  await customer('+44 7700 900789');
  await moves('33');
  for (const number of ['07700 900456', '07700 900789'])
    expect(await may(number), number).toMatchObject({ may: false, contact: null });
  const { contact } = await may('+44 7700 900456');
  expect(await mayContact(contact ?? ''), 'its digits would be rung as a number of +33').toMatchObject({
    may: false,
    why: 'evidence_missing',
    missing: [LACKS_COUNTRY],
  });
  expect(await may('07700 900456', '44'), 'asked with its country it is').toMatchObject({ may: true });
  expect(await exported()).toContain('+44 7700 900789');
});

it('R45 what came with its own country is kept with it', async () => {
  await open('44');
  const { contact, problems } = await customer('06 12 34 56 78', '33');
  expect(problems).toEqual([]);
  expect(await mayContact(contact)).toMatchObject({ may: true });
  expect((await contactAddress(service.context, (await site()).site, contact))?.address).toBe('+33612345678');
  expect(await exported()).toMatch(/^\+33612345678,/m);
  expect(await may('06 12 34 56 78'), 'a British number').toMatchObject({ may: false, contact: null });
  expect((await bringIn('phone\n06 12 34 56 79\n', '33')).claims).toEqual({ soft_opt_in: 1 });
  expect(await exported()).toMatch(/^\+33612345679,/m);
});

it('R41 R46 a row of a list says no to every number that it may have meant, in the same list and later', async () => {
  await open(null);
  const first = await bringIn('phone,do_not_sms\n07700 900123,yes\n+447700900123,no\n', null);
  expect(first).toMatchObject({ dropped: { import: 1 }, stopped: { new: 1 } });
  expect(await may('+447700900123')).toMatchObject({ may: false, why: 'suppressed' });
  expect(await bringIn('phone\n+44 7700 900123\n')).toMatchObject({ dropped: { import: 1 }, claims: {} });
  const other = await bringIn('phone,do_not_sms\n+447700900123,yes\n', null);
  expect(other.stopped, 'a no of its own').toEqual({ new: 1, known: 0 });
});

it('R46 a list of numbers without a country claims nothing where none is known', async () => {
  await open(null);
  expect(await bringIn('phone\n07700 900123\n')).toMatchObject({ claims: { not_stated: 1 }, missing: { [LACKS_COUNTRY]: 1 } });
  expect(await bringIn('phone\n07700 900123\n', '44')).toMatchObject({ claims: { soft_opt_in: 1 }, missing: {} });
  expect(await may('+44 7700 900123')).toMatchObject({ may: true });
});

it('R41 a no by the link is written down although another one that may have meant the number stands already', async () => {
  await open(null);
  await customer('+44 7700 900123');
  const stranger = await browser();
  await says(stranger, 'withdrawn', '07700 900123', 'withdraw');
  const context = await site();
  const { contact } = await may('+44 7700 900123');
  const { key = '' } = (await service.context.store.contacts.get(context.site, contact ?? '')) ?? {};
  await stopMessages(
    service.context,
    context,
    { key, address: 'phone', channel: 'sms', senders: ['acme'] },
    'one_click_unsubscribe',
  );
  await says(stranger, 'given', '+44 7700 900123');
  expect(await may('+44 7700 900123'), 'what the stranger takes back is theirs').toMatchObject({ may: false, why: 'ended' });
  await stopMessages(
    service.context,
    context,
    { key, address: 'phone', channel: 'sms', senders: ['acme'] },
    'one_click_unsubscribe',
  );
  const listed = await service.context.store.suppressions.of(context.site, [key]);
  expect(listed.filter(({ reason }) => reason === 'unsubscribe')).toHaveLength(1);
});

it('R41 whoever says no under another spelling while a list is written out is told at its end', async () => {
  await open(null);
  const { contact } = await customer('+44 7700 900123');
  const pieces = exportContacts(service.context, await site(), SMS, 'csv');
  let told: string[] = [];
  let text = '';
  for (;;) {
    const piece = await pieces.next();
    if (piece.done) {
      told = piece.value.stoppedMeanwhile;
      break;
    }
    text += piece.value;
    if (text.includes('+44 7700')) await no('07700 900123');
  }
  expect(told).toEqual([contact]);
});
