// The rows of a site's write transaction on PostgreSQL: as few statements as there can be, each of them prepared once and of one
// text however many rows it brings (arrays), because what a commit costs here is the statements it consists of.
import { CompiledQuery, type Transaction } from 'kysely';

import type { BodyRow, LockedSite, NewRows, OpenSiteRows, SubjectRow } from '../site-rows.ts';
import type { Tables } from '../tables.ts';

/** The n-th of values of one length. */
function packed(parameter: string, bytes = 32): string {
  return `substring(${parameter}::bytea from ${bytes} * ("r"."n"::integer - 1) + 1 for ${bytes})`;
}

// The second is a statement of its own: in the first, it would be as old as the wait for the lock is long.
const LOCK = `select "epoch", "size", "root" from "head" where "site_key" = $1 for update`;
const ABOUT = `select
    (select "number" from "log_key" where "log_key"."site_key" = $1 and "state" = 'active') as "keyNumber",
    (select coalesce(max("subject_key"), 0) from "subject" where "subject"."site_key" = $1) as "highestSubject",
    exists (select 1 from "tombstone" where "tombstone"."site_key" = $1) as "hasTombstones",
    exists (select 1 from "webhook_endpoint" where "webhook_endpoint"."site_key" = $1) as "hasWebhooks"`;
const FIND = `select "s"."subject_key", "s"."thumbprint", "s"."x", "s"."y",
      "b"."epoch", "b"."idx", "b"."id", "b"."seq", "b"."payload", "b"."signature", "l"."event"
    from "subject" as "s"
    left join "event_body" as "b" on "b"."site_key" = "s"."site_key" and "b"."subject_key" = "s"."subject_key"
    left join "leaf" as "l" on "l"."site_key" = "b"."site_key" and "l"."epoch" = "b"."epoch" and "l"."idx" = "b"."idx"
    where "s"."site_key" = $1 and "s"."thumbprint" = any($2::bytea[])`;
const PRESENT = {
  tombstone: `select "hash" from "tombstone" where "site_key" = $1 and "hash" = any($2::bytea[])`,
  presentation: `select "hash" from "presentation" where "site_key" = $1 and "hash" = any($2::bytea[])`,
};
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
      on conflict ("site_key", "purpose", "state") do update set "count" = "p"."count" + excluded."count")
    insert into "leaf" ("site_key", "epoch", "idx", "kind", "event", "received_at", "skew", "body", "hash")
    select $1::integer, "r"."epoch", "r"."idx", "r"."kind", case when "r"."kind" < 2 then ${packed('$25')} end,
      "r"."received_at", "r"."skew", "r"."body", ${packed('$26')}
    from unnest($19::integer[], $20::bigint[], $21::smallint[], $22::bigint[], $23::bigint[], $24::text[])
      with ordinality as "r" ("epoch", "idx", "kind", "received_at", "skew", "body", "n")`;
// After the leaves: a trigger looks for the leaf of each.
const ADD_BODIES = `insert into "event_body" ("site_key", "epoch", "idx", "subject_key", "id", "seq", "payload", "signature")
    select $1::integer, "r"."epoch", "r"."idx", "r"."subject_key", ${packed('$8', 16)}, "r"."seq",
      substring($9::bytea from "r"."start" for "r"."length"), ${packed('$10', 64)}
    from unnest($2::integer[], $3::bigint[], $4::bigint[], $5::bigint[], $6::integer[], $7::integer[])
      with ordinality as "r" ("epoch", "idx", "subject_key", "seq", "start", "length", "n")`;
const SEAL = `with "sealed" as (
      insert into "checkpoint" ("site_key", "epoch", "size", "root", "key_number", "signature")
      values ($1, $2, $3, $4, $5, $6))
    update "head" set "epoch" = $2, "size" = $3, "root" = $4, "events" = "events" + $7, "subjects" = "subjects" + $8,
      "latest_at" = coalesce($9, "latest_at") where "site_key" = $1`;
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

function bodiesOf(site: number, { bodies }: NewRows): unknown[] {
  const starts: number[] = [];
  let start = 1;
  for (const { payload } of bodies) {
    starts.push(start);
    start += payload.length;
  }
  return [
    site,
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
      const [head] = await run<LockedSite['head']>(LOCK, [site]);
      if (!head) throw new Error('the site has no head row');
      const [about] = await run<Omit<LockedSite, 'head'>>(ABOUT, [site]);
      return { head, ...(about as Omit<LockedSite, 'head'>) };
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
      await run(APPEND, appended(site, rows));
      if (rows.bodies.length > 0) await run(ADD_BODIES, bodiesOf(site, rows));
    },
    async changeHead({ events, subjects, latestAt, checkpoint }) {
      if (!checkpoint) {
        await run(ADD_TOTALS, [site, events, subjects, latestAt]);
        return;
      }
      const { epoch, size, root, key_number, signature } = checkpoint;
      await run(SEAL, [site, epoch, size, root, key_number, signature, events, subjects, latestAt]);
    },
  };
};
