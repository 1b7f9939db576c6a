import { setFlagsFromString } from 'node:v8';

import type { Command } from 'commander';

import { parseConfig } from '../config.ts';
import { issueCredential } from '../credentials.ts';
import { startService } from '../service.ts';
import { settingsHelp } from '../settings.ts';
import { say } from './outcome.ts';

async function serve(): Promise<void> {
  // Under load V8 would grow the space for young objects to more than 100 MiB, and a service keeps hardly any of them.
  setFlagsFromString('--semi-space-growth-factor=1');
  // And the space for old ones to several times of what lives in it, before it looks what does.
  setFlagsFromString('--heap-growing-percent=50');
  const service = await startService(parseConfig(process.env));
  say(`Candour listens on ${service.url}`);
  // A link that signs somebody in belongs on a screen, not in a log file.
  if (process.stdout.isTTY) {
    const { token } = await issueCredential(service.store, 'sign_in', { name: 'operator', role: 'owner' }, new Date());
    say(`Dashboard: ${service.url}/admin#token=${token} (works once)`);
  }
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await service.close();
}

export const serveCommand = (program: Command): Command =>
  program.command('serve').description('start the service').addHelpText('after', settingsHelp()).action(serve);
