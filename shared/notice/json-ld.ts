// A notice as JSON-LD in the terms of the W3C Data Privacy Vocabulary. What the vocabulary has no term for is said in our own
// (dpv.ts); what is left out altogether stands in LOST_IN_JSON_LD (R94).
import { CONTEXT, type CandourTerm, type DpvTerm, type Node } from './dpv.ts';
import {
  BASES_IN_DPV,
  DATA_IN_DPV,
  DURATIONS_IN_DPV,
  INTERESTS_IN_DPV,
  KINDS_IN_DPV,
  PURPOSES_IN_DPV,
  SOURCES_IN_DPV,
  STATUSES_IN_DPV,
} from './dpv-notice.ts';
import { LAWFUL_BASIS_FACTS } from './lawful-basis.ts';
import {
  lawfulBasisStatus,
  type Contact,
  type LawfulBasisStatement,
  type PrivacyNotice,
  type ProcessingActivity,
  type RetentionRule,
} from './schema.ts';

/** Parts of a notice that its JSON-LD does not carry: read the JSON for them. */
export const LOST_IN_JSON_LD = [
  'evidence',
  'about',
  'complaints',
  'linkedDocuments',
  'issues',
  'automatedDecisions',
  'devicePermissions',
  'marketing',
  'appliesTo',
] as const;

