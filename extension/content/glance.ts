// What every page of the web is asked for: as little as tells whether it leads to a notice.
import type { PageSeen } from '../messages.ts';
import { declaredNotices } from './declared.ts';
import { briefFacts, structuredData } from './facts.ts';
import { mayLead, pageLinks } from './links.ts';

export function glance(document: Document, visit: string): PageSeen {
  const found = mayLead(document);
  return {
    type: 'page_seen',
    visit,
    brief: true,
    page: briefFacts(document, location.href),
    ...(found ? declaredNotices(document, structuredData(document).policies) : { declared: [], named: [] }),
    links: found ? pageLinks(document, false) : [],
  };
}
