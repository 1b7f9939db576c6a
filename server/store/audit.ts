// The audit log's queries. Entries are only ever added: the tables' triggers refuse anything else.
import type { Kysely } from 'kysely';

import type { AuditAction, Role } from '../../shared/operator.ts';
import type { Site } from './store.ts';
import type { Tables } from './tables.ts';

export interface StoredAudit {
  /** UUIDv7: newer ones are greater. */
  id: string;
  /** ms since 1970. */
  at: number;
  actor: string;
  role: Role;
  action: AuditAction;
  object: string | null;
}

export interface AuditStore {
  /** Durable when it resolves. `site` null: of the service as a whole. */
  append(site: Pick<Site, 'key'> | null, entry: StoredAudit): Promise<void>;
  /** Newest first, below the id `before`. */
  list(site: Pick<Site, 'key'> | null, before: string | null, limit: number, only?: AuditFilter): Promise<StoredAudit[]>;
}

export interface AuditFilter {
  action?: AuditAction | undefined;
  actor?: string | undefined;
}

const COLUMNS = ['id', 'at', 'actor', 'role', 'action', 'object'] as const;

const serviceEntries = (reader: Kysely<Tables>) => reader.selectFrom('service_audit').select(COLUMNS);

export function auditStore({ writer, reader }: { writer: Kysely<Tables>; reader: Kysely<Tables> }): AuditStore {
  return {
    async append(site, entry) {
      if (site)
        await writer
          .insertInto('audit')
          .values({ site_key: site.key, ...entry })
          .execute();
      else await writer.insertInto('service_audit').values(entry).execute();
    },
    async list(site, before, limit, { action, actor } = {}) {
      const own = site ? reader.selectFrom('audit').select(COLUMNS).where('site_key', '=', site.key) : serviceEntries(reader);
      // Both tables have these columns; the union of the two builders has no common type.
      let query = own as ReturnType<typeof serviceEntries>;
      if (before !== null) query = query.where('id', '<', before);
      if (action !== undefined) query = query.where('action', '=', action);
      if (actor !== undefined) query = query.where('actor', '=', actor);
      return query.orderBy('id', 'desc').limit(limit).execute();
    },
  };
}
