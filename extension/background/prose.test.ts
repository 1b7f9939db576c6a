import { beforeEach, describe, expect, it } from 'vitest';

import { fakePlatform, pageAt, TAB } from '../../test/support/extension-platform.ts';
import type { NoticeView, PageSeen, TabView } from '../messages.ts';
import { createBackground } from './background.ts';
import { MAX_BYTES } from './fetch-json.ts';
import { RULES } from './prose.ts';

const PAGE = 'https://shop.example/news';
const NOTICE = 'https://shop.example/privacy';
const TEXT = `<!doctype html><html lang="en"><head><title>Privacy notice</title></head><body><main><h1>Privacy notice</h1>
<p>Thimble Limited is the controller of your personal data. This notice tells you what we do with your data and why we do it.</p>
<h2>Newsletter</h2><p>We use your email address to send our newsletter. Our legal basis is your consent, which you may withdraw at any time.</p>
<h2>Orders</h2><p>We use your name and address to deliver what you order. The legal basis is the performance of a contract with you. We keep orders for six years.</p>
<h2>Your rights</h2><p>You have the right to access your data, to have it erased and to complain to the Information Commissioner's Office.</p></main></body></html>`;
const html = (body = TEXT, type = 'text/html; charset=utf-8'): Response =>
  new Response(body, { headers: { 'content-type': type } });

const pageWith = (links: string[], change: Partial<PageSeen> = {}): PageSeen => ({
  ...pageAt(
    PAGE,
    [],
    [{ id: 'n', submit: 'Subscribe', fields: [{ label: 'Email', name: 'e', type: 'email', autocomplete: '' }] }],
  ),
  links: links.map((href) => ({ href, text: 'Privacy notice', region: 'footer' })),
  ...change,
});

function world(seen = pageWith([NOTICE])) {
  const fake = fakePlatform({ url: seen.page.url, seen });
  const background = createBackground(fake.platform);
  const view = () => background.answer({ type: 'view_tab', tab: TAB });
  return { ...fake, background, view, tab: { id: TAB, url: seen.page.url, isPrivate: false } };
}
const first = (view: TabView): NoticeView => {
  if (view.state !== 'found' || !view.notices[0]) throw new Error(`no notice: ${view.state}`);
  return view.notices[0];
};

