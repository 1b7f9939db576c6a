// Restrictions of processing (Art. 18) in force.
import type { Kysely } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import { contactRows } from './contacts.ts';
import type { Engine } from './kysely-store.ts';
import { blobOf } from './rows.ts';
import type { Site } from './store.ts';
import type { Tables } from './tables.ts';
import { webhookOutbox, type CHANGES } from './webhooks.ts';

export interface Restriction {
  subject: string;
  since: number;
  request: string | null;
}

export interface RestrictionStore {
  restrict(site: Site, restriction: Restriction): Promise<void>;
  /** False if there was none. */
  lift(site: Site, subject: string): Promise<boolean>;
  restrictions(site: Site): Promise<Restriction[]>;
}

export function restrictionStore({ writer, reader, now }: Pick<Engine, 'writer' | 'reader' | 'now'>): RestrictionStore {
  /** Whoever sends hears of it in the transaction that changes what may be sent. */
  const tell = async (trx: Kysely<Tables>, { key }: Site, subject: string, change: (typeof CHANGES)[number]): Promise<void> => {
    const contacts = await contactRows(trx, key).ofSubjects([subject]);
    await webhookOutbox(trx, key, now).changed(
      [...new Set(contacts.map((contact) => contact.key))].map((lookup) => blobOf(lookup)),
      change,
    );
  };
  return {
    restrict: (site, { subject, since, request }) =>
      writer.transaction().execute(async (trx) => {
        const { numInsertedOrUpdatedRows = 0n } = await trx
          .insertInto('restriction')
          .values({ site_key: site.key, subject: blobOf(subject), since, request })
          .onConflict((oc) => oc.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows > 0n) await tell(trx, site, subject, 'restricted');
      }),
    lift: (site, subject) =>
      writer.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('restriction')
          .where('site_key', '=', site.key)
          .where('subject', '=', blobOf(subject))
          .executeTakeFirst();
        if (numDeletedRows === 1n) await tell(trx, site, subject, 'restriction_lifted');
        return numDeletedRows === 1n;
      }),
    async restrictions(site) {
      const rows = await reader
        .selectFrom('restriction')
        .select(['subject', 'since', 'request'])
        .where('site_key', '=', site.key)
        .orderBy('since')
        .execute();
      return rows.map(({ subject, ...row }) => ({ ...row, subject: toBase64Url(subject) }));
    },
  };
}
