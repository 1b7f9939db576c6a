// The rows of a site's write transaction on PostgreSQL: as few statements as there can be, each of them prepared once and of one
// text however many rows it brings (arrays), because what a commit costs here is the statements it consists of.
import { CompiledQuery, type Transaction } from 'kysely';

import type { BodyRow, HeadChange, LockedSite, NewRows, OpenSiteRows, SubjectRow } from '../site-rows.ts';
import type { Tables } from '../tables.ts';
import { WITH_NEXT } from './connection.ts';

type Checkpoint = NonNullable<HeadChange['checkpoint']>;

/** The n-th of values of one length. */
function packed(parameter: string, bytes = 32): string {
  return `substring(${parameter}::bytea from ${bytes} * ("r"."n"::integer - 1) + 1 for ${bytes})`;
}

// The second is a statement of its own: in the first, it would be as old as the wait for the lock is long.
const lockOf = (site: number): string => `${WITH_NEXT} select 1 from "head" where "site_key" = ${site} for update`;
const siteOf = (site: number): string => `select "h"."epoch", "h"."size", "h"."root",
    (select "number" from "log_key" where "log_key"."site_key" = ${site} and "state" = 'active') as "keyNumber",
    (select coalesce(max("subject_key"), 0) from "subject" where "subject"."site_key" = ${site}) as "highestSubject",
    exists (select 1 from "tombstone" where "tombstone"."site_key" = ${site}) as "hasTombstones",
    exists (select 1 from "webhook_endpoint" where "webhook_endpoint"."site_key" = ${site}) as "hasWebhooks"
    from "head" as "h" where "h"."site_key" = ${site}`;
// One look-up for each (OFFSET and LIMIT keep it so): of many at once the planner, as long as it takes the tables for small, reads
// all that the site has.
const FIND = `select "s"."subject_key", "s"."thumbprint", "s"."x", "s"."y",
      "b"."epoch", "b"."idx", "b"."id", "b"."seq", "b"."payload", "b"."signature", "l"."event"
    from unnest($2::bytea[]) as "wanted" ("thumbprint")
    cross join lateral (select * from "subject" where "site_key" = $1 and "thumbprint" = "wanted"."thumbprint" limit 1) as "s"
    left join lateral (
      select * from "event_body" where "site_key" = $1 and "subject_key" = "s"."subject_key" offset 0) as "b" on true
    left join lateral (
      select "event" from "leaf" where "site_key" = $1 and "epoch" = "b"."epoch" and "idx" = "b"."idx" limit 1) as "l" on true`;
const presentIn = (table: 'tombstone' | 'presentation'): string => `select "wanted"."hash"
    from unnest($2::bytea[]) as "wanted" ("hash")
    cross join lateral (select 1 from "${table}" where "site_key" = $1 and "hash" = "wanted"."hash" limit 1) as "found"`;
const PRESENT = { tombstone: presentIn('tombstone'), presentation: presentIn('presentation') };
// The triggers that look from one of these tables into another run when all of it is done.
// Bytes come packed, one behind the other in one parameter: as arrays they would be written in hexadecimal here and read there.
const APPEND = `with "subjects" as (
      insert into "subject" ("site_key", "subject_key", "thumbprint", "x", "y")
      select $1::integer, "r"."subject_key", ${packed('$3')}, ${packed('$4')}, ${packed('$5')}
      from unnest($2::bigint[]) with ordinality as "r" ("subject_key", "n")),
    "nodes" as (
      insert into "node" ("site_key", "epoch", "level", "idx", "hash")
      select $1::integer, "r"."epoch", "r"."level", "r"."idx", ${packed('$9')}
      from unnest($6::integer[], $7::smallint[], $8::bigint[]) with ordinality as "r" ("epoch", "level", "idx", "n")),
    "days" as (
      insert into "day_count" as "d" ("site_key", "day", "events", "given", "refused", "withdrawn", "objected")
      select $1::integer, * from unnest($10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[])
      on conflict ("site_key", "day") do update set "events" = "d"."events" + excluded."events",
        "given" = "d"."given" + excluded."given", "refused" = "d"."refused" + excluded."refused",
        "withdrawn" = "d"."withdrawn" + excluded."withdrawn", "objected" = "d"."objected" + excluded."objected"),
    "purposes" as (
      insert into "purpose_count" as "p" ("site_key", "purpose", "state", "count")
      select $1::integer, * from unnest($16::text[], $17::text[], $18::bigint[])
      on conflict ("site_key", "purpose", "state") do update set "count" = "p"."count" + excluded."count"),
    "leaves" as (
      insert into "leaf" ("site_key", "epoch", "idx", "kind", "event", "received_at", "skew", "body", "hash")
    select $1::integer, "r"."epoch", "r"."idx", "r"."kind", case when "r"."kind" < 2 then ${packed('$25')} end,
      "r"."received_at", "r"."skew", "r"."body", ${packed('$26')}
    from unnest($19::integer[], $20::bigint[], $21::smallint[], $22::bigint[], $23::bigint[], $24::text[])
      with ordinality as "r" ("epoch", "idx", "kind", "received_at", "skew", "body", "n"))
    insert into "event_body" ("site_key", "epoch", "idx", "subject_key", "id", "seq", "payload", "signature")
    select $1::integer, "r"."epoch", "r"."idx", "r"."subject_key", ${packed('$33', 16)}, "r"."seq",
      substring($34::bytea from "r"."start" for "r"."length"), ${packed('$35', 64)}
    from unnest($27::integer[], $28::bigint[], $29::bigint[], $30::bigint[], $31::integer[], $32::integer[])
      with ordinality as "r" ("epoch", "idx", "subject_key", "seq", "start", "length", "n")`;
