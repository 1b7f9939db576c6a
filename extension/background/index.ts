// The background's entry: the browser's events in, the browser's interfaces out. Listeners are added at once, because a
// worker that wakes for an event must find them.
import * as v from 'valibot';

import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { browser, type Runtime, type Tabs } from '../browser.ts';
import { Ask } from '../messages.ts';
import { createBackground, type TabFacts } from './background.ts';

const verifier = webCryptoVerifier(crypto.subtle);
const ALL_PAGES = ['http://*/*', 'https://*/*'];

const factsOf = (tab: Tabs.Tab, url = tab.url): TabFacts => ({ id: tab.id ?? -1, url, isPrivate: tab.incognito });

const background = createBackground({
  verifier,
  sha256: verifier.sha256,
  now: () => Date.now(),
  fetch: (input, init) => fetch(input, init),
  isOnline: () => navigator.onLine,
  areas: { device: browser.storage.local, session: browser.storage.session },
  tab: (id) =>
    browser.tabs.get(id).then(
      (tab) => factsOf(tab),
      () => null,
    ),
  mayRead: (origin) => browser.permissions.contains({ origins: origin === '' ? ALL_PAGES : [`${origin}/*`] }),
  askPage: (tab, ask) => browser.tabs.sendMessage(tab, ask, { frameId: 0 }) as Promise<unknown>,
  showBadge: async (tabId, { text, title, colour }) => {
    await Promise.all([
      browser.action.setBadgeText({ tabId, text }),
      browser.action.setTitle({ tabId, title }),
      browser.action.setBadgeBackgroundColor({ tabId, color: colour }),
    ]);
  },
});

/** A tab may be gone by the time that something is known of it. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => undefined);

const isOwnPage = (sender: Runtime.MessageSender): boolean =>
  sender.id === browser.runtime.id && (sender.url?.startsWith(browser.runtime.getURL('')) ?? false);

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  if (isOwnPage(sender)) {
  openTab: async (url) => (await browser.tabs.create({ url })).id ?? -1,
    const ask = v.safeParse(Ask, message);
    return ask.success ? background.answer(ask.output) : undefined;
  }
  if (sender.id === browser.runtime.id && sender.tab && sender.frameId === 0)
    quietly(background.pageSeen(factsOf(sender.tab, sender.url), message));
  return undefined;
});

browser.tabs.onUpdated.addListener((id, changed) => {
  if (changed.url !== undefined) quietly(background.moved(id));
});
browser.tabs.onRemoved.addListener((id) => quietly(background.closed(id)));
