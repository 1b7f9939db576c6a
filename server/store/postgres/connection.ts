// Connections to PostgreSQL: their limits, the types they give, and what becomes of one that fails.
import { createHash } from 'node:crypto';

import pg from 'pg';

import { DatabaseUnavailableError } from '../unavailable.ts';

/** ms. The server gives up a statement before the client gives up its connection. */
const TIMEOUTS = {
  connectionTimeoutMillis: 5_000,
  lock_timeout: 8_000,
  statement_timeout: 10_000,
  query_timeout: 12_000,
  /** A process that is stopped in the middle of a commit must not keep the log's lock for ever. */
  idle_in_transaction_session_timeout: 15_000,
};
/** Statements kept prepared per connection; those with hundreds of values differ in length and would only fill memory. */
const MAX_PREPARED = 200;
const MAX_PREPARED_LENGTH = 3_000;

const BIGINT = 20;
const NUMERIC = 1700;
/** No number of ours comes near 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === BIGINT || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export interface Connecting {
  /** postgres://user:password@host:port/database */
  url: string;
  /** Most connections of this process. */
  pool: number;
  /** Other limits of time, in ms. */
  timeouts?: Partial<typeof TIMEOUTS>;
}

/**
 * What we ask is always a look into an index. A plan that was made while a table was small, or before the first ANALYZE, must not
 * read a log of millions from end to end; nor is any of it worth planning twice, or compiling.
 */
const PLANS = [
  ...['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'].map((method) => `enable_${method}=off`),
  'jit=off',
  'plan_cache_mode=force_generic_plan',
];

/** A commit that is not certain says so in a warning, which a database or a role can be set not to send. */
const WARNINGS = 'client_min_messages=warning';

/** The address may bring settings of its own: they come first, where pg would take them for all there are. */
function withSettings(url: string): pg.ClientConfig {
  const address = new URL(url);
  const own = address.searchParams.get('options');
  const options = [...(own === null ? [] : [own]), ...[...PLANS, WARNINGS].map((setting) => `-c ${setting}`)].join(' ');
  if (own === null) return { connectionString: url, options };
  address.searchParams.delete('options');
  return { connectionString: address.href, options };
}

const settings = (url: string): pg.ClientConfig => ({
  ...withSettings(url),
  application_name: 'candour',
  keepAlive: true,
  types,
  ...TIMEOUTS,
});

