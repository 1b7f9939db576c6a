import type { Command } from 'commander';

import { parseConfig } from '../config.ts';
import { prepareDatabase } from '../store/open.ts';
import { say } from './outcome.ts';

async function run(): Promise<void> {
  const { database } = parseConfig(process.env, { secretRequired: false });
  const ran = await prepareDatabase(database);
  say(
    ran.length > 0
      ? ran.map(({ version, name }) => `migration ${version}: ${name}`).join('\n')
      : 'nothing to do: the database is up to date',
  );
}

export const migrateCommand = (program: Command): Command =>
  program
    .command('migrate')
    .description('bring the database up to date (serve does so too); with CANDOUR_DATABASE_OWNER as the owner of its tables')
    .action(run);
