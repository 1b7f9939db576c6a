// The outbox of webhooks. Messages are written in the transaction of the events that they tell of, and name leaves only: what
// is sent is read from the log when it is sent, so that nothing outlives its erasure here.
import type { Kysely } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { Leaf } from '../../shared/log/leaf.ts';
import type { WebhookCounts, WebhookType } from '../../shared/webhook.ts';
import { isDue } from './due.ts';
import type { Place } from './history.ts';
import { blob, blobOf } from './rows.ts';
import type { EventBody, Site, StoredLeaf } from './store.ts';
import type { Tables } from './tables.ts';

export interface WebhookEndpoint {
  id: string;
  url: string;
  types: WebhookType[];
  /** Sealed (webhooks/secret.ts). */
  secret: Uint8Array;
  state: 'active' | 'paused';
  createdAt: number;
}

export interface WebhookMessage extends Place {
  /** One of a site's, rising. */
  number: number;
  endpoint: string;
  type: WebhookType;
  /** Whose messages come in order: the thumbprint; of a suppression the keyed hash of the address, and its place says nothing. */
  subject: string;
  createdAt: number;
  state: 'waiting' | 'delivered' | 'dead' | 'erased';
  attempts: number;
  dueAt: number;
  /** The last answer: a status, or what went wrong. */
  answer: string | null;
}

export interface WebhookStore {
  endpoints(site: Site): Promise<WebhookEndpoint[]>;
  addEndpoint(site: Site, endpoint: WebhookEndpoint): Promise<void>;
  /** False if there is none. */
  setEndpointState(site: Site, id: string, state: WebhookEndpoint['state']): Promise<boolean>;
  /** After a change of CANDOUR_SECRET. */
  resealEndpoint(site: Site, id: string, secret: Uint8Array): Promise<void>;
  /** With its messages. False if there is none. */
  removeEndpoint(site: Site, id: string): Promise<boolean>;
  /** Messages that are due, the oldest of each subject and endpoint, lent to the caller until `until`. */
  claim(
    site: Site,
    endpoints: readonly string[],
    times: { now: number; until: number },
    limit: number,
  ): Promise<WebhookMessage[]>;
  settle(site: Site, message: Pick<WebhookMessage, 'number' | 'state' | 'attempts' | 'dueAt' | 'answer'>): Promise<void>;
  /** By rising number, behind `after`. */
  messages(site: Site, endpoint: string, after: number, limit: number): Promise<WebhookMessage[]>;
  /** The newest first. */
  latest(site: Site, endpoint: string, limit: number): Promise<WebhookMessage[]>;
  /** How many messages are kept of it, by state. */
  counts(site: Site, endpoint: string): Promise<WebhookCounts>;
  /** How many messages wait, of all endpoints. */
  waiting(site: Site): Promise<number>;
  /**
   * Lets messages be sent again: all that were made since then and have a greater number, or the dead ones only with what came behind
   * them of the same subject, so that a later one is again the last. Gives how many.
   */
  replay(site: Site, endpoint: string, what: { since: number; after?: number; deadOnly: boolean }, now: number): Promise<number>;
  /** Forgets what was delivered or erased before then, but for the last message of each endpoint: numbers go on from it. Gives how many. */
  prune(site: Site, before: number): Promise<number>;
}

const WITHDRAWING: readonly ConsentEvent['method'][] = ['withdraw', 'object', 'unsubscribe'];
const ROWS = 2000;
/** In the place of an epoch: what is told is no leaf but a statement about a contact, and its number stands for the index. */
export const STATED = -1;
/** In the place of an epoch: neither, but something that changes what may be sent to a contact; the index is its place among CHANGES. */
export const CHANGED = -2;
export const CHANGES = ['restricted', 'restriction_lifted', 'consent_erased'] as const;