/** Host, port and database, without what is secret. */
export function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname || 'the local socket'}:${port || '5432'}${pathname}`;
}

/** For a command: without time limits on statements. Throws DatabaseUnavailableError. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ ...settings(url), lock_timeout: 0, statement_timeout: 0, query_timeout: 0 } as pg.ClientConfig);
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw new DatabaseUnavailableError(`CANDOUR_DATABASE: ${placeOf(url)} does not let us in: ${reason(error)}`, {
      cause: error,
    });
  }
  return client;
}

const reason = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'no answer';
};

interface Queryable {
  query(text: string, values: readonly unknown[]): Promise<unknown>;
  release(): void;
}

/** Any error but one that the server sent in good order leaves the connection's state unknown: it is closed, not used again. */
const breaks = (error: unknown): boolean => {
  const { severity, code } = error as { severity?: unknown; code?: unknown };
  return severity !== 'ERROR' || code === '0A000';
};

/** Begins a statement without parameters whose result nobody waits for: it goes with the next one, or fails with it. */
export const WITH_NEXT = '/* with the next */';
/** SQLSTATE of what is said to inform. */
const SUCCESS = '00000';
const NOTHING = { command: '', rowCount: 0, rows: [] };
const lastOf = (results: readonly pg.QueryResult[]): pg.QueryResult => results.at(-1) as pg.QueryResult;

const executables = new Map<string, string>();
/**
 * A statement that each connection prepares once under this name. Unlike one with parameters of the protocol it can go with others in
 * one message: what this gives makes the text that runs it, of literals.
 */
export function executable(name: string, types: string, sql: string): (...literals: (string | number)[]) => string {
  executables.set(name, `prepare ${name} (${types}) as ${sql}`);
  return (...literals) => `execute ${name} (${literals.join(', ')})`;
}
const EXECUTES = /^(?:\/\*.*?\*\/ )?execute (\w+)/;

const names = new Map<string, string>();
/** The name that a statement is prepared under, on every connection. */
function preparedName(text: string): string {
  const name = names.get(text) ?? createHash('sha1').update(text).digest('base64');
  // Texts of all lengths come: those of the write path are among the first.
  if (names.size < MAX_PREPARED) names.set(text, name);
  return name;
}

function leased(client: pg.PoolClient & { prepared?: Set<string>; executable?: Set<string> }): Queryable {
  const prepared = (client.prepared ??= new Set<string>());
  const known = (client.executable ??= new Set<string>());
  let broken: Error | null = null;
  const warnings: string[] = [];
  // By its code: the severity is a word of the server's language.
  const onNotice = ({ code, message }: { code?: string; message?: string }): void => {
    if (code !== SUCCESS) warnings.push(message ?? 'warning');
  };
  // Lost between two statements.
  const onError = (error: Error): void => void (broken = error);
  client.on('notice', onNotice).on('error', onError);
  const nameOf = (text: string, values: readonly unknown[]): string | undefined => {
    if (values.length === 0 || text.length > MAX_PREPARED_LENGTH) return undefined;
    const name = preparedName(text);
    if (!prepared.has(name) && prepared.size >= MAX_PREPARED) return undefined;
    prepared.add(name);
    return name;
  };

  /** What waits for the statement behind it, to go with it in one message: each message costs a turn of a busy event loop. */
  let held = '';

  async function send(text: string, values: readonly unknown[]): Promise<pg.QueryResult | pg.QueryResult[]> {
    if (broken) throw broken;
    const name = nameOf(text, values);
    warnings.length = 0;
    try {
      const result = await client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
      // "The transaction has already committed locally, but might not have been replicated": not what was asked for.
      if (text.endsWith('commit') && warnings.length > 0)
        throw new DatabaseUnavailableError(`the commit is not certain: ${warnings.join('; ')}`);
      return result;
    } catch (error) {
      if (breaks(error)) broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  async function prepare(text: string): Promise<void> {
    const name = EXECUTES.exec(text)?.[1] ?? '';
    const statement = executables.get(name);
    if (statement === undefined || known.has(name)) return;
    await send(statement, []);
    known.add(name);
  }

  return {
    async query(text, values) {
      if (values.length === 0) await prepare(text);
      if (text === 'rollback' && (broken || held.startsWith('begin'))) {
        // The transaction ended with its connection, or never began.
        held = '';
        return NOTHING;
      }
      if (text === 'begin' || text.startsWith(WITH_NEXT)) {
        held = held === '' ? text : `${held};${text}`;
        return NOTHING;
      }
      const before = text === 'rollback' ? '' : held;
      held = '';
      if (before === '' || values.length > 0) {
        if (before !== '') await send(before, []);
        const result = await send(text, values);
        return Array.isArray(result) ? lastOf(result) : result;
      }
      const result = await send(`${before};${text}`, []);
      return Array.isArray(result) ? lastOf(result) : result;
    },
    release() {
      client.off('notice', onNotice).off('error', onError);
      client.release(broken ?? undefined);
    },
  };
}

export interface ConnectionPool {
  connect(): Promise<Queryable>;
  end(): Promise<void>;
}

/** As Kysely's PostgreSQL dialect takes it. Connects when it is first asked to. */
export function connectionPool({ url, pool: max, timeouts }: Connecting): ConnectionPool {
  const pool = new pg.Pool({ ...settings(url), ...timeouts, max, idleTimeoutMillis: 60_000 });
  // A connection that breaks while nobody uses it: the pool has dropped it already.
  pool.on('error', () => undefined);
  // A lost connection that nobody listens to ends the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return { connect: async () => leased(await pool.connect()), end: () => pool.end() };
}
