// @vitest-environment happy-dom
import { readFileSync } from 'node:fs';

import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import * as v from 'valibot';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { analyseDocument } from '../../shared/analysis/analyse.ts';
import { asNotice } from '../../shared/analysis/as-notice.ts';
import { readHtml } from '../../shared/analysis/html.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { exampleLog } from '../../test/support/example-log.ts';
import { exampleNotice, examplePolicy, silentNotice } from '../../test/support/example-notice.ts';
import { foundAt, pageAt } from '../../test/support/extension-platform.ts';
import { viewOf } from '../background/choices.ts';
import type { Answers, Ask, ChoicesView, FoundNotice, NoticeView, ReceiptView, TabView } from '../messages.ts';
import { App } from './app.tsx';
import type { Client } from './client.ts';

const PAGE = 'https://shop.example/contact';
const HASH = 'A'.repeat(43);
const FORM = {
  id: 'f',
  submit: 'Send',
  fields: [
    { label: '', name: 'e', type: 'email', autocomplete: '' },
    { label: 'Colour', name: 'c', type: 'text', autocomplete: '' },
  ],
};

const noticeView = (notice: PrivacyNotice | null, more: Partial<NoticeView> = {}): NoticeView => ({
  href: 'https://consent.example/v1/sites/shop/notice',
  found: foundAt('https://consent.example/v1/sites/shop/notice'),
  prose: null,
  problem: null,
  notice,
  hash: notice && HASH,
  stale: [],
  readAt: '2026-11-22T12:00:00.000Z',
  firstSeen: '2026-11-22T12:00:00.000Z',
  changed: null,
  ...more,
});
const declared = (...notices: NoticeView[]): TabView => ({
  state: 'found',
  others: [],
  seen: pageAt(PAGE, ['https://consent.example/n'], [FORM]),
  notices,
});

/** A background that answers with these views; a function is asked each time. */
function client(view: TabView | Promise<TabView>, choices: ChoicesView = { state: 'no_widget' }, checked?: () => ReceiptView) {
  const asked: Ask[] = [];
  const made: Client = {
    ask: async <T extends Ask['type']>(ask: Extract<Ask, { type: T }>) => {
      asked.push(ask);
      const answers = {
        view_tab: view,
        view_choices: choices,
        check_receipt: checked?.(),
        read_notice: new Promise(() => undefined),
      } as Partial<Record<Ask['type'], unknown>>;
      return (await Promise.resolve(answers[ask.type])) as Answers[T];
    },
    watchTab: () => () => undefined,
    watchMine: () => () => undefined,
    allowPages: vi.fn<() => Promise<boolean>>(() => Promise.resolve(true)),
    openBeside: () => Promise.resolve(true),
    openOptions: () => Promise.resolve(),
  };
  return { made, asked };
}
const show = (view: TabView | Promise<TabView>, choices?: ChoicesView, checked?: () => ReceiptView) => {
  const { made, asked } = client(view, choices, checked);
  return { ...render(<App tab={7} client={made} />), asked, client: made };
};
const activity = (root: ParentNode, id: string): HTMLElement => {
  const found = root.querySelector<HTMLElement>(`[data-activity="${id}"]`);
  if (!found) throw new Error(`no activity ${id}`);
  return found;
};

const dataOf = (data: DOMStringMap | undefined): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(data ?? {}));

afterEach(cleanup);

