// The rows of a site's write transaction on PostgreSQL: as few statements as there can be, each of them prepared once and of one
// text however many rows it brings (arrays), because what a commit costs here is the statements it consists of.
import { CompiledQuery, type Transaction } from 'kysely';

import type { BodyRow, FoundSubjects, HeadChange, LockedSite, NewRows, OpenSiteRows, SubjectRow } from '../site-rows.ts';
import type { Tables } from '../tables.ts';
import { executable, WITH_NEXT } from './connection.ts';

type Checkpoint = NonNullable<HeadChange['checkpoint']>;

/** The n-th of values of one length. */
function packed(parameter: string, bytes = 32): string {
  return `substring(${parameter}::bytea from ${bytes} * ("r"."n"::integer - 1) + 1 for ${bytes})`;
}

const lockHead = executable('candour_lock', 'integer', 'select 1 from "head" where "site_key" = $1 for update');
// One look-up for each (OFFSET and LIMIT keep it so): of many at once the planner, as long as it takes the tables for small, reads all
// that the site has.
const SUBJECT_COLUMNS = `"s"."subject_key", "s"."thumbprint", "s"."x", "s"."y",
      "b"."epoch", "b"."idx", "b"."id", "b"."seq", "b"."payload", "b"."signature", "l"."event"`;
const SUBJECTS = `from unnest($2::bytea[]) as "wanted" ("thumbprint")
    cross join lateral (select * from "subject" where "site_key" = $1 and "thumbprint" = "wanted"."thumbprint" limit 1) as "s"
    left join lateral (
      select * from "event_body" where "site_key" = $1 and "subject_key" = "s"."subject_key" offset 0) as "b" on true
    left join lateral (
      select "event" from "leaf" where "site_key" = $1 and "epoch" = "b"."epoch" and "idx" = "b"."idx" limit 1) as "l" on true`;
const FIND = `select ${SUBJECT_COLUMNS} ${SUBJECTS}`;
// A statement of its own: in the one that locks, it would be as old as the wait for the lock is long. One row is the site's and has a
// size, the others are those of the subjects.
const readLocked = executable(
  'candour_locked',
  'integer, bytea[]',
  `select "h"."size", "h"."root", "h"."epoch" as "headEpoch",
    (select "number" from "log_key" where "log_key"."site_key" = $1 and "state" = 'active') as "keyNumber",
    (select coalesce(max("subject_key"), 0) from "subject" where "subject"."site_key" = $1) as "highestSubject",
    exists (select 1 from "tombstone" where "tombstone"."site_key" = $1) as "hasTombstones",
    exists (select 1 from "webhook_endpoint" where "webhook_endpoint"."site_key" = $1) as "hasWebhooks",
    null::bigint as "subject_key", null::bytea as "thumbprint", null::bytea as "x", null::bytea as "y",
    null::integer as "epoch", null::bigint as "idx", null::bytea as "id", null::bigint as "seq", null::bytea as "payload",
    null::bytea as "signature", null::bytea as "event"
    from "head" as "h" where "h"."site_key" = $1
  union all
    select null, null, null, null, null, null, null, ${SUBJECT_COLUMNS} ${SUBJECTS}`,
);
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
const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
/** A literal of bytes that are ours. */
const literal = (bytes: Uint8Array): string => `'${hex(bytes)}'`;
const literals = (all: readonly Uint8Array[]): string => `'{${all.map((bytes) => `"\\${hex(bytes)}"`).join()}}'`;
const seal = executable(
  'candour_seal',
  'integer, integer, bigint, bytea, integer, bytea, bigint, bigint, bigint',
  `with "sealed" as (
      insert into "checkpoint" ("site_key", "epoch", "size", "root", "key_number", "signature") values ($1, $2, $3, $4, $5, $6))
    update "head" set "epoch" = $2, "size" = $3, "root" = $4, "events" = "events" + $7, "subjects" = "subjects" + $8,
      "latest_at" = coalesce($9, "latest_at")
    where "site_key" = $1`,
);
function sealOf(site: number, { events, subjects, latestAt, checkpoint }: HeadChange & { checkpoint: Checkpoint }): string {
  const { epoch, size, root, key_number, signature } = checkpoint;
  const head = [epoch, size, literal(root), key_number, literal(signature)];
  return `${WITH_NEXT} ${seal(site, ...head, events, subjects, latestAt ?? 'null')}`;
}
const ADD_TOTALS = `update "head" set "events" = "events" + $2, "subjects" = "subjects" + $3,
      "latest_at" = coalesce($4, "latest_at") where "site_key" = $1`;

