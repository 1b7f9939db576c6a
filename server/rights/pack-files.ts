// Packs as one zip: JSON for programs, CSV for tables, a page to read and print.
import { strToU8, zipSync } from 'fflate';
import { stringify } from 'csv-stringify/sync';

import { OTHER_DELIMITERS } from '../export/export-csv.ts';
import { accessPackPage, portabilityPackPage } from '../pages/rights-pack-page.ts';
import type { AccessPack } from './access-pack.ts';
import type { PortabilityPack } from './portability-pack.ts';

export interface PackFile {
  /** Of the zip. */
  name: string;
  zip: Uint8Array;
}

type Row = Record<string, string | number | null>;

/** RFC 4180 in UTF-8; a cell that a spreadsheet would take for a formula is made text (R60). */
const csv = (columns: string[], rows: readonly Row[]): string =>
  stringify([...rows], {
    header: true,
    columns,
    record_delimiter: '\r\n',
    escape_formulas: true,
    quoted_match: OTHER_DELIMITERS,
    bom: true,
  });

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const zipped = (files: Record<string, string>, at: string): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), { mtime: at });

const EVENT_COLUMNS = ['id', 'number', 'at', 'received_at', 'how', 'by_whom', 'global_privacy_control', 'origin', 'leaf'];
const CHOICE_COLUMNS = ['event', 'at', 'purpose', 'state'];
const REQUEST_COLUMNS = ['id', 'kind', 'state', 'received_at', 'closed_at', 'answer_due', 'email', 'message'];
const ADDRESS_COLUMNS = ['kind', 'address', 'kept_since', 'channel', 'sender', 'may_be_written_to', 'why', 'since'];
const PROCESSING_COLUMNS = [
  'notice',
  'activity',
  'purposes',
  'data',
  'lawful_bases',
  'recipients',
  'retention',
  'source',
  'transfers_and_safeguards',
  'automated_decisions',
  'rights',
];

export function accessPackZip(pack: AccessPack): PackFile {
  const { events, requests, contacts, addresses } = pack.data;
  const files = {
    'access.json': json(pack),
    'access.html': accessPackPage(pack),
    'events.csv': csv(
      EVENT_COLUMNS,
      events.map(({ event, receivedAt, index }) => ({
        id: event.id,
        number: event.seq,
        at: event.at,
        received_at: receivedAt,
        how: event.method,
        by_whom: event.actor,
        global_privacy_control: event.gpc ? 'on' : 'off',
        origin: event.origin,
        leaf: index,
      })),
    ),
    'choices.csv': csv(
      CHOICE_COLUMNS,
      events.flatMap(({ event }) =>
        Object.entries(event.purposes).map(([purpose, state]) => ({ event: event.id, at: event.at, purpose, state })),
      ),
    ),
    'requests.csv': csv(
      REQUEST_COLUMNS,
      requests.map((request) => ({
        id: request.id,
        kind: request.kind,
        state: request.state,
        received_at: request.receivedAt,
        closed_at: request.closedAt,
        answer_due: request.clock.answer?.day ?? null,
        email: request.contact?.email ?? null,
        message: request.contact?.message ?? null,
      })),
    ),
    'addresses.csv': csv(ADDRESS_COLUMNS, [
      ...contacts.flatMap(({ kind, address, createdAt, permissions }) =>
        permissions.map(({ channel, sender, may, reason, why, since }) => ({
          kind,
          address: address ?? 'kept as a keyed hash only',
          kept_since: createdAt,
          channel,
          sender,
          may_be_written_to: may ? 'yes' : 'no',
          why: (may ? reason : why) ?? null,
          since,
        })),
      ),
      ...addresses.map(({ kind, address }) => ({ kind, address })),
    ]),
    'processing.csv': csv(
      PROCESSING_COLUMNS,
      pack.processing.map((one) => ({
        notice: one.notice.title,
        activity: one.title,
        purposes: one.purposes.join('; '),
        data: one.dataCategories.join('; '),
        lawful_bases: one.lawfulBases.map(({ basis, article }) => `${basis} (${article})`).join('; ') || 'not stated',
        recipients: one.recipients.join('; '),
        retention: one.retention.join('; '),
        source: one.source,
        transfers_and_safeguards: one.transfers.map(({ to, safeguard }) => `${to}: ${safeguard}`).join('; ') || 'none stated',
        automated_decisions: one.automatedDecisions,
        rights: one.rights.join('; '),
      })),
    ),
  };
  return { name: `${pack.site.id}-access.zip`, zip: zipped(files, pack.madeAt) };
}

export function portabilityPackZip(pack: PortabilityPack): PackFile {
  const files = {
    'portability.json': json(pack),
    'choices.csv': csv(CHOICE_COLUMNS, pack.choices),
    'portability.html': portabilityPackPage(pack),
  };
  return { name: `${pack.site.id}-portability.zip`, zip: zipped(files, pack.madeAt) };
}
