// @vitest-environment happy-dom
// @vitest-environment-options {"settings": {"handleDisabledFileLoadingAsSuccess": true}}
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { readHtml } from '../../shared/analysis/html.ts';
import { noticeLines } from '../../shared/notice/render.ts';
import { PrivacyNotice, type PrivacyNoticeInput } from '../../shared/notice/schema.ts';
import { noticePage } from './notice-page.ts';

const HASH = 'kZ0qv1h2c3YqkM7Tg1b5R0mZ8pW4uX6sD9eF2aJ3iLo';
const NOTICES = join(import.meta.dirname, '../../demo/notices');

const small: PrivacyNoticeInput = {
  schema: 1,
  kind: 'privacy_notice',
  title: 'How we use your data',
  language: 'en',
  version: null,
  date: null,
  controller: { name: 'Shop Ltd', legalName: null, statement: 'Shop Ltd is the controller.' },
  authority: null,
  activities: [
    { id: 'orders', title: 'Orders', lawfulBases: [{ basis: 'contract', statement: 'We need it for your order.' }] },
    { id: 'visits', title: 'Visits', lawfulBases: [] },
  ],
};

const htmlOf = (input: PrivacyNoticeInput): string =>
  noticePage({
    notice: v.parse(PrivacyNotice, input),
    hash: HASH,
    siteName: 'The shop',
    serviceUrl: 'https://consent.example',
    jsonUrl: `/v1/notices/${HASH}?as=json`,
    jsonLdUrl: `/v1/notices/${HASH}?as=jsonld`,
    versions: [
      { hash: HASH, version: null, date: null },
      { hash: 'A'.repeat(43), version: '1', date: '2018-05' },
    ],
  });
const page = (input: PrivacyNoticeInput): Document => new DOMParser().parseFromString(htmlOf(input), 'text/html');

const text = (root: ParentNode | null | undefined, selector: string): string =>
  root?.querySelector(selector)?.textContent.replaceAll(/\s+/g, ' ').trim() ?? '';
const activity = (document: Document, id: string): Element | null => document.querySelector(`[data-activity="${id}"]`);

describe.each(readdirSync(NOTICES).filter((name) => name.endsWith('.notice.json')))('the page of %s', (name) => {
  const input = JSON.parse(readFileSync(join(NOTICES, name), 'utf8')) as PrivacyNoticeInput;
  const notice = v.parse(PrivacyNotice, input);
  const document = page(input);

  it('R94 gives each line back to a reader of the page who knows nothing of its ids', () => {
    const even = (words: string): string => words.replaceAll(/\s+/g, ' ').trim();
    const said = even(readHtml(htmlOf(input)).text);
    const facts = noticeLines(notice).filter(({ level }) => level === 'fact');
    expect(facts.length).toBeGreaterThan(5);
    expect(facts.filter(({ text: line }) => !said.includes(even(line)))).toEqual([]);
  });

  it('R94 has every line of the notice under the id of its place, word for word', () => {
    const lines = noticeLines(notice).filter(({ level }) => level !== 'activity');
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines)
      expect([line.place, document.getElementById(line.place)?.textContent]).toEqual([line.place, line.text]);
  });

  it('opens each activity at its place and titles it there', () => {
    for (const [i, { id, title }] of notice.activities.entries()) {
      const details = document.getElementById(`activities/${i}`)?.closest('details');
      expect([details?.dataset['activity'], text(details, 'summary h3')]).toEqual([id, title]);
    }
  });

  it('R77 says of each activity which basis is stated, or how none is', () => {
    for (const one of notice.activities) {
      const chips = [...(activity(document, one.id)?.querySelectorAll('summary .chip') ?? [])].map((chip) => chip.textContent);
      if (one.lawfulBases.length > 0) expect(chips).toHaveLength(new Set(one.lawfulBases.map(({ basis }) => basis)).size);
      else
        expect(chips).toEqual([
          notice.documentBases.length > 0 ? 'Stated for the whole document, not for this activity' : 'Not stated',
        ]);
    }
  });

  it('has headings in order, one main landmark and no id twice', () => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.tagName[1]));
    expect(levels[0]).toBe(1);
    for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(document.querySelectorAll('main, h1').length).toBe(2);
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('links inside the page only to what it has', () => {
    const links = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')?.slice(1) ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((id) => !document.getElementById(id))).toEqual([]);
  });
});