const column = <Row, Name extends keyof Row>(rows: readonly Row[], name: Name): Row[Name][] => rows.map((row) => row[name]);

/** Arrays of numbers as PostgreSQL reads them: the driver would look at each for what it is, and quote it. */
const columns = <Row, Name extends keyof Row>(
  rows: readonly (Row & Record<Name, number | null>)[],
  names: readonly Name[],
): string[] => names.map((name) => `{${rows.map((row) => row[name] ?? 'null').join()}}`);
const NO_HASH = new Uint8Array(32);
const bytes = <Row, Name extends keyof Row>(rows: readonly (Row & Record<Name, Uint8Array | null>)[], name: Name): Buffer =>
  Buffer.concat(rows.map((row) => row[name] ?? NO_HASH));

function appended(site: number, { leaves, nodes, subjects, counts }: NewRows): unknown[] {
  const days = counts.map(({ day, counts: of }) => ({ day, ...of }));
  const purposes = counts.flatMap((change) => change.purposes);
  return [
    site,
    ...columns(subjects, ['subject_key']),
    ...[bytes(subjects, 'thumbprint'), bytes(subjects, 'x'), bytes(subjects, 'y')],
    ...columns(nodes, ['epoch', 'level', 'idx']),
    bytes(nodes, 'hash'),
    column(days, 'day'),
    ...columns(days, ['events', 'given', 'refused', 'withdrawn', 'objected']),
    ...[column(purposes, 'purpose'), column(purposes, 'state')],
    ...columns(purposes, ['change']),
    ...columns(leaves, ['epoch', 'idx', 'kind', 'received_at', 'skew']),
    column(leaves, 'body'),
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
    `{${starts.join()}}`,
    `{${bodies.map(({ payload }) => payload.length).join()}}`,
    ...[bytes(bodies, 'id'), bytes(bodies, 'payload'), bytes(bodies, 'signature')],
  ];
}

type FoundRow = SubjectRow & { [Name in keyof Omit<BodyRow, 'subject_key'>]: BodyRow[Name] | null };
type LockedRow = Omit<LockedSite, 'head'> & { size: number | null; root: Uint8Array; headEpoch: number };

function foundIn(rows: readonly FoundRow[]): FoundSubjects {
  const subjects = new Map(rows.map(({ subject_key, thumbprint, x, y }) => [subject_key, { subject_key, thumbprint, x, y }]));
  return { subjects: [...subjects.values()], bodies: rows.filter(({ idx }) => idx !== null) as (FoundRow & BodyRow)[] };
}

export const postgresSiteRows: OpenSiteRows = (trx: Transaction<Tables>, site) => {
  const run = async <Row>(sql: string, values: unknown[]): Promise<Row[]> =>
    (await trx.executeQuery<Row>(CompiledQuery.raw(sql, values))).rows;
  return {
    async lock(thumbprints) {
      await run(`${WITH_NEXT} ${lockHead(site)}`, []);
      const rows = await run<LockedRow & FoundRow>(readLocked(site, literals(thumbprints)), []);
      const row = rows.find(({ size }) => size !== null);
      if (!row) throw new Error('the site has no head row');
      const { size, root, headEpoch, keyNumber, highestSubject, hasTombstones, hasWebhooks } = row;
      const head = { epoch: headEpoch, size: size ?? 0, root };
      const found = foundIn(rows.filter((one) => one !== row));
      return { head, keyNumber, highestSubject, hasTombstones, hasWebhooks, found };
    },
    find: async (thumbprints) => foundIn(await run<FoundRow>(FIND, [site, thumbprints])),
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