const typeOf = ({ payload }: EventBody): WebhookType => {
  const { method } = JSON.parse(Buffer.from(payload).toString()) as ConsentEvent;
  return WITHDRAWING.includes(method) ? 'consent.withdrawn' : 'consent.decided';
};

interface Told extends Place {
  type: WebhookType;
  subject: Buffer;
}

/** What a site's transaction tells its endpoints. Nothing but one read where the site has none. */
export function webhookOutbox(trx: Kysely<Tables>, siteKey: number, now: () => number) {
  let known: Promise<{ id: string; types: string }[]> | null = null;
  const endpoints = () =>
    (known ??= trx.selectFrom('webhook_endpoint').select(['id', 'types']).where('site_key', '=', siteKey).execute());

  const lockHead = () =>
    trx
      .updateTable('head')
      .set((eb) => ({ size: eb.ref('size') }))
      .where('site_key', '=', siteKey)
      .execute();

  async function add(told: readonly Told[]): Promise<void> {
    const { last } = await trx
      .selectFrom('webhook_message')
      .where('site_key', '=', siteKey)
      .select((eb) => eb.fn.coalesce(eb.fn.max('number'), eb.lit(0)).as('last'))
      .executeTakeFirstOrThrow();
    const [at, wanted] = [now(), await endpoints()];
    const rows = told
      .flatMap((one) =>
        wanted.filter(({ types }) => (JSON.parse(types) as string[]).includes(one.type)).map(({ id }) => ({ one, id })),
      )
      .map(({ one: { type, subject, epoch, index }, id }, i) => ({
        site_key: siteKey,
        number: Number(last) + 1 + i,
        endpoint: id,
        type,
        subject,
        epoch,
        idx: index,
        created_at: at,
        state: 'waiting' as const,
        attempts: 0,
        due_at: at,
        answer: null,
      }));
    for (let i = 0; i < rows.length; i += ROWS)
      await trx
        .insertInto('webhook_message')
        .values(rows.slice(i, i + ROWS))
        .execute();
  }

  return {
    async events(bodies: readonly EventBody[]): Promise<void> {
      if ((await endpoints()).length === 0) return;
      await add(
        bodies.map((body) => ({ type: typeOf(body), subject: blobOf(body.subject), epoch: body.epoch, index: body.index })),
      );
    },
    /** Events that came with an address. `key`: its keyed hash. */
    async contacts(changes: readonly ({ key: string } & Place)[]): Promise<void> {
      await add(changes.map(({ key, epoch, index }) => ({ type: 'permission.changed', subject: blobOf(key), epoch, index })));
    },
    /** Whether anybody is told; if so the site's head row is held from then on: take it before any other row. */
    async locks(): Promise<boolean> {
      if ((await endpoints()).length === 0) return false;
      await lockHead();
      return true;
    },
    /** What an operator stated of contacts, by its number: it is in no log. */
    async statements(all: readonly { lookup: Uint8Array; number: number }[]): Promise<void> {
      await add(
        all.map(({ lookup, number }) => ({ type: 'permission.changed', subject: blob(lookup), epoch: STATED, index: number })),
      );
    },
    async changed(lookups: readonly Uint8Array[], change: (typeof CHANGES)[number]): Promise<void> {
      if (lookups.length === 0 || (await endpoints()).length === 0) return;
      await lockHead();
      const index = CHANGES.indexOf(change);
      await add(lookups.map((lookup) => ({ type: 'permission.changed', subject: blob(lookup), epoch: CHANGED, index })));
    },
    async contactErased(lookup: Uint8Array): Promise<void> {
      if ((await endpoints()).length === 0) return;
      await lockHead();
      await add([{ type: 'contact.erased', subject: blob(lookup), epoch: 0, index: 0 }]);
    },
    /** Where the transaction does not hold the site's head row, it takes it: numbers rise one after the other. */
    async suppression(lookup: Uint8Array): Promise<void> {
      if ((await endpoints()).length === 0) return;
      await lockHead();
      await add([{ type: 'suppression.added', subject: blob(lookup), epoch: 0, index: 0 }]);
    },
    /** Before the leaves are appended, as their bodies go with that. */
    async erasures(epoch: number, leaves: readonly StoredLeaf[]): Promise<void> {
      const isErasure = ({ leaf }: { leaf: Leaf }): boolean => leaf.kind === 'erasure';
      if (!leaves.some(isErasure) || (await endpoints()).length === 0) return;
      for (const { index, leaf } of leaves) {
        if (leaf.kind !== 'erasure') continue;
        const subjects = new Map<string, Buffer>();
        for (let at = 0; at < leaf.leaves.length; at += ROWS) {
          const rows = await trx
            .selectFrom('event_body as b')
            .innerJoin('subject as s', (join) =>
              join.onRef('s.site_key', '=', 'b.site_key').onRef('s.subject_key', '=', 'b.subject_key'),
            )
            .select('s.thumbprint')
            .distinct()
            .where('b.site_key', '=', siteKey)
            .where('b.epoch', '=', leaf.epoch ?? epoch)
            .where('b.idx', 'in', leaf.leaves.slice(at, at + ROWS))
            .execute();
          for (const { thumbprint } of rows) subjects.set(toBase64Url(thumbprint), blob(thumbprint));
        }
        await add([...subjects.values()].map((subject) => ({ type: 'events.erased', subject, epoch, index })));
      }
    },
  };
}

