// What the background does, told apart from the browser that it does it in: each function answers one message.
import * as v from 'valibot';

import {
  PageReceipts,
  PageSeen,
  type Answers,
  type Ask,
  type AskPage,
  type ChoicesView,
  type ReceiptView,
  type TabView,
} from '../messages.ts';
import { CAPS } from '../caps.ts';
import { badgeOf, type Badge } from './badge.ts';
import { checkReceipt, type CheckDeps } from './check.ts';
import { viewChoices } from './choices.ts';
import { allKept, keptNotice, readNotice, withoutRepeats, type NoticeDeps } from './notices.ts';
import { allPins, hasAlarm } from './pins.ts';
import { areaFor, readKey, type Areas } from './store.ts';
import { forgetTab, readTab, writeTab } from './tabs.ts';

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
  showBadge(tab: number, badge: Badge): Promise<void>;
}

const ALWAYS = 'setting:always';
const isWebPage = (url: string | undefined): url is string => url !== undefined && /^https?:/.test(url);

export interface Background {
  pageSeen(tab: TabFacts, message: unknown): Promise<void>;
  moved(tab: number): Promise<void>;
  closed(tab: number): Promise<void>;
  answer<T extends Ask['type']>(ask: Extract<Ask, { type: T }>): Promise<Answers[T]>;
}

export function createBackground(platform: Platform): Background {
  const { areas } = platform;

  async function badge(tab: number, seen: PageSeen, isPrivate: boolean): Promise<void> {
    const area = areaFor(areas, isPrivate);
    const kept = await Promise.all(seen.declared.map(({ href }) => keptNotice(area, href)));
    const notices = new Map(kept.filter((entry) => entry !== null).map(({ hash, notice }) => [hash, notice]));
    const alarm = await hasAlarm(area, new URL(seen.page.url).origin);
    await platform.showBadge(tab, badgeOf({ seen, notices: [...notices.values()], alarm }));
  }

  /** The page's own word on its address counts only within the origin that the browser vouches for. */
  function isOf(seen: PageSeen, url: string | undefined): boolean {
    return isWebPage(url) && new URL(seen.page.url).origin === new URL(url).origin;
  }

  async function pageSeen(tab: TabFacts, message: unknown): Promise<void> {
    const read = v.safeParse(PageSeen, message);
    if (!read.success || !isOf(read.output, tab.url)) return;
    const before = await readTab(areas.session, tab.id);
    const done = before?.seen.page.url === read.output.page.url ? before.read : [];
    const always = (await readKey(areas.device, ALWAYS)) === true;
    // Once a visit, and a bounded number: a page that keeps changing its links must not make this a source of requests.
    const fresh = read.output.declared
      .filter(({ href }) => !done.includes(href))
      .slice(0, always ? CAPS.declared - done.length : 0);
    await writeTab(areas.session, tab.id, {
      seen: read.output,
      isPrivate: tab.isPrivate,
      read: [...done, ...fresh.map(({ href }) => href)],
    });
    if (fresh.length > 0) await readAllOf({ ...read.output, declared: fresh }, tab.isPrivate);
    await badge(tab.id, read.output, tab.isPrivate);
  }

  async function look(tab: TabFacts): Promise<PageSeen | null> {
    const told = await platform.askPage(tab.id, { type: 'look' }).catch(() => null);
    const read = v.safeParse(PageSeen, told);
    if (!read.success || !isOf(read.output, tab.url)) return null;
    const before = await readTab(areas.session, tab.id);
    await writeTab(areas.session, tab.id, { seen: read.output, isPrivate: tab.isPrivate, read: before?.read ?? [] });
    return read.output;
  }

  const readAllOf = (seen: PageSeen, isPrivate: boolean) =>
    Promise.all(seen.declared.map((link) => readNotice(platform, areaFor(areas, isPrivate), link, seen.page.url)));

  async function viewTab(id: number): Promise<TabView> {
    const tab = await platform.tab(id);
    if (!tab || (tab.url !== undefined && !isWebPage(tab.url))) return { state: 'unsupported' };
    if (tab.url === undefined)
      return (await platform.mayRead('')) ? { state: 'unsupported' } : { state: 'no_access', origin: '' };
    const { origin } = new URL(tab.url);
    if (!(await platform.mayRead(origin))) return { state: 'no_access', origin };
    const seen = await look(tab);
    if (!seen) return { state: 'reload', url: tab.url };
    const notices = withoutRepeats(await readAllOf(seen, tab.isPrivate));
    await badge(id, seen, tab.isPrivate);
    return seen.declared.length === 0 ? { state: 'none', seen } : { state: 'declared', seen, notices };
  }

  async function viewChoicesOf(id: number): Promise<ChoicesView> {
    const tab = await platform.tab(id);
    if (!tab || !isWebPage(tab.url)) return { state: 'no_page' };
    const read = v.safeParse(PageReceipts, await platform.askPage(id, { type: 'ask_receipts' }).catch(() => null));
    if (!read.success) return { state: 'no_page' };
    const given = read.output;
    if (given.state !== 'given') return given;
    const receipts = await viewChoices(platform, areaFor(areas, tab.isPrivate), new URL(tab.url).origin, given);
    return { state: 'given', receipts, left: given.left };
  }

  async function check(id: number, raw: string): Promise<ReceiptView> {
    const tab = await platform.tab(id);
    if (!tab || !isWebPage(tab.url)) throw new RangeError(`no page in tab ${id}`);
    const view = await checkReceipt(platform, areaFor(areas, tab.isPrivate), tab.url, raw);
    const known = await readTab(areas.session, id);
    if (known) await badge(id, known.seen, known.isPrivate);
    return view;
  }

  const answers: { [T in Ask['type']]: (ask: Extract<Ask, { type: T }>) => Promise<Answers[T]> } = {
    view_tab: ({ tab }) => viewTab(tab),
    view_choices: ({ tab }) => viewChoicesOf(tab),
    check_receipt: ({ tab, receipt }) => check(tab, receipt),
    view_stored: async () => ({
      notices: (await allKept(areas.device)).map(({ notice, href, readAt }) => ({
        title: notice.title,
        controller: notice.controller.name,
        href,
        readAt,
      })),
      keys: (await allPins(areas.device)).map(({ log, origin, firstSeen, checkedAt }) => ({ log, origin, firstSeen, checkedAt })),
      always: (await readKey(areas.device, ALWAYS)) === true,
    }),
    set_always: async ({ always }) => {
      await areas.device.set({ [ALWAYS]: always });
      return null;
    },
    clear_stored: async () => {
      const stored = Object.keys(await areas.device.get(null)).filter((key) => key !== ALWAYS);
      const inMemory = Object.keys(await areas.session.get(null)).filter((key) => !key.startsWith('tab:'));
      await Promise.all([areas.device.remove(stored), areas.session.remove(inMemory)]);
      return null;
    },
  };

  return {
    pageSeen,
    async moved(id) {
      const [tab, known] = await Promise.all([platform.tab(id), readTab(areas.session, id)]);
      const seen = tab && known ? await look(tab) : null;
      if (tab && seen) await badge(id, seen, tab.isPrivate);
    },
    closed: (id) => forgetTab(areas.session, id),
    answer: (ask) => (answers[ask.type] as (ask: Ask) => Promise<never>)(ask),
  };
}