describe('a page with a declared notice', () => {
  it('R76 names controller, title, version, date and how it was found', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    await screen.findByRole('heading', { level: 2, name: 'Privacy at Example Bicycles' });
    const head = container.querySelector('.notice-head')?.textContent ?? '';
    for (const words of [
      'Privacy notice',
      'Example Bicycles',
      '(Example Bicycles Ltd)',
      'Version 2 · March 2026',
      'Declared by this page, read from consent.example',
    ])
      expect(head).toContain(words);
  });

  it('R76 R80 shows what applies here with the reason, each basis, the quoted sentence and a link to exactly that sentence', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    await screen.findByText('Applies on this page');
    const here = activity(container, 'enquiries');
    expect(dataOf(here.dataset)).toMatchObject({ applies: 'here', lawfulBasis: 'legitimate_interests contract' });
    expect(here.textContent).toContain('The notice declares it for the address /contact.');
    expect(here.textContent).toContain('The interest (the controller’s): answering people');
    expect(here.textContent).toContain('The notice lists several and does not say which covers what.');
    const quote = here.querySelectorAll('.bases blockquote')[1];
    expect(quote?.querySelector('p')?.textContent).toBe('Where you ask for an offer, we take steps before a contract.');
    expect(quote?.querySelector('a')?.getAttribute('href')).toBe(
      `https://consent.example/v1/notices/${HASH}#activities/0/lawfulBases/1`,
    );
  });

  it('says "may apply" of a form that fits, and keeps the rest closed', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    await screen.findByText('May apply');
    expect(dataOf(activity(container, 'newsletter').dataset)).toMatchObject({ applies: 'may', lawfulBasis: 'consent' });
    const rest = activity(container, 'deliveries');
    expect(dataOf(rest.dataset)).toMatchObject({ applies: 'elsewhere', lawfulBasis: 'document_only' });
    expect(rest.closest('details.rest')?.hasAttribute('open')).toBe(false);
  });

  it('R77 tells a basis stated for the whole document from one that is not stated, and gives what the text has instead', async () => {
    const whole = show(declared(noticeView(exampleNotice)));
    await screen.findByText('May apply');
    const text = activity(whole.container, 'deliveries').textContent;
    expect(text).toContain('Stated for the whole document, not for this activity');
    expect(text).toContain('What the text has instead: It says that data is processed fairly.');
    expect(text).toContain('Unless we say otherwise we rely on our legitimate interests.');
    cleanup();
    const silent = show(declared(noticeView(silentNotice)));
    await screen.findByText('May apply');
    expect(activity(silent.container, 'deliveries').dataset['lawfulBasis']).toBe('not_stated');
    expect(activity(silent.container, 'deliveries').textContent).not.toContain('Stated for the whole document');
  });

  it('R85 ends with the letters for what applies here, each only where its bases give the right', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    const rights = await screen.findByRole('region', { name: 'Your rights under Privacy at Example Bicycles' });
    expect(rights.dataset['letters']).toBe('access erasure objection portability complaint_controller complaint_authority');
    expect(container.querySelector('[data-letter="objection"] blockquote a')?.getAttribute('href')).toBe(
      `https://consent.example/v1/notices/${HASH}#activities/0/lawfulBases/0`,
    );
  });

  it('R77 labels an internal policy as one, and never as a notice', async () => {
    const { container } = show(declared(noticeView(examplePolicy)));
    await screen.findByText('Data protection policy', { selector: 'h2' });
    expect(container.querySelector('.kind')?.textContent).toBe('Internal policy, not a notice');
    expect(container.querySelector('.rest summary')?.textContent).toContain('The rest of the policy');
  });

  it('R80 shows four bases of one activity, each with its sentence and with what it is for', async () => {
    const notice = v.parse(PrivacyNotice, JSON.parse(readFileSync('demo/notices/cpoms.notice.json', 'utf8')));
    const { container } = show(declared(noticeView(notice)));
    await waitFor(() => expect(container.querySelector('[data-activity="recruitment"]')).not.toBeNull());
    const statements = [...activity(container, 'recruitment').querySelectorAll('.bases > ul > li')];
    const stated = notice.activities.find(({ id }) => id === 'recruitment')?.lawfulBases ?? [];
    expect(stated.length).toBe(4);
    expect(statements.map((each) => each.querySelector('blockquote p')?.textContent)).toEqual(
      stated.map(({ evidence, statement }) => evidence?.quote ?? statement),
    );
    expect(statements.map((each) => each.textContent)).toEqual([
      expect.stringMatching(/^Contract Art\. 6\(1\)\(b\).*Only for: Application, selection and recruitment/),
      expect.stringMatching(/^Legitimate interests Art\. 6\(1\)\(f\).*Only for: Interview notes; Interview/),
      expect.stringMatching(/^Legal obligation Art\. 6\(1\)\(c\).*Only for: Proof of identity and right to work; Offer/),
      expect.stringMatching(/^Legitimate interests Art\. 6\(1\)\(f\).*Only for: References; Check of criminal records/),
    ]);
    expect(activity(container, 'recruitment').textContent).not.toContain('does not say which covers what');
  });

  it('R91 shows permissions of a device as permissions, not as a basis', async () => {
    const permission = { name: 'Camera', statement: 'The app asks for the camera.' };
    const [first] = silentNotice.activities;
    if (!first) throw new Error('the example has no activity');
    const notice = { ...silentNotice, activities: [{ ...first, lawfulBases: [], devicePermissions: [permission] }] };
    const { container } = show(declared(noticeView(notice)));
    await waitFor(() => expect(container.querySelector('[data-activity]')).not.toBeNull());
    const shown = activity(container, first.id);
    expect(dataOf(shown.dataset)).toMatchObject({ lawfulBasis: 'not_stated' });
    expect(shown.querySelector('.bases')?.textContent).not.toContain('camera');
    const heading = [...shown.querySelectorAll('h6')].find(({ textContent }) => /Permissions of your device/.test(textContent));
    expect(heading?.textContent).toBe('Permissions of your device (no lawful basis)');
    expect(heading?.nextElementSibling?.textContent).toMatch(/^Camera.*The app asks for the camera\./);
  });

  it('has nothing to open of an activity of which no particulars are given', async () => {
    const [first] = exampleNotice.activities;
    if (!first) throw new Error('the example has no activity');
    const bare = { id: first.id, title: first.title, lawfulBases: [], appliesTo: first.appliesTo };
    const notice = v.parse(PrivacyNotice, { ...exampleNotice, issues: [], activities: [bare] });
    const { container } = show(declared(noticeView(notice)));
    await waitFor(() => expect(container.querySelector('[data-activity]')).not.toBeNull());
    const summaries = [...activity(container, first.id).querySelectorAll('summary')].map(({ textContent }) => textContent);
    expect(summaries.filter((words) => words.startsWith('What, for what'))).toEqual([]);
    cleanup();
    const whole = show(declared(noticeView(exampleNotice)));
    await waitFor(() => expect(whole.container.textContent).toContain('What, for what, with whom, how long'));
  });

  it('R79 calls nothing "read by rules" that the site declares, and gives no doubt about it', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    await screen.findByText('Applies on this page');
    expect(container.querySelector('.machine, .sure')).toBeNull();
    expect(container.textContent).not.toMatch(/by rule|% sure/);
  });

  it('R92 shows when what it shows was read, and that it is an older copy where the notice cannot be had', async () => {
    const times = { readAt: '2026-11-20T12:00:00.000Z', firstSeen: '2026-03-03T12:00:00.000Z' };
    const { container } = show(declared(noticeView(exampleNotice, times)));
    await screen.findByText('Applies on this page');
    expect(container.querySelector('.found')?.textContent).toMatch(
      /Read on 20 Nov 2026.*first seen on this device on 3 Mar 2026/,
    );
    expect(container.querySelector('[data-problem]')).toBeNull();
    cleanup();
    const old = show(declared(noticeView(exampleNotice, { ...times, problem: { code: 'NOT_REACHED', detail: '' } })));
    await screen.findByText('Applies on this page');
    expect(old.container.querySelector('[data-problem]')?.textContent).toMatch(/Below is the copy that you read on 20 Nov 2026/);
  });

  it('R90 says "no date given" of an undated notice', async () => {
    const { container } = show(declared(noticeView(silentNotice)));
    await screen.findByText('May apply');
    expect(container.querySelector('.meta')?.textContent).toBe('no date given');
  });

  it('lists the rights that follow from the bases, and only those that every basis gives where none is stated', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    await screen.findByText('May apply');
    const rights = (id: string) =>
      [...activity(container, id).querySelectorAll<HTMLElement>('[data-right]')].map(({ dataset }) => dataset['right']);
    expect(rights('newsletter')).toEqual(expect.arrayContaining(['withdraw_consent', 'object_direct_marketing', 'erasure']));
    expect(rights('enquiries')).toContain('object');
    expect(rights('deliveries')).toEqual(['informed', 'access', 'rectification', 'restriction', 'complaint']);
  });

  it('R85 shows a hidden address as hidden, and R81 issues as facts', async () => {
    const { container } = show(declared(noticeView(exampleNotice)));
    await screen.findByText('Whom to ask');
    expect(container.textContent).toContain('hidden by the site');
    expect(container.querySelector('[data-issue="BASIS_PREAMBLE_ONLY"]')?.textContent).toBe(
      'For deliveries only the opening sentence names a basis.',
    );
  });

  it('R78 says where the text changed since it was reviewed', async () => {
    const { container } = show(declared(noticeView(exampleNotice, { stale: ['activities/0/lawfulBases/0'] })));
    await screen.findByText('May apply');
    expect(activity(container, 'enquiries').textContent).toContain('The text changed since this was reviewed.');
  });

  it('R84 shows several documents, notices before policies, with a way to each', async () => {
    const second = { href: 'https://consent.example/other', hash: 'E'.repeat(43) };
    const { container } = show(declared(noticeView(examplePolicy, second), noticeView(exampleNotice)));
    await screen.findByRole('navigation');
    expect([...container.querySelectorAll('.notice h2')].map((title) => title.textContent)).toEqual([
      'Privacy at Example Bicycles',
      'Data protection policy',
    ]);
    expect(container.querySelectorAll('nav a').length).toBe(3);
  });

  it('says what is wrong with a notice that can’t be read, and shows the earlier copy with its day', async () => {
    show(declared(noticeView(null, { problem: { code: 'NOT_A_NOTICE', detail: 'title: Invalid' } })));
    await screen.findByText('What the page declares as its notice does not have the form of one.');
    cleanup();
    const { container } = show(declared(noticeView(exampleNotice, { problem: { code: 'OFFLINE', detail: '' } })));
    await screen.findByText('You are offline.');
    expect(container.textContent).toMatch(/Below is the copy that you read on 22 Nov 2026/);
    expect(activity(container, 'enquiries')).toBeTruthy();
  });
});

