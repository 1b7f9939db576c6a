// The environment, parsed once. A wrong value stops the start with one line: the variable, what it got, what it takes.
import { dirname, join, resolve } from 'node:path';

import { isoDay } from '../shared/notice/period.ts';
import type { PlaceHeaders } from './jurisdiction.ts';
import { OperatorError } from './operator-error.ts';
import { DEFAULTS, type SettingName } from './settings.ts';

export type DatabaseConfig =
  | { engine: 'sqlite'; file: string }
  | {
      engine: 'postgres';
      /** With its password: never to be printed. */
      url: string;
      /** Of the role that owns the tables, where the service's own role does not. */
      ownerUrl: string | null;
      /** Most connections of one process. */
      pool: number;
    };

/** The content of /.well-known/gpc.json. */
export interface GpcSupport {
  gpc: boolean;
  /** ISO day. */
  lastUpdate: string;
}

export interface Config {
  host: string;
  /** 0: any free one. */
  port: number;
  database: DatabaseConfig;
  /** Without a trailing slash; null: http://localhost:<port>. */
  publicUrl: string | null;
  logKeyFile: string;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Null where it is not required (demo, commands that need none). */
  secret: string | null;
  /** The one before, while it is being changed. */
  previousSecret: string | null;
  trustProxy: boolean;
  /** In which headers the trusted proxy says where a visitor is. */
  placeHeaders: PlaceHeaders;
  /** Requests a minute of one network to one site; null: as many as it likes. */
  rateLimit: number | null;
  gpc: GpcSupport | null;
  smtp: string | null;
  /** Hosts of webhooks that may have private addresses and need no TLS. */
  webhookHosts: string[];
  /** Webhooks about contacts hold the address. */
  webhookAddresses: boolean;
  /** Where suppressions and erasures are appended for a restore; null: nowhere. */
  keptList: string | null;
  /** Whether what is over is purged by itself, once a day. */
  retention: (typeof RETENTION)[number];
  demoPort: number;
  /** Where `npm run build` puts the widget and the dashboard. */
  distFolder: string;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
const RETENTION = ['off', 'daily'] as const;
const MIN_SECRET = 32;

/** Its message is the line to print. */
export class ConfigError extends OperatorError {
  override name = 'ConfigError';
}

const wrong = (name: SettingName, got: string, takes: string): ConfigError =>
  new ConfigError(`${name} is ${got}; it takes ${takes}`);
const quoted = (value: string): string => JSON.stringify(value.slice(0, 200));

/** What is set, or the setting's default. */
type Get = (name: SettingName) => string | undefined;

function port(name: SettingName, value = ''): number {
  const number = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= 65_535) return number;
  throw wrong(name, quoted(value), `a port from 1 to 65535`);
}

const POSTGRES = 'postgres://user:password@host:5432/database';

/** The address can hold a password: it is not repeated. */
function postgresUrl(name: SettingName, value: string): string {
  const url = URL.parse(value);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2 || url.hash !== '')
    throw wrong(name, 'no such address', POSTGRES);
  return value;
}

function database(get: Get): DatabaseConfig {
  const [value = '', owner, pool = ''] = [get('CANDOUR_DATABASE'), get('CANDOUR_DATABASE_OWNER'), get('CANDOUR_DATABASE_POOL')];
  if (/^postgres(ql)?:/.test(value)) {
    if (!/^\d{1,3}$/.test(pool) || Number(pool) < 2)
      throw wrong('CANDOUR_DATABASE_POOL', quoted(pool), 'a number of connections from 2 to 999');
    return {
      engine: 'postgres',
      url: postgresUrl('CANDOUR_DATABASE', value),
      ownerUrl: owner === undefined ? null : postgresUrl('CANDOUR_DATABASE_OWNER', owner),
      pool: Number(pool),
    };
  }
  const takes = `sqlite:<file>, for example sqlite:.data/candour.sqlite, or ${POSTGRES}`;
  const file = /^sqlite:(.+)$/.exec(value)?.[1];
  // An address of another kind can hold a password too.
  if (!file || file === ':memory:')
    throw wrong('CANDOUR_DATABASE', value.includes('@') ? 'no such address' : quoted(value), takes);
  if (owner !== undefined) throw wrong('CANDOUR_DATABASE_OWNER', 'set', 'nothing with SQLite, which has no roles');
  return { engine: 'sqlite', file: resolve(file) };
}

function publicUrl(value: string | undefined): string | null {
  if (value === undefined) return null;
  const url = URL.parse(value);
  const plain = url && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash && url.pathname === '/';
  if (!plain)
    throw wrong('CANDOUR_PUBLIC_URL', quoted(value), 'an http or https URL without a path, for example https://consent.example');
  return url.origin;
}

function oneOf<T extends string>(name: SettingName, value = '', values: readonly T[]): T {
  const found = values.find((candidate) => candidate === value);
  if (found === undefined) throw wrong(name, quoted(value), values.join(', '));
  return found;
}

function secret(
  value: string | undefined,
  required: boolean,
  name: 'CANDOUR_SECRET' | 'CANDOUR_SECRET_PREVIOUS' = 'CANDOUR_SECRET',
): string | null {
  const takes = `at least ${MIN_SECRET} characters that nobody can guess (openssl rand -base64 33)`;
  if (value === undefined && !required) return null;
  if (value === undefined) throw wrong(name, 'not set', takes);
  if (value.length < MIN_SECRET) throw wrong(name, `${value.length} characters long`, takes);
  return value;
}

