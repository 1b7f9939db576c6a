// Contacts: addresses sealed under a key each, found by a keyed hash; which events came with them, and what was stated of them.
import type { Kysely } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import type { AddressKind } from '../../shared/marketing/channel.ts';
import type { Engine } from './kysely-store.ts';
import { forgetMails } from './marketing-mail.ts';
import { blob, blobOf, uuidBlob, uuidText } from './rows.ts';
import type { Site } from './store.ts';
import { ROWS_AT_ONCE } from './suppressions.ts';
import type { Tables } from './tables.ts';
import { webhookOutbox } from './webhooks.ts';

/** Taken only where none of the keys is known yet. */
export interface NewContact {
  id: string;
  kind: AddressKind;
  /** Keyed hashes of the address in every version, newest first (shared/marketing/address.ts). */
  keys: readonly string[];
  /** The contact's own key. */
  wrapped: Uint8Array;
  /** The address under the key of the contact that it turns out to be; null: it is not to be kept. */
  seal: ((contact: Pick<StoredContact, 'id' | 'wrapped'>) => Uint8Array) | null;
}
export interface StoredContact {
  id: string;
  kind: AddressKind;
  /** Under which suppressions of it are written. */
  key: string;
  wrapped: Uint8Array;
  /** Address and language under the contact's key; null: only the keyed hash is kept. */
  sealed: Uint8Array | null;
  /** ms since 1970 */
  createdAt: number;
}
/** An event or an attestation that came with the contact's address. */
export interface Mention {
  contact: string;
  /** Under whom the event is stored. */
  subject: string;
  /** Its id. */
  event: string;
  at: number;
}
export interface ContactStatement {
  contact: string;
  /** Its version: 1, 2, …; nothing is ever replaced. */
  number: number;
  at: number;
  actor: string;
  /** Under the contact's key. */
  sealed: Uint8Array;
}

export interface ContactStore {
  /** The id that each has: a new one's own, or that of the contact that was there. In order. */
  remember(site: Site, contacts: readonly NewContact[]): Promise<string[]>;
  get(site: Site, id: string): Promise<StoredContact | null>;
  /** By any of these keys. */
  find(site: Site, keys: readonly string[]): Promise<StoredContact[]>;
  /** By rising id, behind that one. */
  after(site: Site, id: string, limit: number): Promise<StoredContact[]>;
  /** Contacts whose address came with an event of the subject. */
  ofSubject(site: Site, subject: string): Promise<StoredContact[]>;
  mention(site: Site, mentions: readonly Mention[]): Promise<void>;
  mentions(site: Site, contacts: readonly string[]): Promise<Mention[]>;
  state(site: Site, statement: Omit<ContactStatement, 'number'>): Promise<number>;
  /** Many with one commit. Gives the numbers in order. */
  stateAll(site: Site, statements: readonly Omit<ContactStatement, 'number'>[]): Promise<number[]>;
  statements(site: Site, contacts: readonly string[]): Promise<ContactStatement[]>;
  /** The address anew, under the same key: another language. False if it is not there. */
  reseal(site: Site, id: string, sealed: Uint8Array): Promise<boolean>;
  /** Key, address, mentions, statements, bounces and what is in its mails go; the number stays, so that a restored backup erases it again. False if there is none. */
  erase(site: Site, id: string, at: number): Promise<boolean>;
  /** By rising id, behind that one. */
  erased(site: Site, id: string, limit: number): Promise<{ id: string; at: number }[]>;
  /** Those erased then or later (ms), the oldest first. */
  erasedSince(site: Site, at: number): Promise<{ id: string; at: number }[]>;
  /** After a change of CANDOUR_SECRET. False if it is not there, or is not what it was. */
  rewrap(site: Site, id: string, before: Uint8Array, wrapped: Uint8Array): Promise<boolean>;
}

const parts = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / ROWS_AT_ONCE) }, (_, i) => all.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE));

/** Of one site: those that a person's data are in. */
const PERSONAL = ['contact_mention', 'contact_statement'] as const;

