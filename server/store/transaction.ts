// One site's write transaction, on either engine. What is appended waits here until it is flushed, so that it takes few statements.
import type { Transaction } from 'kysely';

import { encodeBase64Url as toBase64Url } from '../base64url.ts';
import type { NodeId } from '../../shared/log/tree.ts';
import { contactRows, type StoredContact } from './contacts.ts';
import { addMarketingMail, useMailToken } from './marketing-mail.ts';
import { readNodes } from './nodes.ts';
import { blob, blobOf, bodyOf, leafColumns, uuidBlob } from './rows.ts';
import type { FoundSubjects, HeadChange, NewRows, OpenSiteRows } from './site-rows.ts';
import type { Checkpoint, CountChanges, EventBody, Head, HistoryEntry, Site, SiteTransaction, StoredLeaf } from './store.ts';
import type { Place } from './history.ts';
import { addSuppressions } from './suppressions.ts';
import type { Tables } from './tables.ts';
import { addTombstones } from './tombstones.ts';
import { webhookOutbox } from './webhooks.ts';

/** SQLite takes 32,766 variables a statement, PostgreSQL 65,535. */
const ROWS = 3000;
/** SHA-256 of nothing: the root of the empty tree (RFC 9162 section 2.1.1). */
export const EMPTY_ROOT = blobOf('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');

async function inChunks<T>(rows: readonly T[], run: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) await run(rows.slice(at, at + ROWS));
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, i) => text === b[i]);

interface Pending extends NewRows {
  /** What the outbox of webhooks is told of. */
  bodiesToTell: EventBody[];
  leavesToTell: { epoch: number; leaves: StoredLeaf[] }[];
}
const nothing = (): Pending => ({
  leaves: [],
  nodes: [],
  subjects: [],
  bodies: [],
  counts: [],
  bodiesToTell: [],
  leavesToTell: [],
});

/**
 * `finish` must be called before the commit: it writes what the work did to the head row, in one statement. `expected`: the subjects
 * whose histories are asked for first.
 */
