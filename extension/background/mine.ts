// What the "Mine" view asks of the background: the kept choices, whether they still hold, and the ways to end them.
import * as v from 'valibot';

import { ChoiceMade, Done, PageReceipts, type Answers, type Ask, type DoneView, type PageSeen } from '../messages.ts';
import type { Platform, TabFacts } from './background.ts';
import { checkReceipt } from './check.ts';
import { newestFirst, viewChoices, viewImported } from './choices.ts';
import { choicesOf, forgetSite, keepReceipts, viewMine } from './kept-choices.ts';
import { allPins } from './pins.ts';
import { readKey } from './store.ts';

type Asks = 'view_mine' | 'view_site' | 'check_kept' | 'withdraw' | 'reopen' | 'forget_site' | 'export_mine';
type MineAnswers = { [T in Asks]: (ask: Extract<Ask, { type: T }>) => Promise<Answers[T]> };

/** What a tab that was opened for it is to be asked once it has loaded; kept, because the worker may end before that. */
const Errand = v.strictObject({ do: v.picklist(['withdraw', 'reopen']), origin: v.string(), at: v.number() });
type Errand = v.InferOutput<typeof Errand>;
/** Milliseconds after which a page that loads at last is not asked any more: the person is elsewhere by then. */
const ERRAND_HOLDS = 60_000;
const errandKey = (tab: number): string => `errand:${tab}`;

export interface Mine {
  answers: MineAnswers;
  /** A page came or told of a choice. */
  pageSeen(tab: TabFacts, seen: PageSeen): Promise<void>;
  /** False for a message that is none of these. */
  choiceMade(tab: TabFacts, message: unknown): Promise<boolean>;
  closed(tab: number): Promise<void>;
}

const originOf = (url: string | undefined): string | null =>
  url !== undefined && /^https?:/.test(url) && URL.canParse(url) ? new URL(url).origin : null;

export function createMine(platform: Platform): Mine {
  const { device, session } = platform.areas;
  /** Tabs that are being opened for errands, until it is noted which. */
  let opening: Promise<unknown> = Promise.resolve();

  async function ask(tab: number, what: Errand['do']): Promise<Done> {
    const read = v.safeParse(Done, await platform.askPage(tab, { type: what }).catch(() => null));
    return read.success ? read.output : { state: 'failed' };
  }

  /** In the tab in view where that is the site; else the site is opened, and asked when it has loaded. */
  async function run(what: Errand['do'], id: number, origin: string): Promise<DoneView> {
    const inView = await platform.tab(id);
    // What a private window holds is another choice than the one that is kept, and a tab opened from there would be private too.
    if (inView?.isPrivate) return { state: 'failed' };
    if (inView && originOf(inView.url) === origin) return ask(id, what);
    // Only a site with a kept choice: an extension page is no way to open any address.
    if ((await choicesOf(device, origin)).length === 0) throw new RangeError(`no choice is kept of ${origin}`);
    // A fast page tells of itself before it is noted which tab it is in: what pages tell waits for that.
    const opened = platform.openTab(`${origin}/`);
    const errand: Errand = { do: what, origin, at: platform.now() };
    const noted = opened.then((tab) => session.set({ [errandKey(tab)]: errand }));
    opening = Promise.allSettled([opening, noted]);
    await noted;
    return { state: 'opened' };
  }

  async function receiptsOf(origin: string) {
    return (await choicesOf(device, origin)).filter((choice) => choice.from === 'candour');
  }

  return {
    answers: {
      view_mine: async () => {
        const alarmed = (await allPins(device)).filter(({ alarm }) => alarm !== null).map(({ origin }) => origin);
        return viewMine(device, new Set(alarmed));
      },
      view_site: async ({ origin }) => {
        const all = await receiptsOf(origin);
        const raws = (imported: boolean) =>
          all.filter((one) => (one.imported === true) === imported).map(({ receipt }) => receipt);
        const seen = await viewChoices(platform, device, origin, { receipts: raws(false) });
        const fromFile = await viewImported(platform, device, origin, raws(true));
        return { origin, receipts: [...seen, ...fromFile].sort(newestFirst) };
      },
      check_kept: async ({ origin, id }) => {
        const kept = (await receiptsOf(origin)).find((choice) => choice.id === id);
        if (!kept) throw new RangeError(`no receipt ${id} is kept of ${origin}`);
        return checkReceipt(platform, device, `${origin}/`, kept.receipt, kept.imported === true);
      },
      withdraw: ({ tab, origin }) => run('withdraw', tab, origin),
      reopen: ({ tab, origin }) => run('reopen', tab, origin),
      forget_site: async ({ origin }) => {
        await forgetSite(device, origin);
        return null;
      },
      export_mine: async () => {
        const { sites } = await viewMine(device, new Set());
        const exported = sites.map(async ({ origin, choices }) => ({
          origin,
          receipts: (await receiptsOf(origin)).map(({ receipt }) => receipt),
          choices,
        }));
        return { at: new Date(platform.now()).toISOString(), sites: await Promise.all(exported) };
      },
    },

    async pageSeen(tab, seen) {
      await opening;
      const read = v.safeParse(Errand, await readKey(session, errandKey(tab.id)));
      if (!read.success) return;
      const { origin, at, do: what } = read.output;
      if (new URL(seen.page.url).origin !== origin && platform.now() - at < ERRAND_HOLDS) return;
      await session.remove([errandKey(tab.id)]);
      if (tab.isPrivate) return;
      if (new URL(seen.page.url).origin === origin && platform.now() - at < ERRAND_HOLDS) await ask(tab.id, what);
    },

    async choiceMade(tab, message) {
      if (!v.is(ChoiceMade, message)) return false;
      const origin = originOf(tab.url);
      if (tab.isPrivate || origin === null) return true;
      const given = v.safeParse(PageReceipts, await platform.askPage(tab.id, { type: 'ask_receipts' }).catch(() => null));
      if (!given.success || given.output.state !== 'given') return true;
      await keepReceipts(device, origin, await viewChoices(platform, device, origin, given.output));
      return true;
    },

    closed: (tab) => session.remove([errandKey(tab)]),
  };
}