describe('noticePage', () => {
  it('runs no script and carries no style of its own', () => {
    const document = page(small);
    expect(document.querySelectorAll('script, style, [style], [onclick], iframe, img')).toHaveLength(0);
    expect(document.querySelector('link[rel=stylesheet]')?.getAttribute('href')).toBe('/pages/style.css');
  });

  it('gives the overview a header for each column and each row', () => {
    const document = page(small);
    expect([...document.querySelectorAll('thead th')].map((th) => th.textContent)).toEqual([
      'Activity',
      'Lawful basis',
      'Kept for',
      'Shared with',
    ]);
    const cells = [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent.trim()),
    );
    expect(cells).toEqual([
      ['Orders', 'Contract Art. 6(1)(b)', 'Not stated', 'Not stated'],
      ['Visits', 'Not stated', 'Not stated', 'Not stated'],
    ]);
  });

  it('R77 says that a basis is stated for the whole document only, and links to it', () => {
    const document = page({ ...small, documentBases: [{ basis: 'consent', statement: 'We rely on consent.' }] });
    const visits = activity(document, 'visits');
    expect(text(visits, '.chip')).toBe('Stated for the whole document, not for this activity');
    expect(visits?.querySelector('a[href="#section-documentBases"]')).not.toBeNull();
    expect(document.getElementById('documentBases/0')?.textContent).toBe('We rely on consent.');
  });

  it.each(['internal_policy', 'processing_policy'] as const)('R77 labels an %s as no notice', (kind) => {
    const document = page({ ...small, kind });
    expect(text(document, '.eyebrow')).toBe('Internal policy, not a notice');
    expect(text(document, '.callout.policy strong')).toBe('Internal policy, not a notice.');
  });

  it('calls a privacy notice by its name', () => {
    expect(text(page(small), '.eyebrow')).toBe('Privacy notice');
    expect(page(small).querySelector('.policy')).toBeNull();
  });

  it.each([
    [null, 'no date given'],
    ['2018-05', 'May 2018'],
    ['2018-05-03', '3 May 2018'],
  ])('R90 shows the date %s as "%s"', (date, words) => {
    const facts = [...page({ ...small, date }).querySelectorAll('.key-facts > div')];
    expect(
      text(
        facts.find((fact) => text(fact, 'dt') === 'Date'),
        'dd',
      ),
    ).toBe(words);
  });

  it('R91 shows permissions of a device as permissions, not as a basis', () => {
    const permission = { name: 'Camera', statement: 'The app asks for the camera.' };
    const document = page({
      ...small,
      activities: [{ id: 'app', title: 'App', lawfulBases: [], devicePermissions: [permission] }],
    });
    const facet = document.getElementById('activities/0/devicePermissions/0')?.closest('.facet');
    expect(text(facet, 'h4')).toBe('Permissions of the device (not a lawful basis)');
    expect(text(activity(document, 'app'), 'summary .chip')).toBe('Not stated');
  });

  it('shows what the text leaves open as facts about it, in words', () => {
    const document = page({
      ...small,
      issues: [{ code: 'BASIS_MISSING', activity: 'visits', statement: 'None is given for visits.' }],
    });
    expect(text(document, '.issues li')).toContain('No lawful basis stated None is given for visits.');
    expect(activity(document, 'visits')?.textContent).toContain('None is given for visits.');
    expect(activity(document, 'orders')?.textContent).not.toContain('None is given for visits.');
  });

  it('names itself by its hash, says how to check it and links to its other forms and versions', () => {
    const document = page(small);
    expect(text(document, '.hash')).toBe(HASH);
    expect([...document.querySelectorAll('.check a')].map((link) => link.getAttribute('href'))).toEqual([
      `/v1/notices/${HASH}?as=json`,
      `/v1/notices/${HASH}?as=jsonld`,
      `https://consent.example/v1/notices/${HASH}`,
      `https://consent.example/v1/notices/${'A'.repeat(43)}`,
    ]);
    expect(document.querySelector('[aria-current]')?.textContent).toBe('no version given, no date given');
  });

  it('says that a contact is hidden where the site hides it', () => {
    const contacts = [{ role: 'dpo' as const, kind: 'email' as const, value: null }];
    const document = page({ ...small, controller: { ...small.controller, contacts } });
    expect(text(document, '.contacts')).toBe('Data protection officer, email hidden by the site');
  });
});

