// One site's write transaction, on either engine.
import type { Transaction } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import type { NodeId } from '../../shared/log/tree.ts';
import type { Checkpoint, CountChanges, EventBody, Head, HistoryEntry, Site, SiteTransaction, StoredLeaf } from './store.ts';
import { readNodes } from './nodes.ts';
import { blob, blobOf, bodyOf, leafColumns, uuidBlob } from './rows.ts';
import type { Tables } from './tables.ts';
import { webhookOutbox } from './webhooks.ts';

/** SQLite takes 32,766 variables a statement, PostgreSQL 65,535; no row of ours has more than ten columns. */
const ROWS = 3000;
/** SHA-256 of nothing: the root of the empty tree (RFC 9162 section 2.1.1). */
export const EMPTY_ROOT = blobOf('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');

export async function inChunks<T>(rows: readonly T[], run: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) await run(rows.slice(at, at + ROWS));
}

/** Takes the site's head row for this transaction alone, so that nothing that is read after can be out of date. */
export type LockHead = (trx: Transaction<Tables>, siteKey: number) => Promise<Head & { keyNumber: number | null }>;

/** `finish` must be called before the commit: it writes what the work did to the head row, in one statement. */
export async function siteTransaction(
  trx: Transaction<Tables>,
  site: Site,
  lockHead: LockHead,
  now: () => number,
): Promise<{ transaction: SiteTransaction; finish: () => Promise<void> }> {
  const siteKey = site.key;
  const { keyNumber, ...locked } = await lockHead(trx, siteKey);
  let head: Head = locked;
  const outbox = webhookOutbox(trx, siteKey, now);
  const changes = { events: 0, subjects: 0, latestAt: null as number | null, head: null as Head | null };

  /** What `histories` has found of those that it was asked for; while the head is locked nobody else adds one. */
  const knownSubjects = new Map<string, number>();
  const soughtSubjects = new Set<string>();

  async function subjectKeys(events: readonly EventBody[]): Promise<Map<string, number>> {
    const unique = [...new Map(events.map(({ subject, key }) => [subject, key])).entries()];
    const known = new Map(knownSubjects);
    const find = (chunk: typeof unique) =>
      trx
        .selectFrom('subject')
        .select(['subject_key', 'thumbprint'])
        .where('site_key', '=', siteKey)
        .where(
          'thumbprint',
          'in',
          chunk.map(([subject]) => blobOf(subject)),
        )
        .execute()
        .then((rows) => rows.forEach((found) => known.set(toBase64Url(found.thumbprint), found.subject_key)));
    const unsought = unique.filter(([subject]) => !soughtSubjects.has(subject));
    await inChunks(unsought, find);
    const fresh = unique.filter(([subject]) => !known.has(subject));
    if (fresh.length === 0) return known;
    const { next } = await trx
      .selectFrom('subject')
      .where('site_key', '=', siteKey)
      .select((eb) => eb.fn.coalesce(eb.fn.max('subject_key'), eb.lit(0)).as('next'))
      .executeTakeFirstOrThrow();
    const rows = fresh.map(([subject, key], i) => {
      known.set(subject, next + 1 + i);
      return {
        site_key: siteKey,
        subject_key: next + 1 + i,
        thumbprint: blobOf(subject),
        x: blobOf(key.x),
        y: blobOf(key.y),
      };
    });
    await inChunks(rows, (chunk) => trx.insertInto('subject').values(chunk).execute());
    changes.subjects += fresh.length;
    return known;
  }

  const present = async (table: 'tombstone' | 'presentation', hashes: readonly string[]): Promise<Set<string>> => {
    if (hashes.length === 0) return new Set();
    const rows = await trx
      .selectFrom(table)
      .select('hash')
      .where('site_key', '=', siteKey)
      .where('hash', 'in', hashes.map(blobOf))
      .execute();
    return new Set(rows.map(({ hash }) => toBase64Url(hash)));
  };

  const transaction: SiteTransaction = {
    get head() {
      return head;
    },
    beginEpoch() {
      head = { epoch: head.epoch + 1, size: 0, root: EMPTY_ROOT };
    },
    keyNumber: keyNumber ?? 0,

    // In two steps, because SQLite would join from the leaves, of which a log has millions.
    async histories(subjects) {
      const entries: HistoryEntry[] = [];
      await inChunks([...new Set(subjects)], async (chunk) => {
        const found = await trx
          .selectFrom('subject')
          .select(['subject_key', 'thumbprint', 'x', 'y'])
          .where('site_key', '=', siteKey)
          .where('thumbprint', 'in', chunk.map(blobOf))
          .execute();
        for (const subject of chunk) soughtSubjects.add(subject);
        if (found.length === 0) return;
        const bySubjectKey = new Map(found.map((row) => [row.subject_key, row]));
        for (const row of found) knownSubjects.set(toBase64Url(row.thumbprint), row.subject_key);
        const rows = await trx
          .selectFrom('event_body as b')
          .innerJoin('leaf as l', (join) =>
            join.onRef('l.site_key', '=', 'b.site_key').onRef('l.epoch', '=', 'b.epoch').onRef('l.idx', '=', 'b.idx'),
          )
          .where('b.site_key', '=', siteKey)
          .where('b.subject_key', 'in', [...bySubjectKey.keys()])
          .select(['b.epoch', 'b.idx', 'b.subject_key', 'b.id', 'b.seq', 'b.payload', 'b.signature', 'l.event'])
          .execute();
        for (const row of rows) {
          const subject = bySubjectKey.get(row.subject_key);
          if (subject) entries.push({ ...bodyOf({ ...row, ...subject }), hash: toBase64Url(row.event ?? new Uint8Array()) });
        }
      });
      return entries.sort((a, b) => a.seq - b.seq || a.epoch - b.epoch || a.index - b.index);
    },

    findTombstones: (hashes) => present('tombstone', hashes),
    findPresentations: (hashes) => present('presentation', hashes),

    nodes: (ids: readonly NodeId[]) => readNodes(trx, siteKey, head.epoch, ids),

    async appendLeaves(leaves: readonly StoredLeaf[], nodes) {
      const place = { site_key: siteKey, epoch: head.epoch };
      await outbox.erasures(head.epoch, leaves);
      const erased = leaves.reduce((sum, { leaf }) => sum + (leaf.kind === 'erasure' ? leaf.leaves.length : 0), 0);
      await inChunks(
        leaves.map(({ index, leaf, hash }) => ({ ...place, idx: index, ...leafColumns(leaf), hash: blob(hash) })),
        (chunk) => trx.insertInto('leaf').values(chunk).execute(),
      );
      await inChunks(
        nodes
          .filter(({ level }) => level > 0)
          .map(({ level, index, hash }) => ({ ...place, level, idx: index, hash: blob(hash) })),
        (chunk) => trx.insertInto('node').values(chunk).execute(),
      );
      changes.events -= erased;
    },

    async addEvents(events) {
      const keys = await subjectKeys(events);
      const rows = events.map((event) => ({
        site_key: siteKey,
        epoch: event.epoch,
        idx: event.index,
        subject_key: keys.get(event.subject) ?? 0,
        id: uuidBlob(event.id),
        seq: event.seq,
        payload: blob(event.payload),
        signature: blob(event.signature),
      }));
      await inChunks(rows, (chunk) => trx.insertInto('event_body').values(chunk).execute());
      await outbox.events(events);
      changes.events += rows.length;
    },

    addPresentations: async (presentations) => {
      const rows = presentations.map(({ hash, body }) => ({ site_key: siteKey, hash: blobOf(hash), body }));
      const places = rows.map(({ site_key, hash }) => ({ site_key, hash }));
      await inChunks(rows, (chunk) =>
        trx
          .insertInto('presentation')
          .values(chunk)
          .onConflict((oc) => oc.doNothing())
          .execute(),
      );
      await inChunks(places, (chunk) =>
        trx
          .insertInto('presentation_directory')
          .values(chunk)
          .onConflict((oc) => oc.doNothing())
          .execute(),
      );
    },

    addTombstones: (hashes) =>
      inChunks(
        hashes.map((hash) => ({ site_key: siteKey, hash: blobOf(hash) })),
        (chunk) =>
          trx
            .insertInto('tombstone')
            .values(chunk)
            .onConflict((oc) => oc.doNothing())
            .execute(),
      ),

    async removeSubject(subject) {
      const { numDeletedRows } = await trx
        .deleteFrom('subject')
        .where('site_key', '=', siteKey)
        .where('thumbprint', '=', blobOf(subject))
        .executeTakeFirst();
      knownSubjects.delete(subject);
      changes.subjects -= Number(numDeletedRows);
    },

    async count({ day, counts, purposes, latestAt }: CountChanges) {
      await trx
        .insertInto('day_count')
        .values({ site_key: siteKey, day, ...counts })
        .onConflict((oc) =>
          oc.columns(['site_key', 'day']).doUpdateSet((eb) => ({
            events: eb('day_count.events', '+', counts.events),
            given: eb('day_count.given', '+', counts.given),
            refused: eb('day_count.refused', '+', counts.refused),
            withdrawn: eb('day_count.withdrawn', '+', counts.withdrawn),
            objected: eb('day_count.objected', '+', counts.objected),
          })),
        )
        .execute();
      await inChunks(
        purposes.map(({ purpose, state, change }) => ({ site_key: siteKey, purpose, state, count: change })),
        (chunk) =>
          trx
            .insertInto('purpose_count')
            .values(chunk)
            .onConflict((oc) =>
              oc
                .columns(['site_key', 'purpose', 'state'])
                .doUpdateSet((eb) => ({ count: eb('purpose_count.count', '+', eb.ref('excluded.count')) })),
            )
            .execute(),
      );
      changes.latestAt = latestAt ?? changes.latestAt;
    },

    async setHead({ epoch, size, root, keyNumber: number, signature }: Checkpoint) {
      await trx
        .insertInto('checkpoint')
        .values({ site_key: siteKey, epoch, size, root: blob(root), key_number: number, signature: blob(signature) })
        .execute();
      changes.head = { epoch, size, root };
    },
  };

  async function finish(): Promise<void> {
    const { events, subjects, latestAt } = changes;
    if (events === 0 && subjects === 0 && latestAt === null && changes.head === null) return;
    await trx
      .updateTable('head')
      .set((eb) => ({
        events: eb('events', '+', events),
        subjects: eb('subjects', '+', subjects),
        ...(latestAt === null ? {} : { latest_at: latestAt }),
        ...(changes.head === null ? {} : { ...changes.head, root: blob(changes.head.root) }),
      }))
      .where('site_key', '=', siteKey)
      .execute();
  }

  return { transaction, finish };
}