/** The same inside any transaction. */
export function contactRows(db: Kysely<Tables>, siteKey: number) {
  const contacts = () =>
    db
      .selectFrom('contact as c')
      .innerJoin('contact_key as k', (join) => join.onRef('k.site_key', '=', 'c.site_key').onRef('k.id', '=', 'c.id'))
      .where('c.site_key', '=', siteKey)
      .select(['c.id', 'c.kind', 'c.lookup', 'c.sealed', 'c.created_at', 'k.wrapped']);
  type Row = Awaited<ReturnType<ReturnType<typeof contacts>['execute']>>[number];
  const contactOf = ({ lookup, created_at, ...row }: Row): StoredContact => ({
    ...row,
    key: toBase64Url(lookup),
    createdAt: created_at,
  });

  async function find(keys: readonly string[]): Promise<StoredContact[]> {
    const found: StoredContact[] = [];
    for (const part of parts([...new Set(keys)]))
      found.push(...(await contacts().where('c.lookup', 'in', part.map(blobOf)).execute()).map(contactOf));
    return found;
  }

  async function ofSubjects(subjects: readonly string[]): Promise<(StoredContact & { subject: string })[]> {
    const found: (StoredContact & { subject: string })[] = [];
    for (const part of parts(subjects)) {
      const rows = await contacts()
        .innerJoin('contact_mention as m', (join) => join.onRef('m.site_key', '=', 'c.site_key').onRef('m.contact', '=', 'c.id'))
        .where('m.site_key', '=', siteKey)
        .where('m.subject', 'in', part.map(blobOf))
        .select('m.subject')
        .distinct()
        .orderBy('c.id')
        .execute();
      found.push(...rows.map(({ subject, ...row }) => ({ ...contactOf(row), subject: toBase64Url(subject) })));
    }
    return found;
  }

  /** Gives those that are new; of what somebody else was quicker with, nothing. */
  async function insert(all: readonly NewContact[], at: number): Promise<StoredContact[]> {
    const made = all.map(({ id, kind, keys: [key = ''], wrapped, seal }): StoredContact => {
      return { id, kind, key, wrapped, sealed: seal && seal({ id, wrapped }), createdAt: at };
    });
    const inserted = new Set<string>();
    for (const part of parts(made)) {
      const rows = await db
        .insertInto('contact')
        .values(
          part.map(({ id, kind, key, sealed }) => ({
            site_key: siteKey,
            id,
            kind,
            lookup: blobOf(key),
            sealed: sealed && blob(sealed),
            created_at: at,
          })),
        )
        .onConflict((oc) => oc.doNothing())
        .returning('id')
        .execute();
      for (const { id } of rows) inserted.add(id);
      const keys = part.filter(({ id }) => inserted.has(id));
      if (keys.length === 0) continue;
      await db
        .insertInto('contact_key')
        .values(keys.map(({ id, wrapped }) => ({ site_key: siteKey, id, wrapped: blob(wrapped) })))
        .execute();
    }
    return made.filter(({ id }) => inserted.has(id));
  }

  async function reseal(id: string, sealed: Uint8Array): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('contact')
      .set({ sealed: blob(sealed) })
      .where('site_key', '=', siteKey)
      .where('id', '=', id)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /**
   * The contacts that they are, in order, with the same statements whether an address is known or not: whoever sends it from outside
   * learns nothing from the time that it takes.
   */
  async function remember(all: readonly NewContact[], at: number): Promise<StoredContact[]> {
    const before = new Map((await find(all.flatMap(({ keys }) => keys))).map((one) => [one.key, one]));
    const keyOf = ({ keys }: NewContact): string => keys.find((key) => before.has(key)) ?? keys[0] ?? '';
    for (const { id, kind, wrapped, seal, ...one } of all) {
      const sealed = seal && blob(seal({ id, wrapped }));
      await db
        .insertInto('contact')
        .values({
          site_key: siteKey,
          id,
          kind,
          lookup: blobOf(keyOf({ id, kind, wrapped, seal, ...one })),
          sealed,
          created_at: at,
        })
        .onConflict((oc) => oc.doNothing())
        .execute();
      // Of one that was not added there is nothing to select.
      await db
        .insertInto('contact_key')
        .columns(['site_key', 'id', 'wrapped'])
        .expression((eb) =>
          eb
            .selectFrom('contact')
            .select(({ val }) => ['site_key', 'id', val(blob(wrapped)).as('wrapped')])
            .where('site_key', '=', siteKey)
            .where('id', '=', id),
        )
        .execute();
    }
    const stored = new Map((await find(all.flatMap(({ keys }) => keys))).map((one) => [one.key, one]));
    const remembered: StoredContact[] = [];
    for (const { keys, kind, seal } of all) {
      const one = keys.flatMap((key) => stored.get(key) ?? [])[0];
      if (!one) throw new Error('a contact was erased while it came in');
      const sealed = seal && seal(one);
      await db
        .updateTable('contact')
        // Of another kind: whoever stopped everything by a link that does not say what it was sent to.
        .set((eb) => ({ kind, sealed: eb.fn.coalesce('sealed', eb.val(sealed && blob(sealed))) }))
        .where('site_key', '=', siteKey)
        .where('id', '=', one.id)
        .execute();
      const now = { ...one, kind, sealed: one.sealed ?? sealed };
      stored.set(one.key, now);
      remembered.push(now);
    }
    return remembered;
  }

  /** The same of many that an operator brings: with as few statements as can be. */
  async function rememberMany(all: readonly NewContact[], at: number): Promise<StoredContact[]> {
    const known = new Map((await find(all.flatMap(({ keys }) => keys))).map((one) => [one.key, one]));
    const isKnown = ({ keys }: NewContact): boolean => keys.some((key) => known.has(key));
    // Of one address that is there twice the first.
    const fresh = new Map(
      all
        .filter((one) => !isKnown(one))
        .toReversed()
        .map((one) => [one.keys[0], one]),
    );
    for (const one of await insert([...fresh.values()], at)) known.set(one.key, one);
    const quicker = [...fresh.values()].filter((one) => !isKnown(one)).flatMap(({ keys }) => keys);
    for (const one of await find(quicker)) known.set(one.key, one);
    const remembered: StoredContact[] = [];
    for (const { keys, kind, seal } of all) {
      let stored = keys.flatMap((key) => known.get(key) ?? [])[0];
      if (!stored) throw new Error('a contact was erased while it came in');
      if (stored.kind !== kind) {
        // Whoever stopped everything by a link that does not say what it was sent to.
        await db.updateTable('contact').set({ kind }).where('site_key', '=', siteKey).where('id', '=', stored.id).execute();
        stored = { ...stored, kind };
      }
      if (stored.sealed === null && seal) {
        stored = { ...stored, sealed: seal(stored) };
        await reseal(stored.id, stored.sealed as Uint8Array);
      }
      known.set(stored.key, stored);
      remembered.push(stored);
    }
    return remembered;
  }

  /** Gives those that were not there. */
  async function mention(mentions: readonly Mention[]): Promise<Mention[]> {
    const fresh = new Set<string>();
    for (const part of parts(mentions)) {
      const rows = await db
        .insertInto('contact_mention')
        .values(
          part.map(({ contact, subject, event, at }) => ({
            site_key: siteKey,
            contact,
            subject: blobOf(subject),
            event: uuidBlob(event),
            at,
          })),
        )
        .onConflict((oc) => oc.doNothing())
        .returning(['contact', 'event'])
        .execute();
      for (const { contact, event } of rows) fresh.add(`${contact} ${uuidText(event)}`);
    }
    return mentions.filter(({ contact, event }) => fresh.has(`${contact} ${event}`));
  }

  /** Told to webhooks in the same transaction. False if there is none. */
  async function erase(id: string, at: number): Promise<boolean> {
    const known = await contacts().where('c.id', '=', id).executeTakeFirst();
    if (known) await webhookOutbox(db, siteKey, () => at).contactErased(known.lookup);
    const { numDeletedRows } = await db
      .deleteFrom('contact_key')
      .where('site_key', '=', siteKey)
      .where('id', '=', id)
      .executeTakeFirst();
    if (numDeletedRows !== 1n) return false;
    if (known) await forgetMails(db, siteKey, [known.lookup]);
    await db.deleteFrom('contact').where('site_key', '=', siteKey).where('id', '=', id).execute();
    for (const table of PERSONAL) await db.deleteFrom(table).where('site_key', '=', siteKey).where('contact', '=', id).execute();
    await db
      .insertInto('erased_contact')
      .values({ site_key: siteKey, id, at })
      .onConflict((oc) => oc.doNothing())
      .execute();
    return true;
  }

  /** `since`: ms; what was said about the contact itself before then was not about whoever came with its address later. */
  async function isAlone(id: string, own: string, since: number): Promise<boolean> {
    for (const table of PERSONAL) {
      let query = db.selectFrom(table).select('contact').where('site_key', '=', siteKey).where('contact', '=', id).limit(1);
      if (table === 'contact_mention')
        query = query.where((eb) => eb.or([eb('subject', '<>', blobOf(own)), eb('at', '<', since)]));
      if (await query.executeTakeFirst()) return false;
    }
    return true;
  }

  async function forgetSubjects(subjects: readonly string[], own: (contact: string) => string, at: number): Promise<number> {
    const concerned = new Map((await ofSubjects(subjects)).map((one) => [one.id, one]));
    if (concerned.size === 0) return 0;
    const came = new Map<string, number>();
    for (const part of parts(subjects)) {
      const rows = await db
        .selectFrom('contact_mention')
        .select(['contact', (eb) => eb.fn.min('at').as('first')])
        .where('site_key', '=', siteKey)
        .where('subject', 'in', part.map(blobOf))
        .groupBy('contact')
        .execute();
      for (const { contact, first } of rows) came.set(contact, Math.min(Number(first), came.get(contact) ?? Infinity));
    }
    for (const part of parts(subjects)) {
      const lookups = (await ofSubjects(part)).map(({ key }) => blobOf(key));
      await forgetMails(db, siteKey, lookups, part.map(blobOf));
      await db.deleteFrom('contact_mention').where('site_key', '=', siteKey).where('subject', 'in', part.map(blobOf)).execute();
    }
    let erased = 0;
    const left: Uint8Array[] = [];
    for (const [id, { key }] of concerned)
      if ((await isAlone(id, own(id), came.get(id) ?? 0)) && (await erase(id, at))) erased++;
      else left.push(blobOf(key));
    // A consent may have gone from under what they were written to for.
    await webhookOutbox(db, siteKey, () => at).changed(left, 'consent_erased');
    return erased;
  }

  return { contacts, contactOf, find, ofSubjects, reseal, remember, rememberMany, mention, erase, forgetSubjects };
}

