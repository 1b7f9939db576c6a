// What the widget's interface says of each purpose: read from the configuration and the notices, so that the words on
// screen and the published notice cannot differ. Travels with the interface, not with the first chunk.
import { LAWFUL_BASIS_FACTS, type LawfulBasis } from '../notice/lawful-basis.ts';
import { lawfulBasisStatus, type NoticeKind, type PrivacyNotice, type ProcessingActivity } from '../notice/schema.ts';
import type { SiteRecord } from './boot.ts';
import type { Mode, Purpose, Service, SiteConfiguration } from './configuration.ts';
import { modesIn } from './jurisdiction.ts';
import { activityOf, type SiteNotices } from './terms.ts';
import type { BannerWords, Spoken, Words } from './words.ts';

type OptIn = SiteConfiguration['marketing'][number];

/** A lawful basis, or how it is not stated: the interface names it in its own language. */
export type StatedBasis = LawfulBasis | 'document_only' | 'not_stated';

export interface ItemDetails {
  name: string;
  kind: string;
  lifetime: string;
  provider?: string;
  /** Of a cookie that is set neither for / nor for a path above the page. */
  path?: string;
  /** Not said: by a script of the page. */
  setBy?: 'page' | 'server' | 'third_party';
}

export interface ServiceDetails extends Pick<
  Service,
  'id' | 'name' | 'provider' | 'description' | 'privacy' | 'retention' | 'country'
> {
  storage: ItemDetails[];
}

export interface PurposeDetails {
  id: string;
  kind: string;
  label: string;
  description: string;
  mode: Mode;
  /** At least one. */
  lawfulBases: StatedBasis[];
  retention: string[];
  recipients: string[];
  storage: ItemDetails[];
  /** Each with a choice of its own (services.ts); left out where there are none. */
  services?: ServiceDetails[];
  /** Hash of the notice and the place of the activity in it. */
  notice: { hash: string; place: string };
}

/** What stands in a form's fieldset; `why` in the notice's words where the configuration has none of its own. */
export interface OptInDetails extends Pick<OptIn, 'activity' | 'label' | 'channels' | 'howToStop'> {
  /** Left out for an opt-in. */
  box?: 'opt_out';
  senders: { id: string; name: string }[];
  why?: string;
  howOften?: string;
  /** Hash and kind of the notice that has the activity; left out where none has it any more. */
  notice?: { hash: string; kind: NoticeKind };
}

export interface SiteDetails {
  name: string;
  controller: string;
  notices: { kind: NoticeKind; title: string; hash: string }[];
  purposes: PurposeDetails[];
  marketing: OptInDetails[];
}

/** As the widget gets them: with the interface's words in the language of the page. */
export interface SpokenDetails extends SiteDetails {
  /** BCP 47: of the labels and descriptions. */
  language: string;
  words: Spoken & Words;
  record: SiteRecord;
}

/** The part of it that the banner shows and its choice is recorded with: comes with the first chunk on a first visit. */
export interface BannerDetails {
  controller: string;
  notices: { kind: NoticeKind; hash: string }[];
  purposes: Pick<PurposeDetails, 'id' | 'label' | 'mode' | 'notice'>[];
  language: string;
  words: BannerWords;
  record: SiteRecord;
}

function basesOf(notice: PrivacyNotice, activity: ProcessingActivity): StatedBasis[] {
  const status = lawfulBasisStatus(notice, activity);
  return status === 'stated' ? [...new Set(activity.lawfulBases.map(({ basis }) => basis))] : [status];
}

/** In English: "Consent, Art. 6(1)(a)", or how it is not stated. */
export const basisNote = (bases: readonly StatedBasis[]): string =>
  bases
    .map((basis) => {
      if (basis === 'not_stated') return 'Not stated';
      if (basis === 'document_only') return 'Stated for the whole document, not for this activity';
      return `${LAWFUL_BASIS_FACTS[basis].label}, ${LAWFUL_BASIS_FACTS[basis].article}`;
    })
    .join('; ');

/** What belongs to a service is its provider's, unless the item says whose it is. */
const serviceDetails = ({ storage, ...service }: Service): ServiceDetails => ({
  ...service,
  storage: storage.map((item) => ({ ...item, provider: item.provider ?? service.provider })),
});

/** Who gets the data; the services tell of their own providers. */
const recipientsOf = ({ recipients }: Purpose, activity: ProcessingActivity): string[] => [
  ...new Set([...recipients, ...activity.recipients.filter(({ negative }) => !negative).map(({ name }) => name)]),
];

function optInDetails(optIn: OptIn, notices: SiteNotices, hashes: Partial<Record<NoticeKind, string>>): OptInDetails {
  const { activity, label, channels, howToStop, howOften, box } = optIn;
  const notice = Object.values(notices).find(({ activities }) => activities.some(({ id }) => id === activity));
  const purposes = notice?.activities.find(({ id }) => id === activity)?.purposes ?? [];
  const why = optIn.why ?? purposes.flatMap(({ kind, text }) => (kind === 'marketing' ? [text] : [])).join('; ');
  const hash = notice && hashes[notice.kind];
  return {
    activity,
    label,
    channels,
    howToStop,
    senders: optIn.senders.map(({ id, name }) => ({ id, name })),
    ...(box === 'opt_out' && { box }),
    ...(why && { why }),
    ...(howOften && { howOften }),
    ...(hash && { notice: { hash, kind: notice.kind } }),
  };
}

/** `hashes` are those of the notices by kind; the modes are those of `jurisdiction`. Throws UnknownActivityError. */
export function siteDetails(
  configuration: SiteConfiguration,
  notices: SiteNotices,
  hashes: Partial<Record<NoticeKind, string>>,
  jurisdiction: string = configuration.jurisdiction,
): SiteDetails {
  const published = Object.values(notices);
  const modes = modesIn(configuration, jurisdiction);
  return {
    name: configuration.name,
    controller: (notices.privacy_notice ?? notices.cookie_policy)?.controller.name ?? configuration.name,
    notices: published.map(({ kind, title }) => ({ kind, title, hash: hashes[kind] ?? '' })),
    purposes: configuration.purposes.map((purpose) => {
      const activity = activityOf(purpose, notices);
      const notice = notices[purpose.activity.notice] as PrivacyNotice;
      const { id, kind, label, description, storage, services } = purpose;
      return {
        id,
        kind,
        label,
        description,
        mode: modes[id] ?? 'opt_in',
        lawfulBases: basesOf(notice, activity),
        retention: activity.retention.map(({ statement }) => statement),
        recipients: recipientsOf(purpose, activity),
        storage,
        ...(services.length > 0 && { services: services.map(serviceDetails) }),
        notice: { hash: hashes[purpose.activity.notice] ?? '', place: `activities/${notice.activities.indexOf(activity)}` },
      };
    }),
    marketing: configuration.marketing.map((optIn) => optInDetails(optIn, notices, hashes)),
  };
}
