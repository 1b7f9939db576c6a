// Writes the extension's list of vendors from IAB Europe's Global Vendor List (specification 3): `node scripts/vendor-list.ts FILE`, then
// `oxfmt extension/signals/vendor-list.ts`. Only what is shown is kept: number, name and the purposes that each declares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { root } from './tool.ts';

const purposes = v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(15)));
const VendorList = v.object({
  gvlSpecificationVersion: v.literal(3),
  vendorListVersion: v.number(),
  lastUpdated: v.pipe(v.string(), v.isoTimestamp()),
  vendors: v.record(v.string(), v.object({ id: v.number(), name: v.string(), purposes, legIntPurposes: purposes })),
});

const hex = (ids: readonly number[]): string => ids.map((id) => id.toString(16)).join('');
/** The module's text: a line for each vendor, its number, name, purposes on consent and on legitimate interest (hexadecimal), by tabs. */
export function vendorListModule(json: unknown): string {
  const list = v.parse(VendorList, json);
  const lines = Object.values(list.vendors)
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, name, purposes: on, legIntPurposes }) =>
      [id, name.replace(/[\s`\\$]+/g, ' ').trim(), hex(on), hex(legIntPurposes)].join('\t'),
    );
  return `// Made by scripts/vendor-list.ts from IAB Europe's Global Vendor List. Not to be edited by hand.
export const VENDOR_LIST_SOURCE = {
  publisher: 'IAB Europe, Global Vendor List',
  version: ${list.vendorListVersion},
  /** ISO day. */
  date: '${list.lastUpdated.slice(0, 10)}',
} as const;

/** A vendor a line: number, name, purposes on consent, purposes on legitimate interest (each a hexadecimal digit), by tabs. */
export const VENDOR_LINES: readonly string[] = \`${lines.join('\n')}\`.split('\\n');
`;
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error('which file? node scripts/vendor-list.ts FILE');
  writeFileSync(join(root, 'extension/signals/vendor-list.ts'), vendorListModule(JSON.parse(readFileSync(file, 'utf8'))));
}
