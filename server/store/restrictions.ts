// Restrictions of processing (Art. 18) in force.
import { toBase64Url } from '../../shared/bytes.ts';
import type { Engine } from './kysely-store.ts';
import { blobOf } from './rows.ts';
import type { Site } from './store.ts';

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

export function restrictionStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): RestrictionStore {
  return {
    async restrict(site, { subject, since, request }) {
      await writer
        .insertInto('restriction')
        .values({ site_key: site.key, subject: blobOf(subject), since, request })
        .onConflict((oc) => oc.doNothing())
        .execute();
    },
    async lift(site, subject) {
      const { numDeletedRows } = await writer
        .deleteFrom('restriction')
        .where('site_key', '=', site.key)
        .where('subject', '=', blobOf(subject))
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
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
