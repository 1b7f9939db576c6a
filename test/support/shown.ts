// What a banner of a test site shows now, so that events cite what the site really published.
import { hashOf } from '../../shared/canonical.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { SiteContext } from '../../server/site-context.ts';
import { sha256 } from '../../server/verifier.ts';

export async function shownNow(site: SiteContext): Promise<{ presentation: Presentation; hash: string; terms: string }> {
  const presentation: Presentation = {
    v: 1,
    configuration: site.configurationHash,
    notices: Object.values(site.hashes).sort(),
    build: 'B'.repeat(42) + 'A',
    language: 'en',
    layout: 'box',
    jurisdiction: 'unknown',
    purposes: site.configuration.purposes.map(({ id }) => ({ id, mode: 'opt_in', default: 'off' })),
    words: [
      { id: 'title', text: 'Your choice' },
      ...site.configuration.purposes.map(({ id, label }) => ({ id: `${id}-label`, text: label })),
    ],
    controls: [
      { id: 'reject_all', kind: 'button', name: 'Reject all' },
      { id: 'accept_all', kind: 'button', name: 'Accept all' },
    ],
  };
  return { presentation, hash: await hashOf(presentation, sha256), terms: site.terms };
}
