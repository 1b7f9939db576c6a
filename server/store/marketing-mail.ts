// The outbox of mails about messages. A mail is lent to one process, marked before it is handed over, and never handed over twice.
import type { Kysely, Selectable } from 'kysely';

import { toBase64Url } from '../../shared/bytes.ts';
import { isDue } from './due.ts';
import type { Engine } from './kysely-store.ts';
import { blob, blobOf } from './rows.ts';
import type { Site } from './store.ts';
import { ROWS_AT_ONCE } from './suppressions.ts';
import type { Tables } from './tables.ts';

interface AnyMail {
  id: string;
  /** base64url: keyed hash of the address. */
  key: string;
  /** BCP 47. */
  language: string;
  /** ms since 1970: when it was asked for, and until when its link works. */
  createdAt: number;
  until: number;
}
/** activity -> sender -> channel */
export type AskedChannels = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, 'given'>>>>>>;
export interface ConfirmationMail extends AnyMail {
  kind: 'confirmation';
  /** SHA-256 of the link's token. */
  token: Uint8Array;
  contact: string;
  /** Whose event it is: a thumbprint, or the name that attestations about the contact stand under. */
  subject: string;
  /** jwsHash of the event that is to be confirmed. */
  event: string;
  asked: AskedChannels;
}
export interface ChoicesMail extends AnyMail {
  kind: 'choices';
  wrapped: Uint8Array;
  /** The address, under that key. */
  sealed: Uint8Array;
}
export type MarketingMail = ConfirmationMail | ChoicesMail;
/** `attempts`: that failed. */
export type WaitingMail = MarketingMail & { attempts: number };
export type MailEnd = { state: 'sent' | 'failed' | 'bounced' | 'dropped' } | { state: 'due'; dueAt: number };

export type MailState = 'due' | 'sending' | 'handed' | 'sent' | 'failed' | 'bounced' | 'dropped';

export interface Bounce {
  /** base64url: keyed hash of the address. */
  key: string;
  at: number;
  /** RFC 3463, such as 5.1.1. */
  status: string;
}

export interface MarketingMailStore {
  /** Due at once. */
  add(site: Site, mail: MarketingMail): Promise<void>;
  /** Those that are due, the oldest first, lent to the caller until `until`; also those whose sending began and was never handed over. */
  claim(site: Site, what: { now: number; until: number; limit: number }): Promise<WaitingMail[]>;
  /** False: it was lent to somebody else meanwhile. What is handed is not sent again whatever becomes of it. */
  handed(site: Site, id: string, until: number): Promise<boolean>;
  ended(site: Site, id: string, end: MailEnd): Promise<void>;
  /** How many mails of that kind the address was sent, or may have been, of those asked for since then. */
  sentSince(site: Site, mail: Pick<MarketingMail, 'key' | 'kind'>, since: number): Promise<number>;
  /** What the token would confirm now. Null as for useMailToken. */
  byToken(site: Site, token: Uint8Array, now: number): Promise<ConfirmationMail | null>;
  /** How many wait. */
  waiting(site: Site): Promise<number>;
  /** Forgets mails whose links ended before then, and bounces of before. Gives how many mails. */
  purge(site: Site, before: number): Promise<number>;
  /** The newest counts. */
  bounce(site: Site, bounce: Bounce): Promise<void>;
  /** Of these addresses, in no order. */
  bouncesOf(site: Site, keys: readonly string[]): Promise<Bounce[]>;
  /** By id, of mails that are still remembered. */
  statesOf(site: Site, ids: readonly string[]): Promise<Map<string, MailState>>;
}

type Row = Selectable<Tables['marketing_mail']>;

function mailOf(row: Row): WaitingMail {
  const { id, language, attempts, until } = row;
  const any = { id, language, attempts, until, createdAt: row.created_at, key: toBase64Url(row.lookup) };
  if (row.kind === 'choices')
    return { ...any, kind: 'choices', wrapped: row.wrapped ?? new Uint8Array(), sealed: row.sealed ?? new Uint8Array() };
  return {
    ...any,
    kind: 'confirmation',
    token: row.token ?? new Uint8Array(),
    contact: row.contact ?? '',
    subject: toBase64Url(row.subject ?? new Uint8Array()),
    event: toBase64Url(row.event ?? new Uint8Array()),
    asked: JSON.parse(row.asked ?? '{}') as AskedChannels,
  };
}

