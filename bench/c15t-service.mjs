// The peer: c15t's backend as its own quickstart and its guides "Database Setup" and "Framework Integration" mount it (Kysely on
// node-postgres or SQLite, a Hono app), with the adapter's arguments as its type declarations have them. Its database is DATABASE_URL, its
// port is the system's choice and goes to the parent process. Plain JavaScript: its types are not part of the project.
import { serve } from '@hono/node-server';
import { c15tInstance } from '@c15t/backend';
import { kyselyAdapter } from '@c15t/backend/db/adapters/kysely';
import { migrator } from '@c15t/backend/db/migrator';
import { DB } from '@c15t/backend/db/schema';
import { Hono } from 'hono';
import Database from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';

const url = process.env.DATABASE_URL;
const file = /^sqlite:(.*)/.exec(url)?.[1];
const dialect = file
  ? new SqliteDialect({ database: new Database(file) })
  : new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) });
const db = new Kysely({ dialect });
const adapter = kyselyAdapter({ db, provider: file ? 'sqlite' : 'postgresql' });
const migration = await migrator({ db: DB.client(adapter), schema: 'latest' });
if ('execute' in migration) await migration.execute();

const c15t = c15tInstance({
  appName: 'bench',
  basePath: '/api/c15t',
  trustedOrigins: (process.env.TRUSTED_ORIGIN ?? 'https://www.example.org').split(','),
  adapter,
});
const app = new Hono();
app.all('/api/c15t/*', (c) => c15t.handler(c.req.raw));
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }));
process.once('SIGTERM', () => server.close(() => void db.destroy().then(() => process.exit(0))));