function smtp(value: string | undefined): string | null {
  if (value === undefined) return null;
  const url = URL.parse(value);
  // It can hold a password: it is not repeated.
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname)
    throw wrong('CANDOUR_SMTP', 'no such address', 'smtp://host:port or smtps://user:password@host:port');
  return value;
}

/** A header that anyone could send would let visitors choose the rules. */
function placeHeaders(get: Get, isTrusted: boolean): PlaceHeaders {
  const [country, region] = (['CANDOUR_COUNTRY_HEADER', 'CANDOUR_REGION_HEADER'] as const).map((name) => {
    const value = get(name);
    if (value === undefined) return null;
    if (!/^[A-Za-z0-9-]{1,64}$/.test(value)) throw wrong(name, quoted(value), 'the name of a header, for example CF-IPCountry');
    if (!isTrusted) throw wrong(name, 'set', 'nothing without CANDOUR_TRUST_PROXY=true: anyone could send the header');
    return value;
  });
  if (region && !country) throw wrong('CANDOUR_REGION_HEADER', 'set', 'nothing without CANDOUR_COUNTRY_HEADER');
  return { country: country ?? null, region: region ?? null };
}

function rateLimit(value = ''): number | null {
  if (value === 'off') return null;
  if (/^[1-9]\d{0,6}$/.test(value)) return Number(value);
  throw wrong('CANDOUR_RATE_LIMIT', quoted(value), 'requests a minute of one network to one site, for example 1200, or off');
}

function gpc(value: string | undefined): GpcSupport | null {
  if (value === undefined) return null;
  const [, affirmed, lastUpdate = ''] = /^(true|false):(\d{4}-\d{2}-\d{2})$/.exec(value) ?? [];
  if (affirmed === undefined || isoDay(Date.parse(`${lastUpdate}T00:00:00Z`) || 0) !== lastUpdate)
    throw wrong('CANDOUR_GPC', quoted(value), 'true or false and the day since when, for example true:2026-11-22');
  return { gpc: affirmed === 'true', lastUpdate };
}

function webhookHosts(value = ''): string[] {
  const hosts = value
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter(Boolean);
  if (hosts.some((host) => !/^[a-z0-9.:-]{1,253}$/.test(host)))
    throw wrong('CANDOUR_WEBHOOK_HOSTS', quoted(value), 'host names or addresses with commas between them');
  return hosts;
}

/** PostgreSQL is often another machine's, and so are its backups: there the operator says where the file is. */
const keptList = (value: string | undefined, stored: DatabaseConfig): string | null =>
  value !== undefined ? resolve(value) : stored.engine === 'sqlite' ? join(dirname(stored.file), 'kept-list.jsonl') : null;

/** An empty variable counts as not set. `secretRequired`: false in the demo and for commands that need none. Throws ConfigError. */
export function parseConfig(environment: Record<string, string | undefined>, { secretRequired = true } = {}): Config {
  const get: Get = (name) => environment[name] || DEFAULTS.get(name);
  const stored = database(get);
  const trustProxy =
    oneOf('CANDOUR_TRUST_PROXY', get('CANDOUR_TRUST_PROXY'), ['true', 'false', '1', '0']).match(/true|1/) !== null;
  const folder = stored.engine === 'sqlite' ? dirname(stored.file) : '.data';
  return {
    host: get('CANDOUR_HOST') ?? '',
    port: port('CANDOUR_PORT', get('CANDOUR_PORT')),
    database: stored,
    publicUrl: publicUrl(get('CANDOUR_PUBLIC_URL')),
    logKeyFile: resolve(get('CANDOUR_LOG_KEY') ?? join(folder, 'log-key.pem')),
    logLevel: oneOf('CANDOUR_LOG_LEVEL', get('CANDOUR_LOG_LEVEL'), LOG_LEVELS),
    secret: secret(get('CANDOUR_SECRET'), secretRequired),
    previousSecret: secret(get('CANDOUR_SECRET_PREVIOUS'), false, 'CANDOUR_SECRET_PREVIOUS'),
    trustProxy,
    placeHeaders: placeHeaders(get, trustProxy),
    rateLimit: rateLimit(get('CANDOUR_RATE_LIMIT')),
    gpc: gpc(get('CANDOUR_GPC')),
    smtp: smtp(get('CANDOUR_SMTP')),
    webhookHosts: webhookHosts(get('CANDOUR_WEBHOOK_HOSTS')),
    webhookAddresses: oneOf('CANDOUR_WEBHOOK_ADDRESSES', get('CANDOUR_WEBHOOK_ADDRESSES'), ['off', 'on']) === 'on',
    keptList: keptList(get('CANDOUR_KEPT_LIST'), stored),
    retention: oneOf('CANDOUR_RETENTION', get('CANDOUR_RETENTION'), RETENTION),
    demoPort: port('CANDOUR_DEMO_PORT', get('CANDOUR_DEMO_PORT')),
    distFolder: resolve(import.meta.dirname, '../dist'),
  };
}

/** The URL that visitors' browsers reach the service under. */
export const publicUrlOf = (config: Pick<Config, 'publicUrl'>, listeningOn: number): string =>
  config.publicUrl ?? `http://localhost:${listeningOn}`;

/** Where a database is, fit to be printed: without a password. */
export function databaseWords(database: DatabaseConfig): string {
  if (database.engine === 'sqlite') return database.file;
  const url = new URL(database.url);
  if (url.password) url.password = '***';
  for (const name of url.searchParams.keys()) if (/password|secret|sslkey/i.test(name)) url.searchParams.set(name, '***');
  return url.href;
}