describe('a notice in prose', () => {
  let w: ReturnType<typeof world>;
  beforeEach(() => {
    w = world();
    w.network.set(NOTICE, html());
  });

  it('R87 is fetched when the person looks, once a visit, without credentials or referrer', async () => {
    await w.background.pageSeen(w.tab, pageWith([NOTICE]));
    expect([w.requests.length, w.badges.at(-1)?.text]).toEqual([0, '•']);
    const view = first(await w.view());
    expect(view).toMatchObject({
      problem: null,
      found: { how: 'footer' },
      notice: { title: 'Privacy notice', controller: { name: 'Thimble Limited' } },
    });
    expect(view.notice?.activities.map(({ title, lawfulBases }) => [title, lawfulBases.map(({ basis }) => basis)])).toEqual([
      ['Newsletter', ['consent']],
      ['Orders', ['contract']],
    ]);
    expect(w.requests).toMatchObject([{ address: NOTICE, init: { credentials: 'omit', referrerPolicy: 'no-referrer' } }]);
    expect(w.badges.at(-1)?.text).toBe('1');
    await w.view();
    expect(w.requests.length).toBe(1);
    w.state.tab.seen = pageWith([NOTICE]);
    await w.view();
    expect(w.requests.length).toBe(2);
  });

  it('R87 of a page that told little of itself the badge asks for more only where a kept notice is held against it', async () => {
    const brief: PageSeen = { ...pageWith([NOTICE]), brief: true };
    brief.page = { ...brief.page, forms: [] };
    const asked: string[] = [];
    const { askPage } = w.platform;
    w.platform.askPage = (tab, ask) => {
      asked.push(ask.type);
      return askPage(tab, ask);
    };
    await w.background.pageSeen(w.tab, brief);
    expect([w.badges.at(-1)?.text, asked]).toEqual(['•', []]);
    await w.view();
    asked.length = 0;
    w.state.tab.seen = { ...pageWith([NOTICE]), visit: brief.visit };
    await w.background.pageSeen(w.tab, brief);
    expect([w.badges.at(-1)?.text, asked]).toEqual(['1', ['page_facts']]);
    // What a page told is too little to count on.
    delete w.state.tab.seen;
    await w.background.pageSeen(w.tab, brief);
    expect(w.badges.at(-1)?.text).toBe('');
  });

  it('is read again when the person presses for it, and no other address is', async () => {
    await w.view();
    await w.background.answer({ type: 'read_notice', tab: TAB, href: NOTICE, again: true });
    expect(w.requests.length).toBe(2);
    await expect(
      w.background.answer({ type: 'read_notice', tab: TAB, href: 'https://else.example/', again: true }),
    ).rejects.toThrow(RangeError);
    expect(w.requests.length).toBe(2);
  });

  it('is read on each visit for a person who asked for it always, and never by itself in a private window', async () => {
    await w.background.answer({ type: 'set_always', always: true });
    await w.background.pageSeen({ ...w.tab, isPrivate: true }, pageWith([NOTICE]));
    expect(w.requests.length).toBe(0);
    await w.background.pageSeen(w.tab, pageWith([NOTICE]));
    expect([w.requests.length, w.badges.at(-1)?.text]).toEqual([1, '1']);
  });

  it('R78 is kept by the hash of its text, with quotes that stand in it', async () => {
    const { hash, notice } = first(await w.view());
    expect([...w.areas.device.items.keys()]).toContain(`prose:${hash}`);
    for (const { lawfulBases } of notice?.activities ?? [])
      for (const { evidence } of lawfulBases) expect(TEXT.replace(/<[^>]+>/g, '')).toContain(evidence?.quote);
    w.state.tab.seen = pageWith([NOTICE]);
    w.network.set(NOTICE, new TypeError('Failed to fetch'));
    expect(first(await w.view())).toMatchObject({ hash, problem: { code: 'NOT_REACHED' }, notice: { title: 'Privacy notice' } });
  });

  /** As when the person presses "read again". */
  async function again(): Promise<TabView> {
    await w.background.answer({ type: 'read_notice', tab: TAB, href: NOTICE, again: true });
    return w.view();
  }

  it('R82 "not stated" comes with what was searched: the hash of the whole text, the rules that read it, and that they could', async () => {
    const before = '<h2>Your rights</h2>';
    const body = TEXT.replace(before, `<h2>Recruitment</h2><p>We use your application to decide whom to employ.</p>${before}`);
    w.network.set(NOTICE, html(body));
    const view = first(await w.view());
    const recruitment = view.notice?.activities.find(({ title }) => title === 'Recruitment');
    expect(recruitment?.lawfulBases).toEqual([]);
    expect(view).toMatchObject({ problem: null, hash: expect.stringMatching(/^[\w-]{43}$/), prose: { rules: RULES } });
    // No shorter text has that hash: what was left out would be another.
    w.network.set(NOTICE, html());
    expect(first(await again()).hash).not.toBe(view.hash);
  });

  it('R92 what is kept shows its age, and a text that changed is read anew instead of trusted', async () => {
    const kept = first(await w.view());
    expect(kept).toMatchObject({ readAt: kept.firstSeen });
    w.state.now += 30 * 86_400_000;
    w.network.set(NOTICE, html(TEXT.replace('your consent, which you may withdraw at any time', 'our legitimate interests')));
    w.state.tab.seen = pageWith([NOTICE]);
    const fresh = first(await again());
    expect(fresh.hash).not.toBe(kept.hash);
    expect(fresh.notice?.activities[0]?.lawfulBases.map(({ basis }) => basis)).toEqual(['legitimate_interests']);
    // Read by rules, with how sure they are: nothing that a person reviewed before is carried over.
    expect(Object.values(fresh.prose?.confidence ?? {}).every((sure) => sure > 0 && sure < 1)).toBe(true);
    expect(Date.parse(fresh.readAt ?? '') - Date.parse(kept.readAt ?? '')).toBe(30 * 86_400_000);
  });

  it('R89 R81 tells of replaced law neutrally, with its year', async () => {
    w.network.set(
      NOTICE,
      html(TEXT.replace('<h2>Orders', '<p>We act under the Data Protection Act 1998 and the Privacy Shield.</p><h2>Orders')),
    );
    const statements = first(await w.view()).notice?.issues.map(({ statement }) => statement) ?? [];
    expect(statements).toContain('The text refers to the Data Protection Act 1998, replaced in 2018.');
    expect(statements).toContain('The text refers to the Privacy Shield, annulled in 2020.');
    expect(statements.join()).not.toMatch(/unlawful|illegal|invalid|breach/i);
  });

  it('asks only for the first of several, lists the others, and reads one when it is pressed', async () => {
    const second = 'https://shop.example/applicants';
    w = world(
      pageWith([NOTICE], {
        links: [
          { href: NOTICE, text: 'Privacy', region: 'footer' },
          { href: second, text: 'Applicant privacy notice', region: 'footer' },
        ],
      }),
    );
    w.network.set(NOTICE, html()).set(second, html(TEXT.replaceAll('Newsletter', 'Applications')));
    const view = await w.view();
    expect([w.requests.map(({ address }) => address), view.state === 'found' && view.others.map(({ href }) => href)]).toEqual([
      [NOTICE],
      [second],
    ]);
    expect((await w.background.answer({ type: 'read_notice', tab: TAB, href: second, again: false })).notice).toBeTruthy();
    const after = await w.view();
    expect(after.state === 'found' && after.notices.length).toBe(2);
    expect(w.requests.length).toBe(2);
  });

  it('reads a page that is itself the notice as it stands, without a request', async () => {
    const seen = { ...pageAt(NOTICE), page: { ...pageAt(NOTICE).page, title: 'Privacy notice' } };
    w = world(seen);
    w.state.tab.html = TEXT;
    expect(first(await w.view())).toMatchObject({
      found: { how: 'this_page' },
      notice: { controller: { name: 'Thimble Limited' } },
    });
    expect(w.requests).toEqual([]);
  });

  const SHORT = `<title>Privacy notice</title><h1>Privacy notice</h1><h2>Contact form</h2><p>If you write to us, we use your name and your
    email address to answer you, on the basis of our legitimate interests.</p>`;
  it.each([
    ['without a script', html(SHORT), null],
    ['with scripts, which may bring the rest of it', html(`${SHORT}<script src="/app.js"></script>`), 'EMPTY_PAGE'],
    ['of plain text', html(SHORT.replaceAll(/<[^>]+>/g, '\n'), 'text/plain'), null],
    ['that is empty, without a script', html('<title>Privacy notice</title>'), 'NO_NOTICE_THERE'],
  ])('R77 a short notice %s is read as what it is', async (_what, answer, code) => {
    w.network.set(NOTICE, answer);
    const { problem, notice } = first(await w.view());
    expect(problem?.code ?? null).toBe(code);
    if (code === null) expect(notice?.activities.map(({ title }) => title)).toEqual(['Contact form']);
  });

  it('R77 a short notice that the person has before them is read, whatever scripts it has: there is no more of it', async () => {
    w = world({ ...pageAt(NOTICE), page: { ...pageAt(NOTICE).page, title: 'Privacy notice' } });
    w.state.tab.html = `${SHORT}<script src="/app.js"></script>`;
    expect(first(await w.view())).toMatchObject({ problem: null, found: { how: 'this_page' } });
  });

  it.each<[string, Response | Error, string]>([
    ['a PDF', html('%PDF-1.7', 'application/pdf'), 'PDF'],
    ['a PDF that calls itself HTML', html('%PDF-1.7 …'), 'PDF'],
    ['a picture', html('GIF89a', 'image/gif'), 'NOT_TEXT'],
    ['a sign-in', html('<h1>Sign in</h1><form><input type="email"><input type="password"></form>'), 'SIGN_IN_NEEDED'],
    ['a refusal', new Response('', { status: 401 }), 'SIGN_IN_NEEDED'],
    ['a shell for scripts', html('<!doctype html><div id="root"></div><script src="/app.js"></script>'), 'EMPTY_PAGE'],
    [
      'something else',
      html(`<h1>Lamps</h1>${'<p>We sell lamps of brass and of glass, for desks and for walls.</p>'.repeat(20)}`),
      'NO_NOTICE_THERE',
    ],
    ['an error', new Response('', { status: 503 }), 'BAD_STATUS'],
    ['more than 5 MB', html('x'.repeat(MAX_BYTES + 1)), 'TOO_LARGE'],
    ['nothing in time', new DOMException('too long', 'TimeoutError'), 'TIMEOUT'],
  ])('R88 says what it met: %s', async (_what, answer, code) => {
    w.network.set(NOTICE, answer);
    expect(first(await w.view())).toMatchObject({ problem: { code }, notice: null });
  });

  it('R87 asks for one that cannot be read once a visit, and again for a person who says so, who comes anew, or who was offline', async () => {
    w.network.set(NOTICE, new Response('', { status: 503 }));
    await w.view();
    expect(first(await w.view())).toMatchObject({ problem: { code: 'BAD_STATUS', detail: '503' }, notice: null });
    expect(w.requests.length).toBe(1);
    w.network.set(NOTICE, html());
    const pressed = await w.background.answer({ type: 'read_notice', tab: TAB, href: NOTICE, again: true });
    expect([pressed.problem, w.requests.length]).toEqual([null, 2]);

    w = world();
    w.network.set(NOTICE, new TypeError('Failed to fetch'));
    w.state.online = false;
    expect(first(await w.view())).toMatchObject({ problem: { code: 'OFFLINE' } });
    w.state.online = true;
    expect(first(await w.view())).toMatchObject({ problem: { code: 'NOT_REACHED' } });
    w.state.tab.seen = { ...(w.state.tab.seen as PageSeen), visit: 'another' };
    w.network.set(NOTICE, html());
    expect(first(await w.view())).toMatchObject({ problem: null });
  });

  it('does not read where a redirect ends on an address of one’s own network', async () => {
    const led = html();
    Object.defineProperty(led, 'url', { value: 'http://192.168.0.1/admin' });
    w.network.set(NOTICE, () => led);
    expect(first(await w.view())).toMatchObject({ problem: { code: 'LOCAL_ADDRESS' }, notice: null });
  });

  it('says that a language is not read, instead of "not stated"', async () => {
    const finnish =
      'Tämä tietosuojaseloste kertoo, miten henkilötietoja käsitellään palvelussamme ja mihin tarkoituksiin niitä käytetään. ';
    w.network.set(NOTICE, html(`<html lang="fi"><h1>Tietosuojaseloste</h1><p>${finnish.repeat(12)}</p></html>`));
    expect(first(await w.view())).toMatchObject({ problem: { code: 'UNREADABLE_LANGUAGE', detail: 'fi' } });
    const { notices } = await w.background.answer({ type: 'view_stored' });
    expect(notices).toMatchObject([{ title: 'Tietosuojaseloste', controller: '' }]);
  });

  it('reads an old page in its own encoding', async () => {
    const bytes = Uint8Array.from(TEXT.replace('Thimble', 'Th\u00efmble'), (mark) => mark.charCodeAt(0));
    w.network.set(NOTICE, new Response(bytes, { headers: { 'content-type': 'text/html; charset=iso-8859-1' } }));
    expect(first(await w.view()).notice?.controller.name).toBe('Th\u00efmble Limited');
  });
});
