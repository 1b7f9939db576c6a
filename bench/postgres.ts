// A PostgreSQL of the run's own: made in a temporary folder by the installed server programs with their default settings,
// listening on loopback only, gone when the run ends. Root starts it as the user `postgres`, as the server refuses root.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { familyTime } from './processor-time.ts';

export interface Postgres {
  /** Address of a database, which is made if it is not there. */
  database(name: string): string;
  /** One value that the server says of itself. */
  ask(sql: string, database?: string): string;
  /** Seconds, of all its processes. */
  processorTime(): number;
  stop(): void;
}

function programs(): string {
  const versions = '/usr/lib/postgresql';
  const found = [
    process.env['CANDOUR_PG_BIN'],
    ...(existsSync(versions)
      ? readdirSync(versions)
          .sort((a, b) => Number(b) - Number(a))
          .map((version) => join(versions, version, 'bin'))
      : []),
  ].find((folder) => folder !== undefined && existsSync(join(folder, 'initdb')));
  if (!found) throw new Error('PostgreSQL is not installed: apt-get install postgresql, or set CANDOUR_PG_BIN to its bin folder');
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

export async function startPostgres(): Promise<Postgres> {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), 'candour-bench-pg-'));
  const asRoot = process.getuid?.() === 0;
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  if (asRoot) chownSync(folder, idOf('-u'), idOf('-g'));
  const run = (program: string, args: string[]): string => {
    const command = [join(bin, program), ...args];
    const [file = '', ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    const { status, stdout, stderr } = spawnSync(file, rest, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
    return stdout.trim();
  };
  const data = join(folder, 'data');
  const port = await freePort();
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-instructions']);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
    run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start']);
  } catch (error) {
    remove();
    throw error;
  }
  const psql = (sql: string, database: string): string =>
    run('psql', ['-h', '127.0.0.1', '-p', `${port}`, '-U', 'postgres', '-d', database, '-v', 'ON_ERROR_STOP=1', '-Atqc', sql]);
  return {
    database(name) {
      if (psql(`SELECT count(*) FROM pg_database WHERE datname = '${name}'`, 'postgres') === '0')
        psql(`CREATE DATABASE ${name}`, 'postgres');
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    ask: (sql, database = 'postgres') => psql(sql, database),
    processorTime: () => familyTime(Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])),
    stop() {
      try {
        run('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop']);
      } finally {
        remove();
      }
    },
  };
}