/** Inside any transaction. One that is there already stays. */
export async function addMarketingMail(trx: Kysely<Tables>, siteKey: number, mail: MarketingMail): Promise<void> {
  const own =
    mail.kind === 'choices'
      ? { wrapped: blob(mail.wrapped), sealed: blob(mail.sealed) }
      : {
          token: blob(mail.token),
          contact: mail.contact,
          subject: blobOf(mail.subject),
          event: blobOf(mail.event),
          asked: JSON.stringify(mail.asked),
        };
  await trx
    .insertInto('marketing_mail')
    .values({
      site_key: siteKey,
      id: mail.id,
      kind: mail.kind,
      lookup: blobOf(mail.key),
      language: mail.language,
      state: 'due',
      attempts: 0,
      due_at: mail.createdAt,
      created_at: mail.createdAt,
      until: mail.until,
      ...own,
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/**
 * What mails to these addresses hold of anybody; those that wait are not sent. They still count as sent to the address. `subjects`: only
 * what was to confirm their words; not said: all of it, and the bounces too.
 */
export async function forgetMails(
  trx: Kysely<Tables>,
  siteKey: number,
  lookups: readonly Uint8Array[],
  subjects: readonly Uint8Array[] | null = null,
): Promise<void> {
  for (let at = 0; at < lookups.length; at += ROWS_AT_ONCE) {
    const part = lookups.slice(at, at + ROWS_AT_ONCE);
    const nothing = { token: null, contact: null, subject: null, event: null, asked: null, wrapped: null, sealed: null };
    let mails = trx
      .updateTable('marketing_mail')
      .set((eb) => ({
        ...nothing,
        state: eb
          .case()
          .when('state', 'in', ['due', 'sending'])
          .then('dropped' as const)
          .else(eb.ref('state'))
          .end(),
      }))
      .where('site_key', '=', siteKey)
      .where('lookup', 'in', part);
    if (subjects !== null) mails = mails.where('subject', 'in', subjects);
    await mails.execute();
    if (subjects === null)
      await trx.deleteFrom('marketing_bounce').where('site_key', '=', siteKey).where('lookup', 'in', part).execute();
  }
}

/** What the token confirms; it is used up by this. Null: it is unknown, used or out of date. */
export async function useMailToken(
  trx: Kysely<Tables>,
  siteKey: number,
  token: Uint8Array,
  now: number,
): Promise<ConfirmationMail | null> {
  const row = await trx
    .updateTable('marketing_mail')
    .set({ used_at: now })
    .where('site_key', '=', siteKey)
    .where('token', '=', blob(token))
    .where('used_at', 'is', null)
    .where('until', '>', now)
    .returningAll()
    .executeTakeFirst();
  const mail = row && mailOf(row);
  return mail?.kind === 'confirmation' ? mail : null;
}

export function marketingMailStore({ writer, reader }: Pick<Engine, 'writer' | 'reader'>): MarketingMailStore {
  return {
    add: (site, mail) => addMarketingMail(writer, site.key, mail),
    claim: (site, { now, until, limit }) =>
      writer.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('marketing_mail')
          .selectAll()
          .where('site_key', '=', site.key)
          .where('state', 'in', ['due', 'sending'])
          .where(isDue('due_at', now))
          .orderBy('due_at')
          .orderBy('id')
          .limit(limit)
          .execute();
        const claimed: WaitingMail[] = [];
        for (const row of rows) {
          const { numUpdatedRows } = await trx
            .updateTable('marketing_mail')
            .set({ state: 'sending', due_at: until })
            .where('site_key', '=', site.key)
            .where('id', '=', row.id)
            .where('state', '=', row.state)
            .where('due_at', '=', row.due_at)
            .executeTakeFirst();
          if (numUpdatedRows === 1n) claimed.push(mailOf(row));
        }
        return claimed;
      }),
    async handed(site, id, until) {
      const { numUpdatedRows } = await writer
        .updateTable('marketing_mail')
        .set({ state: 'handed' })
        .where('site_key', '=', site.key)
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .where('due_at', '=', until)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async ended(site, id, end) {
      const mail = writer.updateTable('marketing_mail').where('site_key', '=', site.key).where('id', '=', id);
      if (end.state === 'due')
        await mail.set((eb) => ({ state: 'due', due_at: end.dueAt, attempts: eb('attempts', '+', 1) })).execute();
      // What has ended needs the address no more.
      else await mail.set({ state: end.state, wrapped: null, sealed: null }).execute();
    },
    async sentSince(site, { key, kind }, since) {
      const { count } = await reader
        .selectFrom('marketing_mail')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('site_key', '=', site.key)
        .where('lookup', '=', blobOf(key))
        .where('kind', '=', kind)
        .where('created_at', '>=', since)
        .where('state', 'in', ['handed', 'sent'])
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async byToken(site, token, now) {
      const row = await reader
        .selectFrom('marketing_mail')
        .selectAll()
        .where('site_key', '=', site.key)
        .where('token', '=', blob(token))
        .where('used_at', 'is', null)
        .where('until', '>', now)
        .executeTakeFirst();
      const mail = row && mailOf(row);
      return mail?.kind === 'confirmation' ? mail : null;
    },
    async waiting(site) {
      const { count } = await reader
        .selectFrom('marketing_mail')
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('site_key', '=', site.key)
        .where('state', 'in', ['due', 'sending'])
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async purge(site, before) {
      const { numDeletedRows } = await writer
        .deleteFrom('marketing_mail')
        .where('site_key', '=', site.key)
        .where('until', '<', before)
        .executeTakeFirst();
      await writer.deleteFrom('marketing_bounce').where('site_key', '=', site.key).where('at', '<', before).execute();
      return Number(numDeletedRows);
    },
    async bounce(site, { key, at, status }) {
      await writer
        .insertInto('marketing_bounce')
        .values({ site_key: site.key, lookup: blobOf(key), at, status })
        .onConflict((oc) => oc.columns(['site_key', 'lookup']).doUpdateSet({ at, status }))
        .execute();
    },
    async bouncesOf(site, keys) {
      const found: Bounce[] = [];
      for (let at = 0; at < keys.length; at += ROWS_AT_ONCE) {
        const rows = await reader
          .selectFrom('marketing_bounce')
          .select(['lookup', 'at', 'status'])
          .where('site_key', '=', site.key)
          .where('lookup', 'in', keys.slice(at, at + ROWS_AT_ONCE).map(blobOf))
          .execute();
        found.push(...rows.map(({ lookup, ...rest }) => ({ key: toBase64Url(lookup), ...rest })));
      }
      return found;
    },
    async statesOf(site, ids) {
      const states = new Map<string, MailState>();
      for (let at = 0; at < ids.length; at += ROWS_AT_ONCE) {
        const rows = await reader
          .selectFrom('marketing_mail')
          .select(['id', 'state'])
          .where('site_key', '=', site.key)
          .where('id', 'in', ids.slice(at, at + ROWS_AT_ONCE))
          .execute();
        for (const { id, state } of rows) states.set(id, state as MailState);
      }
      return states;
    },
  };
}
