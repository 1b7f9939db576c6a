// The store but for what differs between engines: opening, durability, migrations, and how the head row is locked.
// Everything here is Kysely's query builder, which both engines understand.
import type { Kysely } from 'kysely';

import { sameBytes } from '../../shared/bytes.ts';

import { auditStore } from './audit.ts';
import { contactStore } from './contacts.ts';
import { loggedEvents, loggedOf } from './log-reading.ts';
import { blob, blobOf, bodyOf, checkpointOf, credentialOf, documentOf, siteOf, storedLeafOf, uuidBlob } from './rows.ts';
import { webhookStore } from './webhooks.ts';
import { passkeyStore } from './passkeys.ts';
import { buildStore } from './builds.ts';
import { pinStore } from './pins.ts';
import { witnessStore } from './witnesses.ts';
import { historyStore, recordPublications } from './history.ts';
import { marketingMailStore } from './marketing-mail.ts';
import { readNodes } from './nodes.ts';
import { retentionStore } from './retention.ts';
import { rightsStore } from './rights.ts';
import { ROWS_AT_ONCE, suppressionStore } from './suppressions.ts';
import { tombstoneStore } from './tombstones.ts';
import type { LoggedEvent, Site, Store, StoreReading } from './store.ts';
import type { Tables } from './tables.ts';
import type { OpenSiteRows } from './site-rows.ts';
import { EMPTY_ROOT, siteTransaction } from './transaction.ts';

export interface Engine {
  writer: Kysely<Tables>;
  reader: Kysely<Tables>;
  siteRows: OpenSiteRows;
  /** ms since 1970 */
  now: () => number;
}

