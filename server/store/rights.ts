// The register of data subjects' requests and the restrictions in force, on both engines.
import type { Selectable } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import { isClosed, type RequestAction, type RequestKind, type RequestState } from '../../shared/rights/request.ts';
import { isDue } from './due.ts';
import type { Engine } from './kysely-store.ts';
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
export interface RequestKey {
  wrapped: Uint8Array;
  /** Keyed hash of the address; null where none was given. */
  lookup: Uint8Array | null;
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
export interface Restriction {
  subject: string;
  since: number;
  request: string | null;
}

/** A letter about a step of a request. */
export interface StoredLetter {
  id: string;
  /** Of the step. */
  number: number;
  /** Under the request's key. */
  sealed: Uint8Array;
  /** That failed. */
  attempts: number;
}

export interface RightsStore {
  add(site: Site, request: StoredRequest, key: RequestKey): Promise<void>;
  get(site: Site, id: string): Promise<StoredRequest | null>;
  /** Oldest first. */
  list(site: Site, filter: { states?: readonly RequestState[]; subject?: string; limit?: number }): Promise<StoredRequest[]>;
  /** Requests that wait for their mail, or whose sending began before `stale` (ms) and never ended; those first that were not tried for longest. */
  mailDue(site: Site, stale: number, limit: number): Promise<StoredRequest[]>;
  /** False if another process sends it already. `stale` as in mailDue. */
  claimMail(site: Site, id: string, stale: number, now: number): Promise<boolean>;
  /** How many requests with that address came in since then. */
  countByLookup(site: Site, lookup: Uint8Array, since: number): Promise<number>;
  byLookup(site: Site, lookup: Uint8Array): Promise<StoredRequest[]>;
  key(site: Site, id: string): Promise<RequestKey | null>;
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
  /** Letters that are due, the oldest first, lent to the caller until `until`. `id`: of one request. */
  claimLetters(site: Site, what: { now: number; until: number; limit: number; id?: string }): Promise<StoredLetter[]>;
  /** It was sent, given up, or is due again then. Each end but a sent one counts as an attempt. */
  letterEnded(site: Site, letter: StoredLetter, end: { state: 'sent' | 'failed' | 'due'; dueAt: number }): Promise<void>;
  /** How many letters wait, or were given up. */
  letters(site: Site, state: 'due' | 'failed'): Promise<number>;

  /** Of every request of the site that still has one; after a change of CANDOUR_SECRET each is wrapped anew. */
  requestKeys(site: Site): Promise<{ id: string; wrapped: Uint8Array }[]>;
  /** False if it is not there, or is not what it was. */
  rewrap(site: Site, id: string, before: Uint8Array, wrapped: Uint8Array): Promise<boolean>;
  /** The key that addresses are found by, sealed; null: it is the one that CANDOUR_SECRET derives. */
  keptKey(name: string): Promise<Uint8Array | null>;
  keepKey(name: string, sealed: Uint8Array): Promise<void>;

  setSubject(site: Site, id: string, subject: string | null): Promise<void>;
  /** Replaces earlier tokens of the request. */
  setToken(site: Site, id: string, hash: Uint8Array, until: number): Promise<void>;
  /** The mail is out, or did not go out and is due again. */
  mailEnded(site: Site, id: string, mail: 'sent' | 'due'): Promise<void>;
  /** The request that the token belongs to; it is used up by this. Null for one that is unknown, used or out of date. */
  takeToken(site: Site, hash: Uint8Array, now: number): Promise<string | null>;
  /** Erases the person: key, look-up hash, what was sealed, the link to a subject. What happened and when stays. */
  eraseKey(site: Site, id: string): Promise<boolean>;
  /** Removes what nobody confirmed in time. */
  dropUnconfirmed(site: Site, before: number): Promise<number>;
  /** Removes one that nobody confirmed. */
  drop(site: Site, id: string): Promise<void>;
  /** Requests that were closed before then and still have their key, oldest first. */
  closedWithKey(site: Site, before: number, limit: number): Promise<StoredRequest[]>;