export function contactStore({ writer, reader, now }: Pick<Engine, 'writer' | 'reader' | 'now'>): ContactStore {
  const reading = (site: Site) => contactRows(reader, site.key);
  const stateAll: ContactStore['stateAll'] = (site, statements) =>
    writer.transaction().execute(async (trx) => {
      const outbox = webhookOutbox(trx, site.key, now);
      const tells = statements.length > 0 && (await outbox.locks());
      const last = new Map<string, number>();
      for (const part of parts([...new Set(statements.map(({ contact }) => contact))].toSorted())) {
        // Of two that state something at once the second waits: each has a number of its own.
        await trx
          .updateTable('contact_key')
          .set((eb) => ({ wrapped: eb.ref('wrapped') }))
          .where('site_key', '=', site.key)
          .where('id', 'in', part)
          .execute();
        const rows = await trx
          .selectFrom('contact_statement')
          .select(['contact', (eb) => eb.fn.max('number').as('number')])
          .where('site_key', '=', site.key)
          .where('contact', 'in', part)
          .groupBy('contact')
          .execute();
        for (const { contact, number } of rows) last.set(contact, Number(number));
      }
      const rows = statements.map(({ contact, at, actor, sealed }) => {
        const number = (last.get(contact) ?? 0) + 1;
        last.set(contact, number);
        return { site_key: site.key, contact, number, at, actor, sealed: blob(sealed) };
      });
      for (const part of parts(rows)) await trx.insertInto('contact_statement').values(part).execute();
      for (const part of tells ? parts(rows) : []) {
        const contacts = await trx
          .selectFrom('contact')
          .select(['id', 'lookup'])
          .where('site_key', '=', site.key)
          .where(
            'id',
            'in',
            part.map(({ contact }) => contact),
          )
          .execute();
        const lookups = new Map(contacts.map(({ id, lookup }) => [id, lookup]));
        await outbox.statements(
          part.flatMap(({ contact, number }) => {
            const lookup = lookups.get(contact);
            return lookup ? [{ lookup, number }] : [];
          }),
        );
      }
      return rows.map(({ number }) => number);
    });
  return {
    remember: (site, contacts) =>
      writer.transaction().execute(async (trx) => {
        const remembered = await contactRows(trx, site.key).rememberMany(contacts, now());
        return remembered.map(({ id }) => id);
      }),
    async get(site, id) {
      const { contacts, contactOf } = reading(site);
      const row = await contacts().where('c.id', '=', id).executeTakeFirst();
      return row ? contactOf(row) : null;
    },
    find: (site, keys) => reading(site).find(keys),
    async after(site, id, limit) {
      const { contacts, contactOf } = reading(site);
      return (await contacts().where('c.id', '>', id).orderBy('c.id').limit(limit).execute()).map(contactOf);
    },
    ofSubject: (site, subject) => reading(site).ofSubjects([subject]),
    async mention(site, mentions) {
      await contactRows(writer, site.key).mention(mentions);
    },
    async mentions(site, contacts) {
      const found: Mention[] = [];
      for (const part of parts(contacts)) {
        const rows = await reader
          .selectFrom('contact_mention')
          .select(['contact', 'subject', 'event', 'at'])
          .where('site_key', '=', site.key)
          .where('contact', 'in', part)
          .orderBy('contact')
          .orderBy('at')
          .execute();
        found.push(
          ...rows.map(({ subject, event, ...row }) => ({ ...row, subject: toBase64Url(subject), event: uuidText(event) })),
        );
      }
      return found;
    },
    async state(site, statement) {
      const [number] = await stateAll(site, [statement]);
      return number ?? 0;
    },
    stateAll,
    async statements(site, contacts) {
      const found: ContactStatement[] = [];
      for (const part of parts(contacts))
        found.push(
          ...(await reader
            .selectFrom('contact_statement')
            .select(['contact', 'number', 'at', 'actor', 'sealed'])
            .where('site_key', '=', site.key)
            .where('contact', 'in', part)
            .orderBy('contact')
            .orderBy('number')
            .execute()),
        );
      return found;
    },
    reseal: (site, id, sealed) => contactRows(writer, site.key).reseal(id, sealed),
    erase: (site, id, at) => writer.transaction().execute((trx) => contactRows(trx, site.key).erase(id, at)),
    erased: (site, id, limit) =>
      reader
        .selectFrom('erased_contact')
        .select(['id', 'at'])
        .where('site_key', '=', site.key)
        .where('id', '>', id)
        .orderBy('id')
        .limit(limit)
        .execute(),
    erasedSince: (site, at) =>
      reader
        .selectFrom('erased_contact')
        .select(['id', 'at'])
        .where('site_key', '=', site.key)
        .where('at', '>=', at)
        .orderBy('at')
        .orderBy('id')
        .execute(),
    async rewrap(site, id, before, wrapped) {
      const { numUpdatedRows } = await writer
        .updateTable('contact_key')
        .set({ wrapped: blob(wrapped) })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('wrapped', '=', blob(before))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}
