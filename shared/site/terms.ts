// `terms`: what matters in law about what is asked, and nothing of wording or language. Only changed terms ask people again.
import { hashOf } from '../canonical.ts';
import type { Sha256 } from '../crypto.ts';
import type { NoticeKind, PrivacyNotice, ProcessingActivity } from '../notice/schema.ts';
import type { Purpose, SiteConfiguration } from './configuration.ts';

/** The published notices of a site, one of each kind at the most. */
export type SiteNotices = Partial<Record<NoticeKind, PrivacyNotice>>;

/** Thrown for a configuration whose purpose points at nothing. */
export class UnknownActivityError extends Error {
  override name = 'UnknownActivityError';
}

/** The activity that a purpose belongs to. Throws UnknownActivityError. */
export function activityOf(purpose: Purpose, notices: SiteNotices): ProcessingActivity {
  const found = notices[purpose.activity.notice]?.activities.find(({ id }) => id === purpose.activity.activity);
  if (!found)
    throw new UnknownActivityError(
      `purpose "${purpose.id}" points at activity "${purpose.activity.activity}" of the site's ${purpose.activity.notice}, which has no such activity`,
    );
  return found;
}

/** SHA-256 (43 base64url characters) of each purpose's revision, bases, controller, recipients and data. */
export function termsOf(configuration: SiteConfiguration, notices: SiteNotices, sha256: Sha256): Promise<string> {
  const purposes = configuration.purposes.map((purpose) => {
    const activity = activityOf(purpose, notices);
    return {
      id: purpose.id,
      revision: purpose.revision,
      bases: [...new Set(activity.lawfulBases.map(({ basis }) => basis))].sort(),
      controller: notices[purpose.activity.notice]?.controller.name ?? '',
      recipients: [
        ...new Set([
          ...purpose.recipients,
          ...purpose.services.map(({ provider }) => provider),
          ...activity.recipients.filter(({ negative }) => !negative).map(({ name }) => name),
        ]),
      ].sort(),
      data: [...new Set(activity.dataCategories.filter(({ notCollected }) => !notCollected).map(({ name }) => name))].sort(),
    };
  });
  return hashOf({ purposes: purposes.sort((a, b) => (a.id < b.id ? -1 : 1)) }, sha256);
}
