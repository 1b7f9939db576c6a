// What reading the log needs in more than one place, on any connection: events with their subject and leaf, and which epochs there are.
import type { Kysely } from 'kysely';

import { bodyOf, leafOf } from './rows.ts';
import type { LoggedEvent, Site } from './store.ts';
import type { Tables } from './tables.ts';

/** Events that have a body, of one site, with their subject (`s`) and leaf (`l`). */
export const eventRows = (reader: Kysely<Tables>, site: Site) =>
  reader
    .selectFrom('event_body as b')
    .innerJoin('subject as s', (join) => join.onRef('s.site_key', '=', 'b.site_key').onRef('s.subject_key', '=', 'b.subject_key'))
    .innerJoin('leaf as l', (join) =>
      join.onRef('l.site_key', '=', 'b.site_key').onRef('l.epoch', '=', 'b.epoch').onRef('l.idx', '=', 'b.idx'),
    )
    .where('b.site_key', '=', site.key);

export const loggedEvents = (reader: Kysely<Tables>, site: Site) =>
  eventRows(reader, site)
    .select(['b.idx', 'b.epoch', 'b.id', 'b.seq', 'b.payload', 'b.signature', 's.thumbprint', 's.x', 's.y'])
    .select(['l.kind', 'l.event', 'l.received_at', 'l.skew', 'l.body']);
type LoggedRow = Awaited<ReturnType<ReturnType<typeof loggedEvents>['execute']>>[number];

export const loggedOf = (row: LoggedRow): LoggedEvent => ({ ...bodyOf(row), leaf: leafOf(row) });

export async function newestEpoch(reader: Kysely<Tables>, site: Site): Promise<number> {
  const query = reader.selectFrom('head').select('epoch').where('site_key', '=', site.key);
  return (await query.executeTakeFirstOrThrow()).epoch;
}

/** Each has a signed head: one look along their key an epoch. */
export async function epochBefore(reader: Kysely<Tables>, site: Site, epoch: number): Promise<number | null> {
  const row = await reader
    .selectFrom('checkpoint')
    .select('epoch')
    .where('site_key', '=', site.key)
    .where('epoch', '<', epoch)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.epoch ?? null;
}

/** The oldest first. */
export async function epochsOf(reader: Kysely<Tables>, site: Site): Promise<number[]> {
  const epochs: number[] = [];
  let epoch: number | null = await newestEpoch(reader, site);
  for (; epoch !== null; epoch = await epochBefore(reader, site, epoch)) epochs.unshift(epoch);
  return epochs;
}
