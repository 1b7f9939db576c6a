// What every page of the web is asked for: as little as tells whether it leads to a notice.
import type { PageSeen } from '../messages.ts';
import { declaredNotices } from './declared.ts';
import { briefFacts, structuredData } from './facts.ts';
import { isHint, mayLead, pageLinks } from './links.ts';

export function glance(document: Document, visit: string): PageSeen {
  const found = mayLead(document);
  const url = location.href;
  return {
    type: 'page_seen',
    visit,
    brief: true,
    // A notice is told by its heading only where anything else of it or on it is about one.
    page: briefFacts(document, url, (title) => found || isHint(title) || isHint(url)),
    ...(found ? declaredNotices(document, structuredData(document).policies) : { declared: [], named: [] }),
    links: found ? pageLinks(document, false) : [],
  };
}