/** A node without the keys that have no value. */
const node = (entries: Node): Node =>
  Object.fromEntries(
    Object.entries(entries).filter(
      ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
const described = (statement: string): Node => ({ 'dct:description': statement });

const contactNode = (contact: Contact): Node =>
  node({
    'candour:contactRole': contact.role,
    'candour:contactKind': contact.kind,
    'candour:contactValue': contact.value,
    'dct:description': contact.note,
  });

function basisTerm({ basis, steps, holder }: LawfulBasisStatement): DpvTerm | CandourTerm {
  if (basis === 'legitimate_interests') return INTERESTS_IN_DPV[holder ?? 'not_stated'];
  return basis === 'contract' && steps ? 'dpv:EnterIntoContract' : BASES_IN_DPV[basis];
}

const basisNode = (statement: LawfulBasisStatement): Node =>
  node({
    '@type': basisTerm(statement),
    ...described(statement.statement),
    'candour:article': LAWFUL_BASIS_FACTS[statement.basis].article,
    'candour:interest': statement.interest,
    'candour:holder': statement.holder,
    'candour:holderName': statement.holderName,
    'candour:condition': statement.condition,
    'candour:limitedTo': statement.limitedTo,
  });

const retentionNode = ({ statement, evidence: _, ...rule }: RetentionRule): Node =>
  node({
    '@type': 'dpv:StorageDuration',
    ...described(statement),
    'dpv:hasDuration': node({
      '@type': DURATIONS_IN_DPV[rule.rule.type],
      'dct:extent': 'period' in rule.rule ? { '@value': rule.rule.period, '@type': 'xsd:duration' } : undefined,
    }),
    'candour:rule': rule,
  });

const transferNode = (transfer: PrivacyNotice['transfers'][number]): Node =>
  node({
    '@type': 'dpv:CrossBorderTransfer',
    ...described(transfer.statement),
    'candour:destination': transfer.to,
    'candour:mechanism': transfer.mechanism,
  });

const recipientNode = ({ name, note }: PrivacyNotice['recipients'][number]): Node =>
  node({ '@type': 'dpv:Recipient', 'dpv:hasName': name, 'dct:description': note });

const recipientNodes = (recipients: PrivacyNotice['recipients']): Node => ({
  'dpv:hasRecipient': recipients.filter(({ negative }) => !negative).map(recipientNode),
  'candour:notSharedWith': recipients.filter(({ negative }) => negative).map(recipientNode),
});

const dataNode = (data: ProcessingActivity['dataCategories'][number]): Node => ({
  '@type': DATA_IN_DPV[data.class ?? 'plain'],
  'dct:title': data.name,
});

function activityNode(notice: PrivacyNotice, activity: ProcessingActivity, at: string): Node {
  const collected = activity.dataCategories.filter(({ notCollected }) => !notCollected);
  const notCollected = activity.dataCategories.filter((data) => data.notCollected);
  return node({
    '@id': at,
    '@type': 'dpv:Process',
    'dct:identifier': activity.id,
    'dct:title': activity.title,
    'dpv:hasDataSubject': activity.audience && { '@type': 'dpv:DataSubject', ...described(activity.audience) },
    'dpv:hasPersonalData': collected.map(dataNode),
    'candour:notCollected': notCollected.map(dataNode),
    'dpv:hasDataSource': activity.source && {
      '@type': SOURCES_IN_DPV[activity.source.from],
      'candour:dataSource': activity.source.from,
      ...described(activity.source.statement),
    },
    'dpv:hasPurpose': activity.purposes.map(({ text, kind }) => ({ '@type': PURPOSES_IN_DPV[kind], 'dct:title': text })),
    'candour:lawfulBasisStatus': { '@id': STATUSES_IN_DPV[lawfulBasisStatus(notice, activity)] },
    'candour:lawfulBasisNote': activity.lawfulBasisNote,
    'dpv:hasLegalBasis': activity.lawfulBases.map(basisNode),
    ...recipientNodes(activity.recipients),
    'candour:transfer': activity.transfers.map(transferNode),
    'dpv:hasStorageCondition': activity.retention.map(retentionNode),
  });
}

const partyNode = (type: DpvTerm, name: string, party: { statement: string; contacts: Contact[] }): Node =>
  node({ '@type': type, 'dpv:hasName': name, ...described(party.statement), 'dpv:hasContact': party.contacts.map(contactNode) });

/** `id` is the URL at which the notice is read; places of render.ts become its fragments. */
export function noticeJsonLd(notice: PrivacyNotice, id: string): Node {
  const { controller, dpo, representative, authority } = notice;
  return node({
    '@context': CONTEXT,
    '@id': id,
    '@type': KINDS_IN_DPV[notice.kind],
    'dct:title': notice.title,
    'dct:language': notice.language,
    'dct:issued': notice.date && { '@value': notice.date, '@type': notice.date.length === 7 ? 'xsd:gYearMonth' : 'xsd:date' },
    'candour:version': notice.version,
    'candour:scope': notice.scope,
    'candour:regime': notice.regimes,
    'dpv:hasApplicableLaw': notice.regimes.includes('UK GDPR') ? [{ '@id': 'legal-gb:law-GDPR' }] : [],
    'dpv:hasDataController': node({
      ...partyNode('dpv:DataController', controller.name, controller),
      'candour:legalName': controller.legalName,
      'candour:alias': controller.aliases,
    }),
    'dpv:hasRepresentative': representative && partyNode('dpv:Representative', representative.name, representative),
    'dpv:hasDataProtectionOfficer': dpo && partyNode('dpv:DataProtectionOfficer', dpo.role, dpo),
    'dpv:hasAuthority': authority && {
      ...(/^information commissioner/i.test(authority.name) ? { '@id': 'legal-gb:DPA-GB' } : {}),
      ...partyNode('dpv:DataProtectionAuthority', authority.name, authority),
    },
    'dpv:hasLegalBasis': notice.documentBases.map(basisNode),
    'dpv:hasRight': notice.rights.map((right) =>
      node({
        '@type': 'dpv:DataSubjectRight',
        'candour:right': right.right,
        ...described(right.statement),
        'candour:route': right.route,
        'candour:deadline': right.deadline && { '@value': right.deadline, '@type': 'xsd:duration' },
        'candour:fee': right.fee,
        'candour:formats': right.formats,
      }),
    ),
    ...recipientNodes(notice.recipients),
    'candour:transfer': notice.transfers.map(transferNode),
    'dpv:hasStorageCondition': notice.retention.map(retentionNode),
    'dpv:hasProcess': notice.activities.map((activity, i) => activityNode(notice, activity, `${id}#activities/${i}`)),
  });
}
