// A consent receipt as a page to read and print: what was chosen, when, for whom, what was shown, how it is proved.
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Receipt, ReceiptCheck } from '../../shared/consent/receipt.ts';
import { ACTOR_WORDS, METHOD_WORDS, RESULT_WORDS, STATE_WORDS, STEP_WORDS, VERDICT_WORDS } from '../../shared/consent/words.ts';
import { pageDocument } from './document.ts';
import { markup, shown, type Markup, type MarkupValue } from './markup.ts';
import { channelWords, instantWords, plain } from './notice-words.ts';

export interface ReceiptPageInput {
  receipt: Receipt;
  /** verifyReceipt() of it. */
  check: ReceiptCheck;
}

const row = (name: MarkupValue, value: MarkupValue): Markup => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;

/** The words that were on screen for a purpose, where the presentation has them. */
function purposeLabel(id: string, presentation: Presentation | null): string {
  const word = presentation?.words.find((candidate) => candidate.id === `${id}-label`);
  return word ? shown(word.text) : plain(id);
}

/** The numbers only: their names are in the vendor list of that version, which is the IAB's. */
const vendorRows = ({ vendors }: ConsentEvent): Markup[] =>
  (['refused', 'objected'] as const).flatMap((state) =>
    vendors?.[state]
      ? [
          row(
            `${state === 'refused' ? 'Consent for' : 'Legitimate interest of'} companies of the IAB’s list${vendors.list === null ? '' : `, version ${vendors.list}`}, number ${vendors[state].replaceAll(' ', ', ')}`,
            markup`<span class="state ${state}">${STATE_WORDS[state]}</span>`,
          ),
        ]
      : [],
  );

export function choices(event: ConsentEvent, presentation: Presentation | null): Markup {
  const marketing = Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, channels]) =>
      Object.entries(channels).map(([channel, state]) => ({ activity, sender, channel, state })),
    ),
  );
  return markup`<table class="data"><thead><tr><th scope="col">Asked for</th><th scope="col">Chosen</th></tr></thead><tbody>
${Object.entries(event.purposes).map(([id, state]) =>
  row(
    markup`<span dir="auto">${purposeLabel(id, presentation)}</span>`,
    markup`<span class="state ${state}">${STATE_WORDS[state]}</span>`,
  ),
)}
${marketing.map(({ activity, sender, channel, state }) =>
  row(
    `${plain(activity)}: ${channelWords(channel as Parameters<typeof channelWords>[0])} from ${plain(sender)}`,
    markup`<span class="state ${state}">${STATE_WORDS[state]}</span>`,
  ),
)}
${vendorRows(event)}
</tbody></table>`;
}

const circumstances = ({ receipt }: ReceiptPageInput, event: ConsentEvent): Markup => markup`<table class="data"><tbody>
${row('Site', markup`<span dir="auto">${receipt.site}</span>, ${event.origin}`)}
${row('Chosen at, by the clock of the browser', instantWords(event.at))}
${row('Received by the service', instantWords(receipt.leaf.receivedAt))}
${row('How', METHOD_WORDS[event.method])}
${row('By whom', `${ACTOR_WORDS[event.actor]}, who is known here only as a key of that browser`)}
${row('Number of this choice', `${event.seq} of that browser on that site`)}
${row('Global Privacy Control', event.gpc ? 'was on' : 'was not on')}
${event.start?.kind === 'restored' && row('Origin of this record', `Restored from the cookie of ${event.start.day}, because the browser had lost its own record`)}
${event.imported && row('Taken over from', `${plain(event.imported.from)}, the consent platform that this site had before, ${event.imported.day ? `and counted from ${event.imported.day}: the day of the choice if that platform wrote it down, else the day that the site gives for its change` : 'which did not say on which day it was chosen'}. What was shown then is not known here, so this is no evidence of consent.`)}
${row('Id', markup`<code>${event.id}</code>`)}
</tbody></table>`;

