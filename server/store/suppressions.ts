// The suppression list: rows are added, and never changed or removed. Whether a later yes of the person counts in spite of an entry
// is for shared/marketing/permission.ts to say.
import type { Kysely, Selectable } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import type { Suppression } from '../../shared/marketing/suppression.ts';
import type { Engine } from './kysely-store.ts';
import { blobOf, uuidBlob, uuidText } from './rows.ts';
import type { Site } from './store.ts';
import type { Tables } from './tables.ts';
import { webhookOutbox } from './webhooks.ts';

/** With the number that the list gave it: rising, with gaps. */
export type NumberedSuppression = Suppression & { number: number };

export interface SuppressionStore {
  /**
   * What is there already stays. What is new is told to webhooks in the same transaction, once for each address. Gives how many
   * entries are new.
   */
  add(site: Site, entries: readonly Suppression[]): Promise<number>;
  /** All under these keys, by channel and sender, the oldest first. */
  of(site: Site, keys: readonly string[]): Promise<Suppression[]>;
  /** The highest number so far; 0: the list is empty. */
  last(site: Site): Promise<number>;
  /** By number, behind that one. */
  after(site: Site, number: number, limit: number): Promise<NumberedSuppression[]>;
}

/** Parts of a statement that takes them as values. */
export const ROWS_AT_ONCE = 500;

const suppressionOf = (row: Selectable<Tables['suppression']>): NumberedSuppression => ({
  number: row.number,
  key: toBase64Url(row.lookup),
  channel: row.channel,
  sender: row.sender,
  since: new Date(row.since).toISOString(),
  reason: row.reason,
  event: row.event === null ? null : uuidText(row.event),
});

/** What makes two entries one: an operator's list that is brought twice adds nothing. */
const nameOf = ({ key, channel, sender, since, event }: Suppression): string =>
  [key, channel, sender, event ?? Date.parse(since)].join(' ');

export async function suppressionsUnder(
  reader: Kysely<Tables>,
  siteKey: number,
  keys: readonly string[],
): Promise<Suppression[]> {
  const found: Suppression[] = [];
  for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) {
    const rows = await reader
      .selectFrom('suppression')
      .selectAll()
      .where('site_key', '=', siteKey)
      .where('lookup', 'in', keys.slice(at, at + ROWS_AT_ONCE).map(blobOf))
      .orderBy('channel')
      .orderBy('sender')
      .orderBy('number')
      .execute();
    found.push(...rows.map(suppressionOf).map(({ number: _, ...entry }) => entry));
  }
  return found;
}

/**
 * Where the transaction does not hold the site's head row, it must take it before: numbers rise one after the other. Gives the
 * entries that are new.
 */
export async function addSuppressions(
  trx: Kysely<Tables>,
  siteKey: number,
  entries: readonly Suppression[],
): Promise<Suppression[]> {
  const there = await suppressionsUnder(trx, siteKey, [...new Set(entries.map(({ key }) => key))]);
  const known = new Set(there.map(nameOf));
  const fresh = [...new Map(entries.filter((one) => !known.has(nameOf(one))).map((one) => [nameOf(one), one])).values()];
  if (fresh.length === 0) return [];
  const { last } = await trx
    .selectFrom('suppression')
    .where('site_key', '=', siteKey)
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
    .executeTakeFirstOrThrow();
  const rows = fresh.map(({ key, channel, sender, since, reason, event }, i) => ({
    site_key: siteKey,
    number: Number(last) + 1 + i,
    lookup: blobOf(key),
    channel,
    sender,
    since: Date.parse(since),
    reason,
    event: event === null ? null : uuidBlob(event),
  }));
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE)
    await trx
      .insertInto('suppression')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .execute();
  return fresh;
}

export function suppressionStore({ writer, reader, now }: Pick<Engine, 'writer' | 'reader' | 'now'>): SuppressionStore {
  return {
    add: (site, entries) =>
      writer.transaction().execute(async (trx) => {
        await trx
          .updateTable('head')
          .set((eb) => ({ size: eb.ref('size') }))
          .where('site_key', '=', site.key)
          .execute();
        const fresh = await addSuppressions(trx, site.key, entries);
        const outbox = webhookOutbox(trx, site.key, now);
        for (const key of new Set(fresh.map((one) => one.key))) await outbox.suppression(blobOf(key));
        return fresh.length;
      }),
    of: (site, keys) => suppressionsUnder(reader, site.key, keys),
    async last(site) {
      const { last } = await reader
        .selectFrom('suppression')
        .where('site_key', '=', site.key)
        .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
        .executeTakeFirstOrThrow();
      return Number(last);
    },
    async after(site, number, limit) {
      const rows = await reader
        .selectFrom('suppression')
        .selectAll()
        .where('site_key', '=', site.key)
        .where('number', '>', number)
        .orderBy('number')
        .limit(limit)
        .execute();
      return rows.map(suppressionOf);
    },
  };
}
