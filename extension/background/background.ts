// What the background does, told apart from the browser that it does it in: each function answers one message.
import * as v from 'valibot';

import {
  FactsNow,
  PageReceipts,
  PageSeen,
  type Answers,
  type Ask,
  type AskPage,
  type ChoicesView,
  type FoundNotice,
  type NoticeView,
  type ReceiptView,
  type TabView,
} from '../messages.ts';
import { CAPS } from '../caps.ts';
import { badgeSpeaker, type BadgeWords } from '../words/badge.ts';
import { badgeOf, SAYS_NOTHING, type Badge } from './badge.ts';
import { checkReceipt, type CheckDeps } from './check.ts';
import { viewChoices } from './choices.ts';
import { discover, hrefKey, toRead } from './discover.ts';
import { changedSince } from './changed.ts';
import { isUnseenChange, markTold } from './history.ts';
import { keepReceipts, viewMine } from './kept-choices.ts';
import { createMine } from './mine.ts';
import { exportAll, importAll } from './moving.ts';
import { keepPlatformChoices } from './platform-choices.ts';
import { allKept, keptNotice, readNotice, withoutRepeats, type NoticeDeps } from './notices.ts';
import { allKeptProse, keptProse, readProseNotice } from './prose.ts';
import { allPins, hasAlarm } from './pins.ts';
import type { Refusal } from './refusals.ts';
import { viewSignals } from './signals.ts';
import { areaFor, readKey, type Areas } from './store.ts';
import { allTabs, badgeShown, forgetTab, readTab, tabsDue, writeTab, type SeenTab } from './tabs.ts';
import { noteUnread, unreadThisVisit, unreadView } from './unread.ts';

export interface TabFacts {
  id: number;
  /** Undefined where the extension may not know it. */
  url: string | undefined;
  isPrivate: boolean;
}

/** The browser, as far as the background needs it. */
export interface Platform extends NoticeDeps, CheckDeps {
  areas: Areas;
  tab(id: number): Promise<TabFacts | null>;
  mayRead(origin: string): Promise<boolean>;
  /** Rejects where no content script answers. */
  askPage(tab: number, ask: AskPage): Promise<unknown>;
  /** Opens an address in a tab of its own, in view; its id. */
  openTab(url: string): Promise<number>;
  showBadge(tab: number, badge: Badge): Promise<void>;
  /** The badge's words in every language. */
  badgeWords(): Promise<BadgeWords>;
  /** Those that the browser speaks, the first first. */
  languages: readonly string[];
  /** What was refused for the person in a tab that is on that host still. */
  refusedIn?(tab: number, host: string): Promise<Refusal | null>;
}

