// All migrations, oldest first.
import { OperatorError } from '../../operator-error.ts';
import { log } from './001-log.ts';
import { directory } from './002-directory.ts';
import { operator } from './003-operator.ts';
import { history } from './004-history.ts';
import { rights } from './005-rights.ts';
import { witnesses } from './006-witnesses.ts';
import { letters } from './008-letters.ts';
import { leafOrder } from './009-leaf-order.ts';
import { pinned } from './010-pinned.ts';
import { contacts } from './011-contacts.ts';
import { marketingMail } from './013-marketing-mail.ts';
import { passkeys } from './015-passkeys.ts';
import { kept } from './020-kept.ts';
import { distribution } from './021-distribution.ts';
import { builds } from './022-builds.ts';
import type { Migration, TableRules } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [
  log,
  directory,
  operator,
  history,
  rights,
  witnesses,
  letters,
  leafOrder,
  pinned,
  contacts,
  marketingMail,
  passkeys,
  kept,
  distribution,
  builds,
];

/** The tables as they are after these migrations. */
export function tableRules(migrations: readonly Migration[] = MIGRATIONS): Map<string, TableRules> {
  const rules = new Map<string, TableRules>();
  for (const { tables } of migrations)
    for (const [table, rule] of Object.entries(tables)) {
      if (rule) rules.set(table, rule);
      else rules.delete(table);
    }
  return rules;
}

/** The database is not of the version that this program needs; its message is one line for people. */
export class DatabaseVersionError extends OperatorError {
  override name = 'DatabaseVersionError';
}

/** Which of the migrations are missing where `done` were run. Throws DatabaseVersionError for a database that a newer program made. */
export function missingMigrations(done: readonly number[], migrations: readonly Migration[] = MIGRATIONS): Migration[] {
  const newest = migrations.at(-1)?.version ?? 0;
  const unknown = done.find((version) => !migrations.some((migration) => migration.version === version));
  if (unknown !== undefined)
    throw new DatabaseVersionError(`the database is at migration ${unknown}, newer than this program (${newest})`);
  return migrations.filter(({ version }) => !done.includes(version));
}

/** Throws DatabaseVersionError unless the database is exactly as new as this program. */
export function checkVersion(done: readonly number[]): void {
  const [first] = missingMigrations(done);
  if (first) throw new DatabaseVersionError(`the database lacks migration ${first.version} (${first.name}): run candour migrate`);
}
