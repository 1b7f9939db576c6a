// A receipt in the terms of ISO/IEC TS 27560 and the W3C Data Privacy Vocabulary (https://w3id.org/dpv), as JSON-LD.
import * as v from 'valibot';

import { paths } from '../shared/api.ts';
import type { PurposeState } from '../shared/consent/event.ts';
import type { Receipt } from '../shared/consent/receipt.ts';
import type { LawfulBasis } from '../shared/notice/lawful-basis.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import { activityOf } from '../shared/site/terms.ts';
import { eventOf } from './receipts.ts';
import type { SiteContext } from './site-context.ts';
import type { LoggedEvent, Store } from './store/store.ts';

const CONTEXT = {
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  candour: 'https://w3id.org/candour#',
};

const STATUS: Record<PurposeState, string> = {
  given: 'dpv:ConsentGiven',
  refused: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  objected: 'candour:Objected',
  not_objected: 'candour:NotObjected',
};

const BASES: Partial<Record<LawfulBasis, string>> = {
  consent: 'eu-gdpr:A6-1-a',
  contract: 'eu-gdpr:A6-1-b',
  legal_obligation: 'eu-gdpr:A6-1-c',
  vital_interests: 'eu-gdpr:A6-1-d',
  public_task: 'eu-gdpr:A6-1-e',
  legitimate_interests: 'eu-gdpr:A6-1-f',
};

const instant = (value: string) => ({ '@type': 'xsd:dateTime', '@value': value });

/** The configuration that was on screen; the current one where nothing was. */
async function configurationOf(store: Store, site: SiteContext, receipt: Receipt): Promise<SiteConfiguration> {
  const hash = receipt.presentation?.configuration;
  const document = hash === undefined ? null : await store.document(hash, 'configuration');
  return document ? v.parse(SiteConfiguration, JSON.parse(document.body)) : site.configuration;
}

/** Of one purpose: what it was for, on which basis, for how long, and what was chosen. */
function purposeNode(site: SiteContext, configuration: SiteConfiguration, id: string, state: PurposeState): object {
  const purpose = configuration.purposes.find((candidate) => candidate.id === id);
  const node = { '@type': 'dpv:Process', 'dct:identifier': id, 'dpv:hasConsentStatus': { '@id': STATUS[state] } };
  const published = purpose && site.notices[purpose.activity.notice];
  if (!purpose || !published?.activities.some((activity) => activity.id === purpose.activity.activity)) return node;
  const activity = activityOf(purpose, site.notices);
  return {
    ...node,
    'dct:title': purpose.label,
    'dpv:hasPurpose': activity.purposes.map(({ text }) => ({ '@type': 'dpv:Purpose', 'dct:title': text })),
    'dpv:hasLegalBasis': activity.lawfulBases.map(({ basis, statement }) =>
      BASES[basis] ? { '@id': BASES[basis] } : { '@type': 'dpv:LegalBasis', 'dct:description': statement },
    ),
    'dpv:hasPersonalData': activity.dataCategories.map(({ name }) => ({ '@type': 'dpv:PersonalData', 'dct:title': name })),
    'dpv:hasRecipient': activity.recipients
      .filter(({ negative }) => !negative)
      .map(({ name }) => ({ '@type': 'dpv:Recipient', 'dct:title': name })),
    'dpv:hasStorageCondition': activity.retention.map(({ statement }) => ({
      '@type': 'dpv:StorageDuration',
      'dct:description': statement,
    })),
  };
}

export async function receiptJsonLd(store: Store, site: SiteContext, logged: LoggedEvent, receipt: Receipt): Promise<object> {
  const event = eventOf(logged);
  const configuration = await configurationOf(store, site, receipt);
  const notice = site.notices.privacy_notice ?? site.notices.cookie_policy;
  const notices = receipt.presentation?.notices ?? Object.values(site.hashes);
  return {
    '@context': CONTEXT,
    '@id': `urn:uuid:${event.id}`,
    '@type': ['dpv:ConsentRecord', 'candour:Receipt'],
    'dct:conformsTo': 'ISO/IEC TS 27560:2023',
    'dct:identifier': event.id,
    'dct:isPartOf': receipt.log,
    'dpv:hasDataSubject': { '@id': `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${logged.subject}` },
    'dpv:hasDataController': { '@type': 'dpv:DataController', 'dct:title': notice?.controller.name ?? site.site.name },
    'dpv:hasNotice': notices.map((hash) => ({ '@id': `${receipt.service}${paths.notice(hash)}`, '@type': 'dpv:PrivacyNotice' })),
    'dpv:hasProcess': Object.entries(event.purposes).map(([id, state]) => purposeNode(site, configuration, id, state)),
    'dct:created': instant(event.at),
    'dct:dateAccepted': instant(receipt.leaf.receivedAt),
    'candour:receipt': { '@type': '@json', '@value': receipt },
  };
}