/** What is read, on any connection or inside any transaction of it. */
export function storeReading(reader: Kysely<Tables>): StoreReading {
  const checkpointsOf = (site: Site, epoch: number) =>
    reader.selectFrom('checkpoint').selectAll().where('site_key', '=', site.key).where('epoch', '=', epoch);

  return {
    sites: async () => (await reader.selectFrom('site').selectAll().orderBy('site_key').execute()).map(siteOf),
    async site(id) {
      const row = await reader.selectFrom('site').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? siteOf(row) : null;
    },
    async documents(site) {
      const rows = await reader
        .selectFrom('document')
        .selectAll()
        .where('site_key', '=', site.key)
        .orderBy('published_at', 'desc')
        .orderBy('kind')
        .execute();
      return rows.map(documentOf);
    },
    async document(hash, kinds) {
      const places = await reader
        .selectFrom('document_directory as d')
        .innerJoin('site as s', 's.site_key', 'd.site_key')
        .select(['s.site_key', 's.id', 's.name'])
        .where('d.hash', '=', hash)
        .orderBy('d.site_key')
        .execute();
      for (const { site_key, id, name } of places) {
        const row = await reader
          .selectFrom('document')
          .selectAll()
          .where('site_key', '=', site_key)
          .where('hash', '=', hash)
          .where('kind', kinds === 'configuration' ? '=' : '<>', 'configuration')
          .executeTakeFirst();
        if (row) return { ...documentOf(row), site: id, siteName: name };
      }
      return null;
    },
    async presentation(hash) {
      const place = await reader
        .selectFrom('presentation_directory')
        .select('site_key')
        .where('hash', '=', blobOf(hash))
        .executeTakeFirst();
      if (!place) return null;
      const row = await reader
        .selectFrom('presentation')
        .select('body')
        .where('site_key', '=', place.site_key)
        .where('hash', '=', blobOf(hash))
        .executeTakeFirst();
      return row?.body ?? null;
    },
    async logKeys(site) {
      const rows = await reader
        .selectFrom('log_key')
        .selectAll()
        .where('site_key', '=', site.key)
        .orderBy('state')
        .orderBy('number', 'desc')
        .execute();
      return rows.map((row) => ({ number: row.number, publicKey: row.public_key, state: row.state }));
    },
    async head(site) {
      const row = await reader
        .selectFrom('head')
        .select(['epoch', 'size', 'root'])
        .where('site_key', '=', site.key)
        .executeTakeFirstOrThrow();
      return { epoch: row.epoch, size: row.size, root: row.root };
    },
    async checkpoint(site, epoch, size) {
      const query = checkpointsOf(site, epoch).orderBy('size', 'desc').limit(1);
      const row = await (size === undefined ? query : query.where('size', '=', size)).executeTakeFirst();
      return row ? checkpointOf(row) : null;
    },
    async firstCheckpoint(site, epoch, index) {
      const row = await checkpointsOf(site, epoch).where('size', '>', index).orderBy('size').limit(1).executeTakeFirst();
      return row ? checkpointOf(row) : null;
    },
    async checkpoints(site, epoch, { from, limit }) {
      const rows = await checkpointsOf(site, epoch).where('size', '>=', from).orderBy('size').limit(limit).execute();
      return rows.map(checkpointOf);
    },
    async leaves(site, epoch, start, end) {
      const rows = await reader
        .selectFrom('leaf')
        .selectAll()
        .where('site_key', '=', site.key)
        .where('epoch', '=', epoch)
        .where('idx', '>=', start)
        .where('idx', '<', end)
        .orderBy('idx')
        .execute();
      return rows.map(storedLeafOf);
    },
    async bodies(site, epoch, start, end) {
      const rows = await reader
        .selectFrom('event_body as b')
        .leftJoin('subject as s', (join) =>
          join.onRef('s.site_key', '=', 'b.site_key').onRef('s.subject_key', '=', 'b.subject_key'),
        )
        .where('b.site_key', '=', site.key)
        .where('b.epoch', '=', epoch)
        .where('b.idx', '>=', start)
        .where('b.idx', '<', end)
        .orderBy('b.idx')
        .select(['b.epoch', 'b.idx', 'b.id', 'b.seq', 'b.payload', 'b.signature', 's.thumbprint', 's.x', 's.y'])
        .execute();
      const none = new Uint8Array();
      return rows.map((row) => bodyOf({ ...row, thumbprint: row.thumbprint ?? none, x: row.x ?? none, y: row.y ?? none }));
    },
    nodes: (site, epoch, ids) => readNodes(reader, site.key, epoch, ids),
    async event(site, subject, id) {
      const row = await loggedEvents(reader, site)
        .where('s.thumbprint', '=', blobOf(subject))
        .where('b.id', '=', uuidBlob(id))
        .executeTakeFirst();
      return row ? loggedOf(row) : null;
    },
    async subjectEvents(site, subject) {
      const rows = await loggedEvents(reader, site)
        .where('s.thumbprint', '=', blobOf(subject))
        .orderBy('b.seq')
        .orderBy('b.idx')
        .execute();
      return rows.map(loggedOf);
    },
    async eventsOfSubjects(site, subjects) {
      const found: LoggedEvent[] = [];
      for (let at = 0; at < subjects.length; at += ROWS_AT_ONCE) {
        const part = subjects.slice(at, at + ROWS_AT_ONCE).map(blobOf);
        found.push(...(await loggedEvents(reader, site).where('s.thumbprint', 'in', part).execute()).map(loggedOf));
      }
      return found;
    },
    async events(site, before, limit) {
      const rows = await loggedEvents(reader, site)
        .where('b.epoch', '=', (eb) => eb.selectFrom('head').select('epoch').where('head.site_key', '=', site.key))
        .where('b.idx', '<', before)
        // Said of both, or PostgreSQL reads the leaves from the first one on.
        .where('l.idx', '<', before)
        .orderBy('b.idx', 'desc')
        .limit(limit)
        .execute();
      return rows.map(loggedOf);
    },
    async totals(site) {
      const row = await reader
        .selectFrom('head')
        .select(['events', 'subjects', 'latest_at'])
        .where('site_key', '=', site.key)
        .executeTakeFirstOrThrow();
      return { events: row.events, subjects: row.subjects, latestAt: row.latest_at };
    },
    days: (site, from) =>
      reader
        .selectFrom('day_count')
        .select(['day', 'events', 'given', 'refused', 'withdrawn', 'objected'])
        .where('site_key', '=', site.key)
        .where('day', '>=', from)
        .orderBy('day')
        .execute(),
    purposeCounts: (site) =>
      reader
        .selectFrom('purpose_count')
        .select(['purpose', 'state', 'count'])
        .where('site_key', '=', site.key)
        .where('count', '>', 0)
        .execute(),
    async credential(kind, id) {
      const row = await reader
        .selectFrom('credential')
        .selectAll()
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? credentialOf(row) : null;
    },
    async credentials(kind) {
      const rows = await reader.selectFrom('credential').selectAll().where('kind', '=', kind).orderBy('created_at').execute();
      return rows.map(credentialOf);
    },
  };
}

