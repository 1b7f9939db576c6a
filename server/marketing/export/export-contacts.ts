// Whom one channel of one sender may write to now, as a file for a mail tool. The suppression list and all else that permits or forbids
// is asked for each page as it is read; who is left out is counted with the reason, and whoever says no, is erased or is restricted
// while the file is written is told at its end.
import { setImmediate as othersFirst } from 'node:timers/promises';

import { stringify } from 'csv-stringify/sync';

import type { PermissionAnswer } from '../../../shared/marketing/api.ts';
import { CHANNEL_FACTS } from '../../../shared/marketing/channel.ts';
import { covers, type Sending } from '../../../shared/marketing/suppression.ts';
import { OTHER_DELIMITERS } from '../../export/export-csv.ts';
import type { SiteContext } from '../../site-context.ts';
import type { StoredContact } from '../../store/contacts.ts';
import { openContact, vaultOf, type ContactAddress } from '../contacts.ts';
import { permissionsOf, type PermissionsDesk } from '../permissions.ts';

export const CONTACT_FORMATS = ['csv', 'jsonl', 'counts'] as const;
export type ContactFormat = (typeof CONTACT_FORMATS)[number];
export const CONTACT_MEDIA: Record<ContactFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
  counts: 'application/json',
};

export interface ContactsExported {
  channel: Sending['channel'];
  sender: string;
  permitted: number;
  /** Those who are permitted, by their reason. */
  reasons: Record<string, number>;
  /** By the answer's `why`; `hash_only`: of whom no address is kept. */
  leftOut: Record<string, number>;
  /** Contacts who said no, were erased or were restricted while the file was written: take them out before anything is sent. */
  stoppedMeanwhile: string[];
}

const PAGE = 500;
/** Behind the address, whose column is called by its kind: a list that comes back is read by the same name. */
const COLUMNS = ['language', 'contact', 'channel', 'sender', 'reason', 'since', 'proof'] as const;

/** A telephone number begins with + and is no formula; its quote would make it none. */
const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const neutral = (cell: string): string => (FORMULA.test(cell) && !/^\+\d{7,15}$/.test(cell) ? `'${cell}` : cell);
const csvRows = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((row) => row.map(neutral)),
    { record_delimiter: 'windows', quoted_match: OTHER_DELIMITERS },
  );

const proofId = ({ proof }: PermissionAnswer): string => {
  const id = (proof as { id?: unknown } | undefined)?.id;
  return typeof id === 'string' ? id : '';
};

interface Permitted {
  contact: ContactAddress;
  answer: PermissionAnswer;
}

const csvOf = (all: readonly Permitted[]): string =>
  csvRows(
    all.map(({ contact, answer }) => [
      contact.address,
      contact.language ?? '',
      contact.id,
      answer.channel,
      answer.sender,
      answer.reason ?? '',
      answer.since ?? '',
      proofId(answer),
    ]),
  );
const linesOf = (all: readonly Permitted[]): string =>
  all
    .map(({ contact: { id, address, language }, answer: { channel, sender, reason, since, proof } }) =>
      JSON.stringify({ contact: id, address, language, channel, sender, reason, since, proof: proof ?? null }),
    )
    .map((line) => `${line}\n`)
    .join('');

/** Telephone numbers stopped then (ms) or later, by whatever spelling: which ones an entry may have meant, only the numbers themselves tell. */
async function numbersStopped(desk: PermissionsDesk, context: SiteContext, sending: Sending, since: number): Promise<string[]> {
  const stopped: string[] = [];
  for (let id = ''; ;) {
    const page = await desk.store.contacts.after(context.site, id, PAGE);
    const numbers = page.filter(({ kind, sealed }) => kind === 'phone' && sealed !== null);
    const questions = numbers.map(({ id: contact }) => ({ ...sending, contact }));
    for (const { contact, why, since: at } of await permissionsOf(desk, context, questions))
      if ((why === 'ended' || why === 'suppressed') && Date.parse(at ?? '') >= since && contact !== null) stopped.push(contact);
    if (page.length < PAGE) return stopped;
    id = page.at(-1)?.id ?? id;
    await othersFirst();
  }
}