type Row = Tables['webhook_message'];
const messageOf = (row: Row): WebhookMessage => ({
  number: row.number,
  endpoint: row.endpoint,
  type: row.type as WebhookType,
  subject: toBase64Url(row.subject),
  epoch: row.epoch,
  index: row.idx,
  createdAt: row.created_at,
  state: row.state,
  attempts: row.attempts,
  dueAt: row.due_at,
  answer: row.answer,
});

export function webhookStore({ writer, reader }: { writer: Kysely<Tables>; reader: Kysely<Tables> }): WebhookStore {
  return {
    async endpoints(site) {
      const rows = await reader
        .selectFrom('webhook_endpoint')
        .selectAll()
        .where('site_key', '=', site.key)
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        url: row.url,
        types: JSON.parse(row.types) as WebhookType[],
        secret: row.secret,
        state: row.state,
        createdAt: row.created_at,
      }));
    },
    async addEndpoint(site, { id, url, types, secret, state, createdAt }) {
      await writer
        .insertInto('webhook_endpoint')
        .values({ site_key: site.key, id, url, types: JSON.stringify(types), secret: blob(secret), state, created_at: createdAt })
        .execute();
    },
    async setEndpointState(site, id, state) {
      const { numUpdatedRows } = await writer
        .updateTable('webhook_endpoint')
        .set({ state })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async resealEndpoint(site, id, secret) {
      await writer
        .updateTable('webhook_endpoint')
        .set({ secret: blob(secret) })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .execute();
    },
    removeEndpoint: (site, id) =>
      writer.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('webhook_endpoint')
          .where('site_key', '=', site.key)
          .where('id', '=', id)
          .executeTakeFirst();
        await trx.deleteFrom('webhook_message').where('site_key', '=', site.key).where('endpoint', '=', id).execute();
        return numDeletedRows === 1n;
      }),
    async claim(site, endpoints, { now, until }, limit) {
      if (endpoints.length === 0) return [];
      const due = await reader
        .selectFrom('webhook_message as m')
        .select('m.number')
        .where('m.site_key', '=', site.key)
        .where('m.state', '=', 'waiting')
        .where(isDue('m.due_at', now))
        .where('m.endpoint', 'in', [...endpoints])
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('webhook_message as earlier')
                .select('earlier.number')
                .where('earlier.site_key', '=', site.key)
                .whereRef('earlier.endpoint', '=', 'm.endpoint')
                .whereRef('earlier.subject', '=', 'm.subject')
                .whereRef('earlier.number', '<', 'm.number')
                .where('earlier.state', '=', 'waiting'),
            ),
          ),
        )
        .orderBy('m.number')
        .limit(limit)
        .execute();
      if (due.length === 0) return [];
      // Of two processes that found the same, the first to get here has it.
      const claimed = await writer
        .updateTable('webhook_message')
        .set({ due_at: until })
        .where('site_key', '=', site.key)
        .where(
          'number',
          'in',
          due.map(({ number }) => number),
        )
        .where('state', '=', 'waiting')
        .where(isDue('due_at', now))
        .returningAll()
        .execute();
      return claimed.map(messageOf).sort((a, b) => a.number - b.number);
    },
    async settle(site, { number, state, attempts, dueAt, answer }) {
      await writer
        .updateTable('webhook_message')
        .set({ state, attempts, due_at: dueAt, answer })
        .where('site_key', '=', site.key)
        .where('number', '=', number)
        .execute();
    },
    async messages(site, endpoint, after, limit) {
      const rows = await reader
        .selectFrom('webhook_message')
        .selectAll()
        .where('site_key', '=', site.key)
        .where('endpoint', '=', endpoint)
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit)
        .execute();
      return rows.map(messageOf);
    },
    async latest(site, endpoint, limit) {
      const rows = await reader
        .selectFrom('webhook_message')
        .selectAll()
        .where('site_key', '=', site.key)
        .where('endpoint', '=', endpoint)
        .orderBy('number', 'desc')
        .limit(limit)
        .execute();
      return rows.map(messageOf);
    },
    async counts(site, endpoint) {
      const rows = await reader
        .selectFrom('webhook_message')
        .select(['state', (eb) => eb.fn.countAll().as('messages')])
        .where('site_key', '=', site.key)
        .where('endpoint', '=', endpoint)
        .groupBy('state')
        .execute();
      const counts: WebhookCounts = { waiting: 0, delivered: 0, dead: 0, erased: 0 };
      for (const { state, messages } of rows) counts[state] = Number(messages);
      return counts;
    },
    async waiting(site) {
      const { count } = await reader
        .selectFrom('webhook_message')
        .where('site_key', '=', site.key)
        .where('state', '=', 'waiting')
        .select((eb) => eb.fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async replay(site, endpoint, { since, after = 0, deadOnly }, now) {
      const { numUpdatedRows } = await writer
        .updateTable('webhook_message')
        .set({ state: 'waiting', attempts: 0, due_at: now })
        .where('site_key', '=', site.key)
        .where('endpoint', '=', endpoint)
        .where('created_at', '>=', since)
        .where('number', '>', after)
        .where('state', 'in', ['dead', 'delivered'])
        .where((eb) =>
          deadOnly
            ? eb.exists(
                eb
                  .selectFrom('webhook_message as dead')
                  .select('dead.number')
                  .where('dead.site_key', '=', site.key)
                  .where('dead.endpoint', '=', endpoint)
                  .whereRef('dead.subject', '=', 'webhook_message.subject')
                  .whereRef('dead.number', '<=', 'webhook_message.number')
                  .where('dead.number', '>', after)
                  .where('dead.created_at', '>=', since)
                  .where('dead.state', '=', 'dead'),
              )
            : eb.lit(true),
        )
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async prune(site, before) {
      const { numDeletedRows } = await writer
        .deleteFrom('webhook_message')
        .where('site_key', '=', site.key)
        .where('state', 'in', ['delivered', 'erased'])
        .where('created_at', '<', before)
        .where('number', '<', (eb) =>
          eb
            .selectFrom('webhook_message as other')
            .select((of) => of.fn.max('other.number').as('last'))
            .where('other.site_key', '=', site.key)
            .whereRef('other.endpoint', '=', 'webhook_message.endpoint'),
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
