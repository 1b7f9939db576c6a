// What the background does, told apart from the browser that it does it in: each function answers one message.
import * as v from 'valibot';

import {
  PageFactsSchema,
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
import { badgeOf, type Badge } from './badge.ts';
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
import { allTabs, badgeShown, forgetTab, readTab, tabsDue, writeTab } from './tabs.ts';
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
const isWebPage = (url: string | undefined): url is string => url !== undefined && /^https?:/.test(url);

export interface Background {
  pageSeen(tab: TabFacts, message: unknown): Promise<void>;
  moved(tab: number): Promise<void>;
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

  /** A page tells little of itself by itself: what it shows is asked for where there is something to hold against it. */
  async function whole(tab: number, seen: PageSeen): Promise<PageSeen> {
    if (!seen.brief) return seen;
    const read = v.safeParse(PageFactsSchema, await platform.askPage(tab, { type: 'page_facts' }).catch(() => null));
    if (!read.success || new URL(read.output.url).origin !== new URL(seen.page.url).origin) return seen;
    const { brief: _brief, ...rest } = seen;
    return { ...rest, page: read.output };
  }

  async function badge(tab: number, known: PageSeen, isPrivate: boolean): Promise<void> {
    let seen = known;
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
    if (notices.size > 0) seen = await whole(tab, seen);
    const alarm = await hasAlarm(area, new URL(seen.page.url).origin);
    const refusal = await platform.refusedIn?.(tab, new URL(seen.page.url).host);
    await platform.showBadge(tab, badgeOf({ seen, found, notices: [...notices.values()], alarm, refusal }, await speaker()));
    await badgeShown(areas.session, tab);
  }

  /** What can't be read leaves the badge without words, not without its number. */
  async function speaker() {
    const [words, chosen] = await Promise.all([platform.badgeWords().catch(() => ({})), readKey(areas.device, LANGUAGE)]);
    return badgeSpeaker(words, typeof chosen === 'string' && chosen !== '' ? [chosen] : platform.languages);
  }

  async function badgeAgain(tab: number): Promise<void> {
    const known = await readTab(areas.session, tab);
    if (known) await badge(tab, known.seen, known.isPrivate);
  }

  async function allBadgesAgain(due: boolean): Promise<void> {
    const tabs = await (due ? tabsDue : allTabs)(areas.session);
    // One that is closed by now keeps nothing from the others.
    await Promise.all(tabs.map((tab) => badgeAgain(tab).catch(() => forgetTab(areas.session, tab))));
  }

  /** The page's own word on its address counts only within the origin that the browser vouches for. */
  function isOf(seen: PageSeen, url: string | undefined): boolean {
    return isWebPage(url) && new URL(seen.page.url).origin === new URL(url).origin;
  }

  /** What is kept of a tab: links are needed once, and would fill the store. */
  const note = (tab: TabFacts, seen: PageSeen, read: string[]): Promise<void> =>
    writeTab(areas.session, tab.id, { seen, isPrivate: tab.isPrivate, read });

  async function readThisVisit(tab: number, { visit }: PageSeen): Promise<string[]> {
    const before = await readTab(areas.session, tab);
    return before?.seen.visit === visit ? before.read : [];
  }

  const readOne = async (tab: TabFacts, seen: PageSeen, found: FoundNotice, keptWillDo: boolean): Promise<NoticeView> => {
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
    const always = !tab.isPrivate && (await readKey(areas.device, ALWAYS)) === true;
    const seen = always ? await whole(tab.id, read.output) : read.output;
    const done = await readThisVisit(tab.id, seen);
    // Once a visit, and a bounded number: a page that keeps changing its links must not make this a source of requests.
    const fresh = toRead(seen, discover(seen))
      .filter(({ href }) => !done.includes(href))
      .slice(0, always ? CAPS.declared - done.length : 0);
    await note(tab, seen, [...done, ...fresh.map(({ href }) => href)]);
    await mine.pageSeen(tab, seen);
    await readThese(
      tab,
      seen,
      fresh.map((found) => [found, false]),
    );
    await badge(tab.id, seen, tab.isPrivate);
  }

  async function look(tab: TabFacts, how: 'look' | 'glance' = 'look'): Promise<PageSeen | null> {
    const told = await platform.askPage(tab.id, { type: how }).catch(() => null);
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
    await badge(id, seen, tab.isPrivate);
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
    const [view] = await readThese(tab, seen, [[found, !again && done.includes(found.href)]]);
    if (!view) throw new Error(`nothing came of ${href}`);
    await note(tab, seen, [...new Set([...done, found.href])]);
    await badge(id, seen, tab.isPrivate);
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
    return { state: 'given', receipts, left: given.left };
  }

  async function check(id: number, raw: string): Promise<ReceiptView> {
    const tab = await platform.tab(id);
    if (!tab || !isWebPage(tab.url)) throw new RangeError(`no page in tab ${id}`);
    const view = await checkReceipt(platform, areaFor(areas, tab.isPrivate), tab.url, raw);
    await badgeAgain(id);
    return view;
  }

  async function moved(id: number): Promise<void> {
    const [tab, known] = await Promise.all([platform.tab(id), readTab(areas.session, id)]);
    const seen = tab && known ? await look(tab, 'glance') : null;
    if (!tab || !seen) return;
    await note(tab, seen, await readThisVisit(id, seen));
    await badge(id, seen, tab.isPrivate);
  }

  const answers: { [T in Ask['type']]: (ask: Extract<Ask, { type: T }>) => Promise<Answers[T]> } = {
    ...mine.answers,
    saw_changes: async ({ tab: id, href }) => {
      const tab = await platform.tab(id);
      await markTold(areaFor(areas, tab?.isPrivate ?? false), href);
      if (tab) await moved(id);
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
      notices: [...(await allKept(areas.device)), ...(await allKeptProse(areas.device))]
        .map(({ notice, href, readAt }) => ({ title: notice.title, controller: notice.controller.name, href, readAt }))
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
    badgeAgain,
    allBadgesAgain,
    moved,
    async closed(id) {
      await Promise.all([forgetTab(areas.session, id), mine.closed(id)]);
    },
    answer: (ask) => (answers[ask.type] as (ask: Ask) => Promise<never>)(ask),
  };
}
