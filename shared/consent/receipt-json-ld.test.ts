import { describe, expect, it } from 'vitest';

import { CANDOUR_TERMS, CONTEXT, DPV_TERMS } from '../notice/dpv.ts';
import { webCryptoVerifier } from '../web-crypto.ts';
import type { ConsentEvent } from './event.ts';
import { BadJws, EVENT_TYP, signJws, thumbprint } from './jws.ts';
import { receiptJsonLd } from './receipt-json-ld.ts';
import type { Receipt } from './receipt.ts';

const { sha256 } = webCryptoVerifier(crypto.subtle);
const HASH = 'A'.repeat(43);
const KEY = { crv: 'P-256', kty: 'EC', x: HASH, y: HASH } as const;
const WITHDRAWAL = 'https://shop.example/#candour';

const EVENT = {
  v: 1,
  id: '019abcde-0000-7000-8000-000000000001',
  log: 'consent.example/shop',
  seq: 1,
  prev: null,
  at: '2026-11-22T10:00:00.000Z',
  nonce: 'A'.repeat(22),
  start: { kind: 'new' },
  method: 'save_choices',
  actor: 'self',
  purposes: { statistics: 'given', advertising: 'refused', media: 'withdrawn', appearance: 'objected', security: 'not_objected' },
  channels: { newsletter: { shop: { email: 'given', sms: 'refused' } } },
  terms: HASH,
  presentation: HASH,
  gpc: true,
  origin: 'https://shop.example',
} satisfies ConsentEvent;

async function receiptOf(event: ConsentEvent, shown: boolean): Promise<Receipt> {
  return {
    v: 1,
    service: 'https://consent.example',
    site: 'shop',
    log: event.log,
    event: await signJws(KEY, EVENT_TYP, event, () => Promise.resolve(new Uint8Array(64))),
    presentation: shown
      ? {
          v: 1,
          configuration: HASH,
          notices: [HASH],
          build: HASH,
          language: 'en',
          layout: 'box',
          jurisdiction: 'GB',
          purposes: [],
          words: [],
          controls: [],
        }
      : null,
    logKey: 'consent.example/shop+00000000+AAAA',
    index: 4,
    leaf: { kind: 'event', event: HASH, receivedAt: '2026-11-22T10:00:01.000Z', skew: 12 },
    proof: [],
    checkpoint: 'x',
  };
}

const DETAILS = {
  controller: 'Shop Ltd',
  purposes: [
    {
      id: 'statistics',
      kind: 'statistics',
      label: 'Statistics',
      description: 'Counts visits.',
      mode: 'opt_in' as const,
      lawfulBases: ['consent' as const],
      retention: ['Fourteen months.'],
      recipients: ['Counter'],
      storage: [],
      notice: { hash: HASH, place: 'activities/0' },
    },
  ],
};

interface Process {
  'dct:identifier': string;
  'dpv:hasConsentStatus'?: { '@id': string };
  'dpv:hasStatus'?: { '@id': string };
  'dpv:hasPurpose'?: { '@type': string };
  'candour:channel'?: string;
}
interface ReadReceipt {
  'dpv:hasRecordOfActivity': { 'dpv:hasProcess': Process[] } & Record<string, unknown>;
  [key: string]: unknown;
}
const asJson = async (event: ConsentEvent, details: typeof DETAILS | null, shown = true): Promise<ReadReceipt> =>
  JSON.parse(JSON.stringify(await receiptJsonLd(await receiptOf(event, shown), { withdrawal: WITHDRAWAL, details }, sha256)));

