// `candour demo`: starts the demonstration, says where everything is, and stops cleanly on Ctrl-C.
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { styleText } from 'node:util';

import { DEMO_SITES } from '../../demo/organisations.ts';
import { demoSecret } from '../../demo/secret.ts';
import { type Demo, startDemo } from '../../demo/start.ts';
import { type Config, parseConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';

/** The service's own lines would bury the addresses: in the demonstration it speaks only when something is wrong. */
const QUIET = { CANDOUR_LOG_LEVEL: 'warn' };

const strong = (text: string) => styleText('bold', text, { stream: process.stdout });
const dim = (text: string) => styleText('dim', text, { stream: process.stdout });
/** Relative to where the person is, unless that leads away. */
const shown = (path: string) => {
  const way = relative(process.cwd(), path);
  return way.startsWith('..') ? path : way || '.';
};

const row = (name: string, value: string, note = '') => `    ${name.padEnd(16)}${value}${note ? `   ${dim(note)}` : ''}`;

const BROWSERS = [
  { name: 'Chromium', folder: 'chrome', how: 'chrome://extensions, Developer mode, Load unpacked' },
  { name: 'Firefox', folder: 'firefox', how: 'about:debugging, This Firefox, Load Temporary Add-on' },
];

function extensionRows(distFolder: string): string[] {
  const built = BROWSERS.map((browser) => ({ ...browser, path: join(distFolder, 'extension', browser.folder) })).filter(
    ({ path }) => existsSync(join(path, 'manifest.json')),
  );
  if (built.length === 0) return [row('not built yet', 'npm run build')];
  return built.map(({ name, path, how }) => row(name, shown(path).padEnd(22), how));
}

/** What is printed when everything answers. */
function welcome(demo: Demo, config: Config): string {
  return [
    '',
    `  ${strong('Candour')}, the demonstration. Ctrl-C stops it; nothing that was acknowledged is lost.`,
    '',
    `  ${strong('Sites')}`,
    ...DEMO_SITES.map(({ id, shortName }) => row(shortName, `${demo.sitesUrl[id]}/`)),
    '',
    `  ${strong('Dashboard')} ${dim('(this link signs you in, once)')}`,
    `    ${demo.signInUrl}`,
    '',
    `  ${strong('Extension')}`,
    ...extensionRows(config.distFolder),
    '',
    `  ${strong('Stored in')}    ${config.database.engine === 'sqlite' ? shown(config.database.file) : 'PostgreSQL'}`,
    '',
    '',
  ].join('\n');
}

/** Resolves at the first Ctrl-C (or SIGTERM); a second one ends the process at once. */
const askedToStop = (): Promise<void> =>
  new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  });

function fail(error: unknown, code: 1 | 2): number {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return code;
}

/** Runs until it is asked to stop. Gives the exit code: 0 stopped, 1 could not start, 2 a variable with a wrong value. */
export async function runDemo(environment: Record<string, string | undefined>): Promise<number> {
  let config: Config;
  try {
    config = parseConfig({ ...QUIET, ...environment }, { secretRequired: false });
    config = { ...config, secret: demoSecret(config) };
  } catch (error) {
    return fail(error, 2);
  }
  let demo: Demo;
  try {
    demo = await startDemo(config);
  } catch (error) {
    return fail(error, 1);
  }
  const stopping = askedToStop();
  process.stdout.write(welcome(demo, config));
  await stopping;
  process.stdout.write(dim('  Stopping: answering what has been taken …\n'));
  await demo.close();
  process.stdout.write('  Stopped.\n');
  return 0;
}
