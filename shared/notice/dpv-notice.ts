// Which term of the Data Privacy Vocabulary, or of ours, stands for which word of a notice. Written and read by the same tables.
import type { CandourTerm, DpvTerm } from './dpv.ts';
import type { LawfulBasis, LawfulBasisStatus } from './lawful-basis.ts';
import type { LawfulBasisStatement, NoticeKind, ProcessingActivity, PurposeKind, RetentionPeriod } from './schema.ts';

export const KINDS_IN_DPV: Record<NoticeKind, [DpvTerm, ...CandourTerm[]]> = {
  privacy_notice: ['dpv:PrivacyNotice'],
  cookie_policy: ['dpv:Notice', 'candour:CookiePolicy'],
  internal_policy: ['dpv:Policy', 'candour:InternalPolicy'],
  processing_policy: ['dpv:DataProcessingPolicy', 'candour:InternalPolicy'],
};
export const PURPOSES_IN_DPV: Record<PurposeKind, DpvTerm> = {
  service: 'dpv:ServiceProvision',
  statistics: 'dpv:ServiceUsageAnalytics',
  appearance: 'dpv:UserInterfacePersonalisation',
  security: 'dpv:EnforceSecurity',
  marketing: 'dpv:Marketing',
  advertising: 'dpv:Advertising',
  hr: 'dpv:HumanResourceManagement',
  legal: 'dpv:LegalCompliance',
  other: 'dpv:Purpose',
};
export const BASES_IN_DPV: Record<Exclude<LawfulBasis, 'legitimate_interests'>, DpvTerm | CandourTerm> = {
  consent: 'dpv:Consent',
  contract: 'dpv:Contract',
  legal_obligation: 'dpv:LegalObligation',
  vital_interests: 'dpv:VitalInterest',
  public_task: 'dpv:PublicInterest',
  recognised_legitimate_interests: 'candour:RecognisedLegitimateInterest',
};
export const INTERESTS_IN_DPV: Record<NonNullable<LawfulBasisStatement['holder']>, DpvTerm> = {
  controller: 'dpv:LegitimateInterestOfController',
  third_party: 'dpv:LegitimateInterestOfThirdParty',
  not_stated: 'dpv:LegitimateInterest',
};
export const DATA_IN_DPV: Record<'plain' | 'special' | 'criminal', DpvTerm> = {
  plain: 'dpv:PersonalData',
  special: 'dpv:SpecialCategoryPersonalData',
  criminal: 'pd:Criminal',
};
export const SOURCES_IN_DPV: Record<NonNullable<ProcessingActivity['source']>['from'], DpvTerm> = {
  data_subject: 'dpv:DataSubjectDataSource',
  employer: 'dpv:ThirdPartyDataSource',
  third_party: 'dpv:ThirdPartyDataSource',
  public: 'dpv:PublicDataSource',
  device: 'dpv:DataSource',
  not_stated: 'dpv:DataSource',
};
export const STATUSES_IN_DPV: Record<LawfulBasisStatus, CandourTerm> = {
  stated: 'candour:Stated',
  document_only: 'candour:StatedForDocument',
  not_stated: 'candour:NotStated',
};
export const DURATIONS_IN_DPV: Record<RetentionPeriod['type'], DpvTerm> = {
  after_event: 'dpv:TemporalDuration',
  fixed: 'dpv:TemporalDuration',
  until_event: 'dpv:UntilEventDuration',
  while: 'dpv:IndeterminateDuration',
  criteria: 'dpv:IndeterminateDuration',
  reference: 'dpv:IndeterminateDuration',
};
