// What proving and exporting read: publications, events by id and in order, and which leaf erased an event.
import type { Kysely } from 'kysely';

import { epochBefore, epochsOf, loggedEvents, loggedOf, newestEpoch } from './log-reading.ts';
import { blobOf, uuidBlob } from './rows.ts';
import type { Document, DocumentKind, LoggedEvent, Site } from './store.ts';
import type { Tables } from './tables.ts';

/** A version became the current one of its kind. */
export interface Publication {
  kind: DocumentKind;
  hash: string;
  /** ms since 1970. */
  at: number;
}

/** A place in a site's log. */
export interface Place {
  epoch: number;
  index: number;
}

/** An event whose body is gone, and the leaf that says so. */
export interface Erased extends Place {
  erasure: Place;
}

export interface HistoryStore {
  /** Oldest first. */
  publications(site: Site): Promise<Publication[]>;
  /** One, unless another subject took the same id. */
  eventsById(site: Site, id: string): Promise<LoggedEvent[]>;
  eventAt(site: Site, place: Place): Promise<LoggedEvent | null>;
  erasedAt(site: Site, place: Place): Promise<Erased | null>;
  /** By the jwsHash of the event. */
  erasedEvent(site: Site, hash: string): Promise<Erased | null>;
  /** The log's epochs, oldest first: their numbers have gaps. */
  epochs(site: Site): Promise<number[]>;
  /** Of that epoch, in the order of the log, behind that index. */
  eventsAfter(site: Site, after: Place, limit: number): Promise<LoggedEvent[]>;
  /** Of every epoch, newest first, older than that place; null: from the newest. */
  eventsBefore(site: Site, before: Place | null, limit: number): Promise<LoggedEvent[]>;
}

/** To be called in the transaction that publishes, before it changes what is current. */
export async function recordPublications(
  trx: Kysely<Tables>,
  siteKey: number,
  documents: readonly Omit<Document, 'current'>[],
): Promise<void> {
  const current = await trx
    .selectFrom('document')
    .select('hash')
    .where('site_key', '=', siteKey)
    .where('is_current', '=', 1)
    .execute();
  const unchanged = new Set(current.map(({ hash }) => hash));
  const fresh = documents.filter(({ hash }) => !unchanged.has(hash));
  if (fresh.length === 0) return;
  const { last } = await trx
    .selectFrom('publication')
    .where('site_key', '=', siteKey)
    .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
    .executeTakeFirstOrThrow();
  const rows = fresh.map(({ kind, hash, publishedAt }, i) => ({
    site_key: siteKey,
    number: Number(last) + 1 + i,
    kind,
    hash,
    at: publishedAt,
  }));
  await trx.insertInto('publication').values(rows).execute();
}

export function historyStore(reader: Kysely<Tables>): HistoryStore {
  const erased = (site: Site) => reader.selectFrom('erased_event').selectAll().where('site_key', '=', site.key);
  const erasedOf = (row: Tables['erased_event'] | undefined): Erased | null =>
    row ? { epoch: row.epoch, index: row.idx, erasure: { epoch: row.erasure_epoch, index: row.erasure_idx } } : null;

  return {
    publications: (site) =>
      reader
        .selectFrom('publication')
        .select(['kind', 'hash', 'at'])
        .where('site_key', '=', site.key)
        .orderBy('number')
        .execute(),
    eventsById: async (site, id) =>
      (await loggedEvents(reader, site).where('b.id', '=', uuidBlob(id)).orderBy('b.epoch').orderBy('b.idx').execute()).map(
        loggedOf,
      ),
    async eventAt(site, { epoch, index }) {
      const row = await loggedEvents(reader, site).where('b.epoch', '=', epoch).where('b.idx', '=', index).executeTakeFirst();
      return row ? loggedOf(row) : null;
    },
    erasedAt: async (site, { epoch, index }) =>
      erasedOf(await erased(site).where('epoch', '=', epoch).where('idx', '=', index).executeTakeFirst()),
    erasedEvent: async (site, hash) =>
      erasedOf(await erased(site).where('event', '=', blobOf(hash)).orderBy('epoch').orderBy('idx').executeTakeFirst()),
    epochs: (site) => epochsOf(reader, site),
    eventsAfter: async (site, { epoch, index }, limit) =>
      (
        await loggedEvents(reader, site)
          .where('b.epoch', '=', epoch)
          .where('b.idx', '>', index)
          // Said of the leaf too: PostgreSQL does not conclude it, and would read all leaves from the first.
          .where('l.idx', '>', index)
          .orderBy('b.idx')
          .limit(limit)
          .execute()
      ).map(loggedOf),
    async eventsBefore(site, before, limit) {
      const found: LoggedEvent[] = [];
      // An epoch at a time, so that each query is one walk along the key; a log has few epochs.
      let epoch: number | null = before?.epoch ?? (await newestEpoch(reader, site));
      for (; epoch !== null && found.length < limit; epoch = await epochBefore(reader, site, epoch)) {
        let query = loggedEvents(reader, site).where('b.epoch', '=', epoch);
        if (epoch === before?.epoch) query = query.where('b.idx', '<', before.index).where('l.idx', '<', before.index);
        const rows = await query
          .orderBy('b.idx', 'desc')
          .limit(limit - found.length)
          .execute();
        found.push(...rows.map(loggedOf));
      }
      return found;
    },
  };
}
