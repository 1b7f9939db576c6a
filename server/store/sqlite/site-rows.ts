// The rows of a site's write transaction on SQLite: statements prepared once, run one row at a time, which for SQLite is the fastest.
import type Database from 'better-sqlite3';

import type { BodyRow, FoundSubjects, LockedSite, OpenSiteRows, SubjectRow } from '../site-rows.ts';

const SQL = {
  // SQLite has one lock, and a statement that writes takes it: so does this one, as the transaction's first.
  lock: `update "head" set "size" = "size" where "site_key" = ? returning "epoch", "size", "root",
    (select "number" from "log_key" where "log_key"."site_key" = "head"."site_key" and "state" = 'active') as "keyNumber",
    (select coalesce(max("subject_key"), 0) from "subject" where "subject"."site_key" = "head"."site_key") as "highestSubject",
    exists (select 1 from "tombstone" where "tombstone"."site_key" = "head"."site_key") as "hasTombstones",
    exists (select 1 from "webhook_endpoint" where "webhook_endpoint"."site_key" = "head"."site_key") as "hasWebhooks"`,
  subject: `select "subject_key", "thumbprint", "x", "y" from "subject" where "site_key" = ? and "thumbprint" = ?`,
  // A join here would be planned anew at each run: a term that another table's column takes over is estimated from the value bound to it.
  bodies: `select "epoch", "idx", "subject_key", "id", "seq", "payload", "signature",
      (select "event" from "leaf" as "l"
        where "l"."site_key" = "b"."site_key" and "l"."epoch" = "b"."epoch" and "l"."idx" = "b"."idx") as "event"
    from "event_body" as "b" where "site_key" = ? and "subject_key" = ?`,
  tombstone: `select "hash" from "tombstone" where "site_key" = ? and "hash" = ?`,
  presentation: `select "hash" from "presentation" where "site_key" = ? and "hash" = ?`,
  addLeaf: `insert into "leaf" ("site_key", "epoch", "idx", "kind", "event", "received_at", "skew", "body", "hash")
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  addNode: `insert into "node" ("site_key", "epoch", "level", "idx", "hash") values (?, ?, ?, ?, ?)`,
  addSubject: `insert into "subject" ("site_key", "subject_key", "thumbprint", "x", "y") values (?, ?, ?, ?, ?)`,
  addBody: `insert into "event_body" ("site_key", "epoch", "idx", "subject_key", "id", "seq", "payload", "signature")
    values (?, ?, ?, ?, ?, ?, ?, ?)`,
  addDay: `insert into "day_count" ("site_key", "day", "events", "given", "refused", "withdrawn", "objected")
    values (?, ?, ?, ?, ?, ?, ?)
    on conflict ("site_key", "day") do update set "events" = "events" + excluded."events", "given" = "given" + excluded."given",
      "refused" = "refused" + excluded."refused", "withdrawn" = "withdrawn" + excluded."withdrawn",
      "objected" = "objected" + excluded."objected"`,
  addPurpose: `insert into "purpose_count" ("site_key", "purpose", "state", "count") values (?, ?, ?, ?)
    on conflict ("site_key", "purpose", "state") do update set "count" = "count" + excluded."count"`,
  addCheckpoint: `insert into "checkpoint" ("site_key", "epoch", "size", "root", "key_number", "signature")
    values (?, ?, ?, ?, ?, ?)`,
  setHead: `update "head" set "epoch" = ?, "size" = ?, "root" = ?, "events" = "events" + ?, "subjects" = "subjects" + ?,
    "latest_at" = coalesce(?, "latest_at") where "site_key" = ?`,
  setTotals: `update "head" set "events" = "events" + ?, "subjects" = "subjects" + ?, "latest_at" = coalesce(?, "latest_at")
    where "site_key" = ?`,
};

/** `onStatement` is told each statement, for tests. */
export function sqliteSiteRows(database: Database.Database, onStatement?: (sql: string) => void): OpenSiteRows {
  const prepare = (sql: string): Database.Statement => {
    const statement = database.prepare(sql);
    if (!onStatement) return statement;
    const told =
      (method: 'get' | 'all' | 'run') =>
      (...values: unknown[]) => {
        onStatement(sql);
        return statement[method](...values);
      };
    return { get: told('get'), all: told('all'), run: told('run') } as unknown as Database.Statement;
  };
  const statements = Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, prepare(sql)])) as Record<
    keyof typeof SQL,
    Database.Statement
  >;

  function find(site: number, thumbprints: readonly Uint8Array[]): FoundSubjects {
    const subjects = thumbprints
      .map((thumbprint) => statements.subject.get(site, thumbprint) as SubjectRow | undefined)
      .filter((row) => row !== undefined);
    const bodies = subjects.flatMap(({ subject_key }) => statements.bodies.all(site, subject_key) as BodyRow[]);
    return { subjects, bodies };
  }

  return (_trx, site) => ({
    async lock(thumbprints) {
      const row = statements.lock.get(site) as (LockedSite['head'] & Record<keyof Omit<LockedSite, 'head'>, number>) | undefined;
      if (!row) throw new Error('the site has no head row');
      const { epoch, size, root, keyNumber, highestSubject, hasTombstones, hasWebhooks } = row;
      const head = { epoch, size, root };
      const about = { keyNumber, highestSubject, hasTombstones: hasTombstones === 1, hasWebhooks: hasWebhooks === 1 };
      return { head, ...about, found: find(site, thumbprints) };
    },
    find: async (thumbprints) => find(site, thumbprints),
    async present(table, hashes) {
      return hashes.filter((hash) => statements[table].get(site, hash) !== undefined);
    },
    async append({ leaves, nodes, subjects, bodies, counts }) {
      for (const { epoch, idx, kind, event, received_at, skew, body, hash } of leaves)
        statements.addLeaf.run(site, epoch, idx, kind, event, received_at, skew, body, hash);
      for (const { epoch, level, idx, hash } of nodes) statements.addNode.run(site, epoch, level, idx, hash);
      for (const { subject_key, thumbprint, x, y } of subjects) statements.addSubject.run(site, subject_key, thumbprint, x, y);
      for (const { epoch, idx, subject_key, id, seq, payload, signature } of bodies)
        statements.addBody.run(site, epoch, idx, subject_key, id, seq, payload, signature);
      for (const { day, counts: of, purposes } of counts) {
        statements.addDay.run(site, day, of.events, of.given, of.refused, of.withdrawn, of.objected);
        for (const { purpose, state, change } of purposes) statements.addPurpose.run(site, purpose, state, change);
      }
    },
    async changeHead({ events, subjects, latestAt, checkpoint }) {
      if (!checkpoint) {
        statements.setTotals.run(events, subjects, latestAt, site);
        return;
      }
      const { epoch, size, root, key_number, signature } = checkpoint;
      statements.addCheckpoint.run(site, epoch, size, root, key_number, signature);
      statements.setHead.run(epoch, size, root, events, subjects, latestAt, site);
    },
  });
}
