import type { Command } from 'commander';

import { parseConfig } from '../config.ts';
import { migrate, openDatabase } from '../store/sqlite/open.ts';
import { say } from './outcome.ts';

function run(): void {
  const { database } = parseConfig(process.env, { secretRequired: false });
  const opened = openDatabase(database.file);
  try {
    const ran = migrate(opened, Date.now());
    say(
      ran.length > 0
        ? ran.map(({ version, name }) => `migration ${version}: ${name}`).join('\n')
        : 'nothing to do: the database is up to date',
    );
  } finally {
    opened.close();
  }
}

export const migrateCommand = (program: Command): Command =>
  program.command('migrate').description('bring the database up to date (serve does so too)').action(run);
