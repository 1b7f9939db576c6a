// What the widget's interface says of each purpose: read from the configuration and the notices, so that the words on
// screen and the published notice cannot differ. Travels with the interface, not with the first chunk.
import { LAWFUL_BASIS_FACTS } from '../notice/lawful-basis.ts';
import { lawfulBasisStatus, type NoticeKind, type PrivacyNotice } from '../notice/schema.ts';
import { modeOf, type Mode, type SiteConfiguration } from './configuration.ts';
import { activityOf, type SiteNotices } from './terms.ts';
import type { Spoken, Words } from './words.ts';

export interface PurposeDetails {
  id: string;
  kind: string;
  label: string;
  description: string;
  mode: Mode;
  /** Words for the lawful basis: "Consent, Art. 6(1)(a)", or how it is not stated. */
  lawfulBasis: string;
  retention: string[];
  recipients: string[];
  storage: { name: string; kind: string; lifetime: string }[];
  /** Hash of the notice and the place of the activity in it. */
  notice: { hash: string; place: string };
}

export interface SiteDetails {
  name: string;
  controller: string;
  notices: { kind: NoticeKind; title: string; hash: string }[];
  purposes: PurposeDetails[];
  marketing: SiteConfiguration['marketing'];
}

/** As the widget gets them: with the interface's words in the language of the page. */
export interface SpokenDetails extends SiteDetails {
  /** BCP 47: of the labels and descriptions. */
  language: string;
  words: Spoken & Words;
}

function basisWords(notice: PrivacyNotice, activityId: string): string {
  const activity = notice.activities.find(({ id }) => id === activityId);
  if (!activity) return 'Not stated';
  const status = lawfulBasisStatus(notice, activity);
  if (status === 'not_stated') return 'Not stated';
  if (status === 'document_only') return 'Stated for the whole document, not for this activity';
  return [
    ...new Set(
      activity.lawfulBases.map(({ basis }) => `${LAWFUL_BASIS_FACTS[basis].label}, ${LAWFUL_BASIS_FACTS[basis].article}`),
    ),
  ].join('; ');
}

/** `hashes` are those of the notices by kind. Throws UnknownActivityError. */
export function siteDetails(
  configuration: SiteConfiguration,
  notices: SiteNotices,
  hashes: Partial<Record<NoticeKind, string>>,
): SiteDetails {
  const published = Object.values(notices);
  return {
    name: configuration.name,
    controller: (notices.privacy_notice ?? notices.cookie_policy)?.controller.name ?? configuration.name,
    notices: published.map(({ kind, title }) => ({ kind, title, hash: hashes[kind] ?? '' })),
    purposes: configuration.purposes.map((purpose) => {
      const activity = activityOf(purpose, notices);
      const notice = notices[purpose.activity.notice] as PrivacyNotice;
      return {
        id: purpose.id,
        kind: purpose.kind,
        label: purpose.label,
        description: purpose.description,
        mode: modeOf(purpose, configuration.jurisdiction),
        lawfulBasis: basisWords(notice, activity.id),
        retention: activity.retention.map(({ statement }) => statement),
        recipients: [
          ...new Set([...purpose.recipients, ...activity.recipients.filter(({ negative }) => !negative).map(({ name }) => name)]),
        ],
        storage: purpose.storage,
        notice: { hash: hashes[purpose.activity.notice] ?? '', place: `activities/${notice.activities.indexOf(activity)}` },
      };
    }),
    marketing: configuration.marketing,
  };
}
