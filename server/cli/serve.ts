import { setFlagsFromString } from 'node:v8';

import type { Command } from 'commander';

import { parseConfig } from '../config.ts';
import { issueCredential } from '../credentials.ts';
import { startService } from '../service.ts';
import { settingsHelp } from '../settings.ts';
import { say } from './outcome.ts';

async function serve(): Promise<void> {
  // The space for young objects has its size from the start (candour.mjs); where it has not, V8 would grow it to more than 100 MiB.
  setFlagsFromString('--semi-space-growth-factor=1');
  // V8 would let the space for old objects grow to several times of what lives in it, before it looks what does.
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