export function kyselyStore({
  writer,
  reader,
  siteRows,
  now,
}: Engine): Omit<Store, 'durability' | 'ready' | 'close' | 'isCopy' | 'forget' | 'snapshot'> {
  return {
    ...storeReading(reader),
    history: historyStore(reader),
    webhooks: webhookStore({ writer, reader }),
    witnesses: witnessStore({ writer, reader }),
    pins: pinStore({ writer, reader }),
    builds: buildStore({ writer, reader }),
    passkeys: passkeyStore({ writer, reader }),
    audit: auditStore({ writer, reader }),
    contacts: contactStore({ writer, reader, now }),
    marketingMail: marketingMailStore({ writer, reader }),
    suppressions: suppressionStore({ writer, reader, now }),
    rights: rightsStore({ writer, reader, now }),
    tombstones: tombstoneStore({ reader }),
    retention: retentionStore({ writer, reader }),
    publish: (site, documents) =>
      writer.transaction().execute(async (trx) => {
        const values = { name: site.name, origins: JSON.stringify(site.origins) };
        const row = await trx
          .insertInto('site')
          .values({ id: site.id, log: site.log, ...values, revision: 1, created_at: now() })
          .onConflict((oc) => oc.column('id').doUpdateSet((eb) => ({ ...values, revision: eb('site.revision', '+', 1) })))
          .returningAll()
          .executeTakeFirstOrThrow();
        const siteKey = row.site_key;
        await trx
          .insertInto('head')
          .values({
            site_key: siteKey,
            epoch: 0,
            size: 0,
            root: EMPTY_ROOT,
            events: 0,
            subjects: 0,
            latest_at: null,
          })
          .onConflict((oc) => oc.doNothing())
          .execute();
        await recordPublications(trx, siteKey, documents);
        for (const { hash, kind, body, publishedAt } of documents) {
          const place = { site_key: siteKey, hash };
          await trx
            .updateTable('document')
            .set({ is_current: 0 })
            .where('site_key', '=', siteKey)
            .where('kind', '=', kind)
            .where('hash', '<>', hash)
            .execute();
          await trx
            .insertInto('document')
            .values({ ...place, kind, body, published_at: publishedAt, is_current: 1 })
            .onConflict((oc) => oc.columns(['site_key', 'hash']).doUpdateSet({ is_current: 1 }))
            .execute();
          await trx
            .insertInto('document_directory')
            .values(place)
            .onConflict((oc) => oc.doNothing())
            .execute();
        }
        return siteOf(row);
      }),
    startLog: (site, publicKey, { epoch, size, root, signature }) =>
      writer.transaction().execute(async (trx) => {
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('log_key')
          .values({ site_key: site.key, number: 1, public_key: blob(publicKey), state: 'active' })
          .onConflict((oc) => oc.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows === 0n) return;
        await trx
          .insertInto('checkpoint')
          .values({ site_key: site.key, epoch, size, root: blob(root), key_number: 1, signature: blob(signature) })
          .execute();
      }),
    rotateLogKey: (site, publicKey) =>
      writer.transaction().execute(async (trx) => {
        // With the head row held nobody signs meanwhile.
        const { keyNumber } = await siteRows(trx, site.key).lock([]);
        const keys = await trx.selectFrom('log_key').selectAll().where('site_key', '=', site.key).execute();
        const active = keys.find(({ number }) => number === keyNumber);
        // A log that was never started starts with whatever key there is then.
        if (!active || sameBytes(active.public_key, publicKey)) return;
        const number = Math.max(0, ...keys.map((key) => key.number)) + 1;
        await trx
          .updateTable('log_key')
          .set({ state: 'retired' })
          .where('site_key', '=', site.key)
          .where('state', '=', 'active')
          .execute();
        await trx
          .insertInto('log_key')
          .values({ site_key: site.key, number, public_key: blob(publicKey), state: 'active' })
          .execute();
        await trx
          .updateTable('site')
          .set((eb) => ({ revision: eb('revision', '+', 1) }))
          .where('site_key', '=', site.key)
          .execute();
      }),
    write: (site, work, expected) =>
      writer.transaction().execute(async (trx) => {
        const { transaction, finish } = await siteTransaction(trx, site, siteRows, now, expected);
        const result = await work(transaction);
        await finish();
        return result;
      }),
    async useRequestId(site, jti, at, until) {
      await writer.deleteFrom('used_request').where('site_key', '=', site.key).where('until', '<', at).execute();
      const { numInsertedOrUpdatedRows } = await writer
        .insertInto('used_request')
        .values({ site_key: site.key, jti, until })
        .onConflict((oc) => oc.doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },
    async addCredential({ id, kind, name, role, secretHash, createdAt, expiresAt, site, parent }) {
      await writer.deleteFrom('credential').where('expires_at', '<', createdAt).execute();
      await writer
        .insertInto('credential')
        .values({
          ...{ id, kind, name, role, site, parent },
          secret_hash: blob(secretHash),
          created_at: createdAt,
          expires_at: expiresAt,
        })
        .execute();
    },
    async removeCredential(kind, id) {
      const { numDeletedRows } = await writer
        .deleteFrom('credential')
        .where('kind', '=', kind)
        .where('id', '=', id)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}