it('a page that loads beside the side panel is looked at anew, and "Mine" stays in view', async () => {
  const { container, rerender, client: made } = show(declared(noticeView(exampleNotice)));
  await screen.findByText('May apply');
  const before = container.querySelector('.notice-head');
  rerender(<App tab={7} visit={1} client={made} />);
  await screen.findByText('May apply');
  expect(container.querySelector('.notice-head')).not.toBe(before);
  fireEvent.click(screen.getByRole('button', { name: 'Mine' }));
  rerender(<App tab={7} visit={2} client={made} />);
  expect(screen.getByRole('button', { name: 'Mine' }).getAttribute('aria-current')).toBe('page');
});

describe('hostile notices', () => {
  it('R88 are shown as text: no element, no link and no invisible character of theirs comes through', async () => {
    const evil = '<img src=x onerror=alert(1)>\u202Egnp.\u200B<script>alert(1)</script>';
    const poison = (value: unknown, key = ''): unknown => {
      if (typeof value === 'string')
        return /^(kind|basis|id|right|to|role|code|language|date|from|holder|type|period|bound|anchor|afterwards|class|activity)$/.test(
          key,
        ) || value.startsWith('/')
          ? value
          : evil;
      if (Array.isArray(value))
        return value.map((item: unknown) => (key === 'channels' || key === 'fields' ? item : poison(item, key)));
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poison(item, name)]));
    };
    const { container } = show(declared(noticeView(poison(exampleNotice) as PrivacyNotice)));
    await screen.findByText('Applies on this page');
    expect(container.querySelectorAll('img, script, iframe').length).toBe(0);
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>gnp.<script>');
    expect(container.innerHTML).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B-\u200F]/);
    for (const link of container.querySelectorAll('a'))
      expect(link.getAttribute('href')).toMatch(/^(https:\/\/consent\.example\/|#)/);
  });
});

