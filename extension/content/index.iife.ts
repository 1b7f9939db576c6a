// The content script: tells the background what the page declares, links and shows, and reads the receipts of its widget when the
// background asks for them. It changes nothing on the page.
import { CAPS } from '../caps.ts';
import type { AskPage, PageSeen } from '../messages.ts';
import { cachedLinkHeader, declaredNotices } from './declared.ts';
import { doerOfPage } from './deeds.ts';
import { rootOf } from './dom.ts';
import { briefFacts, pageFacts, structuredData } from './facts.ts';
import { mayLead, pageLinks } from './links.ts';
import { pageWorld, twoRandoms } from './page-world.ts';
import { receiptsOfPage } from './receipts.ts';
import { listen, send } from './runtime.ts';
import { signalsOfPage } from './signals.ts';
import { telling, type Telling } from './telling.ts';

const [secret, visit] = twoRandoms();
const ask = pageWorld(document, secret);
const doDeed = doerOfPage(ask);
const readSignals = signalsOfPage(document, ask);
/** Ends when this script is an orphan. */
let tells: Telling | undefined;
let isOrphan = false;
/** Of which the background is told during one visit. */
const MOST_CHOICES = 20;

/** Thorough, for a person who looks. */
function look(): PageSeen {
  const data = structuredData(document);
  return {
    type: 'page_seen',
    visit,
    page: pageFacts(document, location.href, data),
    ...declaredNotices(document, data.policies),
    links: pageLinks(document),
  };
}

/** What every page of the web is asked for: as little as tells whether it leads to a notice. */
function glance(): PageSeen {
  const found = mayLead(document);
  return {
    type: 'page_seen',
    visit,
    brief: true,
    page: briefFacts(document, location.href),
    ...(found ? declaredNotices(document, structuredData(document).policies) : { declared: [], named: [] }),
    links: found ? pageLinks(document, false) : [],
  };
}

/** With what the page's own response said, where nothing in the page says more and the browser still has it. */
async function lookAgain(): Promise<PageSeen> {
  const seen = look();
  if (seen.declared.length + seen.named.length > 0) return seen;
  return { ...seen, ...(await cachedLinkHeader(document)) };
}

function leave(): void {
  isOrphan = true;
  tells?.stop();
}

/** After an update of the extension this script is an orphan whose messages throw: then it stops looking. */
async function tell(): Promise<void> {
  try {
    await send(glance());
  } catch {
    leave();
  }
}

const answers: { [T in AskPage['type']]: (message: Extract<AskPage, { type: T }>) => Promise<unknown> } = {
  look: lookAgain,
  moved: (message) => {
    if (message.visit === visit) tells?.moved();
    return Promise.resolve();
  },
  page_facts: () => Promise.resolve({ visit, page: pageFacts(document, location.href) }),
  ask_receipts: () => receiptsOfPage(document),
  withdraw: () => doDeed('withdraw'),
  reopen: () => doDeed('reopen'),
  read_page: () => Promise.resolve(rootOf(document)?.outerHTML.slice(0, CAPS.pageHtml)),
  read_signals: readSignals,
};

listen((message) => {
  const type = (message as { type?: unknown } | null)?.type;
  return typeof type === 'string' && Object.hasOwn(answers, type)
    ? (answers[type as AskPage['type']] as (message: unknown) => Promise<unknown>)(message)
    : undefined;
});

/** The widget's own word that a choice reached its service: rarely more than one a visit, and never a flood. */
function watchChoices(): void {
  let told = 0;
  Document.prototype.addEventListener.call(document, 'candour:sync', () => {
    if (isOrphan || told >= MOST_CHOICES) return;
    told += 1;
    send({ type: 'choice_made' }).catch(leave);
  });
}

function start(): void {
  void tell();
  watchChoices();
  tells = telling(document, () => void tell());
}

// Only pages of HTML have a head to declare anything in.
if (document instanceof HTMLDocument) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start, { once: true });
  else start();
}
