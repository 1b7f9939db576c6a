// The script that refuses, as the browser knows it: in pages only while the person has switched it on.
import { evalSnippets, type IndexedCMPRuleset } from '@duckduckgo/autoconsent';

import { ALL_PAGES, browser } from '../browser.ts';
import { REFUSE_RULES, REFUSE_SCRIPT } from '../refuse/said.ts';
import type { Speaker } from './refuse.ts';

const ID = 'refuse';

/** Lines of the tool that accept, or answer whether all was accepted. None of its ways to decline needs one. */
const NEVER = new Set([
  'EVAL_CONSENTMANAGER_4',
  'EVAL_CONSENTMANAGER_NCMP_ACCEPT',
  'EVAL_COOKIEINFORMATION_1',
  'EVAL_EZOIC_0',
  'EVAL_MICROSOFT_1',
  'EVAL_TARTEAUCITRON_1',
  'EVAL_TEALIUM_2',
  'EVAL_THEFREEDICTIONARY_1',
  'EVAL_USERCENTRICS_API_3',
  'EVAL_USERCENTRICS_API_5',
]);

const SNIPPETS: Readonly<Record<string, () => unknown>> = evalSnippets;
export const mayRun = (snippet: string): boolean => Object.hasOwn(SNIPPETS, snippet) && !NEVER.has(snippet);

let read: Promise<IndexedCMPRuleset> | null = null;

/** The rules, from the extension's own files. */
export function refuseRules(): Promise<IndexedCMPRuleset> {
  const load = async (): Promise<IndexedCMPRuleset> =>
    (await (await fetch(browser.runtime.getURL(REFUSE_RULES))).json()) as IndexedCMPRuleset;
  read ??= load().catch((error: unknown) => {
    read = null;
    throw error;
  });
  return read;
}

/** False where the browser does not let the extension look at all pages. */
export async function setRefuseScript(on: boolean): Promise<boolean> {
  if (on && !(await browser.permissions.contains({ origins: ALL_PAGES }))) return false;
  const filter = { ids: [ID] };
  const there = (await browser.scripting.getRegisteredContentScripts(filter)).length > 0;
  if (on && !there)
    await browser.scripting.registerContentScripts([
      { id: ID, js: [REFUSE_SCRIPT], matches: ALL_PAGES, allFrames: true, runAt: 'document_idle', persistAcrossSessions: true },
    ]);
  if (!on && there) await browser.scripting.unregisterContentScripts(filter);
  return true;
}

/** Runs one of the tool's own lines in the page's world, by its name; a page cannot give it any other. */
export async function runRefuseSnippet({ tab, frame }: Speaker, snippet: string): Promise<unknown> {
  const func = mayRun(snippet) ? SNIPPETS[snippet] : undefined;
  if (!func) return false;
  const [ran] = await browser.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, world: 'MAIN', func });
  return ran?.result;
}
