// What is read from the database, on any connection or inside any transaction of it.
import { type Kysely } from 'kysely';

import type { Credential, LoggedEvent, Site, StoreReading } from '../store.ts';
import { readNodes } from './nodes.ts';
import { blobOf, bodyOf, checkpointOf, documentOf, leafOf, siteOf, storedLeafOf, uuidBlob } from './rows.ts';
import type { Tables } from './schema.ts';

const credentialOf = (row: Tables['credential']): Credential => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  role: row.role,
  secretHash: row.secret_hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

export function storeReading(reader: Kysely<Tables>): StoreReading {
  const loggedEvents = (site: Site) =>
    reader
      .selectFrom('event_body as b')
      .innerJoin('subject as s', (join) =>
        join.onRef('s.site_key', '=', 'b.site_key').onRef('s.subject_key', '=', 'b.subject_key'),
      )
      .innerJoin('leaf as l', (join) =>
        join.onRef('l.site_key', '=', 'b.site_key').onRef('l.epoch', '=', 'b.epoch').onRef('l.idx', '=', 'b.idx'),
      )
      .where('b.site_key', '=', site.key)
      .select(['b.idx', 'b.epoch', 'b.id', 'b.seq', 'b.payload', 'b.signature', 's.thumbprint', 's.x', 's.y'])
      .select(['l.kind', 'l.event', 'l.received_at', 'l.skew', 'l.body']);
  type LoggedRow = Awaited<ReturnType<ReturnType<typeof loggedEvents>['execute']>>[number];
  const loggedOf = (row: LoggedRow): LoggedEvent => ({ ...bodyOf(row), epoch: row.epoch, leaf: leafOf(row) });
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
      const row = await reader
        .selectFrom('document as d')
        .innerJoin('site as s', 's.site_key', 'd.site_key')
        .selectAll('d')
        .select(['s.id', 's.name'])
        .where('d.hash', '=', hash)
        .where('d.kind', kinds === 'configuration' ? '=' : '<>', 'configuration')
        .orderBy('d.site_key')
        .executeTakeFirst();
      return row ? { ...documentOf(row), site: row.id, siteName: row.name } : null;
    },
    async presentation(hash) {
      const row = await reader.selectFrom('presentation').select('body').where('hash', '=', blobOf(hash)).executeTakeFirst();
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
      const query = checkpointsOf(site, epoch).orderBy('size', 'desc');
      const row = await (size === undefined ? query : query.where('size', '=', size)).executeTakeFirst();
      return row ? checkpointOf(row) : null;
    },
    async firstCheckpoint(site, epoch, index) {
      const row = await checkpointsOf(site, epoch).where('size', '>', index).orderBy('size').executeTakeFirst();
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
        .select(['b.idx', 'b.id', 'b.seq', 'b.payload', 'b.signature', 's.thumbprint', 's.x', 's.y'])
        .execute();
      const none = new Uint8Array();
      return rows.map((row) => bodyOf({ ...row, thumbprint: row.thumbprint ?? none, x: row.x ?? none, y: row.y ?? none }));
    },
    nodes: (site, epoch, ids) => readNodes(reader, site.key, epoch, ids),
    async event(site, subject, id) {
      const row = await loggedEvents(site)
        .where('s.thumbprint', '=', blobOf(subject))
        .where('b.id', '=', uuidBlob(id))
        .executeTakeFirst();
      return row ? loggedOf(row) : null;
    },
    async subjectEvents(site, subject) {
      const rows = await loggedEvents(site)
        .where('s.thumbprint', '=', blobOf(subject))
        .orderBy('b.seq')
        .orderBy('b.idx')
        .execute();
      return rows.map(loggedOf);
    },
    async events(site, before, limit) {
      const rows = await loggedEvents(site)
        .where('b.epoch', '=', (eb) => eb.selectFrom('head').select('epoch').where('site_key', '=', site.key))
        .where('b.idx', '<', before)
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
