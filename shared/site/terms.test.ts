import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { PrivacyNotice, type PrivacyNoticeInput } from '../notice/schema.ts';
import { smallNotice } from '../notice/notice.fixture.ts';
import { webCryptoVerifier } from '../web-crypto.ts';
import { SiteConfiguration, type SiteConfigurationInput } from './configuration.ts';
import { shortTerms } from '../consent/mirror.ts';
import { termsOf, UnknownActivityError } from './terms.ts';

const { sha256 } = webCryptoVerifier(crypto.subtle);

const NOTICE: PrivacyNoticeInput = {
  ...smallNotice(),
  kind: 'cookie_policy',
  activities: [
    {
      id: 'statistics',
      title: 'Statistics',
      dataCategories: [{ name: 'Pages visited' }, { name: 'IP address', notCollected: true }],
      purposes: [{ text: 'Count', kind: 'statistics' }],
      lawfulBases: [{ basis: 'consent', statement: 'You agree.' }],
      recipients: [{ name: 'Counter' }, { name: 'Advertisers', negative: true }],
    },
    { id: 'security', title: 'Security', lawfulBases: [{ basis: 'legitimate_interests', statement: 'It has to be safe.' }] },
  ],
};
const CONFIGURATION: SiteConfigurationInput = {
  schema: 1,
  site: 'shop',
  name: 'Shop',
  origins: ['https://shop.example'],
  purposes: [
    {
      id: 'statistics',
      kind: 'statistics',
      label: 'Statistics',
      description: 'Counts.',
      activity: { notice: 'cookie_policy', activity: 'statistics' },
    },
    {
      id: 'security',
      kind: 'security',
      label: 'Security',
      description: 'Protects.',
      activity: { notice: 'cookie_policy', activity: 'security' },
    },
  ],
};

type Edit = (configuration: SiteConfigurationInput, notice: PrivacyNoticeInput) => void;
function terms(edit: Edit = () => undefined): Promise<string> {
  const [configuration, notice] = [structuredClone(CONFIGURATION), structuredClone(NOTICE)];
  edit(configuration, notice);
  return termsOf(v.parse(SiteConfiguration, configuration), { cookie_policy: v.parse(PrivacyNotice, notice) }, sha256);
}
const first = <T>(items: T[] | undefined): T => (items as T[])[0] as T;

describe('terms', () => {
  it.each<[string, Edit]>([
    ['a typo in a label', (c) => (first(c.purposes).label = 'Statistcs')],
    ['another description', (c) => (first(c.purposes).description = 'Counts which pages are read.')],
    ['another layout and theme', (c) => Object.assign(c, { layout: 'bar', theme: 'dark', name: 'The Shop' })],
    [
      'another lifetime of a stored item',
      (c) => (first(c.purposes).storage = [{ name: '_c', kind: 'cookie', lifetime: '1 year' }]),
    ],
    ['purposes in another order', (c) => c.purposes.reverse()],
    ['a reworded statement', (_, n) => (first(first(n.activities).lawfulBases).statement = 'Only with your consent.')],
    ['another title of the notice', (_, n) => (n.title = 'Cookies')],
    ['a translated activity', (_, n) => Object.assign(first(n.activities), { title: 'Statistik', audience: 'Besucher' })],
    ['the same basis stated twice', (_, n) => first(n.activities).lawfulBases.push({ basis: 'consent', statement: 'Again.' })],
    ['one more who gets nothing', (_, n) => first(n.activities).recipients?.push({ name: 'Brokers', negative: true })],
    ['data that is not collected', (_, n) => first(n.activities).dataCategories?.push({ name: 'Name', notCollected: true })],
  ])('R24 stay the same with %s', async (_what, edit) => {
    expect(await terms(edit)).toBe(await terms());
  });

  it.each<[string, Edit]>([
    ['a new purpose', (c) => c.purposes.push({ ...first(c.purposes), id: 'advertising', kind: 'advertising' })],
    ['a purpose less', (c) => c.purposes.pop()],
    ['a new recipient in the configuration', (c) => (first(c.purposes).recipients = ['Broker'])],
    ['a new recipient in the notice', (_, n) => first(n.activities).recipients?.push({ name: 'Broker' })],
    ['another basis', (_, n) => (first(first(n.activities).lawfulBases).basis = 'legitimate_interests')],
    ['a basis more', (_, n) => first(n.activities).lawfulBases.push({ basis: 'contract', statement: 'A contract.' })],
    ['more data', (_, n) => first(n.activities).dataCategories?.push({ name: 'Email' })],
    ['another controller', (_, n) => (n.controller.name = 'Other Ltd')],
    ['a rewording that its publisher marks as material', (c) => (first(c.purposes).revision = 2)],
  ])('R24 change with %s', async (_what, edit) => {
    expect(await terms(edit)).not.toBe(await terms());
  });

  it('are the same in whatever order recipients and data stand', async () => {
    const recipients = ['Counter', 'Broker', 'Ärzte', 'z', 'Z'];
    const base = await terms((_, n) => (first(n.activities).recipients = recipients.map((name) => ({ name }))));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(recipients, { minLength: recipients.length }), async (shuffled) => {
        expect(await terms((_, n) => (first(n.activities).recipients = shuffled.map((name) => ({ name }))))).toBe(base);
      }),
      { numRuns: 20 },
    );
  });

  it('are 43 base64url characters, 16 in the cookie', async () => {
    const whole = await terms();
    expect(whole).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(shortTerms(whole)).toBe(whole.slice(0, 16));
  });

  it('cannot be made of a purpose that points at nothing', async () => {
    const lost: Edit = (c) => (first(c.purposes).activity = { notice: 'privacy_notice', activity: 'statistics' });
    await expect((async () => terms(lost))()).rejects.toThrow(UnknownActivityError);
    await expect((async () => terms(lost))()).rejects.toThrow(/"statistics".*privacy_notice/);
  });
});