export async function siteTransaction(
  trx: Transaction<Tables>,
  site: Site,
  openRows: OpenSiteRows,
  now: () => number,
  expected: readonly string[] = [],
): Promise<{ transaction: SiteTransaction; finish: () => Promise<void> }> {
  const siteKey = site.key;
  const rows = openRows(trx, siteKey);
  const { found: first, ...about } = await rows.lock(expected.map(blobOf));
  const { head: locked, keyNumber, highestSubject, hasTombstones, hasWebhooks } = about;
  let head: Head = locked;
  let [nextSubject, tombstones] = [highestSubject + 1, hasTombstones];
  const outbox = webhookOutbox(trx, siteKey, now);
  const contacts = contactRows(trx, siteKey);
  /** Of events that this transaction knows, by id. */
  const places = new Map<string, Place>();
  const changes: HeadChange = { events: 0, subjects: 0, latestAt: null, checkpoint: null };
  let pending = nothing();
  /** What was found with the lock, until rows are written or a subject goes. */
  let foundFirst: FoundSubjects | null = expected.length > 0 ? first : null;

  /** What was sought: while the head is locked nobody else adds a subject. */
  const knownSubjects = new Map<string, number>();
  const soughtSubjects = new Set<string>();

  async function flush(): Promise<void> {
    const { bodiesToTell, leavesToTell, ...appended } = pending;
    pending = nothing();
    const some = Object.values(appended).some((rows) => rows.length > 0);
    if (some) foundFirst = null;
    // Before the leaves are appended: an erasure's take their bodies with them.
    if (hasWebhooks) for (const { epoch, leaves } of leavesToTell) await outbox.erasures(epoch, leaves);
    if (some) await rows.append(appended);
    if (hasWebhooks) await outbox.events(bodiesToTell);
  }

  async function find(subjects: readonly string[]) {
    await flush();
    const found = foundFirst && sameTexts(subjects, expected) ? foundFirst : await rows.find(subjects.map(blobOf));
    for (const subject of subjects) soughtSubjects.add(subject);
    for (const row of found.subjects) knownSubjects.set(toBase64Url(row.thumbprint), row.subject_key);
    return found;
  }

  async function subjectKeys(events: readonly EventBody[]): Promise<void> {
    const unsought = [...new Set(events.map(({ subject }) => subject))].filter((subject) => !soughtSubjects.has(subject));
    if (unsought.length > 0) await find(unsought);
    for (const { subject, key } of events) {
      if (knownSubjects.has(subject)) continue;
      const row = { subject_key: nextSubject++, thumbprint: blobOf(subject), x: blobOf(key.x), y: blobOf(key.y) };
      knownSubjects.set(subject, row.subject_key);
      pending.subjects.push(row);
      changes.subjects += 1;
    }
  }

  async function present(table: 'tombstone' | 'presentation', hashes: readonly string[]): Promise<Set<string>> {
    if (hashes.length === 0) return new Set();
    return new Set((await rows.present(table, hashes.map(blobOf))).map(toBase64Url));
  }

  const transaction: SiteTransaction = {
    get head() {
      return head;
    },
    beginEpoch(epoch) {
      if (epoch <= head.epoch) throw new RangeError(`epoch ${epoch} does not come behind ${head.epoch}`);
      head = { epoch, size: 0, root: EMPTY_ROOT };
    },
    keyNumber: keyNumber ?? 0,

    async histories(subjects) {
      const { subjects: found, bodies } = await find([...new Set(subjects)]);
      const bySubjectKey = new Map(found.map((row) => [row.subject_key, row]));
      const entries = bodies.flatMap((row): HistoryEntry[] => {
        const subject = bySubjectKey.get(row.subject_key);
        return subject ? [{ ...bodyOf({ ...row, ...subject }), hash: toBase64Url(row.event ?? new Uint8Array()) }] : [];
      });
      return entries.sort((a, b) => a.seq - b.seq || a.epoch - b.epoch || a.index - b.index);
    },

    findTombstones: async (hashes) => (tombstones ? present('tombstone', hashes) : new Set()),
    findPresentations: (hashes) => present('presentation', hashes),

    async nodes(ids: readonly NodeId[]) {
      await flush();
      return readNodes(trx, siteKey, head.epoch, ids);
    },

    async appendLeaves(leaves, nodes) {
      const { epoch } = head;
      pending.leavesToTell.push({ epoch, leaves: [...leaves] });
      for (const { index, leaf, hash } of leaves) {
        pending.leaves.push({ epoch, idx: index, ...leafColumns(leaf), hash: blob(hash) });
        if (leaf.kind === 'erasure') changes.events -= leaf.leaves.length;
      }
      for (const { level, index, hash } of nodes)
        if (level > 0) pending.nodes.push({ epoch, level, idx: index, hash: blob(hash) });
    },

    async addEvents(events) {
      await subjectKeys(events);
      for (const event of events)
        pending.bodies.push({
          epoch: event.epoch,
          idx: event.index,
          subject_key: knownSubjects.get(event.subject) ?? 0,
          id: uuidBlob(event.id),
          seq: event.seq,
          payload: blob(event.payload),
          signature: blob(event.signature),
        });
      if (hasWebhooks) {
        pending.bodiesToTell.push(...events);
        for (const { id, epoch, index } of events) places.set(id, { epoch, index });
      }
      changes.events += events.length;
    },

    addPresentations: async (presentations) => {
      const bodies = presentations.map(({ hash, body }) => ({ site_key: siteKey, hash: blobOf(hash), body }));
      const places = bodies.map(({ site_key, hash }) => ({ site_key, hash }));
      await inChunks(bodies, (chunk) =>
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

    async addTombstones(hashes) {
      tombstones = true;
      await addTombstones(trx, siteKey, hashes);
    },

    async removeSubject(subject) {
      await flush();
      foundFirst = null;
      const { numDeletedRows } = await trx
        .deleteFrom('subject')
        .where('site_key', '=', siteKey)
        .where('thumbprint', '=', blobOf(subject))
        .executeTakeFirst();
      knownSubjects.delete(subject);
      changes.subjects -= Number(numDeletedRows);
    },

    async count(change: CountChanges) {
      // One statement cannot change one row twice.
      if (pending.counts.length > 0) await flush();
      pending.counts.push(change);
      changes.latestAt = change.latestAt ?? changes.latestAt;
    },

    rememberContacts: (all, at) => contacts.remember(all, at),
    contactsOf: (subjects) => contacts.ofSubjects(subjects),
    async contacts(ids) {
      const found: StoredContact[] = [];
      for (let at = 0; at < ids.length; at += ROWS)
        found.push(
          ...(
            await contacts
              .contacts()
              .where('c.id', 'in', ids.slice(at, at + ROWS))
              .execute()
          ).map(contacts.contactOf),
        );
      return found;
    },
    async mention(mentions) {
      const fresh = await contacts.mention(mentions);
      if (!hasWebhooks || fresh.length === 0) return;
      // An event that was stored before, and comes again with an address.
      const earlier = fresh.filter(({ event }) => !places.has(event)).map(({ subject }) => subject);
      for (const { id, epoch, index } of await transaction.histories(earlier)) places.set(id, { epoch, index });
      const keys = new Map(
        (await transaction.contacts([...new Set(fresh.map((one) => one.contact))])).map((one) => [one.id, one.key]),
      );
      await outbox.contacts(
        fresh.flatMap(({ contact, event }) => {
          const [key, place] = [keys.get(contact), places.get(event)];
          return key !== undefined && place ? [{ key, ...place }] : [];
        }),
      );
    },
    forgetContactsOf: (subjects, own, at) => contacts.forgetSubjects(subjects, own, at),
    async suppress(entries) {
      const fresh = await addSuppressions(trx, siteKey, entries);
      if (hasWebhooks) for (const key of new Set(fresh.map((one) => one.key))) await outbox.suppression(blobOf(key));
    },

    addConfirmationMail: (mail) => addMarketingMail(trx, siteKey, mail),
    useMailToken: (token, at) => useMailToken(trx, siteKey, token, at),

    flush,

    async setHead({ epoch, size, root, keyNumber: key_number, signature }: Checkpoint) {
      await flush();
      // Of two heads in one transaction each is stored.
      if (changes.checkpoint) await finish();
      changes.checkpoint = { epoch, size, root: blob(root), key_number, signature: blob(signature) };
    },
  };

  async function finish(): Promise<void> {
    await flush();
    const { events, subjects, latestAt, checkpoint } = changes;
    if (events === 0 && subjects === 0 && latestAt === null && checkpoint === null) return;
    await rows.changeHead(changes);
    Object.assign(changes, { events: 0, subjects: 0, latestAt: null, checkpoint: null });
  }

  return { transaction, finish };
}
