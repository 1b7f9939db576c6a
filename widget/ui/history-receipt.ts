// A receipt as a file of the visitor's own: as it is (JSON), in the vocabulary that others read (JSON-LD), or as a page to read and
// print. The page is made here and holds everything; what a receipt says is text in it and never markup.
import { receiptJsonLd } from '../../shared/consent/receipt-json-ld.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { OwnEvent } from '../core/own-record.ts';
import { fill } from '../core/fill.ts';
import { dayAndTime } from './day.ts';
import { changeWords, methodWords } from './history-words.ts';

export const RECEIPT_FORMATS = ['json', 'jsonld', 'html'] as const;
export type ReceiptFormat = (typeof RECEIPT_FORMATS)[number];
export const FORMAT_NAMES: Record<ReceiptFormat, string> = { json: 'JSON', jsonld: 'JSON-LD', html: 'HTML' };
const TYPES: Record<ReceiptFormat, string> = {
  json: 'application/json',
  jsonld: 'application/ld+json',
  html: 'text/html;charset=utf-8',
};

/** Text that is markup already. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Value = Markup | string | readonly Markup[];

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const textOf = (value: Value): string =>
  typeof value === 'string' ? escaped(value) : value instanceof Markup ? value.text : value.map(({ text }) => text).join('');
const markup = (parts: TemplateStringsArray, ...values: Value[]): Markup =>
  new Markup(parts.map((part, i) => (i === 0 ? part : textOf(values[i - 1] ?? '') + part)).join(''));

const STYLE = new Markup(
  ':root{color-scheme:light dark}body{max-inline-size:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}h1{font-size:1.5rem}h2{margin-block-start:2rem;font-size:1.1rem}table{border-collapse:collapse;inline-size:100%}th,td{padding:.4rem .6rem;border:1px solid #8886;text-align:start;vertical-align:top}th{font-weight:600;overflow-wrap:break-word}pre{padding:1rem;border:1px solid #8886;white-space:pre-wrap;font-size:.8rem}@media(max-width:30rem){tr,th,td{display:block;padding:0;border:0}tr{padding-block:.5rem;border-block-end:1px solid #8886}}',
);

const row = (name: string, value: Markup): Markup => markup`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
const bdi = (text: string): Markup => markup`<bdi>${text}</bdi>`;

/** Whole and by itself: no script, nothing from elsewhere. */
export function receiptPage(own: OwnEvent, details: SpokenDetails): string {
  const { words, name, controller } = details;
  const { receipt } = own.receipt ?? {};
  if (!receipt) throw new TypeError('a choice that the service has not recorded has no receipt');
  const shown = receipt.presentation?.words ?? [];
  const address = `${location.origin}/#candour`;
  return markup`<!doctype html>
<html lang="${words.language}" dir="${words.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${words.receipt}: ${name}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${words.receipt}</h1>
<p>${bdi(controller)} · ${bdi(location.host)}</p>
<table>
${own.changes.map((change) => {
  const { what, state, before } = changeWords(change, details, receipt.presentation);
  return row(what, markup`${state}${before === null ? '' : ` (${before})`}`);
})}
</table>
<table>
${row(words.chosenAt, markup`${dayAndTime(own.at, words.language)} <bdi>(${own.at})</bdi>: ${methodWords(own, details)}`)}
${row(words.receivedAt, bdi(receipt.leaf.receivedAt))}
${row('ID', bdi(own.id))}
</table>
<p>${fill(words.receiptWithdraw, { address })}</p>
${shown.length > 0 ? markup`<h2>${words['step.presentation']}</h2>` : ''}
${shown.map(({ text }) => markup`<p dir="auto" lang="${receipt.presentation?.language ?? ''}">${text}</p>`)}
<h2>${words.proof}</h2>
<pre dir="ltr" id="receipt">${JSON.stringify(receipt, null, 2)}</pre>
</body>
</html>
`.text;
}

async function textIn(format: ReceiptFormat, own: OwnEvent, details: SpokenDetails): Promise<string> {
  const receipt = own.receipt?.receipt;
  if (!receipt) throw new TypeError('a choice that the service has not recorded has no receipt');
  if (format === 'html') return receiptPage(own, details);
  if (format === 'json') return JSON.stringify(receipt, null, 2);
  const { sha256 } = webCryptoVerifier<CryptoKey>(crypto.subtle);
  const surroundings = { withdrawal: `${location.origin}/#candour`, details };
  return JSON.stringify(await receiptJsonLd(receipt, surroundings, sha256), null, 2);
}

function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // A download that has not begun yet would find nothing.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Rejects where the receipt's event is none. */
export const saveReceipt = async (format: ReceiptFormat, own: OwnEvent, details: SpokenDetails): Promise<void> =>
  saveFile(`receipt-${own.id}.${format}`, TYPES[format], await textIn(format, own, details));

/** All in one file, newest first. */
export const saveAllReceipts = (site: string, events: readonly OwnEvent[]): void =>
  saveFile(
    `receipts-${site}.json`,
    TYPES.json,
    JSON.stringify(
      events.flatMap(({ receipt }) => (receipt ? [receipt.receipt] : [])),
      null,
      2,
    ),
  );
