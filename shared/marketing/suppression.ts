// What is kept of whoever said no: enough not to write to them again, and nothing else. It outlives erasure, retention and imports.
import * as v from 'valibot';

import { ConsentEvent, Hash, Instant } from '../consent/event.ts';
import { CHANNELS, Slug, type Channel } from '../notice/schema.ts';
import type { NormalisedAddress } from './address.ts';

/** All that an entry may hold. */
export const Suppression = v.strictObject({
  /** base64url of HMAC-SHA-256 over suppressionKeyText, under the operator's kept key. */
  key: Hash,
  channel: v.picklist(CHANNELS),
  /** null: every sender of the site. */
  sender: v.nullable(Slug),
  since: Instant,
  reason: v.picklist(['objection', 'withdrawal', 'unsubscribe', 'import']),
  /** Id of the event that says so; null: an operator's list, which names none. */
  event: v.nullable(ConsentEvent.entries.id),
});
export type Suppression = v.InferOutput<typeof Suppression>;

/** What the key of an entry is made of. The first version's texts are those that the service's register has always hashed. */
export const suppressionKeyText = (site: string, { version, kind, text }: NormalisedAddress): string =>
  version === 1 ? `${site}\n${text}` : `${site}\n${version} ${kind}\n${text}`;

export interface Sending {
  channel: Channel;
  sender: string;
}

export const covers = (entry: Pick<Suppression, 'channel' | 'sender'>, { channel, sender }: Sending): boolean =>
  entry.channel === channel && (entry.sender === null || entry.sender === sender);

/** An objection to direct marketing: every channel and every sender, at once. There is no step in which it could be turned down. */
export const stopDirectMarketing = (key: string, since: string, event: string | null): Suppression[] =>
  CHANNELS.map((channel) => ({ key, channel, sender: null, since, reason: 'objection', event }));

export interface Dropped<Row> {
  row: Row;
  channel: Channel;
  sender: string;
  since: string;
  reason: Suppression['reason'];
}

/**
 * What an import or an export may take along, and what it leaves out and has to report. `entriesOf` gives the entries under every
 * key of the row's addresses. What a row claims for itself plays no part: only the person lifts an entry.
 */
export function screen<Row extends Sending>(
  rows: readonly Row[],
  entriesOf: (row: Row) => readonly Suppression[],
): { kept: Row[]; dropped: Dropped<Row>[] } {
  const kept: Row[] = [];
  const dropped: Dropped<Row>[] = [];
  for (const row of rows) {
    const entry = entriesOf(row).find((one) => covers(one, row));
    if (!entry) kept.push(row);
    else dropped.push({ row, channel: row.channel, sender: row.sender, since: entry.since, reason: entry.reason });
  }
  return { kept, dropped };
}
