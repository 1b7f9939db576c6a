import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { smallNotice } from '../notice/notice.fixture.ts';
import { noticeLines } from '../notice/render.ts';
import { PrivacyNotice } from '../notice/schema.ts';
import { SiteConfiguration } from './configuration.ts';
import { siteDetails } from './details.ts';
import { UnknownActivityError, type SiteNotices } from './terms.ts';

const HASH = 'A'.repeat(43);
const policy = v.parse(PrivacyNotice, {
  ...smallNotice(),
  kind: 'cookie_policy',
  title: 'Cookie policy',
  controller: { name: 'Shop Ltd', legalName: null, statement: 'Shop Ltd decides.' },
  documentBases: [{ basis: 'consent', statement: 'Consent, in general.' }],
  activities: [
    { id: 'silent', title: 'Silent', lawfulBases: [] },
    {
      id: 'statistics',
      title: 'Statistics',
      lawfulBases: [
        { basis: 'consent', statement: 'You agree.' },
        { basis: 'consent', statement: 'You really agree.' },
        { basis: 'legal_obligation', statement: 'The law.' },
      ],
      retention: [{ statement: 'Fourteen months.', rule: { type: 'fixed', period: 'P14M', bound: 'max' } }],
      recipients: [{ name: 'Counter' }, { name: 'Advertisers', negative: true }],
    },
  ],
});
const configuration = (activity: string, more: object = {}): SiteConfiguration =>
  v.parse(SiteConfiguration, {
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
        recipients: ['Counter', 'Helper'],
        activity: { notice: 'cookie_policy', activity },
        ...more,
      },
    ],
  });
const details = (activity: string, notices: SiteNotices = { cookie_policy: policy }) =>
  siteDetails(configuration(activity), notices, { cookie_policy: HASH });

describe('what the interface says of a purpose', () => {
  it('is what the notice says: each basis once, retention, and who gets data', () => {
    expect(details('statistics').purposes[0]).toMatchObject({
      lawfulBases: ['consent', 'legal_obligation'],
      retention: ['Fourteen months.'],
      recipients: ['Counter', 'Helper'],
      mode: 'opt_in',
    });
  });

  it('R77 says how a basis is not stated', () => {
    expect(details('silent').purposes[0]?.lawfulBases).toEqual(['document_only']);
    const bare = { ...policy, documentBases: [] };
    expect(details('silent', { cookie_policy: bare }).purposes[0]?.lawfulBases).toEqual(['not_stated']);
  });

  it('leads to the activity in the notice', () => {
    const { hash, place } = details('statistics').purposes[0]?.notice ?? {};
    expect(hash).toBe(HASH);
    expect(noticeLines(policy).find((line) => line.place === place)?.text).toBe('Statistics');
  });

  it('names the controller of the notice, never that of an internal policy', () => {
    const internal = v.parse(PrivacyNotice, { ...smallNotice(), kind: 'internal_policy' });
    expect(details('statistics', { internal_policy: internal, cookie_policy: policy }).controller).toBe('Shop Ltd');
  });

  it('throws for a purpose that points at nothing', () => {
    expect(() => details('advertising')).toThrow(UnknownActivityError);
  });
});