  restrict(site: Site, restriction: Restriction): Promise<void>;
  /** False if there was none. */
  lift(site: Site, subject: string): Promise<boolean>;
  restrictions(site: Site): Promise<Restriction[]>;
}

const requestOf = (row: Selectable<Tables['request']>): StoredRequest => ({
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

const TABLES = ['request_token', 'request_key', 'request'] as const;

export function rightsStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): RightsStore {
  const requests = (site: Site) => reader.selectFrom('request').selectAll().where('site_key', '=', site.key);
  const found = (rows: Selectable<Tables['request']>[]): StoredRequest[] => rows.map(requestOf);

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
      return found(await query.execute());
    },
    async mailDue(site, stale, limit) {
      const due = requests(site)
        .where('state', '=', 'unconfirmed')
        .where((eb) => eb.or([eb('mail', '=', 'due'), eb.and([eb('mail', '=', 'sending'), eb('changed_at', '<', stale)])]));
      // What was tried goes behind what was not.
      return found(await due.orderBy('changed_at').orderBy('id').limit(limit).execute());
    },
    async claimMail(site, id, stale, now) {
      const { numUpdatedRows } = await writer
        .updateTable('request')
        .set({ mail: 'sending', changed_at: now })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('state', '=', 'unconfirmed')
        .where((eb) => eb.or([eb('mail', '=', 'due'), eb.and([eb('mail', '=', 'sending'), eb('changed_at', '<', stale)])]))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async countByLookup(site, lookup, since) {
      const { count } = await reader
        .selectFrom('request_key as k')
        .innerJoin('request as r', (join) => join.onRef('r.site_key', '=', 'k.site_key').onRef('r.id', '=', 'k.id'))
        .where('k.site_key', '=', site.key)
        .where('k.lookup', '=', blob(lookup))
        .where('r.received_at', '>=', since)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async byLookup(site, lookup) {
      const rows = await reader
        .selectFrom('request_key as k')
        .innerJoin('request as r', (join) => join.onRef('r.site_key', '=', 'k.site_key').onRef('r.id', '=', 'k.id'))
        .where('k.site_key', '=', site.key)
        .where('k.lookup', '=', blob(lookup))
        .selectAll('r')
        .orderBy('r.received_at')
        .execute();
      return found(rows);
    },
    async key(site, id) {
      const row = await reader
        .selectFrom('request_key')
        .select(['wrapped', 'lookup'])
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ?? null;
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
    async claimLetters(site, { now, until, limit, id }) {
      let query = reader
        .selectFrom('letter')
        .select(['id', 'number'])
        .where('site_key', '=', site.key)
        .where('state', '=', 'due')
        .where(isDue('due_at', now))
        .orderBy('due_at')
        .limit(limit);
      if (id !== undefined) query = query.where('id', '=', id);
      const claimed: StoredLetter[] = [];
      for (const letter of await query.execute()) {
        // Of two processes that found the same, the first to get here has it.
        const row = await writer
          .updateTable('letter')
          .set({ due_at: until })
          .where('site_key', '=', site.key)
          .where('id', '=', letter.id)
          .where('number', '=', letter.number)
          .where('state', '=', 'due')
          .where(isDue('due_at', now))
          .returning(['id', 'number', 'sealed', 'attempts'])
          .executeTakeFirst();
        if (row) claimed.push(row);
      }
      return claimed;
    },
    async letterEnded(site, { id, number, attempts }, { state, dueAt }) {
      await writer
        .updateTable('letter')
        .set({ state, due_at: dueAt, attempts: state === 'sent' ? attempts : attempts + 1 })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('number', '=', number)
        .execute();
    },
    async letters(site, state) {
      const { count } = await reader
        .selectFrom('letter')
        .where('site_key', '=', site.key)
        .where('state', '=', state)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    requestKeys: (site) =>
      reader.selectFrom('request_key').select(['id', 'wrapped']).where('site_key', '=', site.key).orderBy('id').execute(),
    async rewrap(site, id, before, wrapped) {
      const { numUpdatedRows } = await writer
        .updateTable('request_key')
        .set({ wrapped: blob(wrapped) })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('wrapped', '=', blob(before))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async keptKey(name) {
      const row = await reader.selectFrom('kept_key').select('sealed').where('name', '=', name).executeTakeFirst();
      return row?.sealed ?? null;
    },
    async keepKey(name, sealed) {
      await writer
        .insertInto('kept_key')
        .values({ name, sealed: blob(sealed) })
        .onConflict((oc) => oc.column('name').doUpdateSet({ sealed: blob(sealed) }))
        .execute();
    },

    async setSubject(site, id, subject) {
      await writer
        .updateTable('request')
        .set({ subject: subject === null ? null : blobOf(subject) })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .execute();
    },
    setToken: (site, id, hash, until) =>
      writer.transaction().execute(async (trx) => {
        await trx.deleteFrom('request_token').where('site_key', '=', site.key).where('id', '=', id).execute();
        await trx
          .insertInto('request_token')
          .values({ site_key: site.key, id, hash: blob(hash), until })
          .execute();
      }),
    async mailEnded(site, id, mail) {
      await writer
        .updateTable('request')
        .set({ mail })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('state', '=', 'unconfirmed')
        .execute();
    },
    async takeToken(site, hash, now) {
      const row = await writer
        .deleteFrom('request_token')
        .where('site_key', '=', site.key)
        .where('hash', '=', blob(hash))
        .returning(['id', 'until'])
        .executeTakeFirst();
      return row && row.until > now ? row.id : null;
    },

    eraseKey: (site, id) =>
      writer.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('request_key')
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .executeTakeFirst();
        await trx.deleteFrom('letter').where('site_key', '=', site.key).where('id', '=', id).execute();
        await trx
          .updateTable('request')
          .set({ sealed: null, subject: null })
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .execute();
        return numDeletedRows === 1n;
      }),
    dropUnconfirmed: (site, before) =>
      writer.transaction().execute(async (trx) => {
        const old = await trx
          .selectFrom('request')
          .select('id')
          .where('site_key', '=', site.key)
          .where('state', '=', 'unconfirmed')
          .where('received_at', '<', before)
          .execute();
        const ids = old.map(({ id }) => id);
        if (ids.length === 0) return 0;
        for (const table of TABLES) await trx.deleteFrom(table).where('site_key', '=', site.key).where('id', 'in', ids).execute();
        return ids.length;
      }),
    drop: (site, id) =>
      writer.transaction().execute(async (trx) => {
        const open = await trx
          .selectFrom('request')
          .select('id')
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .where('state', '=', 'unconfirmed')
          .executeTakeFirst();
        if (!open) return;
        for (const table of TABLES) await trx.deleteFrom(table).where('site_key', '=', site.key).where('id', '=', id).execute();
      }),
    async closedWithKey(site, before, limit) {
      const rows = await reader
        .selectFrom('request as r')
        .innerJoin('request_key as k', (join) => join.onRef('k.site_key', '=', 'r.site_key').onRef('k.id', '=', 'r.id'))
        .where('r.site_key', '=', site.key)
        .where('r.closed_at', '<', before)
        .selectAll('r')
        .orderBy('r.closed_at')
        .limit(limit)
        .execute();
      return found(rows);
    },

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
