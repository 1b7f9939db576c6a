// The content script: tells the background what the page declares, links and shows, and asks the page's world for receipts when
// the background asks for them. It changes nothing on the page.
import { CAPS } from '../caps.ts';
import type { AskPage, PageSeen } from '../messages.ts';
import { cachedLinkHeader, declaredNotices, watchDeclared } from './declared.ts';
import { pageFacts, structuredData } from './facts.ts';
import { pageLinks } from './links.ts';
import { receiptsOfPage } from './receipts.ts';
import { listen, send } from './runtime.ts';

const askReceipts = receiptsOfPage(document);
const leaving = new AbortController();
const visit = crypto.randomUUID?.() ?? String(performance.timeOrigin);

function look(thorough: boolean): PageSeen {
  const data = structuredData(document);
  return {
    type: 'page_seen',
    visit,
    page: pageFacts(document, location.href, data),
    ...declaredNotices(document, data.policies),
    links: pageLinks(document, thorough),
  };
}

/** With what the page's own response said, where nothing in the page says more and the browser still has it. */
async function lookAgain(): Promise<PageSeen> {
  const seen = look(true);
  if (seen.declared.length + seen.named.length > 0) return seen;
  return { ...seen, ...(await cachedLinkHeader(document)) };
}

/** After an update of the extension this script is an orphan whose messages throw: then it stops looking. */
async function tell(): Promise<void> {
  try {
    await send(look(false));
  } catch {
    leaving.abort();
  }
}

const answers: Record<AskPage['type'], () => Promise<unknown>> = {
  look: lookAgain,
  ask_receipts: askReceipts,
  read_page: () => Promise.resolve(document.documentElement.outerHTML.slice(0, CAPS.pageHtml)),
};

listen((message) => {
  const type = (message as { type?: unknown } | null)?.type;
  return typeof type === 'string' && Object.hasOwn(answers, type) ? answers[type as AskPage['type']]() : undefined;
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
