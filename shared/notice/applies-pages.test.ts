import { describe, expect, it } from 'vitest';

import { activitiesOnPage, alertsOnPage, reasonText } from './applies.ts';
import { DOING_PAGES } from './applies-doing-pages.fixture.ts';
import { MORE_PAGES } from './applies-more-pages.fixture.ts';
import { OTHER_PAGES } from './applies-other-pages.fixture.ts';
import { formOf, PAGES, type PageCase } from './applies-pages.fixture.ts';
import { SERVICE_PAGES } from './applies-service-pages.fixture.ts';
import { TRADE_PAGES } from './applies-trade-pages.fixture.ts';
import { VISITED_PAGES } from './applies-visited-pages.fixture.ts';
import { smallNotice } from './notice.fixture.ts';
import type { PageFacts } from './page.ts';
import { PrivacyNotice } from './schema.ts';
import * as v from 'valibot';

const factsOf = ({
  title,
  headings = [],
  forms = [],
  types = [],
  hosts = [],
  signals = [],
  path = '/p7/x4k',
}: PageCase): PageFacts => ({
  url: `https://site.example${path}`,
  title,
  headings: [...headings],
  forms: forms.map(formOf),
  jsonLdTypes: [...types],
  hosts: [...hosts],
  signals: [...signals],
});
const noticeOf = (titles: readonly string[]): PrivacyNotice =>
  v.parse(PrivacyNotice, { ...smallNotice(), activities: titles.map((title, i) => ({ id: `a${i}`, title, lawfulBases: [] })) });

const never = (): boolean => false;

describe('which activities apply where neither the notice nor the address says it', () => {
  it('has more than thirty pages', () => expect(PAGES.length).toBeGreaterThan(30));

  const all = [...PAGES, ...MORE_PAGES, ...OTHER_PAGES, ...TRADE_PAGES, ...SERVICE_PAGES, ...DOING_PAGES, ...VISITED_PAGES];
  it('names in its cases what the notices name', () => {
    for (const { notice, here } of all) expect(notice).toEqual(expect.arrayContaining([...here]));
  });
  it.each(all.map((page): [string, PageCase] => [page.name, page]))('%s', (_name, page) => {
    const found = activitiesOnPage(noticeOf(page.notice), factsOf(page), never);
    const titled = (applies: string): string[] =>
      found.flatMap((each, i) => (each.applies === applies ? [page.notice[i] ?? ''] : []));
    const why = found.map((each, i) => [page.notice[i], each.applies, each.reasons.map(reasonText)]);
    expect(titled('here'), JSON.stringify(why)).toEqual(expect.arrayContaining([...page.here]));
    expect(
      titled('here').filter((title) => page.not.includes(title)),
      JSON.stringify(why),
    ).toEqual([]);
    for (const each of found) expect(each.reasons.length > 0).toBe(each.applies !== 'elsewhere');
  });
});

describe('alerts', () => {
  const card: PageCase = {
    name: '',
    notice: ['Newsletter'],
    title: 'Pay',
    forms: [['Card number:text:cc-number', 'Pay now']],
    here: [],
    not: [],
  };
  const apply: PageCase = {
    name: '',
    notice: ['Newsletter'],
    title: 'Join us',
    forms: [['CV:file', 'Email:email', 'Send']],
    here: [],
    not: [],
  };
  const alerts = (page: PageCase, notice = page.notice) =>
    alertsOnPage(factsOf(page), [activitiesOnPage(noticeOf(notice), factsOf(page), never)]).map(({ about }) => about);

  it('say that a form takes a card or an application and no activity is about that', () => {
    expect(alerts(card)).toEqual(['payment']);
    expect(alerts(apply)).toEqual(['application']);
  });
  it('are silent where one is, and on other forms', () => {
    expect(alerts(card, ['Payments'])).toEqual([]);
    expect(alerts(apply, ['Recruitment'])).toEqual([]);
    expect(alerts({ ...card, forms: [['Email:email', 'Message:textarea', 'Send']], title: 'Contact' })).toEqual([]);
  });
});
