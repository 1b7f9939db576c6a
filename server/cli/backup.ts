import { resolve } from 'node:path';

import type { Command } from 'commander';

import { parseConfig } from '../config.ts';
import { backupDatabase } from '../store/backup.ts';
import { say } from './outcome.ts';

async function backup(file: string): Promise<void> {
  const { database, logKeyFile } = parseConfig(process.env, { secretRequired: false });
  await backupDatabase(database, resolve(file));
  say(`Backed up to ${file}. It holds no key: keep ${logKeyFile} and CANDOUR_SECRET safe elsewhere, a restore needs them.`);
}

export const backupCommand = (program: Command): Command =>
  program
    .command('backup')
    .description('copy the whole database into one file while the service goes on')
    .argument('<file>', 'a file that is not there yet')
    .action(backup);
