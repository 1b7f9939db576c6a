// What the retention engine reads and what it leaves behind, on both engines.
import { toBase64Url } from '../../shared/bytes.ts';
import type { Engine } from './kysely-store.ts';
import { epochsOf, eventRows } from './log-reading.ts';
import { blob } from './rows.ts';
import type { Head, Site } from './store.ts';

/** Where an event that still has its body stands. */
export interface KeptEvent {
  epoch: number;
  index: number;
  subject: string;
  /** ms since 1970 */
  receivedAt: number;
}

/** One rule of one run: how much went, and what the log was afterwards. Nothing of what went. */
export interface RetentionRun {
  number: number;
  /** Which records. */
  record: string;
  /** The rule in words. */
  rule: string;
  at: number;
  count: number;
  head: Head;
}

export interface RetentionStore {
  /** In the log's order, behind a place (null: from the start). */
  keptEvents(site: Site, after: Pick<KeptEvent, 'epoch' | 'index'> | null, limit: number): Promise<KeptEvent[]>;
  /** The rows of one run get one number. */
  addRun(site: Site, rows: readonly Omit<RetentionRun, 'number'>[]): Promise<number>;
  /** Newest first. */
  runs(site: Site, limit: number): Promise<RetentionRun[]>;
}

const ATTEMPTS = 5;

export function retentionStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): RetentionStore {
  const addOnce = (site: Site, rows: readonly Omit<RetentionRun, 'number'>[]): Promise<number> =>
    writer.transaction().execute(async (trx) => {
      const { last } = await trx
        .selectFrom('retention_run')
        .where('site_key', '=', site.key)
        .select((eb) => eb.fn.max('number').as('last'))
        .executeTakeFirstOrThrow();
      const number = Number(last ?? 0) + 1;
      const values = rows.map(({ record, rule, at, count, head }) => ({
        site_key: site.key,
        number,
        record,
        rule,
        at,
        count,
        epoch: head.epoch,
        size: head.size,
        root: blob(head.root),
      }));
      if (values.length > 0) await trx.insertInto('retention_run').values(values).execute();
      return number;
    });

  return {
    async keptEvents(site, after, limit) {
      const found: KeptEvent[] = [];
      // An epoch at a time, so that each query is one walk along the key; a log has few epochs.
      for (const epoch of await epochsOf(reader, site)) {
        if (epoch < (after?.epoch ?? 0) || found.length >= limit) continue;
        const index = epoch === after?.epoch ? after.index : -1;
        const rows = await eventRows(reader, site)
          .where('b.epoch', '=', epoch)
          .where('b.idx', '>', index)
          // Said of the leaf too: PostgreSQL does not conclude it, and would read all leaves from the first.
          .where('l.idx', '>', index)
          .select(['b.idx', 's.thumbprint', 'l.received_at'])
          .orderBy('b.idx')
          .limit(limit - found.length)
          .execute();
        for (const row of rows)
          found.push({ epoch, index: row.idx, subject: toBase64Url(row.thumbprint), receivedAt: row.received_at ?? 0 });
      }
      return found;
    },
    async addRun(site, rows) {
      for (let attempt = 1; ; attempt++)
        try {
          return await addOnce(site, rows);
        } catch (error) {
          // Another process took the number meanwhile.
          if (attempt === ATTEMPTS) throw error;
        }
    },
    async runs(site, limit) {
      const rows = await reader
        .selectFrom('retention_run')
        .selectAll()
        .where('site_key', '=', site.key)
        .orderBy('number', 'desc')
        .orderBy('record')
        .limit(limit)
        .execute();
      return rows.map(({ number, record, rule, at, count, epoch, size, root }) => ({
        number,
        record,
        rule,
        at,
        count,
        head: { epoch, size, root },
      }));
    },
  };
}
