import { beforeEach, describe, expect, it, vi } from 'vitest';

import { hashOf } from '../../shared/canonical.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { exampleNotice, examplePolicy } from '../../test/support/example-notice.ts';
import { fakePlatform, json, pageAt, TAB } from '../../test/support/extension-platform.ts';
import type { TabView } from '../messages.ts';
import { createBackground } from './background.ts';

const PAGE = 'https://shop.example/contact';
const NOTICE = 'https://consent.example/v1/sites/shop/notice';
const { sha256 } = webCryptoVerifier(crypto.subtle);

function world(seen = pageAt(PAGE, [NOTICE])) {
  const fake = fakePlatform({ url: seen.page.url, seen });
  const background = createBackground(fake.platform);
  const tab = { id: TAB, url: seen.page.url, isPrivate: false };
  return { ...fake, background, tab, view: () => background.answer({ type: 'view_tab', tab: TAB }) };
}
const firstNotice = (view: TabView) => {
  if (view.state !== 'found' || !view.notices[0]) throw new Error(`no notice: ${view.state}`);
  return view.notices[0];
};

describe('the background', () => {
  let w: ReturnType<typeof world>;
  beforeEach(() => {
    w = world();
    w.network.set(NOTICE, json(exampleNotice));
  });

  it('R87 asks nobody when a page is opened: the badge knows the page and what is kept', async () => {
    await w.background.pageSeen(w.tab, pageAt(PAGE, [NOTICE]));
    expect(w.badges.at(-1)?.text).toBe('•');
    await w.background.pageSeen(w.tab, pageAt(PAGE));
    expect(w.badges.at(-1)?.text).toBe('?');
    expect(w.requests).toEqual([]);
  });

  it('fetches the declared notice when the person looks, without credentials or referrer, and counts on the badge from then on', async () => {
    const view = firstNotice(await w.view());
    expect(view).toMatchObject({
      problem: null,
      notice: { title: 'Privacy at Example Bicycles' },
      hash: await hashOf(exampleNotice, sha256),
      stale: [],
    });
    expect(w.requests).toMatchObject([{ address: NOTICE, init: { credentials: 'omit', referrerPolicy: 'no-referrer' } }]);
    await w.background.pageSeen(w.tab, pageAt(PAGE, [NOTICE]));
    expect(w.badges.at(-1)).toMatchObject({
      text: '1',
      title: 'Candour: 1 activity applies on this page\nLawful bases of what applies here: Contract and Legitimate interests',
    });
    expect(w.requests.length).toBe(1);
  });

  it('fetches on each visit only for a person who asked for it always', async () => {
    await w.background.answer({ type: 'set_always', always: true });
    const visit = pageAt(PAGE, [NOTICE]);
    await w.background.pageSeen(w.tab, visit);
    await w.background.pageSeen(w.tab, visit);
    expect(w.requests.length).toBe(1);
    expect(w.badges.at(-1)?.text).toBe('1');
    await w.background.answer({ type: 'set_always', always: false });
    await w.background.pageSeen(w.tab, pageAt(PAGE, [NOTICE]));
    expect(w.requests.length).toBe(1);
  });

  it('R87 reads an address once a visit and eight at the most, however often the page changes its links', async () => {
    await w.background.answer({ type: 'set_always', always: true });
    const { visit } = pageAt(PAGE);
    for (let i = 0; i < 20; i++) await w.background.pageSeen(w.tab, { ...pageAt(PAGE, [`${NOTICE}?${i % 12}`, NOTICE]), visit });
    expect(w.requests.length).toBe(8);
    expect(new Set(w.requests.map(({ address }) => address)).size).toBe(8);
  });

  it('shows the earlier copy with its day where the notice can’t be had, and remembers when this version was first seen', async () => {
    await w.view();
    w.state.now += 86_400_000;
    w.state.tab.seen = pageAt(PAGE, [NOTICE]);
    expect(firstNotice(await w.view())).toMatchObject({
      readAt: '2026-11-23T12:00:00.000Z',
      firstSeen: '2026-11-22T12:00:00.000Z',
    });
    w.network.set(NOTICE, new TypeError('Failed to fetch'));
    w.state.online = false;
    w.state.tab.seen = pageAt(PAGE, [NOTICE]);
    expect(firstNotice(await w.view())).toMatchObject({
      problem: { code: 'OFFLINE' },
      readAt: '2026-11-23T12:00:00.000Z',
      notice: { version: '2' },
    });
  });

  it('survives the death of its worker: another one knows tab and notices', async () => {
    await w.view();
    const reborn = createBackground(w.platform);
    await reborn.badgeAgain(TAB);
    expect(w.badges.map(({ text }) => text)).toEqual(['1', '1']);
    await reborn.closed(TAB);
    expect([...w.areas.session.items.keys()]).toEqual([]);
  });

  it('a badge that a worker died before it had shown is shown by the next one, and no other', async () => {
    const shown = vi.fn<() => Promise<void>>(() => Promise.resolve());
    const dying = createBackground({ ...w.platform, badgeWords: () => new Promise(() => undefined), showBadge: shown });
    void dying.pageSeen(w.tab, pageAt(PAGE, [NOTICE]));
    await vi.waitFor(() => expect(w.areas.session.items.has(`due:${TAB}`)).toBe(true));
    expect(shown).not.toHaveBeenCalled();
    const reborn = createBackground(w.platform);
    await reborn.allBadgesAgain(true);
    expect(w.badges.map(({ text }) => text)).toEqual(['•']);
    await createBackground(w.platform).allBadgesAgain(true);
    expect(w.badges).toHaveLength(1);
  });

  it('R87 two windows that look at a page at once see the same notice, read once, and not the copy from before', async () => {
    await w.view();
    w.state.tab.seen = { ...pageAt(PAGE, [NOTICE]), visit: 'the-next-visit' };
    let arrive = (): void => undefined;
    w.network.set(NOTICE, () => new Promise((resolve) => (arrive = () => resolve(json({ ...exampleNotice, title: 'Anew' })))));
    const asked = w.requests.length;
    const first = w.view();
    await vi.waitFor(() => expect(w.requests.length).toBe(asked + 1));
    const second = w.view();
    arrive();
    for (const view of await Promise.all([first, second])) expect(JSON.stringify(view)).toContain('"Anew"');
    expect(w.requests.length).toBe(asked + 1);
  });

  describe('R88 says on the badge nothing of what is not there any more', () => {
    const NEXT = 'https://other.example/';
    const texts = () => w.badges.map(({ text }) => text);
    /** The page is told of, and its notice is under way. */
    async function late() {
      let arrive = (): void => undefined;
      w.network.set(NOTICE, () => new Promise((resolve) => (arrive = () => resolve(json(exampleNotice)))));
      await w.background.answer({ type: 'set_always', always: true });
      const told = w.background.pageSeen(w.tab, pageAt(PAGE, [NOTICE]));
      await vi.waitFor(() => expect(w.requests.length).toBe(1));
      return () => {
        arrive();
        return told;
      };
    }

    it('where another page told of itself meanwhile', async () => {
      const arrives = await late();
      w.state.tab = { url: NEXT, seen: pageAt(NEXT) };
      await w.background.pageSeen({ ...w.tab, url: NEXT }, pageAt(NEXT));
      await arrives();
      expect(new Set(texts())).toEqual(new Set(['?']));
    });

    it('where another page is there that told nothing yet', async () => {
      const arrives = await late();
      w.state.tab = { url: NEXT };
      await arrives();
      expect(texts()).toEqual([]);
    });

    it('where a page reads its notice for the person, and they go on', async () => {
      let arrive = (): void => undefined;
      w.network.set(NOTICE, () => new Promise((resolve) => (arrive = () => resolve(json(exampleNotice)))));
      const view = w.background.answer({ type: 'read_notice', tab: TAB, href: NOTICE, again: true });
      await vi.waitFor(() => expect(w.requests.length).toBe(1));
      w.state.tab = { url: NEXT, seen: pageAt(NEXT) };
      await w.background.pageSeen({ ...w.tab, url: NEXT }, pageAt(NEXT));
      arrive();
      expect(await view).toMatchObject({ problem: null });
      // Nor does what was read there take the place of what is known of the tab.
      await w.background.badgeAgain(TAB);
      expect(new Set(texts())).toEqual(new Set(['?']));
    });

    it('nor anything of what applies, where the page does not say what it shows or another answers', async () => {
      await w.view();
      const told = { ...pageAt(PAGE, [NOTICE]), brief: true };
      delete w.state.tab.seen;
      await w.background.pageSeen(w.tab, told);
      expect(w.badges.at(-1)).toMatchObject({ text: '', title: 'Candour' });
      w.state.tab.seen = pageAt(PAGE, [NOTICE]);
      await w.background.pageSeen(w.tab, told);
      expect(w.badges.at(-1)).toMatchObject({ text: '', title: 'Candour' });
      w.state.tab.seen = { ...pageAt(PAGE, [NOTICE]), visit: told.visit };
      await w.background.pageSeen(w.tab, told);
      expect(texts()).toEqual(['1', '', '', '1']);
    });

    it('where a script gave the page another address, and lets it tell anew', async () => {
      await w.view();
      await w.background.moved(TAB);
      w.state.tab.url = `${PAGE}#part`;
      await w.background.moved(TAB);
      expect([texts(), w.moves]).toEqual([['1'], []]);
      w.state.tab.url = `${PAGE}/next`;
      const old = w.background.badgeAgain(TAB);
      await Promise.all([old, w.background.moved(TAB)]);
      expect([texts(), w.moves]).toEqual([['1', ''], [w.state.tab.seen?.visit]]);
    });
  });

  it('speaks on the badge as the person chose, else as the browser does, and in another language from then on', async () => {
    await w.view();
    await w.areas.device.set({ 'setting:language': 'de' });
    await w.background.allBadgesAgain(false);
    expect(w.badges.at(-1)?.title).toMatch(/^Candour: 1 Tätigkeit[^\n]*\n.*Vertrag und Berechtigte Interessen$/);
    await w.areas.device.set({ 'setting:language': '' });
    const arabic = createBackground({ ...w.platform, languages: ['xx', 'ar-EG'] });
    await arabic.allBadgesAgain(false);
    expect(w.badges.at(-1)?.title).toMatch(/^Candour: .*\p{Script=Arabic}/u);
    const wordless = createBackground({ ...w.platform, badgeWords: () => Promise.reject(new TypeError('not there')) });
    await wordless.allBadgesAgain(false);
    expect(w.badges.at(-1)?.text).toBe('1');
  });

  it('R74 says on the badge that a notice changed, until the person has seen it', async () => {
    await w.view();
    w.state.now += 86_400_000;
    w.network.set(NOTICE, json({ ...exampleNotice, title: 'Privacy, \u202Eanew' }));
    w.state.tab.seen = pageAt(PAGE, [NOTICE]);
    await w.view();
    expect(w.badges.at(-1)).toMatchObject({
      text: '1↻',
      title: expect.stringContaining('\nChanged since your last visit: Privacy, anew'),
    });
    await w.background.pageSeen(w.tab, pageAt(PAGE, [NOTICE]));
    expect(w.badges.at(-1)?.text).toBe('1↻');
    await w.background.answer({ type: 'saw_changes', tab: TAB, href: NOTICE });
    expect(w.badges.at(-1)).toMatchObject({ text: '1', title: expect.not.stringContaining('Changed') });
  });

  it('writes nothing of a private window to the disk', async () => {
    w.state.tab.isPrivate = true;
    await w.view();
    expect(w.areas.device.items.size).toBe(0);
    expect([...w.areas.session.items.keys()].some((key) => key.startsWith('notice:'))).toBe(true);
    await w.background.answer({ type: 'clear_stored' });
    expect([...w.areas.session.items.keys()]).toEqual([`tab:${TAB}`]);
  });

  it('shows one notice that is declared twice once, and says on the badge when it is a policy', async () => {
    const byHash = `https://consent.example/v1/notices/${await hashOf(examplePolicy, sha256)}`;
    w = world(pageAt(PAGE, [NOTICE, byHash]));
    w.network.set(NOTICE, json(examplePolicy)).set(byHash, json(examplePolicy));
    const view = await w.view();
    expect(view.state === 'found' && view.notices.length).toBe(1);
    expect(w.badges.at(-1)).toMatchObject({ text: '1', title: expect.stringContaining('Internal policy, not a notice') });
  });

  it.each([
    ['a page whose address is another origin’s', pageAt('https://bank.example/', [NOTICE])],
    ['a message that is none', { type: 'page_seen', page: null }],
  ])('R88 ignores %s', async (_, message) => {
    await w.background.pageSeen(w.tab, message);
    expect(w.badges).toEqual([]);
    expect(w.areas.session.items.size).toBe(0);
  });

  it('says what kind of place it can’t read', async () => {
    w.state.tab = { url: 'about:config' };
    expect(await w.view()).toEqual({ state: 'unsupported' });
    w.state.tab = { url: PAGE };
    expect(await w.view()).toEqual({ state: 'reload', url: PAGE });
    w.state.allowed = false;
    expect(await w.view()).toEqual({ state: 'no_access', origin: 'https://shop.example' });
    expect(await w.background.answer({ type: 'view_tab', tab: 99 })).toEqual({ state: 'unsupported' });
  });

  it('lists what is stored and clears it, but not the setting', async () => {
    await w.background.answer({ type: 'set_always', always: true });
    await w.view();
    expect(await w.background.answer({ type: 'view_stored' })).toMatchObject({
      notices: [{ controller: 'Example Bicycles', href: NOTICE }],
      keys: [],
      always: true,
    });
    await w.background.answer({ type: 'clear_stored' });
    expect(await w.background.answer({ type: 'view_stored' })).toEqual({ notices: [], keys: [], sites: 0, always: true });
  });

  it('keeps a bounded number of notices, the newest', async () => {
    for (let i = 0; i < 30; i++) {
      const href = `${NOTICE}?${i}`;
      w.state.tab.seen = pageAt(PAGE, [href]);
      w.network.set(href, json({ ...exampleNotice, version: String(i) }));
      w.state.now += 1000;
      await w.view();
    }
    const { notices } = await w.background.answer({ type: 'view_stored' });
    expect([notices.length, notices[0]?.href]).toEqual([24, `${NOTICE}?29`]);
    expect([...w.areas.device.items.keys()].filter((key) => key.startsWith('declared:')).length).toBe(24);
  });
});
