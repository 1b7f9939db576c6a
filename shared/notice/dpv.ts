// The names used in JSON-LD: every term of the W3C Data Privacy Vocabulary 2.3 that is emitted, and the small vocabulary of
// Candour for what it lacks (docs/vocabulary.md). A test holds the list against the vocabulary, where that is at hand.

export const PREFIXES = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  'legal-gb': 'https://w3id.org/dpv/legal/gb#',
  dct: 'http://purl.org/dc/terms/',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  /** Ours. A name, not a page: nothing is fetched from it. */
  candour: 'https://candour.example/terms#',
} as const;

/** Terms of the vocabulary that are emitted, by compact name. */
export const DPV_TERMS = [
  'dpv:PrivacyNotice',
  'dpv:Notice',
  'dpv:Policy',
  'dpv:DataProcessingPolicy',
  'dpv:DataController',
  'dpv:DataProtectionOfficer',
  'dpv:Representative',
  'dpv:DataProtectionAuthority',
  'dpv:DataSubject',
  'dpv:ParentOfDataSubject',
  'dpv:PersonalData',
  'dpv:SpecialCategoryPersonalData',
  'dpv:Process',
  'dpv:Recipient',
  'dpv:CrossBorderTransfer',
  'dpv:DataSubjectRight',
  'dpv:StorageDuration',
  'dpv:TemporalDuration',
  'dpv:UntilEventDuration',
  'dpv:IndeterminateDuration',
  'dpv:DataSubjectDataSource',
  'dpv:ThirdPartyDataSource',
  'dpv:PublicDataSource',
  'dpv:DataSource',
  'dpv:Purpose',
  'dpv:ServiceProvision',
  'dpv:ServiceUsageAnalytics',
  'dpv:UserInterfacePersonalisation',
  'dpv:EnforceSecurity',
  'dpv:Marketing',
  'dpv:Advertising',
  'dpv:HumanResourceManagement',
  'dpv:LegalCompliance',
  'dpv:DirectMarketing',
  'dpv:Consent',
  'dpv:Contract',
  'dpv:EnterIntoContract',
  'dpv:LegalObligation',
  'dpv:VitalInterest',
  'dpv:PublicInterest',
  'dpv:LegitimateInterest',
  'dpv:LegitimateInterestOfController',
  'dpv:LegitimateInterestOfThirdParty',
  'dpv:ConsentReceipt',
  'dpv:ConsentRecord',
  'dpv:ConsentGiven',
  'dpv:ConsentRefused',
  'dpv:ConsentWithdrawn',
  'dpv:hasDataController',
  'dpv:hasDataProtectionOfficer',
  'dpv:hasRepresentative',
  'dpv:hasAuthority',
  'dpv:hasName',
  'dpv:hasContact',
  'dpv:hasDataSubject',
  'dpv:hasDataSource',
  'dpv:hasPersonalData',
  'dpv:hasProcess',
  'dpv:hasPurpose',
  'dpv:hasLegalBasis',
  'dpv:hasRecipient',
  'dpv:hasRight',
  'dpv:hasStorageCondition',
  'dpv:hasDuration',
  'dpv:hasApplicableLaw',
  'dpv:hasNotice',
  'dpv:hasConsentStatus',
  'dpv:hasStatus',
  'dpv:hasRecordOfActivity',
  'dpv:hasJurisdiction',
  'dpv:isIndicatedBy',
  'dpv:isIndicatedAtTime',
  'dpv:hasIndicationMethod',
  'pd:Criminal',
  'legal-gb:law-GDPR',
  'legal-gb:DPA-GB',
] as const;
export type DpvTerm = (typeof DPV_TERMS)[number];

