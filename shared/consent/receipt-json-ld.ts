// A consent receipt shaped as ISO/IEC TS 27560 has it, as JSON-LD in terms of the Data Privacy Vocabulary (R53). The proof goes
// along whole, so that what can be verified in the JSON can be verified here. No claim of conformity to the standard.
import * as v from 'valibot';

import { paths } from '../api.ts';
import type { Sha256 } from '../crypto.ts';
import { CONTEXT, type CandourTerm, type DpvTerm, type Node } from '../notice/dpv.ts';
import { PURPOSES_IN_DPV } from '../notice/dpv-notice.ts';
import type { PurposeKind } from '../notice/schema.ts';
import { basisNote, type SiteDetails } from '../site/details.ts';
import { ConsentEvent, type PurposeState } from './event.ts';
import { EVENT_TYP, parseJws, thumbprint } from './jws.ts';
import type { Receipt } from './receipt.ts';

export interface ReceiptSurroundings {
  /** Where a consent is withdrawn: a page of the site. */
  withdrawal: string;
  /** Of the configuration that was shown; null where it is not known. */
  details: Pick<SiteDetails, 'controller' | 'purposes'> | null;
}

const STATES: Record<PurposeState, DpvTerm | CandourTerm> = {
  given: 'dpv:ConsentGiven',
  refused: 'dpv:ConsentRefused',
  withdrawn: 'dpv:ConsentWithdrawn',
  objected: 'candour:Objected',
  not_objected: 'candour:NotObjected',
};

/** An objection is no consent status: the vocabulary's general status carries it. */
const statusOf = (state: PurposeState): Node => ({
  [state === 'objected' || state === 'not_objected' ? 'dpv:hasStatus' : 'dpv:hasConsentStatus']: { '@id': STATES[state] },
});

function purposeNode(id: string, state: PurposeState, details: ReceiptSurroundings['details']): Node {
  const purpose = details?.purposes.find((candidate) => candidate.id === id);
  return {
    '@type': 'dpv:Process',
    'dct:identifier': id,
    ...statusOf(state),
    ...(purpose && {
      'dpv:hasPurpose': {
        '@type': PURPOSES_IN_DPV[purpose.kind as PurposeKind] ?? 'dpv:Purpose',
        'dct:title': purpose.label,
        'dct:description': purpose.description,
      },
      'candour:lawfulBasisNote': basisNote(purpose.lawfulBases),
      'dpv:hasRecipient': purpose.recipients.map((name) => ({ '@type': 'dpv:Recipient', 'dpv:hasName': name })),
      'dpv:hasStorageCondition': purpose.retention.map((text) => ({ '@type': 'dpv:StorageDuration', 'dct:description': text })),
    }),
  };
}

const channelNodes = (event: Pick<ConsentEvent, 'channels'>): Node[] =>
  Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, channels]) =>
      Object.entries(channels).map(([channel, state]) => ({
        '@type': 'dpv:Process',
        'dct:identifier': activity,
        'dpv:hasPurpose': { '@type': 'dpv:DirectMarketing' },
        'candour:sender': sender,
        'candour:channel': channel,
        ...statusOf(state as PurposeState),
      })),
    ),
  );

/** Companies that get nothing although the purposes may have been agreed to, by their numbers in the IAB's list of that version. */
const vendorNodes = ({ vendors }: Pick<ConsentEvent, 'vendors'>): Node[] =>
  (['refused', 'objected'] as const).flatMap((state) =>
    vendors?.[state]
      ? [
          {
            '@type': 'dpv:Process',
            'dct:identifier': 'tcf-vendors',
            'candour:vendorList': vendors.list,
            'candour:vendors': vendors[state],
            ...statusOf(state),
          },
        ]
      : [],
  );

/** Of purposes and channels, without the words that were shown. */
export const choiceNodes = (said: Pick<ConsentEvent, 'purposes' | 'channels'>): Node[] => [
  ...Object.entries(said.purposes).map(([id, state]) => purposeNode(id, state, null)),
  ...channelNodes(said),
];

const ACTORS: Record<ConsentEvent['actor'], DpvTerm> = {
  self: 'dpv:DataSubject',
  parent: 'dpv:ParentOfDataSubject',
  representative: 'dpv:Representative',
};

/** One choice with its place in the log. */
export interface RecordedChoice {
  event: ConsentEvent;
  /** Thumbprint of the key that signed it. */
  subject: string;
  presentation: Receipt['presentation'];
  service: string;
  log: string;
  index: number;
}

/** The record of a choice, without its proof. */
export function consentRecord(
  { event, subject, presentation, service, log, index }: RecordedChoice,
  details: ReceiptSurroundings['details'],
): Node {
  return {
    '@type': 'dpv:ConsentRecord',
    'candour:shape': 'ISO/IEC TS 27560:2023',
    'dct:identifier': `${log}#${index}`,
    'dpv:hasDataSubject': {
      '@id': `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${subject}`,
      '@type': 'dpv:DataSubject',
    },
    ...(details && { 'dpv:hasDataController': { '@type': 'dpv:DataController', 'dpv:hasName': details.controller } }),
    ...(presentation && {
      'dpv:hasNotice': presentation.notices.map((hash) => ({ '@id': service + paths.notice(hash), '@type': 'dpv:Notice' })),
      'dct:language': presentation.language,
      'dpv:hasJurisdiction': presentation.jurisdiction,
      'candour:presentation': { '@id': service + paths.presentation(event.presentation ?? '') },
    }),
    'dpv:hasProcess': [
      ...Object.entries(event.purposes).map(([id, state]) => purposeNode(id, state, details)),
      ...channelNodes(event),
      ...vendorNodes(event),
    ],
    'dpv:isIndicatedBy': { '@type': ACTORS[event.actor] },
    'dpv:isIndicatedAtTime': { '@value': event.at, '@type': 'xsd:dateTime' },
    'dpv:hasIndicationMethod': event.method,
    'candour:globalPrivacyControl': event.gpc,
  };
}

/** Throws BadJws or ValiError for a receipt whose event is none; verifies nothing. */
export async function receiptJsonLd(
  receipt: Receipt,
  { withdrawal, details }: ReceiptSurroundings,
  sha256: Sha256,
): Promise<Node> {
  const jws = parseJws(receipt.event, EVENT_TYP);
  const event = v.parse(ConsentEvent, jws.payload);
  const { presentation, service, log, index } = receipt;
  const subject = await thumbprint(jws.key, sha256);
  return {
    '@context': CONTEXT,
    '@id': service + paths.receipt(receipt.site, event.id),
    '@type': 'dpv:ConsentReceipt',
    'candour:shape': 'ISO/IEC TS 27560:2023',
    'dct:identifier': event.id,
    'dct:created': { '@value': receipt.leaf.receivedAt, '@type': 'xsd:dateTime' },
    'candour:withdrawalPoint': { '@id': withdrawal },
    'dpv:hasRecordOfActivity': consentRecord({ event, subject, presentation, service, log, index }, details),
    'candour:proof': receipt,
  };
}