describe('a receipt as JSON-LD', () => {
  it('names record, data subject, controller, notice, moment and the place to withdraw', async () => {
    const document = await asJson(EVENT, DETAILS);
    expect(document).toMatchObject({
      '@id': `https://consent.example/v1/sites/shop/receipts/${EVENT.id}`,
      '@type': 'dpv:ConsentReceipt',
      'candour:withdrawalPoint': { '@id': WITHDRAWAL },
      'dpv:hasRecordOfActivity': {
        '@type': 'dpv:ConsentRecord',
        'dct:identifier': 'consent.example/shop#4',
        'dpv:hasDataSubject': { '@id': `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${await thumbprint(KEY, sha256)}` },
        'dpv:hasDataController': { 'dpv:hasName': 'Shop Ltd' },
        'dpv:hasNotice': [{ '@id': `https://consent.example/v1/notices/${HASH}` }],
        'dpv:isIndicatedAtTime': { '@value': EVENT.at },
        'dpv:hasIndicationMethod': 'save_choices',
        'candour:globalPrivacyControl': true,
      },
    });
  });

  it('gives each purpose its own status, and an objection is no consent status', async () => {
    const processes = (await asJson(EVENT, DETAILS))['dpv:hasRecordOfActivity']['dpv:hasProcess'];
    const of = (id: string) => processes.find((one) => one['dct:identifier'] === id);
    expect(of('statistics')).toMatchObject({
      'dpv:hasConsentStatus': { '@id': 'dpv:ConsentGiven' },
      'dpv:hasPurpose': { '@type': 'dpv:ServiceUsageAnalytics', 'dct:title': 'Statistics' },
    });
    expect(of('advertising')?.['dpv:hasConsentStatus']).toEqual({ '@id': 'dpv:ConsentRefused' });
    expect(of('media')?.['dpv:hasConsentStatus']).toEqual({ '@id': 'dpv:ConsentWithdrawn' });
    expect(of('appearance')).toMatchObject({ 'dpv:hasStatus': { '@id': 'candour:Objected' } });
    expect(of('appearance')).not.toHaveProperty('dpv:hasConsentStatus');
    expect(of('security')?.['dpv:hasStatus']).toEqual({ '@id': 'candour:NotObjected' });
  });

  it('gives each sender and channel of a marketing opt-in its own status', async () => {
    const processes = (await asJson(EVENT, null))['dpv:hasRecordOfActivity']['dpv:hasProcess'];
    const channels = processes.filter((one) => one['candour:channel']);
    expect(channels.map((one) => [one['candour:channel'], one['dpv:hasConsentStatus']?.['@id']])).toEqual([
      ['email', 'dpv:ConsentGiven'],
      ['sms', 'dpv:ConsentRefused'],
    ]);
  });

  it('carries the whole receipt, so that it can be verified', async () => {
    expect((await asJson(EVENT, DETAILS))['candour:proof']).toEqual(await receiptOf(EVENT, true));
  });

  it('says nothing of what was shown where nothing was shown', async () => {
    const restored = { ...EVENT, presentation: null, method: 'import' as const };
    const record = (await asJson(restored, null, false))['dpv:hasRecordOfActivity'];
    expect(record).not.toHaveProperty('candour:presentation');
    expect(record).not.toHaveProperty('dpv:hasNotice');
  });

  it('uses listed terms only', async () => {
    const used = new Set<string>();
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(walk);
      if (!value || typeof value !== 'object') return;
      for (const [key, child] of Object.entries(value)) {
        if (key === '@context' || key === 'candour:proof') continue;
        if (!key.startsWith('@')) used.add(key);
        if (key === '@type' || key === '@id') [child].flat().forEach((name) => used.add(String(name)));
        walk(child);
      }
    };
    walk(await asJson(EVENT, DETAILS));
    const listed: string[] = [...DPV_TERMS, ...Object.keys(CANDOUR_TERMS)];
    const ours = [...used].filter((name) => /^(dpv|pd|legal-gb|candour):/.test(name));
    expect(ours.length).toBeGreaterThan(20);
    expect(ours.filter((name) => !listed.includes(name))).toEqual([]);
    expect(CONTEXT).toHaveProperty(['candour:proof', '@type'], '@json');
  });

  it('throws for a receipt whose event is none', async () => {
    const receipt = { ...(await receiptOf(EVENT, true)), event: 'a.b.c' };
    await expect(receiptJsonLd(receipt, { withdrawal: WITHDRAWAL, details: null }, sha256)).rejects.toThrow(BadJws);
  });

  it('R33 R53 says which companies of which list were refused and objected to', async () => {
    const vendors = { list: 17, refused: '2-5 8', objected: '9' };
    const node = await receiptJsonLd(
      await receiptOf({ ...EVENT, vendors }, false),
      { withdrawal: WITHDRAWAL, details: null },
      sha256,
    );
    const record = node['dpv:hasRecordOfActivity'] as { 'dpv:hasProcess': { 'dct:identifier': string }[] };
    expect(record['dpv:hasProcess'].slice(-2)).toMatchObject([
      { 'candour:vendorList': 17, 'candour:vendors': '2-5 8', 'dpv:hasConsentStatus': { '@id': 'dpv:ConsentRefused' } },
      { 'candour:vendorList': 17, 'candour:vendors': '9', 'dpv:hasStatus': { '@id': 'candour:Objected' } },
    ]);
  });
});
