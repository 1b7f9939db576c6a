// A notice read back from the JSON-LD that json-ld.ts makes of it.
import * as v from 'valibot';

import type { DpvTerm } from './dpv.ts';
import { BASES_IN_DPV, DATA_IN_DPV, INTERESTS_IN_DPV, KINDS_IN_DPV, PURPOSES_IN_DPV } from './dpv-notice.ts';
import { PrivacyNotice } from './schema.ts';

/** A table read backwards. */
const keyOf = <K extends string>(table: Record<K, unknown>, value: unknown): K | undefined =>
  (Object.keys(table) as K[]).find((key) => JSON.stringify(table[key]) === JSON.stringify(value));

type Raw = Record<string, unknown>;
const listOf = (value: unknown): Raw[] => (Array.isArray(value) ? (value as Raw[]) : []);
const valueOf = (value: unknown): unknown => (value as Raw | undefined)?.['@value'];
const some = (entries: Raw): Raw => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

function basisOf(raw: Raw): Raw {
  const steps = raw['@type'] === 'dpv:EnterIntoContract' ? true : undefined;
  const basis = keyOf(INTERESTS_IN_DPV, raw['@type'])
    ? 'legitimate_interests'
    : steps
      ? 'contract'
      : keyOf(BASES_IN_DPV, raw['@type']);
  return some({
    basis,
    statement: raw['dct:description'],
    steps,
    interest: raw['candour:interest'],
    holder: raw['candour:holder'],
    holderName: raw['candour:holderName'],
    condition: raw['candour:condition'],
    limitedTo: raw['candour:limitedTo'],
  });
}

const contactsOf = (raw: Raw): Raw[] =>
  listOf(raw['dpv:hasContact']).map((contact) =>
    some({
      role: contact['candour:contactRole'],
      kind: contact['candour:contactKind'],
      value: contact['candour:contactValue'] ?? null,
      note: contact['dct:description'],
    }),
  );
const partyOf = (raw: Raw, key: 'name' | 'role'): Raw => ({
  [key]: raw['dpv:hasName'],
  statement: raw['dct:description'],
  contacts: contactsOf(raw),
});
const recipientsOf = (raw: Raw): Raw[] => [
  ...listOf(raw['dpv:hasRecipient']).map((to) => some({ name: to['dpv:hasName'], note: to['dct:description'] })),
  ...listOf(raw['candour:notSharedWith']).map((to) =>
    some({ name: to['dpv:hasName'], note: to['dct:description'], negative: true }),
  ),
];
const transfersOf = (raw: Raw): Raw[] =>
  listOf(raw['candour:transfer']).map((to) => ({
    to: to['candour:destination'],
    mechanism: to['candour:mechanism'] ?? null,
    statement: to['dct:description'],
  }));
const retentionOf = (raw: Raw): Raw[] =>
  listOf(raw['dpv:hasStorageCondition']).map((one) => ({ statement: one['dct:description'], ...(one['candour:rule'] as Raw) }));

function dataOf(raw: Raw): Raw[] {
  const read = (data: Raw, more: Raw): Raw => {
    const kind = keyOf(DATA_IN_DPV, data['@type']);
    return some({ name: data['dct:title'], class: kind === 'plain' ? undefined : kind, ...more });
  };
  return [
    ...listOf(raw['dpv:hasPersonalData']).map((data) => read(data, {})),
    ...listOf(raw['candour:notCollected']).map((data) => read(data, { notCollected: true })),
  ];
}

function activityOf(raw: Raw): Raw {
  const source = raw['dpv:hasDataSource'] as Raw | undefined;
  return some({
    id: raw['dct:identifier'],
    title: raw['dct:title'],
    audience: (raw['dpv:hasDataSubject'] as Raw | undefined)?.['dct:description'],
    dataCategories: dataOf(raw),
    source: source && { from: source['candour:dataSource'], statement: source['dct:description'] },
    purposes: listOf(raw['dpv:hasPurpose']).map((one) => ({
      text: one['dct:title'],
      kind: keyOf(PURPOSES_IN_DPV, one['@type']),
    })),
    lawfulBases: listOf(raw['dpv:hasLegalBasis']).map(basisOf),
    lawfulBasisNote: raw['candour:lawfulBasisNote'],
    recipients: recipientsOf(raw),
    transfers: transfersOf(raw),
    retention: retentionOf(raw),
  });
}

/** The notice that noticeJsonLd() was given, without what LOST_IN_JSON_LD names. Throws ValiError for anything else. */
export function noticeFromJsonLd(document: unknown): PrivacyNotice {
  const raw = (document ?? {}) as Raw;
  const party = (key: DpvTerm): Raw | undefined => raw[key] as Raw | undefined;
  const [controller, representative] = [party('dpv:hasDataController'), party('dpv:hasRepresentative')];
  const [dpo, authority] = [party('dpv:hasDataProtectionOfficer'), party('dpv:hasAuthority')];
  return v.parse(
    PrivacyNotice,
    some({
      schema: 1,
      kind: keyOf(KINDS_IN_DPV, raw['@type']),
      title: raw['dct:title'],
      language: raw['dct:language'],
      version: raw['candour:version'] ?? null,
      date: valueOf(raw['dct:issued']) ?? null,
      scope: raw['candour:scope'],
      regimes: raw['candour:regime'],
      controller: controller && {
        ...partyOf(controller, 'name'),
        legalName: controller['candour:legalName'] ?? null,
        aliases: controller['candour:alias'] ?? [],
      },
      representative: representative && partyOf(representative, 'name'),
      dpo: dpo ? partyOf(dpo, 'role') : null,
      documentBases: listOf(raw['dpv:hasLegalBasis']).map(basisOf),
      rights: listOf(raw['dpv:hasRight']).map((right) =>
        some({
          right: right['candour:right'],
          statement: right['dct:description'],
          route: right['candour:route'],
          deadline: valueOf(right['candour:deadline']),
          fee: right['candour:fee'],
          formats: right['candour:formats'],
        }),
      ),
      authority: authority ? partyOf(authority, 'name') : null,
      transfers: transfersOf(raw),
      recipients: recipientsOf(raw),
      retention: retentionOf(raw),
      activities: listOf(raw['dpv:hasProcess']).map(activityOf),
    }),
  );
}
