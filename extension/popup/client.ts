// The extension's own pages as clients of the background.
import { browser, openBeside } from '../browser.ts';
import type { Answers, Ask } from '../messages.ts';
import { askAgain } from './ask-again.ts';

export interface Client {
  ask<T extends Ask['type']>(ask: Extract<Ask, { type: T }>): Promise<Answers[T]>;
  /** Calls back when the tab declares or is something else than before. */
  watchTab(tab: number, changed: () => void): () => void;
  /** Calls back when a choice was added to those that are kept, or taken from them. */
  watchMine(changed: () => void): () => void;
  /** False where the person said no. */
  allowPages(): Promise<boolean>;
  openBeside(tab: number): Promise<boolean>;
  openOptions(): Promise<void>;
}

/** What of a tab's state makes a view stale. */
const outline = (value: unknown): string => {
  const seen = (
    value as { seen?: { visit?: unknown; page?: { url?: unknown }; declared?: unknown; named?: unknown } } | null | undefined
  )?.seen;
  return JSON.stringify([seen?.visit, seen?.page?.url, seen?.declared, seen?.named]);
};

export const client: Client = {
  ask: askAgain((ask) => browser.runtime.sendMessage(ask)),
  watchTab(tab, changed) {
    const key = `tab:${tab}`;
    const listener = (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>): void => {
      const change = changes[key];
      if (change?.newValue && outline(change.oldValue) !== outline(change.newValue)) changed();
    };
    browser.storage.session.onChanged.addListener(listener);
    return () => browser.storage.session.onChanged.removeListener(listener);
  },
  watchMine(changed) {
    const listener = (changes: Record<string, unknown>): void => {
      if (Object.keys(changes).some((key) => key.startsWith('mine:'))) changed();
    };
    browser.storage.local.onChanged.addListener(listener);
    return () => browser.storage.local.onChanged.removeListener(listener);
  },
  allowPages: () => browser.permissions.request({ origins: ['http://*/*', 'https://*/*'] }),
  async openBeside(tab) {
    const { windowId } = await browser.tabs.get(tab);
    return windowId === undefined ? false : openBeside(windowId);
  },
  openOptions: () => browser.runtime.openOptionsPage(),
};

/** The tab that the person looks at. */
export async function activeTab(): Promise<number> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? -1;
}