/** A literal of bytes that are ours. */
const literal = (bytes: Uint8Array): string => `'\\x${Buffer.from(bytes).toString('hex')}'::bytea`;
function sealOf(site: number, { events, subjects, latestAt, checkpoint }: HeadChange & { checkpoint: Checkpoint }): string {
  const { epoch, size, root, key_number, signature } = checkpoint;
  return `${WITH_NEXT} with "sealed" as (
      insert into "checkpoint" ("site_key", "epoch", "size", "root", "key_number", "signature")
      values (${site}, ${epoch}, ${size}, ${literal(root)}, ${key_number}, ${literal(signature)}))
    update "head" set "epoch" = ${epoch}, "size" = ${size}, "root" = ${literal(root)}, "events" = "events" + ${events},
      "subjects" = "subjects" + ${subjects}, "latest_at" = coalesce(${latestAt ?? 'null'}, "latest_at")
    where "site_key" = ${site}`;
}
const ADD_TOTALS = `update "head" set "events" = "events" + $2, "subjects" = "subjects" + $3,
      "latest_at" = coalesce($4, "latest_at") where "site_key" = $1`;

const column = <Row, Name extends keyof Row>(rows: readonly Row[], name: Name): Row[Name][] => rows.map((row) => row[name]);

const columns = <Row, Name extends keyof Row>(rows: readonly Row[], names: readonly Name[]): Row[Name][][] =>
  names.map((name) => column(rows, name));
const NO_HASH = new Uint8Array(32);
const bytes = <Row, Name extends keyof Row>(rows: readonly (Row & Record<Name, Uint8Array | null>)[], name: Name): Buffer =>
  Buffer.concat(rows.map((row) => row[name] ?? NO_HASH));

function appended(site: number, { leaves, nodes, subjects, counts }: NewRows): unknown[] {
  const days = counts.map(({ day, counts: of }) => ({ day, ...of }));
  const purposes = counts.flatMap((change) => change.purposes);
  return [
    site,
    column(subjects, 'subject_key'),
    ...[bytes(subjects, 'thumbprint'), bytes(subjects, 'x'), bytes(subjects, 'y')],
    ...columns(nodes, ['epoch', 'level', 'idx']),
    bytes(nodes, 'hash'),
    ...columns(days, ['day', 'events', 'given', 'refused', 'withdrawn', 'objected']),
    ...columns(purposes, ['purpose', 'state', 'change']),
    ...columns(leaves, ['epoch', 'idx', 'kind', 'received_at', 'skew', 'body']),
    ...[bytes(leaves, 'event'), bytes(leaves, 'hash')],
  ];
}

function bodiesOf({ bodies }: NewRows): unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { payload } of bodies) {
    starts.push(start);
    start += payload.length;
  }
  return [
    ...columns(bodies, ['epoch', 'idx', 'subject_key', 'seq']),
    starts,
    bodies.map(({ payload }) => payload.length),
    ...[bytes(bodies, 'id'), bytes(bodies, 'payload'), bytes(bodies, 'signature')],
  ];
}

type FoundRow = SubjectRow & { [Name in keyof Omit<BodyRow, 'subject_key'>]: BodyRow[Name] | null };

export const postgresSiteRows: OpenSiteRows = (trx: Transaction<Tables>, site) => {
  const run = async <Row>(sql: string, values: unknown[]): Promise<Row[]> =>
    (await trx.executeQuery<Row>(CompiledQuery.raw(sql, values))).rows;
  return {
    async lock() {
      await run(lockOf(site), []);
      const [row] = await run<Omit<LockedSite, 'head'> & LockedSite['head']>(siteOf(site), []);
      if (!row) throw new Error('the site has no head row');
      const { epoch, size, root, ...about } = row;
      return { head: { epoch, size, root }, ...about };
    },
    async find(thumbprints) {
      const rows = await run<FoundRow>(FIND, [site, thumbprints]);
      const subjects = new Map(rows.map(({ subject_key, thumbprint, x, y }) => [subject_key, { subject_key, thumbprint, x, y }]));
      return { subjects: [...subjects.values()], bodies: rows.filter(({ idx }) => idx !== null) as (FoundRow & BodyRow)[] };
    },
    async present(table, hashes) {
      return (await run<{ hash: Uint8Array }>(PRESENT[table], [site, hashes])).map(({ hash }) => hash);
    },
    async append(rows) {
      await run(APPEND, [...appended(site, rows), ...bodiesOf(rows)]);
    },
    async changeHead(change) {
      const { events, subjects, latestAt, checkpoint } = change;
      if (checkpoint) await run(sealOf(site, { ...change, checkpoint }), []);
      else await run(ADD_TOTALS, [site, events, subjects, latestAt]);
    },
  };
};