/** Contacts who were stopped behind that number of the list, and are not permitted any more. `since`: ms. */
async function stoppedSince(
  desk: PermissionsDesk,
  context: SiteContext,
  sending: Sending,
  { number, since }: { number: number; since: number },
): Promise<string[]> {
  const stopped: string[] = [];
  for (let at = number; ;) {
    const page = await desk.store.suppressions.after(context.site, at, PAGE);
    const keys = page.filter((entry) => covers(entry, sending)).map(({ key }) => key);
    if (keys.length > 0 && CHANNEL_FACTS[sending.channel].address === 'phone')
      return numbersStopped(desk, context, sending, since);
    const contacts = await desk.store.contacts.find(context.site, keys);
    const questions = contacts.map(({ id }) => ({ ...sending, contact: id }));
    for (const { contact, may } of await permissionsOf(desk, context, questions))
      if (!may && contact !== null) stopped.push(contact);
    at = page.at(-1)?.number ?? at;
    if (page.length < PAGE) return [...new Set(stopped)];
  }
}

const HOUR = 3_600_000;

/** Contacts erased then (ms) or later, and those of restricted subjects. */
async function outOfReach(
  { store }: PermissionsDesk,
  { site }: SiteContext,
  { channel }: Sending,
  since: number,
): Promise<string[]> {
  const gone = (await store.contacts.erasedSince(site, since)).map(({ id }) => id);
  for (const { subject } of await store.rights.restrictions(site))
    for (const { id, kind } of await store.contacts.ofSubject(site, subject))
      if (kind === CHANNEL_FACTS[channel].address) gone.push(id);
  return gone;
}

/** The file, piece by piece; `counts` tells only how many there are. Whoever asks writes it into the audit log before. */
export async function* exportContacts(
  desk: PermissionsDesk,
  context: SiteContext,
  sending: Sending,
  format: ContactFormat,
): AsyncGenerator<string, ContactsExported> {
  const vault = vaultOf(desk);
  const { site } = context;
  const done: ContactsExported = { ...sending, permitted: 0, reasons: {}, leftOut: {}, stoppedMeanwhile: [] };
  const count = (counts: Record<string, number>, why: string): void => void (counts[why] = (counts[why] ?? 0) + 1);
  const leave = (why: string): void => count(done.leftOut, why);
  const from = { number: await desk.store.suppressions.last(site), since: desk.now().getTime() };
  // An erasure bears the moment at which it was asked for, and may be done later.
  const erasedFrom = from.since - HOUR;
  const before = new Set(await outOfReach(desk, context, sending, erasedFrom));
  if (format === 'csv') yield csvRows([[CHANNEL_FACTS[sending.channel].address, ...COLUMNS]]);
  for (let id = ''; ;) {
    const page = await desk.store.contacts.after(site, id, PAGE);
    const reached: StoredContact[] = page.filter(({ kind }) => kind === CHANNEL_FACTS[sending.channel].address);
    const answers = await permissionsOf(
      desk,
      context,
      reached.map((contact) => ({ ...sending, contact: contact.id })),
    );
    const permitted: Permitted[] = [];
    for (const [i, stored] of reached.entries()) {
      const answer = answers[i];
      const contact = openContact(vault, site, stored);
      if (!answer?.may) leave(answer?.why ?? 'not_stated');
      else if (contact === null) leave('hash_only');
      else permitted.push({ contact, answer });
    }
    done.permitted += permitted.length;
    for (const { answer } of permitted) count(done.reasons, answer.reason ?? '');
    if (permitted.length > 0 && format !== 'counts') yield format === 'csv' ? csvOf(permitted) : linesOf(permitted);
    if (page.length < PAGE) break;
    id = page.at(-1)?.id ?? id;
    await othersFirst();
  }
  const stopped = new Set(await stoppedSince(desk, context, sending, from));
  for (const id of await outOfReach(desk, context, sending, erasedFrom)) if (!before.has(id)) stopped.add(id);
  done.stoppedMeanwhile = [...stopped];
  if (format === 'jsonl') yield `${JSON.stringify({ summary: done })}\n`;
  if (format === 'counts') yield `${JSON.stringify(done)}\n`;
  return done;
}