describe('a page with a notice in prose', () => {
  const HREF = 'https://shop.example/privacy';
  const TEXT = `<h1>Privacy at Thimble</h1><p>Thimble Ltd is the controller. We use your personal data with care and we tell you about it.</p>
    <h2>Newsletter</h2><p>We send you our newsletter because you gave consent. Legal basis: your consent, Article 6(1)(a) GDPR.</p>
    <h2>Recruitment</h2><p>We keep your application for six months. We use it to decide whom to employ.</p>`;
  const proseView = (more: Partial<NoticeView> = {}): NoticeView => {
    const document = readHtml(TEXT);
    const { notice, texts } = asNotice(document, analyseDocument(document), 'x');
    return {
      ...noticeView(notice),
      href: HREF,
      found: foundAt(HREF, 'footer'),
      prose: {
        texts,
        confidence: Object.fromEntries(notice.activities.map((_, i) => [`activities/${i}/lawfulBases/0`, 0.9])),
        rules: 1,
      },
      ...more,
    };
  };
  const seen = pageAt(
    PAGE,
    [],
    [{ id: 'n', submit: 'Subscribe', fields: [{ label: 'Email', name: 'e', type: 'email', autocomplete: '' }] }],
  );
  const shown = (view: NoticeView, others: FoundNotice[] = []): TabView => ({ state: 'found', seen, notices: [view], others });

  it('R76 R79 says how it was found, that rules read it and how sure they are, and opens the notice at the sentence', async () => {
    const { container } = show(shown(proseView()));
    await screen.findByText('Applies on this page');
    expect(container.querySelector('.notice-head')?.textContent).toContain(
      'Linked at the foot of this page, read from shop.example',
    );
    expect(container.querySelector('.notice-head')?.textContent).toContain('read by rules');
    expect(container.querySelector('.found')?.textContent).toContain('a rule can be wrong');
    const here = activity(container, 'newsletter');
    expect(dataOf(here.dataset)).toMatchObject({ applies: 'here', lawfulBasis: 'consent' });
    expect(here.textContent).toContain('found by rule, 90% sure');
    expect(here.querySelector('.bases a')?.getAttribute('href')).toMatch(/^https:\/\/shop\.example\/privacy#:~:text=\S+$/);
    const rest = activity(container, 'recruitment');
    expect(dataOf(rest.dataset)).toMatchObject({ applies: 'elsewhere', lawfulBasis: 'not_stated' });
    expect(rest.textContent).toContain('Not stated');
    expect(rest.querySelector('.bases')?.textContent).toContain('Not stated read by rules');
  });

  it('R77 says "we did not find one" of a text whose language is not read', async () => {
    const { container } = show(shown(proseView({ problem: { code: 'UNREADABLE_LANGUAGE', detail: 'fi' } })));
    await screen.findByText(/does not read the language/);
    const rest = activity(container, 'recruitment');
    expect(rest.textContent).toContain('We did not find one');
    expect(rest.textContent).not.toContain('Not stated');
  });

  it('R76 says of what each period is that the text gives, as "2 years" in a table tells nobody', async () => {
    const document = readHtml(`<html lang="en"><h1>Privacy notice</h1><p>Crumb Limited is the controller of your data.</p>
      <table><tr><th>Purpose</th><th>Lawful basis</th><th>Retention</th></tr><tr><td>Answering enquiries</td><td>Legitimate interests</td><td>2 years</td></tr>
      <tr><td>Orders</td><td>Contract</td><td>2 years</td></tr></table><h2>How long we keep it</h2><p>Everything else is deleted after 30 days.</p></html>`);
    const { notice } = asNotice(document, analyseDocument(document), 'x');
    const { container } = show(shown(proseView({ notice })));
    await screen.findByText('How long data is kept');
    const group = [...container.querySelectorAll('.notice > details.group')].find(({ textContent }) =>
      textContent.startsWith('How long data is kept'),
    );
    const said = [...(group?.querySelectorAll('blockquote') ?? [])].map((quote) => [
      quote.previousElementSibling?.textContent ?? null,
      quote.querySelector('p')?.textContent,
    ]);
    expect(said).toEqual([
      ['Answering enquiries', '2 years'],
      ['Orders', '2 years'],
      [null, 'Everything else is deleted after 30 days.'],
    ]);
  });

  it('R77 R90 says nothing of the date of a text that it could not read', async () => {
    const undated = proseView();
    const notice = { ...(undated.notice as PrivacyNotice), date: null };
    const { container } = show(shown({ ...undated, notice }));
    await waitFor(() => expect(container.querySelector('.meta')?.textContent).toBe('no date given'));
    cleanup();
    const other = show(shown({ ...undated, notice, problem: { code: 'UNREADABLE_LANGUAGE', detail: 'fi' } }));
    await screen.findByText(/does not read the language/);
    expect(other.container.textContent).not.toContain('no date given');
  });

  it.each([
    ['PDF', 'is a PDF'],
    ['SIGN_IN_NEEDED', 'behind a sign-in'],
    ['EMPTY_PAGE', 'put together by scripts'],
    ['OFFLINE', 'You are offline'],
  ] as const)('says why one could not be read: %s', async (code, words) => {
    const { container, asked } = show(shown(proseView({ notice: null, prose: null, problem: { code, detail: '' } })));
    await screen.findByText(new RegExp(words));
    expect(container.textContent).toContain('not the same as “not stated”');
    fireEvent.click(screen.getByRole('button', { name: /Try again/ }));
    await waitFor(() => expect(asked).toContainEqual({ type: 'read_notice', tab: 7, href: HREF, again: true }));
  });

  it('R84 lists the others with whom they are for, and reads one when it is pressed', async () => {
    const other: FoundNotice = {
      ...foundAt('https://shop.example/applicants', 'menu'),
      title: 'Applicant privacy',
      audience: 'applicants',
    };
    const { asked } = show(shown(proseView(), [other]));
    await screen.findByText(/Privacy notice for applicants · Linked in the menu/);
    fireEvent.click(screen.getByRole('button', { name: /Read it/ }));
    await waitFor(() => expect(asked).toContainEqual({ type: 'read_notice', tab: 7, href: other.href, again: false }));
  });

  it('says that a form takes an application where the notice is not about that', async () => {
    const view = proseView();
    const notice = view.notice && { ...view.notice, activities: view.notice.activities.filter(({ id }) => id === 'newsletter') };
    const form = { id: 'a', submit: 'Apply', fields: [{ label: 'Your CV', name: 'cv', type: 'file', autocomplete: '' }] };
    const { container } = show({ ...shown({ ...view, notice }), seen: pageAt(PAGE, [], [form]) } as TabView);
    await waitFor(() => expect(container.querySelector('[data-alert="application"]')).toBeTruthy());
  });
});

describe('pages without one', () => {
  it('R83 says honestly that none was found, where it looked, and that this does not mean there is none', async () => {
    const { container } = show({ state: 'none', seen: pageAt(PAGE) });
    await screen.findByText('We did not find a privacy notice here');
    expect(container.textContent).toContain('It never tries addresses that the page does not link');
    expect(container.textContent).toContain('That does not mean that the site has none');
    expect(container.textContent).toContain('No request was made for this.');
  });

  it('waits visibly, and tells of pages that it can’t read', async () => {
    const waiting = show(new Promise<TabView>(() => undefined));
    expect(waiting.container.querySelector('main')?.getAttribute('aria-busy')).toBe('true');
    expect(screen.getByText('Finding and reading this page’s notice…')).toBeTruthy();
    cleanup();
    show({ state: 'unsupported' });
    await screen.findByText('This is a page of the browser');
    cleanup();
    show({ state: 'reload', url: PAGE });
    await screen.findByText('Reload the page once');
  });

  it('asks for access where the browser withholds it, and looks again once it is given', async () => {
    const { asked, client: made } = show({ state: 'no_access', origin: 'https://shop.example' });
    fireEvent.click(await screen.findByRole('button', { name: 'Allow on all sites' }));
    await waitFor(() => expect(asked.filter(({ type }) => type === 'view_tab').length).toBe(2));
    expect(made.allowPages).toHaveBeenCalledOnce();
  });

  it.each([
    ['the person said no', () => Promise.resolve(false)],
    ['the browser does not even ask', () => Promise.reject(new Error('This function must be called during a user gesture'))],
  ])('says that the page still cannot be read where %s, and lets them try again', async (_where, answer) => {
    const { asked, client: made } = show({ state: 'no_access', origin: 'https://shop.example' });
    vi.mocked(made.allowPages).mockImplementationOnce(answer);
    const allow = await screen.findByRole('button', { name: 'Allow on all sites' });
    fireEvent.click(allow);
    await waitFor(() => expect(screen.getByRole('status').textContent).toMatch(/^Your browser did not allow it/));
    expect(asked.filter(({ type }) => type === 'view_tab').length).toBe(1);
    fireEvent.click(allow);
    await waitFor(() => expect(asked.filter(({ type }) => type === 'view_tab').length).toBe(2));
  });

  it('offers to try again where the background does not answer', async () => {
    const failing = Promise.reject<TabView>(new Error('gone'));
    failing.catch(() => undefined);
    show(failing);
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('choices', () => {
  const verifier = webCryptoVerifier(crypto.subtle);
  const none: TabView = { state: 'none', seen: pageAt(PAGE) };
  const made = async () => {
    const log = await exampleLog('https://consent.example');
    const receipt = await log.record({
      origin: 'https://shop.example',
      gpc: true,
      channels: { newsletter: { shop: { email: 'given' } } },
    });
    return { receipt, raw: JSON.stringify(receipt) };
  };
  const given = (...receipts: ReceiptView[]): ChoicesView => ({ state: 'given', receipts, left: 0, unsourced: 0 });

  it('show date, method, each purpose and channel, and what was verified', async () => {
    const { raw } = await made();
    const { container } = show(none, given(await viewOf(raw, { pin: null }, verifier)));
    await screen.findByText('You refused all');
    const card = container.querySelector<HTMLElement>('[data-receipt]');
    expect(dataOf(card?.dataset)).toEqual({ receipt: '019abcde-0000-7000-8000-000000000000', verified: 'unchecked' });
    expect([...(card?.querySelectorAll('.states li') ?? [])].map((line) => line.textContent)).toEqual([
      'Advertising Refused',
      'Statistics Refused',
      'Newsletter, email, from Shop Given',
    ]);
    expect(card?.textContent).toContain('Global Privacy Control was on');
    expect(
      [...(card?.querySelectorAll<HTMLElement>('[data-step]') ?? [])].map(
        ({ dataset }) => `${dataset['step']}: ${dataset['result']}`,
      ),
    ).toContain('log_key: unchecked');
  });

  it('tell of those that an earlier widget kept without a receipt', async () => {
    const { container } = show(none, { state: 'given', receipts: [], left: 0, unsourced: 3 });
    await screen.findByText(/by an earlier version of this site’s widget, without a receipt: 3/);
    expect(container.textContent).toContain('No choice of yours with a receipt is on this device yet');
  });

  it('change to verified when Check has compared, and read the others again', async () => {
    const { raw, receipt } = await made();
    const pin = {
      log: receipt.log,
      origin: 'https://shop.example',
      keys: [receipt.logKey],
      firstSeen: '2026-11-01T10:00:00.000Z',
      checkedAt: '2026-11-22T12:00:00.000Z',
      head: null,
      alarm: null,
    };
    const checked = await viewOf(raw, { pin, head: { size: 5, consistent: true } }, verifier);
    const { container, asked } = show(none, given(await viewOf(raw, { pin: null }, verifier)), () => checked);
    fireEvent.click(await screen.findByRole('button', { name: 'Check' }));
    await waitFor(() => expect(container.querySelector('[data-receipt]')?.getAttribute('data-verified')).toBe('true'));
    expect(container.textContent).toContain('The log’s key was first seen on this device on 1 Nov 2026');
    expect(container.textContent).toContain('The log has 5 entries now and continues the one that recorded this choice.');
    expect(asked.map(({ type }) => type)).toEqual(['view_tab', 'view_choices', 'view_signals', 'check_receipt', 'view_choices']);
  });

  it('name the failing step, and offer no Check that could not mend it', async () => {
    const { receipt } = await made();
    const raw = JSON.stringify({ ...receipt, leaf: { ...receipt.leaf, skew: 99 } });
    const { container } = show(none, given(await viewOf(raw, { pin: null }, verifier)));
    await screen.findByText('Not verified');
    expect(
      [...container.querySelectorAll<HTMLElement>('.card > .steps [data-step]')].map(({ dataset }) => dataset['step']),
    ).toEqual(['inclusion']);
    expect(screen.queryByRole('button', { name: 'Check' })).toBeNull();
  });

  it('sound an alarm for a changed key', async () => {
    const { raw, receipt } = await made();
    const pin = {
      log: receipt.log,
      origin: 'https://shop.example',
      keys: [receipt.logKey],
      firstSeen: '2026-11-01T10:00:00.000Z',
      checkedAt: null,
      head: null,
      alarm: { code: 'KEY_CHANGED' as const, at: '2026-11-22T12:00:00.000Z' },
    };
    const { container } = show(none, given(await viewOf(raw, { pin }, verifier)));
    expect((await screen.findByRole('alert')).textContent).toContain('The service does not publish the key');
    expect(container.querySelector('[data-receipt]')?.getAttribute('data-verified')).toBe('false');
  });

  it('R88 survive a receipt that is none', async () => {
    const { container } = show(none, given(await viewOf('{"event":"<script>"}', { pin: null }, verifier)));
    await screen.findByText('A receipt that cannot be read');
    expect(container.querySelector('[data-receipt]')?.getAttribute('data-verified')).toBe('false');
  });

  it('say where there are none, and where the widget does not answer', async () => {
    show(none, given());
    expect(await screen.findByText(/No choice of yours with a receipt/)).toBeTruthy();
    cleanup();
    show(none, { state: 'failed' });
    expect(await screen.findByText(/did not give out its receipts/)).toBeTruthy();
  });
});