/** Terms of our own, each with what it says. docs/vocabulary.md is made of this list. */
export const CANDOUR_TERMS = {
  'candour:CookiePolicy': 'A document about storage and access on devices.',
  'candour:InternalPolicy': 'A document that instructs people inside the organisation; no notice.',
  'candour:RecognisedLegitimateInterest':
    'The lawful basis of Article 6(1)(ea) of the UK GDPR, in force since 5 February 2026; with its condition.',
  'candour:NotStated': 'The document states no lawful basis for the activity. An answer, not an absence.',
  'candour:StatedForDocument': 'Lawful bases are stated for the whole document, and not for the activity.',
  'candour:Stated': 'A lawful basis is stated for the activity itself.',
  'candour:attested': 'The operator vouches for the record: the data subject did not sign it.',
  'candour:Objected': 'The data subject objected, and nothing is done on that purpose.',
  'candour:NotObjected': 'The data subject was offered an objection and made none.',
  'candour:lawfulBasisStatus': 'Whether a lawful basis is stated for the activity, for the document only, or not at all.',
  'candour:lawfulBasisNote': 'What the text has near a basis without stating one.',
  'candour:article': 'The article of the GDPR or UK GDPR in which a lawful basis stands, as "Art. 6(1)(a)".',
  'candour:interest': 'The legitimate interest as stated.',
  'candour:holder': 'Whose legitimate interest it is: controller, third_party or not_stated.',
  'candour:holderName': 'The third party whose legitimate interest it is.',
  'candour:condition': 'The condition on which a recognised legitimate interest relies.',
  'candour:limitedTo': 'Purposes, data or stage that a lawful basis is limited to, as JSON.',
  'candour:right': 'The right by the name that Candour uses for it.',
  'candour:route': 'How a right is exercised.',
  'candour:deadline': 'The time in which a request is answered, as an ISO 8601 duration.',
  'candour:fee': 'What a request costs.',
  'candour:formats': 'The formats in which data is given.',
  'candour:rule': 'A retention rule as JSON, as in the schema of the notice.',
  'candour:notSharedWith': 'Somebody with whom the document says that data is not shared.',
  'candour:notCollected': 'Data that the document says is not collected.',
  'candour:dataSource': 'Where data comes from: data_subject, employer, public, device, third_party or not_stated.',
  'candour:transfer': 'A transfer to another country that the document states.',
  'candour:destination': 'Where a transfer goes.',
  'candour:mechanism': 'The mechanism on which a transfer relies; absent where none is stated.',
  'candour:regime': 'A law that the document names, in its own words.',
  'candour:version': 'The version that the document gives.',
  'candour:scope': 'What the document covers.',
  'candour:legalName': 'The legal name of the controller, where the document gives it.',
  'candour:alias': 'Another name of the controller in the document.',
  'candour:contactRole': 'Whose contact it is: dpo, controller, team, authority or other.',
  'candour:contactKind': 'The kind of contact: email, phone, post, url or form.',
  'candour:contactValue': 'The address or number; absent where the site hides it.',
  'candour:shape': 'The standard whose structure the record follows. No claim of conformity.',
  'candour:withdrawalPoint': 'Where a consent can be withdrawn.',
  'candour:channel': 'A marketing channel: email, sms, push_dm, live_call, auto_call or post.',
  'candour:sender': 'Who sends on a marketing channel.',
  'candour:vendors': 'Companies by their numbers in the vendor list of the IAB framework, as ranges: "2-5 8".',
  'candour:vendorList': 'The version of the vendor list that was shown; null where a choice was restored from the cookie.',
  'candour:presentation': 'The hash of what was shown when the choice was made; absent for restored and imported choices.',
  'candour:globalPrivacyControl': 'Whether the Global Privacy Control signal was on.',
  'candour:proof': 'The whole receipt with its proofs, as JSON: what can be verified.',
} as const;
export type CandourTerm = keyof typeof CANDOUR_TERMS;

/** Any JSON-LD node: keys are compact terms or keywords. */
export type Node = { [key in DpvTerm | CandourTerm | `dct:${string}` | `@${string}`]?: unknown };

/** The context of every document: prefixes, and JSON literals where the vocabulary has no structure for a thing. */
export const CONTEXT = {
  '@version': 1.1,
  ...PREFIXES,
  ...Object.fromEntries(
    (['candour:rule', 'candour:limitedTo', 'candour:proof'] as const satisfies CandourTerm[]).map((term) => [
      term,
      { '@id': term, '@type': '@json' },
    ]),
  ),
};

/** The full IRI of a compact name. Throws RangeError for an unknown prefix. */
export function expandIri(compact: string): string {
  const cut = compact.indexOf(':');
  const prefix = compact.slice(0, cut);
  if (!Object.hasOwn(PREFIXES, prefix)) throw new RangeError(`no such prefix: ${compact}`);
  return PREFIXES[prefix as keyof typeof PREFIXES] + compact.slice(cut + 1);
}
