// Which kinds of purpose of ours the words of other platforms stand for, and which kinds an activity of a notice is about. Only what a
// platform asks visitors about is mapped; for the rest nothing is compared.
import type { ProcessingActivity, PurposeKind } from '../notice/schema.ts';
import { evenText, foundStem } from '../notice/stems.ts';
import { SITE_TOPICS } from '../notice/topics.ts';
import type { ConsentType } from './signals.ts';

/** Purposes of the Transparency and Consent Framework (policies, appendix A). Purpose 1, storage on the device, serves all the others. */
export const TCF_PURPOSE_KINDS: Readonly<Record<number, readonly PurposeKind[]>> = {
  1: ['advertising', 'statistics', 'appearance'],
  2: ['advertising'],
  3: ['advertising'],
  4: ['advertising'],
  5: ['appearance'],
  6: ['appearance'],
  7: ['advertising'],
  8: ['statistics'],
  9: ['statistics'],
  10: ['service'],
  11: ['appearance'],
};

/** Types of Google Consent Mode, as docs/signals.md tells them. */
export const CONSENT_TYPE_KINDS: Readonly<Record<ConsentType, readonly PurposeKind[]>> = {
  ad_storage: ['advertising', 'marketing'],
  ad_user_data: ['advertising', 'marketing'],
  ad_personalization: ['advertising', 'marketing'],
  analytics_storage: ['statistics'],
  functionality_storage: ['appearance', 'service'],
  personalization_storage: ['appearance'],
  security_storage: ['security'],
};

const DEVICE_KINDS = ['advertising', 'statistics', 'appearance'] as const satisfies readonly PurposeKind[];
type DeviceKind = (typeof DEVICE_KINDS)[number];
const isDeviceKind = (kind: PurposeKind): kind is DeviceKind => (DEVICE_KINDS as readonly PurposeKind[]).includes(kind);

const STEMS = new Map(SITE_TOPICS.map(({ id, title }) => [id, title]));
const isAbout = (topic: 'cookies' | 'statistics' | 'advertising', text: string): boolean =>
  foundStem(STEMS.get(topic) ?? '', text) !== null;

/**
 * What of a visitor's device an activity is about: by the kinds that its notice declares, else by its title. An activity about cookies and
 * no kind of them is about all that platforms ask for.
 */
export function deviceKinds({ title, purposes }: Pick<ProcessingActivity, 'title' | 'purposes'>): DeviceKind[] {
  const declared = purposes.map(({ kind }) => kind).filter(isDeviceKind);
  if (declared.length > 0) return [...new Set(declared)];
  const even = evenText(title);
  const named = (['advertising', 'statistics'] as const).filter((kind) => isAbout(kind, even));
  if (
    named.length > 0 &&
    (isAbout('cookies', even) || /\b(?:site|website|online|web|visit\w*)\b/.test(even) || named.length === 2)
  )
    return named;
  return isAbout('cookies', even) ? [...DEVICE_KINDS] : [];
}
