// Put into a page by the background when it asks something of it: reads the page for a person who looks, its receipts, its signals, and does
// what the person wants of it. It changes nothing on the page by itself.
import { CAPS } from '../caps.ts';
import type { AskPage, PageSeen } from '../messages.ts';
import { cachedLinkHeader, declaredNotices } from './declared.ts';
import { doerOfPage } from './deeds.ts';
import { rootOf } from './dom.ts';
import { pageFacts, structuredData } from './facts.ts';
import { glance } from './glance.ts';
import { pageLinks } from './links.ts';
import { pageWorld } from './page-world.ts';
import { receiptsOfPage } from './receipts.ts';
import { listen, send } from './runtime.ts';
import { signalsOfPage } from './signals.ts';
import { moving } from './telling.ts';
import { visitHere, type Visit } from './visit.ts';

/** Thorough, for a person who looks. */
function look(visit: string): PageSeen {
  const data = structuredData(document);
  return {
    type: 'page_seen',
    visit,
    page: pageFacts(document, location.href, data),
    ...declaredNotices(document, data.policies),
    links: pageLinks(document),
  };
}

/** With what the page's own response said, where nothing in the page says more and the browser still has it. */
async function lookAgain(visit: string): Promise<PageSeen> {
  const seen = look(visit);
  if (seen.declared.length + seen.named.length > 0) return seen;
  return { ...seen, ...(await cachedLinkHeader(document)) };
}

function answerAs({ id: visit, secret, stored }: Visit): void {
  const ask = pageWorld(secret);
  const doDeed = doerOfPage(ask);
  // After an update of the extension this script is an orphan whose messages throw: then it stops looking.
  const tells = moving(document, () => void send(glance(document, visit)).catch(tells.stop));
  const answers: { [T in AskPage['type']]: (message: Extract<AskPage, { type: T }>) => Promise<unknown> } = {
    look: () => lookAgain(visit),
    moved: (message) => {
      if (message.visit === visit) tells.moved();
      return Promise.resolve(true);
    },
    page_facts: () => Promise.resolve({ visit, page: pageFacts(document, location.href) }),
    ask_receipts: () => receiptsOfPage(document),
    withdraw: () => doDeed('withdraw'),
    reopen: () => doDeed('reopen'),
    read_page: () => Promise.resolve(rootOf(document)?.outerHTML.slice(0, CAPS.pageHtml)),
    read_signals: signalsOfPage(document, ask, stored),
  };
  listen((message) => {
    const type = (message as { type?: unknown } | null)?.type;
    return typeof type === 'string' && Object.hasOwn(answers, type)
      ? (answers[type as AskPage['type']] as (message: unknown) => Promise<unknown>)(message)
      : undefined;
  });
}

// Of what is no HTML there is nothing to say. Once: the background puts this there each time that it asks.
const here = document instanceof HTMLDocument ? visitHere() : undefined;
if (here && !here.answers) {
  here.answers = true;
  answerAs(here);
}
