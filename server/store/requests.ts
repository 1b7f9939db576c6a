// The register of data subjects' requests: what each is, and each step that it took, on both engines.
import type { Selectable } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import { isClosed, type RequestAction, type RequestKind, type RequestState } from '../../shared/rights/request.ts';
import type { Engine } from './kysely-store.ts';
import type { RequestKey } from './request-keys.ts';
import { blob, blobOf } from './rows.ts';
import type { Site } from './store.ts';
import type { Tables } from './tables.ts';

export interface StoredRequest {
  id: string;
  kind: RequestKind;
  state: RequestState;
  /** How it came in: the service's page, signed by the subject's key, or entered by an operator. */
  via: 'page' | 'subject' | 'operator';
  /** ms since 1970 */
  receivedAt: number;
  changedAt: number;
  closedAt: number | null;
  /** Thumbprint, where the request is known to be of that subject. */
  subject: string | null;
  /** Sealed under the request's key: contact, words. */
  sealed: Uint8Array | null;
  /** Whether the mail that asks for confirmation is still to be sent. */
  mail: 'none' | 'due' | 'sending' | 'sent';
}

export interface RequestStep {
  number: number;
  action: RequestAction;
  /** ms since 1970 */
  at: number;
  /** `data_subject`, `service`, or the name of an operator's key. */
  actor: string;
  /** The reason told, sealed under the request's key. */
  sealed: Uint8Array | null;
}

export interface RequestStore {
  add(site: Site, request: StoredRequest, key: RequestKey): Promise<void>;
  get(site: Site, id: string): Promise<StoredRequest | null>;
  /** Oldest first. */
  list(site: Site, filter: { states?: readonly RequestState[]; subject?: string; limit?: number }): Promise<StoredRequest[]>;
  steps(site: Site, id: string): Promise<RequestStep[]>;
  /** False if the request was not in the state `from` any more: of two that race, one wins. `letter`: sealed, due at once. */
  step(
    site: Site,
    id: string,
    from: RequestState,
    to: RequestState,
    step: Omit<RequestStep, 'number'>,
    letter?: Uint8Array | null,
  ): Promise<boolean>;
  setSubject(site: Site, id: string, subject: string | null): Promise<void>;
}

export const requestOf = (row: Selectable<Tables['request']>): StoredRequest => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  via: row.via,
  receivedAt: row.received_at,
  changedAt: row.changed_at,
  closedAt: row.closed_at,
  subject: row.subject === null ? null : toBase64Url(row.subject),
  sealed: row.sealed,
  mail: row.mail,
});

export function requestStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): RequestStore {
  const requests = (site: Site) => reader.selectFrom('request').selectAll().where('site_key', '=', site.key);
  return {
    add: (site, request, key) =>
      writer.transaction().execute(async (trx) => {
        const place = { site_key: site.key, id: request.id };
        await trx
          .insertInto('request')
          .values({
            ...place,
            kind: request.kind,
            state: request.state,
            via: request.via,
            received_at: request.receivedAt,
            changed_at: request.changedAt,
            closed_at: request.closedAt,
            subject: request.subject === null ? null : blobOf(request.subject),
            sealed: request.sealed && blob(request.sealed),
            mail: request.mail,
          })
          .execute();
        await trx
          .insertInto('request_key')
          .values({ ...place, wrapped: blob(key.wrapped), lookup: key.lookup && blob(key.lookup) })
          .execute();
      }),
    async get(site, id) {
      const row = await requests(site).where('id', '=', id).executeTakeFirst();
      return row ? requestOf(row) : null;
    },
    async list(site, { states, subject, limit = 1000 }) {
      let query = requests(site).orderBy('received_at').orderBy('id').limit(limit);
      if (states) query = query.where('state', 'in', states);
      if (subject !== undefined) query = query.where('subject', '=', blobOf(subject));
      return (await query.execute()).map(requestOf);
    },
    steps: (site, id) =>
      reader
        .selectFrom('request_step')
        .select(['number', 'action', 'at', 'actor', 'sealed'])
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .orderBy('number')
        .execute(),

    step: (site, id, from, to, { action, at, actor, sealed }, letter = null) =>
      writer.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('request')
          .set({ state: to, changed_at: at, ...(isClosed(to) ? { closed_at: at } : {}) })
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .where('state', '=', from)
          .executeTakeFirst();
        if (numUpdatedRows !== 1n) return false;
        const { last } = await trx
          .selectFrom('request_step')
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .select((eb) => eb.fn.max('number').as('last'))
          .executeTakeFirstOrThrow();
        await trx
          .insertInto('request_step')
          .values({ site_key: site.key, id, number: Number(last ?? 0) + 1, action, at, actor, sealed: sealed && blob(sealed) })
          .execute();
        if (letter) {
          const row = { site_key: site.key, id, number: Number(last ?? 0) + 1, sealed: blob(letter) };
          await trx
            .insertInto('letter')
            .values({ ...row, state: 'due', attempts: 0, due_at: at })
            .execute();
        }
        return true;
      }),
    async setSubject(site, id, subject) {
      await writer
        .updateTable('request')
        .set({ subject: subject === null ? null : blobOf(subject) })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .execute();
    },
  };
}
