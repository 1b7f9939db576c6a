// The choices on this device as files: JSON with the receipts whole, CSV for spreadsheets, JSON-LD in the shape of ISO/IEC TS 27560.
import * as v from 'valibot';

import { Receipt } from '../../shared/consent/receipt.ts';
import { receiptJsonLd } from '../../shared/consent/receipt-json-ld.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import type { ExportedChoices } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import { tidyName } from './state-words.ts';

export const FORMATS = ['json', 'csv', 'jsonld'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportFile {
  name: string;
  type: string;
  text: string;
}

const TYPES: Record<Format, string> = { json: 'application/json', csv: 'text/csv;charset=utf-8', jsonld: 'application/ld+json' };

const parsed = (raw: string): unknown => JSON.parse(raw) as unknown;

function json({ at, sites }: ExportedChoices): string {
  const whole = sites.map(({ origin, receipts, choices }) => ({
    origin,
    receipts: receipts.map(parsed),
    platforms: choices.filter(({ from }) => from === 'platform'),
  }));
  return `${JSON.stringify({ candour: 'choices', v: 1, at, sites: whole }, null, 2)}\n`;
}

const COLUMNS = ['site', 'at', 'from', 'platform', 'how', 'purpose', 'purpose_id', 'state', 'event'];

/** A row for each purpose of each choice, by its name in the person's language and by its id. The library is loaded for this alone. */
async function csv({ sites }: ExportedChoices): Promise<string> {
  const { stringify } = await import('csv-stringify/browser/esm/sync');
  const rows = sites.flatMap(({ origin, choices }) =>
    choices.flatMap(({ id, at, from, platform, method, states }) =>
      states.map(({ id: purpose, name, state }) => [
        origin,
        at,
        from,
        platform ?? '',
        method ?? '',
        tidyName(name),
        plainText(purpose),
        state,
        id,
      ]),
    ),
  );
  // Purposes and platforms are named by others: no cell may be read as a formula.
  return stringify([COLUMNS, ...rows], {
    record_delimiter: 'windows',
    escape_formulas: true,
    // What parts cells in the spreadsheets of some countries.
    quoted_match: /[;\t|]/,
    bom: true,
  });
}

async function jsonLd({ sites }: ExportedChoices, sha256: Sha256): Promise<string> {
  const nodes = sites.flatMap(({ origin, receipts }) =>
    receipts.map((raw) => receiptJsonLd(v.parse(Receipt, parsed(raw)), { withdrawal: `${origin}/`, details: null }, sha256)),
  );
  return `${JSON.stringify(await Promise.all(nodes), null, 2)}\n`;
}

/** Choices of other platforms have no receipt, and so no place in the JSON-LD of receipts. */
export async function exportFile(format: Format, choices: ExportedChoices, sha256: Sha256): Promise<ExportFile> {
  const text = format === 'json' ? json(choices) : await (format === 'csv' ? csv(choices) : jsonLd(choices, sha256));
  return { name: `candour-choices-${choices.at.slice(0, 10)}.${format}`, type: TYPES[format], text };
}

/** Hands a file to the browser's own "save". */
export function saveFile({ name, type, text }: ExportFile): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
