// What every page of the web is asked for: as little as tells whether it leads to a notice.
import type { PageSeen } from '../messages.ts';
import { declaredNotices } from './declared.ts';
import { byTag } from './dom.ts';
import { briefFacts, structuredData } from './facts.ts';
import { isHint, mayLead, pageLinks } from './links.ts';

/** More is no heading. */
const HEADING = 200;
/** The heading may be all that tells a notice. It stands near the top of most pages, so that this walk is short; other headings are not looked for. */
const isHeaded = (document: Document): boolean =>
  isHint(byTag(document, 'h1')[0]?.textContent?.trimStart().slice(0, HEADING) ?? '');

export function glance(document: Document, visit: string): PageSeen {
  const found = mayLead(document);
  const url = location.href;
  return {
    type: 'page_seen',
    visit,
    brief: true,
    page: briefFacts(document, url, (title) => found || isHint(title) || isHint(url) || isHeaded(document)),
    ...(found ? declaredNotices(document, structuredData(document).policies) : { declared: [], named: [] }),
    links: found ? pageLinks(document, false) : [],
  };
}
