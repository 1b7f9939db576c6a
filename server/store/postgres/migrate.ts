// Brings a PostgreSQL database up to date, as the role that owns its tables, and says what the service's own role may do.
import pg from 'pg';

import { DatabaseVersionError, MIGRATIONS, missingMigrations, tableRules } from '../migrations/migrations.ts';
import type { Migration, TableRules } from '../migrations/migration.ts';
import { connect } from './connection.ts';

/** Any number that no other program locks by. */
const LOCK = 0x63616e64;
const quoted = pg.escapeIdentifier;

export async function migrationsOf(client: Pick<pg.Client, 'query'>): Promise<number[]> {
  const { rows: there } = await client.query<{ there: boolean }>("SELECT to_regclass('migration') IS NOT NULL AS there");
  if (!there[0]?.there) return [];
  const { rows } = await client.query<{ version: number }>('SELECT version FROM migration ORDER BY version');
  return rows.map(({ version }) => version);
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    // Two processes that start at once: the second waits, and finds nothing left to do.
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** False for the service's own role, where another owns the tables. */
async function mayMakeTables(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS may",
  );
  return rows[0]?.may === true;
}

/** The functions that triggers run keep this search path: our schema, and never a temporary table of somebody's. */
const fixSearchPath = (client: pg.Client) =>
  client.query(
    "SELECT set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true) WHERE current_schema() IS NOT NULL",
  );

/** Runs what is missing, each migration in its own transaction. Gives what ran. `url`: the owner's. */
export async function migratePostgres(
  url: string,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly Migration[]> {
  const client = await connect(url);
  try {
    // The usual case writes nothing: a role that may not, and a standby that cannot, get by.
    const [first] = missingMigrations(await migrationsOf(client), migrations);
    if (!first) return [];
    if (!(await mayMakeTables(client)))
      throw new DatabaseVersionError(
        `the database lacks migration ${first.version} (${first.name}), and this role may not make tables: run candour migrate with CANDOUR_DATABASE_OWNER, the role that owns them`,
      );
    const ran: Migration[] = [];
    await inTransaction(client, () =>
      client.query('CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, name text NOT NULL, at bigint NOT NULL)'),
    );
    for (const migration of missingMigrations(await migrationsOf(client), migrations))
      await inTransaction(client, async () => {
        if ((await migrationsOf(client)).includes(migration.version)) return;
        await fixSearchPath(client);
        await client.query(migration.postgres);
        await client.query('INSERT INTO migration VALUES ($1, $2, $3)', [migration.version, migration.name, now]);
        ran.push(migration);
      });
    return ran;
  } finally {
    await client.end();
  }
}

function grantsOf(table: string, { changes }: TableRules, role: string): string[] {
  const name = quoted(table);
  const statements = [`REVOKE ALL ON ${name} FROM ${role}`, `GRANT SELECT, INSERT ON ${name} TO ${role}`];
  if (changes === 'all') statements.push(`GRANT UPDATE, DELETE ON ${name} TO ${role}`);
  else if (changes !== 'none') statements.push(`GRANT UPDATE (${changes.map(quoted).join(', ')}) ON ${name} TO ${role}`);
  return statements;
}

/** Lets the service's role read and append, and change only what may change. `ownerUrl`: the owner's; idempotent. */
export async function grantService(ownerUrl: string, serviceRole: string): Promise<void> {
  const client = await connect(ownerUrl);
  try {
    const { rows } = await client.query<{ schema: string; owner: string }>(
      'SELECT current_schema() AS schema, current_user AS owner',
    );
    const [{ schema, owner }] = rows as [{ schema: string; owner: string }];
    if (owner === serviceRole) return;
    const role = quoted(serviceRole);
    // pg_dump reads where the numbers of sites stand: the service's role can make a backup.
    const { rows: sequences } = await client.query<{ name: string }>(
      "SELECT oid::regclass::text AS name FROM pg_class WHERE oid = pg_get_serial_sequence('site', 'site_key')::regclass",
    );
    const statements = [
      `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${role}`,
      `REVOKE CREATE ON SCHEMA ${quoted(schema)} FROM ${role}`,
      'REVOKE ALL ON migration FROM ' + role,
      `GRANT SELECT ON migration TO ${role}`,
      ...sequences.map(({ name }) => `GRANT SELECT ON SEQUENCE ${name} TO ${role}`),
      ...[...tableRules()].flatMap(([table, rules]) => grantsOf(table, rules, role)),
    ];
    await inTransaction(client, () => client.query(statements.join(';\n')));
  } finally {
    await client.end();
  }
}
