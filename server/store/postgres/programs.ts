// PostgreSQL's own programs, for backups: whoever operates a PostgreSQL has them, and relies on them.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { DatabaseUnavailableError } from '../unavailable.ts';

/** Debian, Red Hat, Homebrew on Apple's and Intel's processors, PostgreSQL's own packages. */
const USUAL_PLACES = ['/usr/lib/postgresql', '/usr', '/opt/homebrew/opt', '/usr/local/opt', '/usr/local', '/Library/PostgreSQL'];

const versionOf = (folder: string): number => Number(/(?:pgsql-|postgresql@|\/)(\d+)$/.exec(folder)?.[1] ?? 0);

const inside = (place: string): string[] => {
  try {
    return readdirSync(place)
      .filter((name) => /^(\d+|pgsql.*|postgresql.*)$/.test(name))
      .map((name) => join(place, name));
  } catch {
    return [];
  }
};

/** The folder that has all of these programs: CANDOUR_PG_BIN alone if it is set, else the newest version of the usual places, else the path. */
export function programFolder(...programs: string[]): string | null {
  const holds = (folder: string): boolean => programs.every((program) => existsSync(join(folder, program)));
  const named = process.env['CANDOUR_PG_BIN'];
  if (named) return holds(named) ? named : null;
  const usual = USUAL_PLACES.flatMap(inside).sort((a, b) => versionOf(b) - versionOf(a));
  const folders = [...usual.map((folder) => join(folder, 'bin')), ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.find(holds) ?? null;
}

/** Where to connect, for the environment of a program: what is secret stays out of its arguments, which everybody can read. */
function environment(url: string): Record<string, string> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const entries = {
    PGHOST: searchParams.get('host') ?? decodeURIComponent(hostname),
    PGPORT: port,
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGSSLMODE: searchParams.get('sslmode') ?? '',
    PGAPPNAME: 'candour',
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== ''));
}

/** Runs pg_dump or pg_restore on a database. Throws DatabaseUnavailableError with what it says. */
export async function runProgram(program: 'pg_dump' | 'pg_restore', url: string, args: readonly string[]): Promise<void> {
  const folder = programFolder(program);
  if (!folder)
    throw new DatabaseUnavailableError(
      `${program} is missing: it comes with PostgreSQL (Debian: apt-get install -y postgresql-client), and CANDOUR_PG_BIN names the folder it is in`,
    );
  const child = spawn(join(folder, program), args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '/', LC_ALL: 'C', ...environment(url) },
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said = `${said}${part.toString()}`.slice(-4000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new DatabaseUnavailableError(`${program} failed: ${said.trim().split('\n')[0] ?? `exit ${code}`}`);
}