/** `service`: the URL under which what was shown by which build of the widget can be read. */
export function shownThen(presentation: Presentation | null, service: string): Markup {
  if (!presentation)
    return markup`<p>Nothing was shown for this choice: it was restored or imported, so this receipt does not show what was asked.</p>`;
  const { language, layout, jurisdiction, purposes, words, controls, build } = presentation;
  return markup`<p class="note">Language ${shown(language)}, layout ${shown(layout)}, rules for ${jurisdiction === 'unknown' ? 'an unknown place' : jurisdiction}.
The program that showed it: <a href="${service}/w/builds/${build}"><code>${build}</code></a>.</p>
<h3>Words, in reading order</h3>
<div class="words" lang="${shown(language)}">${words.map(({ text }) => markup`<p dir="auto">${shown(text)}</p>`)}</div>
<h3>Controls, in reading order</h3>
<ol>${controls.map(({ kind, name }) => markup`<li><span dir="auto">${shown(name)}</span> <span class="tag">${kind}</span></li>`)}</ol>
<h3>How each purpose was set before the choice</h3>
<ul>${purposes.map(({ id, mode, default: before }) => markup`<li>${plain(id)}: ${plain(mode)}, ${before === 'on' || before === 'off' ? before : STATE_WORDS[before]}</li>`)}</ul>`;
}

const steps = ({ check }: ReceiptPageInput): Markup => markup`<table class="data">
<thead><tr><th scope="col">Step</th><th scope="col">Result</th><th scope="col">What it says</th></tr></thead><tbody>
${check.steps.map(
  ({ step, result, why }) =>
    markup`<tr data-step="${step}" data-result="${result}"><th scope="row">${STEP_WORDS[step]}</th><td><span class="state ${result}">${RESULT_WORDS[result]}</span></td><td>${why}</td></tr>`,
)}
</tbody></table>`;

const proof = ({
  receipt,
}: ReceiptPageInput): Markup => markup`<p>Entry number ${receipt.index} of the log <code>${receipt.log}</code>. The signed head of the log at that time:</p>
<pre class="proof" dir="ltr" tabindex="0" aria-label="Signed head of the log">${shown(receipt.checkpoint)}</pre>
<p>Key of the log: <code dir="ltr">${shown(receipt.logKey)}</code>. The service publishes its keys at <a href="${receipt.service}/.well-known/candour.json">${receipt.service}/.well-known/candour.json</a>.</p>
<p>This page was made by the service. To check without trusting it, keep the receipt as JSON and run <code>candour log verify --site ${receipt.site} --url ${receipt.service} --receipt FILE</code>, or look at it in the Candour browser extension.</p>`;

/** A whole HTML document. Serve it with PAGE_CSP (page-style.ts) and `Cache-Control: no-store`. */
export function receiptPage(input: ReceiptPageInput): string {
  const { receipt, check } = input;
  const { event } = check;
  const verdict = VERDICT_WORDS[check.verified];
  return pageDocument({
    title: `Consent receipt – ${receipt.site}`,
    whose: receipt.site,
    kind: 'Consent receipt',
    main: markup`<p class="eyebrow">Consent receipt</p>
<h1>${event ? `Your choice of ${instantWords(event.at).split(' at ')[0] ?? ''}` : 'A receipt that cannot be read'}</h1>
<div class="verdict ${check.verified}" data-verified="${check.verified}"><p><strong>${verdict.title}</strong></p><p>${verdict.why}</p></div>
${
  event &&
  markup`<section aria-labelledby="chosen"><h2 id="chosen">What was chosen</h2>${choices(event, receipt.presentation)}</section>
<section aria-labelledby="when"><h2 id="when">When, where and for whom</h2>${circumstances(input, event)}</section>`
}
<section aria-labelledby="shown"><h2 id="shown">What was shown</h2>${shownThen(receipt.presentation, receipt.service)}</section>
<section aria-labelledby="verification"><h2 id="verification">Verification</h2>${steps(input)}</section>
<section aria-labelledby="proof"><h2 id="proof">Proof</h2>${proof(input)}</section>
${
  event &&
  markup`<section aria-labelledby="withdraw"><h2 id="withdraw">How to change or withdraw it</h2>
<p>${
    event.method === 'form'
      ? 'These choices were made in a form. How to stop the messages was said beside its boxes, and stands under “What was shown”.'
      : markup`Open <a href="${event.origin}/#candour" rel="noreferrer">this site</a> in the same browser and choose “Privacy
          choices”. Withdrawing takes as few clicks as giving, and makes a new receipt; this one stays true about its own day.`
  }</p></section>`
}`,
  });
}
