// @vitest-environment happy-dom
// From the HTML of a page and the text of a notice in prose to what applies: the way of a page that never heard of Candour. No address says
// anything.
import { describe, expect, it, vi } from 'vitest';

import { analyseDocument } from '../../shared/analysis/analyse.ts';
import { asNotice } from '../../shared/analysis/as-notice.ts';
import { readMarkdown } from '../../shared/analysis/markdown.ts';
import { activitiesOnPage } from '../../shared/notice/applies.ts';
import { discover } from '../background/discover.ts';
import { declaredNotices } from './declared.ts';
import { pageFacts, structuredData } from './facts.ts';
import { pageLinks } from './links.ts';
import { NOTICES } from './whole-notices.fixture.ts';
import { PAGES_IN_ENGLISH, type WholePage } from './whole-pages.fixture.ts';
import { OTHER_PAGES } from './whole-pages-more.fixture.ts';
import { NOTICES_OF_TRADES, PAGES_OF_TRADES } from './whole-pages-of-trades.fixture.ts';

const HERE = 'https://site.example/q7/x2k-9';
const ALL_NOTICES = { ...NOTICES, ...NOTICES_OF_TRADES };

function show({ html }: Pick<WholePage, 'html'>): void {
  // Frames load nothing here, and happy-dom says so of each.
  vi.spyOn(console, 'error').mockReturnValue();
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  document.documentElement.lang = parsed.documentElement.lang;
  document.head.innerHTML = parsed.head.innerHTML;
  document.body.innerHTML = parsed.body.innerHTML;
}

describe.each([...PAGES_IN_ENGLISH, ...OTHER_PAGES, ...PAGES_OF_TRADES])('$name', (page) => {
  it('R76 shows what applies and nothing else', () => {
    show(page);
    const read = readMarkdown(ALL_NOTICES[page.of]);
    const { notice, texts } = asNotice(read, analyseDocument(read), page.of);
    const here = activitiesOnPage(notice, pageFacts(document, HERE), () => false, texts).flatMap(({ applies }, index) =>
      applies === 'here' ? [notice.activities[index]?.title ?? ''] : [],
    );
    const begins = (titles: readonly string[]) => (title: string) => titles.some((start) => title.startsWith(start));
    expect(page.here.filter((start) => !here.some((title) => title.startsWith(start)))).toEqual([]);
    expect(here.filter((title) => !begins(page.here)(title) && !begins(page.may)(title))).toEqual([]);
  });

  it('R83 finds the notice, where the page leads to one', () => {
    show(page);
    const data = structuredData(document);
    const [first] = discover({
      type: 'page_seen',
      visit: 'v',
      page: pageFacts(document, HERE, data),
      ...declaredNotices(document, data.policies),
      links: pageLinks(document),
    });
    expect(first ? new URL(first.href).pathname : null).toBe(page.leadsTo);
  });
});
