// The content script: tells the background what the page declares and shows, and asks the page's world for receipts when
// the background asks for them. It changes nothing on the page.
import * as v from 'valibot';

import { browser } from '../browser.ts';
import { AskPage, type PageSeen } from '../messages.ts';
import { declaredNotices, watchDeclared } from './declared.ts';
import { pageFacts } from './facts.ts';
import { receiptsOfPage } from './receipts.ts';

const askReceipts = receiptsOfPage(document);
const leaving = new AbortController();

const look = (): PageSeen => ({ type: 'page_seen', page: pageFacts(document, location.href), ...declaredNotices(document) });

/** After an update of the extension this script is an orphan whose messages throw: then it stops looking. */
async function tell(): Promise<void> {
  try {
    await browser.runtime.sendMessage(look());
  } catch {
    leaving.abort();
  }
}

browser.runtime.onMessage.addListener((message: unknown) => {
  const read = v.safeParse(AskPage, message);
  if (!read.success) return undefined;
  return read.output.type === 'look' ? Promise.resolve(look()) : askReceipts();
});

function start(): void {
  void tell();
  let waiting = false;
  const changed = (): void => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (!leaving.signal.aborted) void tell();
    }, 200);
  };
  watchDeclared(document, changed, leaving.signal);
}

// Only pages of HTML have a head to declare anything in.
if (document instanceof HTMLDocument) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { once: true });
  else start();
}