const ALWAYS = 'setting:always';
export const LANGUAGE = 'setting:language';
const addressOf = (url: string): string => url.slice(0, CAPS.url).replace(/#(?![/!]).*$/, '');
const isWebPage = (url: string | undefined): url is string => url !== undefined && /^https?:/.test(url);

export interface Background {
  pageSeen(tab: TabFacts, message: unknown): Promise<void>;
  moved(tab: number): Promise<void>;
  /** Whether what a tab told last was of that address. */
  isKnown(tab: number, url: string): Promise<boolean>;
  /** Of which visit a tab told last. */
  visitOf(tab: number): Promise<string | undefined>;
  closed(tab: number): Promise<void>;
  /** Says on the toolbar what is known of a tab by now. */
  badgeAgain(tab: number): Promise<void>;
  /** On all of them, as in another language; or only where an earlier worker died before it had said so. */
  allBadgesAgain(due: boolean): Promise<void>;
  answer<T extends Ask['type']>(ask: Extract<Ask, { type: T }>): Promise<Answers[T]>;
}

export function createBackground(platform: Platform): Background {
  const { areas } = platform;
  const mine = createMine(platform);

  /**
   * A page tells little of itself by itself: what it shows is asked for where there is something to hold against it. Null where it does not
   * answer, or another page does: what is known of it then is no ground to count on.
   */
  async function whole(tab: number, seen: PageSeen): Promise<PageSeen | null> {
    if (!seen.brief) return seen;
    const read = v.safeParse(FactsNow, await platform.askPage(tab, { type: 'page_facts' }).catch(() => null));
    if (!read.success || read.output.visit !== seen.visit || !isOf(read.output, seen.page.url)) return null;
    const { brief: _brief, ...rest } = seen;
    return { ...rest, page: read.output.page };
  }

  /** Which badge of a tab was begun last: one that comes later than another that was begun after it would speak of what was there before. */
  const newest = new Map<number, object>();

  /** Says it, unless by now something newer is to be said, or the page of which it speaks is not there any more. */
  async function show(tab: number, turn: object, { seen }: SeenTab, said: Badge): Promise<void> {
    const [now, known] = await Promise.all([platform.tab(tab), readTab(areas.session, tab)]);
    const isThere = now !== null && (now.url === undefined || isAt(seen, now.url)) && known?.seen.visit === seen.visit;
    if (!isThere || newest.get(tab) !== turn) return;
    await platform.showBadge(tab, said);
    await badgeShown(areas.session, tab);
  }

  /** Says on the toolbar what is known of the page that was seen last in a tab. */
  async function badge(tab: number): Promise<void> {
    const turn = {};
    newest.set(tab, turn);
    const noted = await readTab(areas.session, tab);
    if (!noted) return;
    const { seen, isPrivate } = noted;
    const area = areaFor(areas, isPrivate);
    const found = discover(seen).filter(({ other }) => other === null);
    const kept = await Promise.all(
      found.map(async ({ href, how }) => {
        if (how === 'declared') {
          const entry = await keptNotice(area, href);
          return entry && { href, hash: entry.hash, notice: entry.notice, texts: [] };
        }
        const entry = await keptProse(area, href);
        return entry && { href, hash: entry.hash, notice: entry.notice, texts: entry.prose.texts };
      }),
    );
    const asked = kept
      .filter((entry) => entry !== null)
      .map(async ({ href, ...entry }) => ({ ...entry, changed: await isUnseenChange(area, href, entry.hash) }));
    const notices = new Map((await Promise.all(asked)).map((entry) => [entry.hash, entry]));
    const page = notices.size > 0 ? ((await whole(tab, seen))?.page ?? null) : seen.page;
    const alarm = await hasAlarm(area, new URL(seen.page.url).origin);
    const refusal = await platform.refusedIn?.(tab, new URL(seen.page.url).host);
    const said = badgeOf({ page, found, notices: [...notices.values()], alarm, refusal }, await speaker());
    await show(tab, turn, noted, said);
  }

  /** What can't be read leaves the badge without words, not without its number. */
  async function speaker() {
    const [words, chosen] = await Promise.all([platform.badgeWords().catch(() => ({})), readKey(areas.device, LANGUAGE)]);
    return badgeSpeaker(words, typeof chosen === 'string' && chosen !== '' ? [chosen] : platform.languages);
  }

  async function allBadgesAgain(due: boolean): Promise<void> {
    const tabs = await (due ? tabsDue : allTabs)(areas.session);
    // One that is closed by now keeps nothing from the others.
    await Promise.all(tabs.map((tab) => badge(tab).catch(() => forgetTab(areas.session, tab))));
  }

  /** The page's own word on its address counts only within the origin that the browser vouches for. */
  function isOf(seen: Pick<PageSeen, 'page'>, url: string | undefined): boolean {
    return isWebPage(url) && new URL(seen.page.url).origin === new URL(url).origin;
  }

  /** Still at the address of which it told. What leads to another place on a page leads to no other page, unless scripts go by it. */
  const isAt = ({ page }: PageSeen, url: string): boolean => addressOf(page.url) === addressOf(url);

  /** What is kept of a tab: links are needed once, and would fill the store. */
  const note = (tab: TabFacts, seen: PageSeen, read: string[]): Promise<void> =>
    writeTab(areas.session, tab.id, { seen, isPrivate: tab.isPrivate, read });

  async function readThisVisit(tab: number, { visit }: PageSeen): Promise<string[]> {
    const before = await readTab(areas.session, tab);
    return before?.seen.visit === visit ? before.read : [];
  }

  /** Notices on their way: who comes meanwhile, in another window, gets what they bring, and not the copy from before. */
  const underWay = new Map<string, Promise<NoticeView>>();

  async function readOne(tab: TabFacts, seen: PageSeen, found: FoundNotice, keptWillDo: boolean): Promise<NoticeView> {
    const key = JSON.stringify([tab.isPrivate, seen.visit, found.href]);
    const before = keptWillDo ? underWay.get(key) : undefined;
    if (before) return { ...(await before), found };
    const reading = readAnew(tab, seen, found, keptWillDo);
    underWay.set(key, reading);
    return reading.finally(() => {
      if (underWay.get(key) === reading) underWay.delete(key);
    });
  }

  const readAnew = async (tab: TabFacts, seen: PageSeen, found: FoundNotice, keptWillDo: boolean): Promise<NoticeView> => {
    const area = areaFor(areas, tab.isPrivate);
    const html = found.how === 'this_page' ? () => pageHtml(tab.id) : null;
    const view = await (found.how === 'declared'
      ? readNotice(platform, area, found, seen.page.url, keptWillDo)
      : readProseNotice(platform, area, { found, page: seen.page.url, keptWillDo, html }));
    return { ...view, changed: await changedSince(area, view) };
  };

  /** Each with whether a copy that is kept will do; then neither is one asked for again that could not be read in this visit. */
  async function readThese(
    tab: TabFacts,
    seen: PageSeen,
    wanted: readonly (readonly [FoundNotice, boolean])[],
  ): Promise<NoticeView[]> {
    const unread = await unreadThisVisit(areas.session, tab.id, seen.visit);
    const reading = wanted.map(async ([found, keptWillDo]) => {
      const problem = keptWillDo ? unread.get(found.href) : undefined;
      return problem ? unreadView(found, problem) : readOne(tab, seen, found, keptWillDo);
    });
    const views = await Promise.all(reading);
    await noteUnread(areas.session, tab.id, seen.visit, views);
    return views;
  }

  async function pageHtml(tab: number): Promise<string | null> {
    const told = await platform.askPage(tab, { type: 'read_page' }).catch(() => null);
    return typeof told === 'string' && told.length <= CAPS.pageHtml ? told : null;
  }

  async function pageSeen(tab: TabFacts, message: unknown): Promise<void> {
    if (await mine.choiceMade(tab, message)) return;
    const read = v.safeParse(PageSeen, message);
    if (!read.success || !isOf(read.output, tab.url)) return;
    const brief = read.output;
    // Before anything is waited for: what comes later is of a later page.
    await note(tab, brief, await readThisVisit(tab.id, brief));
    const always = !tab.isPrivate && (await readKey(areas.device, ALWAYS)) === true;
    if (always) await readByItself(tab, (await whole(tab.id, brief)) ?? brief);
    await mine.pageSeen(tab, brief);
    await badge(tab.id);
  }

  /** Once a visit, and a bounded number: a page that keeps changing its links must not make this a source of requests. */
  async function readByItself(tab: TabFacts, seen: PageSeen): Promise<void> {
    const known = await readTab(areas.session, tab.id);
    // The person is elsewhere by now.
    if (known?.seen.visit !== seen.visit) return;
    const fresh = toRead(seen, discover(seen))
      .filter(({ href }) => !known.read.includes(href))
      .slice(0, CAPS.declared - known.read.length);
    await note(tab, seen, [...known.read, ...fresh.map(({ href }) => href)]);
    await readThese(
      tab,
      seen,
      fresh.map((found) => [found, false]),
    );
  }

  async function look(tab: TabFacts): Promise<PageSeen | null> {
    const told = await platform.askPage(tab.id, { type: 'look' }).catch(() => null);
    const read = v.safeParse(PageSeen, told);
    return read.success && isOf(read.output, tab.url) ? read.output : null;
  }

  async function viewTab(id: number): Promise<TabView> {
    const tab = await platform.tab(id);
    if (!tab || (tab.url !== undefined && !isWebPage(tab.url))) return { state: 'unsupported' };
    if (tab.url === undefined)
      return (await platform.mayRead('')) ? { state: 'unsupported' } : { state: 'no_access', origin: '' };
    const { origin } = new URL(tab.url);
    if (!(await platform.mayRead(origin))) return { state: 'no_access', origin };
    const seen = await look(tab);
    if (!seen) return { state: 'reload', url: tab.url };
    const found = discover(seen);
    const done = await readThisVisit(id, seen);
    const chosen = toRead(seen, found, done);
    await note(tab, seen, [...new Set([...done, ...chosen.map(({ href }) => href)])]);
    const notices = withoutRepeats(
      await readThese(
        tab,
        seen,
        chosen.map((one) => [one, done.includes(one.href)]),
      ),
    );
    await badge(id);
    const shown = new Set(chosen.map(({ href }) => href));
    return found.length === 0
      ? { state: 'none', seen }
      : { state: 'found', seen, notices, others: found.filter(({ href }) => !shown.has(href)) };
  }

  async function readOnePressed(id: number, href: string, again: boolean): Promise<NoticeView> {
    const tab = await platform.tab(id);
    const seen = tab && isWebPage(tab.url) ? await look(tab) : null;
    const found = seen && discover(seen).find((one) => hrefKey(one.href) === hrefKey(href));
    // Only what the page in view leads to: an extension page is no way to ask for any other address.
    if (!tab || !seen || !found) throw new RangeError(`no such notice in tab ${id}`);
    const done = await readThisVisit(id, seen);
    await note(tab, seen, [...new Set([...done, found.href])]);
    const [view] = await readThese(tab, seen, [[found, !again && done.includes(found.href)]]);
    if (!view) throw new Error(`nothing came of ${href}`);
    await badge(id);
    return view;
  }

  async function viewChoicesOf(id: number): Promise<ChoicesView> {
    const tab = await platform.tab(id);
    if (!tab || !isWebPage(tab.url)) return { state: 'no_page' };
    const read = v.safeParse(PageReceipts, await platform.askPage(id, { type: 'ask_receipts' }).catch(() => null));
    if (!read.success) return { state: 'no_page' };
    const given = read.output;
    if (given.state !== 'given') return given;
    const { origin } = new URL(tab.url);
    const receipts = await viewChoices(platform, areaFor(areas, tab.isPrivate), origin, given);
    if (!tab.isPrivate) await keepReceipts(areas.device, origin, receipts);
    return { state: 'given', receipts, left: given.left, unsourced: given.unsourced };
  }

  async function check(id: number, raw: string): Promise<ReceiptView> {
    const tab = await platform.tab(id);
    if (!tab || !isWebPage(tab.url)) throw new RangeError(`no page in tab ${id}`);
    const view = await checkReceipt(platform, areaFor(areas, tab.isPrivate), tab.url, raw);
    await badge(id);
    return view;
  }

  /** To another address. What the badge said was of the view before; a page of which we know tells anew when the next one stands there. */
  async function moved(id: number): Promise<void> {
    const [tab, known] = await Promise.all([platform.tab(id), readTab(areas.session, id)]);
    if (!tab || !known || (tab.url !== undefined && isAt(known.seen, tab.url))) return;
    newest.set(id, {});
    await platform.showBadge(id, SAYS_NOTHING);
    await platform.askPage(id, { type: 'moved', visit: known.seen.visit }).catch(() => null);
  }

  const answers: { [T in Ask['type']]: (ask: Extract<Ask, { type: T }>) => Promise<Answers[T]> } = {
    ...mine.answers,
    saw_changes: async ({ tab: id, href }) => {
      const tab = await platform.tab(id);
      await markTold(areaFor(areas, tab?.isPrivate ?? false), href);
      if (tab) await badge(id);
      return null;
    },
    view_tab: ({ tab }) => viewTab(tab),
    read_notice: ({ tab, href, again }) => readOnePressed(tab, href, again),
    view_choices: ({ tab }) => viewChoicesOf(tab),
    view_signals: async ({ tab: id }) => {
      const before = await platform.tab(id);
      const view = await viewSignals(platform, id);
      const tab = await platform.tab(id);
      // Of the page that was asked: another may be there by now.
      const isSame = isWebPage(tab?.url) && isWebPage(before?.url) && new URL(tab.url).origin === new URL(before.url).origin;
      if (view.state === 'read' && tab && isSame && !tab.isPrivate && isWebPage(tab.url))
        await keepPlatformChoices(areas.device, new URL(tab.url).origin, view.signals, new Date(platform.now()).toISOString());
      return view;
    },
    export_all: () => exportAll(areas.device, new Date(platform.now()).toISOString()),
    import_all: ({ text }) => importAll(platform, areas.device, text),
    check_receipt: ({ tab, receipt }) => check(tab, receipt),
    view_stored: async () => ({
      notices: [
        ...(await allKept(areas.device)).map((entry) => ({ ...entry, readable: true })),
        ...(await allKeptProse(areas.device)).map((entry) => ({ ...entry, imported: undefined })),
      ]
        .map(({ notice: { title, controller }, href, readAt, imported, readable }) => ({
          title,
          // In a language that is not read nobody knows who that is.
          controller: readable ? controller.name : '',
          href,
          readAt,
          imported: imported === true,
        }))
        .sort((one, two) => two.readAt.localeCompare(one.readAt)),
      keys: (await allPins(areas.device)).map(({ log, origin, firstSeen, checkedAt, imported }) => ({
        log,
        origin,
        firstSeen,
        checkedAt,
        imported: imported === true,
      })),
      sites: (await viewMine(areas.device, new Set())).sites.length,
      always: (await readKey(areas.device, ALWAYS)) === true,
    }),
    set_always: async ({ always }) => {
      await areas.device.set({ [ALWAYS]: always });
      return null;
    },
    clear_stored: async () => {
      const stored = Object.keys(await areas.device.get(null)).filter((key) => !key.startsWith('setting:'));
      const inMemory = Object.keys(await areas.session.get(null)).filter((key) => !key.startsWith('tab:'));
      await Promise.all([areas.device.remove(stored), areas.session.remove(inMemory)]);
      return null;
    },
  };

  return {
    pageSeen,
    badgeAgain: badge,
    async isKnown(tab, url) {
      const known = await readTab(areas.session, tab);
      return known !== null && isAt(known.seen, url);
    },
    visitOf: async (tab) => (await readTab(areas.session, tab))?.seen.visit,
    allBadgesAgain,
    moved,
    async closed(id) {
      newest.delete(id);
      await Promise.all([forgetTab(areas.session, id), mine.closed(id)]);
    },
    answer: (ask) => (answers[ask.type] as (ask: Ask) => Promise<never>)(ask),
  };
}
