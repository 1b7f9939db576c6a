// What was said of each purpose when a choice was made: from the configuration and the notices that the presentation names.
import * as v from 'valibot';

import type { Receipt } from '../shared/consent/receipt.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import { siteDetails, type SiteDetails } from '../shared/site/details.ts';
import { UnknownActivityError, type SiteNotices } from '../shared/site/terms.ts';
import type { SiteContext } from './site-context.ts';
import type { Store } from './store/store.ts';

/** Null where nothing was shown, or not what this site published. */
export async function shownDetails(
  store: Store,
  site: SiteContext,
  { presentation }: Pick<Receipt, 'presentation'>,
): Promise<SiteDetails | null> {
  if (!presentation) return null;
  const document = await store.document(presentation.configuration, 'configuration');
  if (document?.site !== site.site.id) return null;
  const shown = site.published.filter(({ hash }) => presentation.notices.includes(hash));
  const notices: SiteNotices = Object.fromEntries(shown.map(({ notice }) => [notice.kind, notice]));
  const hashes = Object.fromEntries(shown.map(({ notice, hash }) => [notice.kind, hash]));
  try {
    return siteDetails(v.parse(SiteConfiguration, JSON.parse(document.body)), notices, hashes);
  } catch (error) {
    if (error instanceof UnknownActivityError) return null;
    throw error;
  }
}
