// A real PostgreSQL cluster in a folder of its own, on a free port, that can be killed and started again.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync } from 'node:fs';
import { appendFile, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import pg from 'pg';

import { programFolder } from '../../server/store/postgres/programs.ts';
import { freePort } from './free-port.ts';

/** The folder with PostgreSQL's programs. Throws with the command that brings it. */
export function postgresBin(): string {
  const folder = programFolder('initdb', 'postgres', 'pg_basebackup');
  if (folder) return folder;
  const named = process.env['CANDOUR_PG_BIN'];
  if (named) throw new Error(`CANDOUR_PG_BIN is ${named}, which has no initdb, postgres and pg_basebackup`);
  throw new Error(
    'PostgreSQL is missing. Debian: apt-get install -y postgresql; macOS: brew install postgresql. ' +
      'One in another place is named by CANDOUR_PG_BIN.',
  );
}

/** PostgreSQL refuses to run as root: there it runs as the user of Debian's package, elsewhere as who runs the tests. */
function account(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [id('-u'), id('-g')];
  if (!uid) throw new Error('PostgreSQL does not run as root, and this machine has no user postgres');
  return { uid, gid };
}

export interface Cluster {
  /** The server's own folder. */
  folder: string;
  port: number;
  /** The address of a database, as its superuser or another role. */
  url(database: string, role?: string): string;
  /** Makes an empty database, or a copy of one that nobody is connected to; gives its address. */
  createDatabase(name?: string, copyOf?: string): Promise<string>;
  /** Of the postmaster. */
  pid(): number;
  /** Runs statements as the superuser, each in a transaction of its own. */
  run(database: string, ...statements: string[]): Promise<void>;
  /** SIGKILL to the postmaster and all its processes: as near to a power cut as a program comes. */
  kill(): Promise<void>;
  /** SIGKILL to one process that serves a client of that application name; the others then end and start anew by themselves. */
  killBackend(application: string): Promise<void>;
  /** Lets go of everything at once, as `pg_ctl stop -m immediate`. */
  stopAtOnce(): Promise<void>;
  /** SIGSTOP and SIGCONT to all its processes: there, and silent. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Stops it in good order, if it runs. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and removes its folder. */
  destroy(): Promise<void>;
}

export interface ClusterOptions {
  /** Lines for postgresql.conf. */
  settings?: string[];
  /** Where to make its folder, other than /tmp: a file system that may be full. */
  parent?: string;
  /** Takes the data of a running cluster over and follows it. */
  standbyOf?: Cluster;
}

let databases = 0;

function execute(program: string, args: string[]): void {
  const ran = spawnSync(join(postgresBin(), program), args, {
    encoding: 'utf8',
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
    ...account(),
  });
  if (ran.status !== 0) throw new Error(`${program} failed: ${ran.error?.message ?? ran.stderr}`);
}

async function prepareFolder(port: number, { settings = [], standbyOf, parent = '/tmp' }: ClusterOptions): Promise<string> {
  // Unix sockets have names of at most 107 bytes, and the user postgres must get at it.
  const folder = await mkdtemp(join(parent, 'candour-pg-'));
  const owner = account();
  if (owner) await chown(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  if (standbyOf)
    execute('pg_basebackup', [
      '-D',
      data,
      '-R',
      '-c',
      'fast',
      '-X',
      'stream',
      '-h',
      '127.0.0.1',
      '-p',
      `${standbyOf.port}`,
      '-U',
      'postgres',
    ]);
  else
    execute('initdb', [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
      ...(parent === '/tmp' ? [] : ['--wal-segsize=1']),
    ]);
  const lines = [
    `port = ${port}`,
    "listen_addresses = '127.0.0.1'",
    `unix_socket_directories = '${folder}'`,
    'shared_buffers = 64MB',
    'max_connections = 60',
    'logging_collector = off',
    ...settings,
  ];
  await appendFile(join(data, 'postgresql.conf'), `\n${lines.join('\n')}\n`);
  return folder;
}

/** The processes of a postmaster, itself first. */
async function processesOf(postmaster: number): Promise<number[]> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(() => '');
  return [postmaster, ...children.trim().split(/\s+/).filter(Boolean).map(Number)];
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch {
    // It has gone already.
  }
};

/** Settings are PostgreSQL's own (fsync and synchronous_commit are on). Stop it with `destroy`. */
export async function startPostgres(options: ClusterOptions = {}): Promise<Cluster> {
  const bin = postgresBin();
  const port = await freePort();
  const folder = await prepareFolder(port, options);
  let running: ChildProcess | null = null;
  const url = (database: string, role = 'postgres'): string => `postgres://${role}@127.0.0.1:${port}/${database}`;

  async function answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: url('postgres'), connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      return false;
    }
  }

  async function start(): Promise<void> {
    if (running) return;
    const child = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data')], {
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C.UTF-8' },
      ...account(),
    });
    let said = '';
    child.stderr?.on('data', (part: Buffer) => (said = `${said}${part.toString()}`.slice(-20_000)));
    running = child;
    child.once('exit', () => {
      if (running === child) running = null;
    });
    for (let attempt = 0; attempt < 1200; attempt++) {
      if (running !== child) throw new Error(`PostgreSQL ended at its start: ${said}`);
      if (await answers()) return;
      await wait(50);
    }
    throw new Error(`PostgreSQL does not answer: ${said}`);
  }

  async function end(by: 'SIGINT' | 'SIGQUIT'): Promise<void> {
    const child = running;
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill(by);
    await gone;
  }
  /** Rolls back what is open, and ends in good order. */
  const stop = (): Promise<void> => end('SIGINT');

  const run: Cluster['run'] = async (database, ...statements) => {
    const client = new pg.Client({ connectionString: url(database) });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };

  const signalAll = async (name: NodeJS.Signals): Promise<void> => {
    if (running?.pid !== undefined) for (const pid of await processesOf(running.pid)) signal(pid, name);
  };

  try {
    await start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }

  return {
    folder,
    port,
    url,
    pid: () => running?.pid ?? 0,
    run,
    start,
    stop,
    async createDatabase(name = `candour_${++databases}`, copyOf = 'template1') {
      await run('postgres', `CREATE DATABASE ${name} TEMPLATE ${copyOf}`);
      return url(name);
    },
    async kill() {
      const child = running;
      if (child?.pid === undefined) return;
      const gone = once(child, 'exit');
      const pids = await processesOf(child.pid);
      for (const pid of pids) signal(pid, 'SIGKILL');
      await gone;
      // What it shared is the next start's to clean up; the processes must be gone before.
      for (let attempt = 0; attempt < 100 && pids.some((pid) => existsSync(`/proc/${pid}`)); attempt++) await wait(20);
    },
    async killBackend(application) {
      const client = new pg.Client({ connectionString: url('postgres') });
      // It is told to go as well, once the postmaster has seen.
      client.on('error', () => undefined);
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE application_name = $1 ORDER BY state = 'active' DESC LIMIT 1",
        [application],
      );
      const pid = rows[0]?.pid;
      if (pid === undefined) throw new Error(`no process serves ${application}`);
      signal(pid, 'SIGKILL');
      await client.end().catch(() => undefined);
    },
    stopAtOnce: () => end('SIGQUIT'),
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async destroy() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
