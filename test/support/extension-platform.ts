// The browser as the extension's background sees it, in memory: tabs with pages that answer, storage areas, and a network
// whose answers a test gives by address.
import type { Platform } from '../../extension/background/background.ts';
import type { Badge } from '../../extension/background/badge.ts';
import type { Area } from '../../extension/background/store.ts';
import { badgeWords } from '../../extension/words/vite.ts';
import type { FoundNotice, PageSeen } from '../../extension/messages.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';

export function memoryArea(): Area & { items: Map<string, unknown> } {
  const items = new Map<string, unknown>();
  return {
    items,
    get: (key) => Promise.resolve(structuredClone(Object.fromEntries(key === null ? items : [[key, items.get(key)]]))),
    set: (given) => {
      for (const [key, value] of Object.entries(given)) items.set(key, structuredClone(value));
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of keys) items.delete(key);
      return Promise.resolve();
    },
  };
}

export type NetworkAnswer = Response | Error | ((address: string) => Response | Promise<Response>);

export interface FakeTab {
  url: string | undefined;
  isPrivate?: boolean;
  seen?: PageSeen;
  receipts?: unknown;
  html?: string;
  /** What its content script read of the page's consent platforms. */
  signals?: unknown;
  /** What it answers when it is asked to withdraw or to open its dialog. */
  done?: unknown;
}

export const TAB = 7;

export function fakePlatform(tab: FakeTab) {
  const network = new Map<string, NetworkAnswer>();
  const requests: { address: string; init: RequestInit | undefined }[] = [];
  const badges: Badge[] = [];
  const opened: string[] = [];
  const asked: string[] = [];
  /** Visits that were told that their page has another address. */
  const moves: string[] = [];
  const areas = { device: memoryArea(), session: memoryArea() };
  const verifier = webCryptoVerifier(crypto.subtle);
  const state = { tab, online: true, allowed: true, now: Date.parse('2026-11-22T12:00:00Z') };
  const platform: Platform = {
    verifier,
    sha256: verifier.sha256,
    now: () => state.now,
    isOnline: () => state.online,
    fetch: async (input, init) => {
      const address = input instanceof Request ? input.url : String(input);
      requests.push({ address, init });
      const answer = network.get(address) ?? network.get(address.replace(/\?.*$/, ''));
      if (!answer) throw new TypeError('Failed to fetch');
      if (answer instanceof Error) throw answer;
      return answer instanceof Response ? answer.clone() : answer(address);
    },
    areas,
    tab: (id) => Promise.resolve(id === TAB ? { id, url: state.tab.url, isPrivate: state.tab.isPrivate ?? false } : null),
    mayRead: () => Promise.resolve(state.allowed),
    askPage: (_id, ask) => {
      const { type } = ask;
      if (ask.type === 'moved') moves.push(ask.visit);
      const { seen, receipts, html, done, signals } = state.tab;
      if (type === 'withdraw' || type === 'reopen') asked.push(type);
      const answer = {
        look: seen,
        moved: null,
        page_facts: seen && { visit: seen.visit, page: seen.page },
        ask_receipts: receipts,
        read_page: html,
        withdraw: done,
        reopen: done,
        read_signals: signals,
      }[type];
      return answer === undefined ? Promise.reject(new Error('Could not establish connection')) : Promise.resolve(answer);
    },
    openTab: (url) => Promise.resolve(TAB + opened.push(url)),
    badgeWords,
    languages: ['en-GB'],
    showBadge: (_id, badge) => {
      badges.push(badge);
      return Promise.resolve();
    },
  };
  return { platform, areas, network, requests, badges, opened, asked, moves, state };
}

export const json = (value: unknown): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json' } });

let visits = 0;
/** Each is a visit of its own. */
export const pageAt = (url: string, declared: string[] = [], forms: PageSeen['page']['forms'] = []): PageSeen => ({
  type: 'page_seen',
  visit: `visit-${(visits += 1)}`,
  page: { url, title: 'A page', headings: [], forms, jsonLdTypes: [], hosts: [], signals: [] },
  declared: declared.map((href) => ({ href, title: '' })),
  named: [],
  links: [],
});

export const foundAt = (href: string, how: FoundNotice['how'] = 'declared'): FoundNotice => ({
  href,
  title: '',
  how,
  kind: 'privacy',
  audience: null,
  other: null,
});
