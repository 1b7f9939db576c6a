// Candour as an operator runs it: `candour site create`, `candour serve`, and the one tag that the command prints. The configuration is
// that of a demonstration site without its marketing form.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Contestant } from './contestant.ts';

const ROOT = join(import.meta.dirname, '../..');
const DEMO = join(import.meta.dirname, '../../demo');
const SITE = 'bench';

export interface ServedCandour {
  contestant: Contestant;
  stop(): Promise<void>;
}

function listening(child: ChildProcess): Promise<void> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('"msg":"listening"')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`candour ended with ${code}: ${text}`)));
    child.once('error', reject);
  });
}

/**
 * `origin`: of the page. `port`: the service's. `folder`: for the database and the log key. `root`: of another, built checkout. `own`:
 * the page's own host passes the service's paths on to it.
 */
export async function candour(
  origin: string,
  port: number,
  folder: string,
  { id = 'candour', name = 'Candour', root = ROOT, own = false } = {},
): Promise<ServedCandour> {
  const service = own ? origin : `http://consent.localhost:${port}`;
  const command = join(root, 'server/cli/candour.mjs');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    CANDOUR_PORT: `${port}`,
    CANDOUR_PUBLIC_URL: service,
    CANDOUR_DATABASE: `sqlite:${join(folder, `${id}.sqlite`)}`,
    CANDOUR_LOG_KEY: join(folder, `${id}-log-key.pem`),
    CANDOUR_SECRET: 'only for the bench, and long enough to be taken',
    CANDOUR_LOG_LEVEL: 'info',
  };
  const configuration = JSON.parse(readFileSync(join(DEMO, 'configurations/cpoms.configuration.json'), 'utf8')) as object;
  const file = join(folder, 'configuration.json');
  writeFileSync(file, JSON.stringify({ ...configuration, marketing: [] }));
  const notice = join(DEMO, 'notices/cpoms.cookie-policy.notice.json');
  const { status, stderr } = spawnSync(
    process.execPath,
    [command, 'site', 'create', SITE, '--origin', origin, '--notice', notice, '--config', file],
    { env, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`candour site create failed: ${stderr}`);
  const child = spawn(process.execPath, [command, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  await listening(child);
  return {
    contestant: {
      id,
      name,
      setup: `\`candour serve\` on SQLite ${own ? 'behind the page’s own host' : 'on an origin of its own'}; one plain script tag, first in <head>`,
      head: `<script src="${service}/w/${SITE}.js"></script>`,
      body: '',
      files: {},
      banner: '.banner',
      host: 'candour-banner',
      record: '/events',
      ...(own && { behind: `http://127.0.0.1:${port}` }),
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
