// The background's entry: the browser's events in, the browser's interfaces out. Listeners are added at once, because a
// worker that wakes for an event must find them.
import * as v from 'valibot';

import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { ALL_PAGES, browser, type Runtime, type Tabs } from '../browser.ts';
import { ANSWERS_SCRIPT, GLANCE_SCRIPT } from '../injected.ts';
import { Ask, HeadChanged, type AskPage } from '../messages.ts';
import { RefuseAsk } from '../refuse/asks.ts';
import { RefuseSaid } from '../refuse/said.ts';
import { BADGE_FILE, type BadgeWords } from '../words/badge.ts';
import { createBackground, LANGUAGE, type TabFacts } from './background.ts';
import { createGlances } from './glances.ts';
import { createRefuse } from './refuse.ts';
import { refuseRules, runRefuseSnippet, setRefuseScript } from './refuse-script.ts';
import { forgetPrivate } from './store.ts';

const verifier = webCryptoVerifier(crypto.subtle);

const factsOf = (tab: Tabs.Tab, url = tab.url): TabFacts => ({ id: tab.id ?? -1, url, isPrivate: tab.incognito });

const areas = { device: browser.storage.local, session: browser.storage.session };
const tabOf = (id: number): Promise<TabFacts | null> =>
  browser.tabs.get(id).then(
    (tab) => factsOf(tab),
    () => null,
  );

const refuse = createRefuse({
  areas,
  now: () => Date.now(),
  tab: tabOf,
  rules: refuseRules,
  setScript: setRefuseScript,
  runSnippet: runRefuseSnippet,
  noted: (tab) => background.badgeAgain(tab),
});

let words: Promise<BadgeWords> | null = null;
/** From the extension's own files; read once for as long as this worker lives. */
function badgeWords(): Promise<BadgeWords> {
  words ??= fetch(browser.runtime.getURL(BADGE_FILE)).then(async (file) => (await file.json()) as BadgeWords);
  return words.catch((error: unknown) => {
    words = null;
    throw error;
  });
}

/** What a script comes to in the extension's own world of a tab's page; it waits until the page stands there. */
async function bring(tabId: number, script: string): Promise<unknown> {
  const [ran] = await browser.scripting.executeScript({ target: { tabId }, files: [script] });
  return ran?.result;
}

/** The script that answers is brought when the first question comes. */
async function askPage(tab: number, ask: AskPage): Promise<unknown> {
  const tell = (): Promise<unknown> => browser.tabs.sendMessage(tab, ask, { frameId: 0 });
  if (ask.type === 'withdraw' || ask.type === 'reopen') {
    // Said once: a page that begins again on it answers nobody, and must not be told a second time.
    await bring(tab, ANSWERS_SCRIPT);
    return tell();
  }
  const told = await tell().catch(() => undefined);
  if (told !== undefined) return told;
  await bring(tab, ANSWERS_SCRIPT);
  return tell();
}

const background = createBackground({
  verifier,
  sha256: verifier.sha256,
  now: () => Date.now(),
  fetch: (input, init) => fetch(input, init),
  isOnline: () => navigator.onLine,
  areas,
  tab: tabOf,
  refusedIn: refuse.lastIn,
  mayRead: (origin) => browser.permissions.contains({ origins: origin === '' ? ALL_PAGES : [`${origin}/*`] }),
  askPage,
  openTab: async (url) => (await browser.tabs.create({ url })).id ?? -1,
  badgeWords,
  languages: navigator.languages,
  showBadge: async (tabId, { text, title, colour }) => {
    await Promise.all([
      browser.action.setBadgeText({ tabId, text }),
      browser.action.setTitle({ tabId, title }),
      browser.action.setBadgeBackgroundColor({ tabId, color: colour }),
    ]);
  },
});

const glances = createGlances({
  glance: (tab) => bring(tab, GLANCE_SCRIPT),
  visitOf: (tab) => background.visitOf(tab),
  heard: async (tab, seen) => {
    const facts = await tabOf(tab);
    if (facts) await background.pageSeen(facts, seen);
  },
  moved: (tab) => background.moved(tab),
});

/** A tab may be gone by the time that something is known of it. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

const isOwnPage = (sender: Runtime.MessageSender): boolean =>
  sender.id === browser.runtime.id && (sender.url?.startsWith(browser.runtime.getURL('')) ?? false);

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  if (isOwnPage(sender)) {
    const ask = v.safeParse(Ask, message);
    if (ask.success) return background.answer(ask.output);
    const refuseAsk = v.safeParse(RefuseAsk, message);
    return refuseAsk.success ? refuse.answer(refuseAsk.output) : undefined;
  }
  const { id, tab, frameId: frame, url = '' } = sender;
  if (id !== browser.runtime.id || tab?.id === undefined || frame === undefined) return undefined;
  const read = v.safeParse(RefuseSaid, message);
  if (read.success) {
    const { url: page = '', incognito: isPrivate } = tab;
    const isWeb = [page, url].every((address) => /^https?:/.test(address));
    return isWeb ? refuse.hear({ tab: tab.id, frame, page, url, isPrivate }, read.output.said) : undefined;
  }
  if (frame !== 0) return undefined;
  if (v.is(HeadChanged, message)) quietly(glances.changed(tab.id));
  else quietly(background.pageSeen(factsOf(tab, url), message));
  return undefined;
});

// An earlier worker may have died between what a page told it and its word on the toolbar.
quietly(background.allBadgesAgain(true));
/** ms. What woke this one may be the page itself, on its way to be looked at. */
const LET_IT_TELL = 1000;
/** Or while it looked: what a person has before them is looked at, where it is another page than is known. */
async function catchUp(): Promise<void> {
  for (const { id, url } of await browser.tabs.query({ active: true }))
    if (id !== undefined && url !== undefined && !(await background.isKnown(id, url)))
      await glances.updated(id, { status: 'complete' });
}
setTimeout(() => quietly(catchUp()), LET_IT_TELL);
browser.storage.onChanged.addListener((changed, area) => {
  if (area === 'local' && LANGUAGE in changed) quietly(background.allBadgesAgain(false));
});

browser.runtime.onInstalled.addListener(() => quietly(refuse.restore()));
browser.tabs.onUpdated.addListener((id, changed) => {
  quietly(glances.updated(id, changed));
});
browser.windows.onRemoved.addListener(() => {
  const last = async (): Promise<void> => {
    const tabs = await browser.tabs.query({});
    if (!tabs.some(({ incognito }) => incognito)) await forgetPrivate(areas.session);
  };
  quietly(last());
});
browser.tabs.onRemoved.addListener((id) => {
  glances.closed(id);
  quietly(Promise.all([background.closed(id), refuse.forget(id)]));
});
