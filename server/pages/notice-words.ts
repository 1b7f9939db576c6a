// What a notice's codes say in words for people.
import { LAWFUL_BASIS_FACTS } from '../../shared/notice/lawful-basis.ts';
import type { Right } from '../../shared/notice/rights.ts';
import {
  isNotice,
  lawfulBasisStatus,
  type AppliesTo,
  type Channel,
  type Contact,
  type LawfulBasisStatement,
  type NoticeKind,
  type PrivacyNotice,
  type ProcessingActivity,
  type PurposeKind,
  type RetentionRule,
} from '../../shared/notice/schema.ts';

const KINDS: Record<NoticeKind, string> = {
  privacy_notice: 'Privacy notice',
  cookie_policy: 'Cookie policy',
  internal_policy: 'Internal policy, not a notice',
  processing_policy: 'Internal policy, not a notice',
};
/** R77: a policy is never presented as the notice. */
export const kindWords = (kind: NoticeKind): string => KINDS[kind];

export const policyWords = (kind: NoticeKind): string | null =>
  isNotice(kind)
    ? null
    : 'This document sets rules for people inside the organisation. It is shown here because it was published; it is not a privacy notice addressed to you.';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** "3 May 2018", "May 2018", or "no date given" (R90). */
export function dateWords(date: string | null): string {
  if (date === null) return 'no date given';
  const [year = '', month = '', day] = date.split('-');
  return [day && Number(day), MONTHS[Number(month) - 1], year].filter(Boolean).join(' ');
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });

/** "22 November 2026 at 10:15:30 UTC" of an ISO instant. */
export const instantWords = (instant: string): string => `${moment.format(new Date(instant))} UTC`;

export const plain = (slug: string): string => slug.replaceAll(/[-_]/g, ' ');

const AFTERWARDS = {
  delete: 'deleted',
  anonymise: 'made anonymous',
  delete_or_anonymise: 'deleted or made anonymous',
  review: 'reviewed',
  archive: 'archived',
};

/** What the rule says besides retentionWords(), a short sentence each. */
export const retentionDetails = (rule: RetentionRule): string[] =>
  [rule.afterwards && `Afterwards: ${AFTERWARDS[rule.afterwards]}`, rule.reason && `Reason: ${rule.reason}`].filter(
    (text) => typeof text === 'string',
  );

export const basisWords = ({ basis }: Pick<LawfulBasisStatement, 'basis'>): { label: string; article: string } =>
  LAWFUL_BASIS_FACTS[basis];

const HOLDERS = { controller: 'the controller', third_party: 'somebody else', not_stated: 'not stated' };

/** What the statement of a basis adds to its name, a short sentence each. */
export function basisDetails(base: LawfulBasisStatement): string[] {
  const limits = base.limitedTo;
  return [
    base.steps && 'For steps taken at your request before a contract',
    base.interest && `Interest: ${base.interest}`,
    base.holder && `Whose interest: ${base.holderName ?? HOLDERS[base.holder]}`,
    base.condition && `Condition: ${base.condition}`,
    limits && limits.purposes.length > 0 && `Only for: ${limits.purposes.join(', ')}`,
    limits && limits.data.length > 0 && `Only this data: ${limits.data.join(', ')}`,
    limits?.stage && `Only at this stage: ${limits.stage}`,
  ].filter((text) => typeof text === 'string');
}

/** The label of R77 for an activity without a basis of its own; null where one is stated. */
export function missingBasisWords(notice: PrivacyNotice, activity: ProcessingActivity): string | null {
  const status = lawfulBasisStatus(notice, activity);
  if (status === 'stated') return null;
  return status === 'not_stated' ? 'Not stated' : 'Stated for the whole document, not for this activity';
}

const SOURCES: Record<NonNullable<ProcessingActivity['source']>['from'], string> = {
  data_subject: 'You',
  employer: 'Your employer',
  public: 'Public sources',
  device: 'Your device',
  third_party: 'Somebody else',
  not_stated: 'Not stated',
};
export const sourceWords = (from: keyof typeof SOURCES): string => SOURCES[from];

const RIGHT_NAMES: Record<Right, string> = {
  informed: 'To be informed',
  access: 'Access',
  rectification: 'Rectification',
  erasure: 'Erasure',
  restriction: 'Restriction',
  portability: 'Portability',
  object: 'To object',
  object_direct_marketing: 'To object to direct marketing',
  withdraw_consent: 'To withdraw consent',
  automated_decisions: 'Automated decisions',
  complaint: 'To complain',
  other: 'Other',
};
export const rightWords = (right: Right): string => RIGHT_NAMES[right];

const PURPOSES: Partial<Record<PurposeKind, string>> = { hr: 'staff', service: 'providing the service' };
export const purposeKindWords = (kind: PurposeKind): string => PURPOSES[kind] ?? kind;

const CHANNEL_NAMES: Record<Channel, string> = {
  email: 'email',
  sms: 'text message',
  push_dm: 'push or direct message',
  live_call: 'phone call',
  auto_call: 'automated call',
  post: 'post',
};
export const channelWords = (channel: Channel): string => CHANNEL_NAMES[channel];

const ROLES: Record<Contact['role'], string> = {
  dpo: 'Data protection officer',
  controller: 'Controller',
  team: 'Team',
  authority: 'Supervisory authority',
  other: 'Contact',
};
export const contactRoleWords = (role: Contact['role']): string => ROLES[role];

/** Where on the site the notice says that it happens; empty where it declares no page. */
export const placesOnSite = (rule: AppliesTo): string[] => [
  ...(rule.everywhere ? ['every page of the site'] : []),
  ...rule.urls.map((pattern) => `addresses like ${pattern}`),
  ...rule.pageTypes.map((type) => `pages of this kind: ${plain(type)}`),
  ...rule.fields.map((fields) => `forms that ask for ${fields.map(plain).join(' and ')}`),
];
