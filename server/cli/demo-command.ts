// `candour demo`. What it runs (demo.ts) brings the demonstration's sites along, which not every installation has.
import { existsSync } from 'node:fs';

import type { Command } from 'commander';

import { settingsHelp } from '../settings.ts';
import { Ended, WrongUse } from './outcome.ts';

export const demoCommand = (program: Command): Command =>
  program
    .command('demo')
    .description('start the demonstration: the service, five organisations, their web sites and the dashboard')
    .addHelpText('after', settingsHelp())
    .action(async () => {
      if (!existsSync(new URL('../../demo/start.ts', import.meta.url)))
        throw new WrongUse('candour demo: the demonstration is not part of this installation; it is in the project’s repository');
      const { runDemo } = await import('./demo.ts');
      throw new Ended(await runDemo(process.env));
    });
