// A configuration for a site owner who gave none: what the notices say happens on the device or needs a choice, asked for
// the strictest way. Direct marketing is asked for in a form, by sender and channel (R33), and never in the banner.
import {
  isNotice,
  type Channel,
  type NoticeKind,
  type PrivacyNotice,
  type ProcessingActivity,
  type PurposeKind,
} from '../shared/notice/schema.ts';
import type { SiteNotices } from '../shared/site/terms.ts';

/** Kinds that people are asked about before anything else of the activity. */
const ASKED: readonly PurposeKind[] = ['statistics', 'appearance', 'advertising', 'marketing', 'other'];

const kindOf = (activity: ProcessingActivity): PurposeKind =>
  ASKED.find((kind) => activity.purposes.some((purpose) => purpose.kind === kind)) ?? activity.purposes[0]?.kind ?? 'other';

const basesOf = (activity: ProcessingActivity): string[] => activity.lawfulBases.map(({ basis }) => basis);

/** Only what needs no choice runs unasked: security or the service itself, on another basis than consent. */
const runsUnasked = (activity: ProcessingActivity): boolean =>
  ['security', 'service'].includes(kindOf(activity)) && activity.lawfulBases.length > 0 && !basesOf(activity).includes('consent');

/** By which channels an opt-in in a form asks for it. */
const formChannels = ({ marketing }: ProcessingActivity): Channel[] => (marketing && !marketing.never ? marketing.channels : []);

/** Messages to people: nothing on the page waits for them, and a tick for each channel is another question than a banner's. */
const isDirectMarketing = (activity: ProcessingActivity): boolean =>
  formChannels(activity).length > 0 || (kindOf(activity) === 'marketing' && activity.source?.from !== 'device');

/** Of a cookie policy everything; of a privacy notice what is on the device, on consent or of a kind that people choose about. */
function activitiesToAsk(notice: PrivacyNotice): ProcessingActivity[] {
  if (notice.kind === 'cookie_policy') return notice.activities.filter((activity) => formChannels(activity).length === 0);
  const activities = notice.activities.filter((activity) => !isDirectMarketing(activity));
  const asked = activities.filter(
    (activity) =>
      activity.source?.from === 'device' ||
      basesOf(activity).includes('consent') ||
      ['statistics', 'appearance', 'advertising'].includes(kindOf(activity)),
  );
  return asked.length > 0 ? asked : activities.slice(0, 1);
}

function purposesOf(notice: PrivacyNotice) {
  const activities = activitiesToAsk(notice).slice(0, 50);
  const kinds = activities.map(kindOf);
  return activities.map((activity, i) => {
    const kind = kinds[i] as PurposeKind;
    return {
      // By default a purpose's id is its kind, so that data-purpose="statistics" works as written.
      id: kinds.filter((other) => other === kind).length === 1 ? kind : activity.id,
      kind,
      label: activity.title,
      description: activity.purposes.map(({ text }) => text).join('; ') || activity.title,
      activity: { notice: notice.kind, activity: activity.id },
      modes: runsUnasked(activity) ? { unknown: 'info_only' } : {},
    };
  });
}

function marketingOf(notice: PrivacyNotice) {
  return notice.activities.flatMap((activity) => {
    const { id, title, marketing } = activity;
    const channels = formChannels(activity);
    if (!marketing || channels.length === 0) return [];
    return [
      {
        activity: id,
        label: title,
        senders: [{ id: 'controller', name: notice.controller.name }],
        channels,
        howToStop: marketing.howToStop[0] ?? marketing.statement,
      },
    ];
  });
}

const BEST_FIRST: NoticeKind[] = ['cookie_policy', 'privacy_notice'];

/** Without site, name and origins. Internal and processing policies are never what a widget asks from, unless there is nothing else. */
export function defaultConfiguration(notices: SiteNotices) {
  const published = Object.values(notices);
  const source = BEST_FIRST.map((kind) => notices[kind]).find((notice) => notice !== undefined) ?? published[0];
  return {
    purposes: source ? purposesOf(source) : [],
    marketing: published.filter(({ kind }) => isNotice(kind)).flatMap(marketingOf),
  };
}