describe('R88 hostile text of a notice', () => {
  const MARKUP = '"><script>alert(1)</script><img src=x onerror=alert(1)>\'&amp;';
  const everywhere = (words: string): PrivacyNoticeInput => ({
    ...small,
    title: words,
    version: words,
    about: words,
    scope: words,
    regimes: [words],
    controller: {
      name: words,
      legalName: words,
      statement: words,
      contacts: [{ role: 'other', kind: 'email', value: words, note: words }],
    },
    linkedDocuments: [{ title: words, href: null }],
    recipients: [{ name: words, note: words }],
    activities: [
      {
        id: 'one',
        title: words,
        audience: words,
        dataCategories: [{ name: words }],
        purposes: [{ text: words, kind: 'other' }],
        lawfulBases: [{ basis: 'consent', statement: words, interest: words }],
        retention: [{ statement: words, covers: words, rule: { type: 'criteria', criteria: words } }],
        recipients: [{ name: words }],
        transfers: [{ to: words, mechanism: words, statement: words }],
        marketing: { statement: words, howToStop: [words] },
      },
    ],
    issues: [{ code: 'OTHER', statement: words }],
  });

  it('stays text', () => {
    const document = page(everywhere(MARKUP));
    expect(document.querySelectorAll('script, img, [onerror]')).toHaveLength(0);
    expect(document.getElementById('title')?.textContent).toBe(MARKUP);
    expect(document.getElementById('activities/0/lawfulBases/0')?.textContent).toBe(MARKUP);
  });

  it('cannot turn the direction of what stands around it, and keeps its length', () => {
    const document = page(everywhere('pay\u202e later\u2066 or\u0007 not'));
    expect(document.documentElement.outerHTML).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\p{Cc}(?<![\n])/u);
    expect(document.getElementById('controller')?.textContent).toBe('pay\ufffd later\ufffd or\ufffd not');
    for (const fact of document.querySelectorAll('.fact')) expect(fact.getAttribute('dir')).toBe('auto');
  });

  it('makes a link of nothing but a plain address', () => {
    const contacts = ['javascript:alert(1)', 'https://ok.example/a', 'https://bad.example/"onclick=x', ' https://no.example'].map(
      (value) => ({ role: 'other' as const, kind: 'url' as const, value }),
    );
    const mail = { role: 'other' as const, kind: 'email' as const, value: 'a@b.example?bcc=all@c.example' };
    const document = page({ ...small, controller: { ...small.controller, contacts: [...contacts, mail] } });
    expect([...document.querySelectorAll('.contacts a')].map((link) => link.getAttribute('href'))).toEqual([
      'https://ok.example/a',
    ]);
  });

  it('says its language where it is not the language of the page', () => {
    expect(
      page({ ...small, language: 'ar' })
        .getElementById('controller')
        ?.getAttribute('lang'),
    ).toBe('ar');
    expect(page(small).getElementById('controller')?.hasAttribute('lang')).toBe(false);
  });
});
