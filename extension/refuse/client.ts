// "Refuse for me" as the extension's own pages reach it.
import { ALL_PAGES, browser } from '../browser.ts';
import type { RefuseAnswers, RefuseAsk } from './asks.ts';

export interface RefuseClient {
  ask<T extends RefuseAsk['type']>(ask: Extract<RefuseAsk, { type: T }>): Promise<RefuseAnswers[T]>;
  /** Asks the browser for what the script needs; must be called straight from a click. False where the person said no. */
  allow(): Promise<boolean>;
}

export const refuseClient: RefuseClient = {
  ask: (ask) => browser.runtime.sendMessage(ask),
  allow: () => browser.permissions.request({ origins: ALL_PAGES }),
};
