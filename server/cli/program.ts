// The candour command: one file a command, registered here.
import { existsSync } from 'node:fs';

import { Command, CommanderError } from 'commander';

import { ConfigError } from '../config.ts';
import { LogKeyError } from '../log/key.ts';
import { SecretError } from '../rights/contact-vault.ts';
import { RemoteLogError } from '../log/verify-remote.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import { settingsHelp } from '../settings.ts';
import { boundedProblems, SiteInputError } from '../sites.ts';
import { BackupError } from '../store/backup.ts';
import { DATABASE_ERRORS } from '../store/open.ts';
import { backupCommand } from './backup.ts';
import { bannerCommand } from './banner-lint.ts';
import { addExamples } from './examples.ts';
import { eventsCommand, processingCommand } from './export.ts';
import { keyCommand } from './key.ts';
import { logCommand } from './log.ts';
import { marketingCommand } from './marketing.ts';
import { migrateCommand } from './migrate.ts';
import { noticeCommand } from './notice.ts';
import { Ended, NotHolding, WrongUse } from './outcome.ts';
import { pageCommand } from './page.ts';
import { proveCommand } from './prove.ts';
import { restoreCommand } from './restore.ts';
import { retentionCommand } from './retention.ts';
import { rightsCommand } from './rights.ts';
import { secretCommand } from './secret.ts';
import { serveCommand } from './serve.ts';
import { siteCommand } from './site.ts';
import { subjectCommand } from './subject.ts';
import { webhookCommand } from './webhook.ts';
import { witnessCommand } from './witness.ts';

/** Loaded only when it is asked for: it brings the demonstration's sites along. */
const demoCommand = (program: Command): Command =>
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

/** In the order of `candour --help`. */
const COMMANDS: readonly ((program: Command) => Command)[] = [
  serveCommand,
  migrateCommand,
  backupCommand,
  restoreCommand,
  siteCommand,
  pageCommand,
  noticeCommand,
  bannerCommand,
  keyCommand,
  secretCommand,
  logCommand,
  proveCommand,
  eventsCommand,
  processingCommand,
  marketingCommand,
  webhookCommand,
  witnessCommand,
  subjectCommand,
  rightsCommand,
  retentionCommand,
  demoCommand,
];

const WRONG_USE = [
  BackupError,
  ConfigError,
  ...DATABASE_ERRORS,
  LogKeyError,
  SiteInputError,
  RemoteLogError,
  SecretError,
  WrongUse,
];

/** commander copies these to the subcommands that are made after. */
export function createProgram(): Command {
  const program = new Command('candour')
    .description('Consent that can be checked: the consent service and its tools.')
    .version(SERVICE_VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for how it is used)')
    .addHelpText('after', '\nExit: 0 done, 1 the thing checked does not hold, 2 wrong use.');
  for (const register of COMMANDS) register(program);
  addExamples(program);
  return program;
}

/** Of a file or an address that the system does not give: `EACCES: permission denied, open 'x'`. */
const isOfTheSystem = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && typeof (error as NodeJS.ErrnoException).code === 'string';

const SQLITE_CANNOT = /^SQLITE_(NOTADB|CANTOPEN|CORRUPT|READONLY|FULL|BUSY|LOCKED|PERM|IOERR)/;

/** SQLite cannot work with the file at all: `file is not a database`. */
const isOfTheFile = (error: unknown): boolean =>
  error instanceof Error && error.name === 'SqliteError' && SQLITE_CANNOT.test(String((error as NodeJS.ErrnoException).code));

/** One line, but for a document with several problems. */
const linesOf = (error: Error): string =>
  error instanceof SiteInputError
    ? boundedProblems(error.problems).join('\n')
    : `${isOfTheFile(error) ? 'CANDOUR_DATABASE: ' : ''}${error.message}`;

/** Runs the command line; gives the exit code. Anything that is no fault of its use is thrown. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // commander has printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Ended) return error.code;
    const isWrongUse = isOfTheSystem(error) || isOfTheFile(error) || WRONG_USE.some((kind) => error instanceof kind);
    const known = error instanceof NotHolding ? 1 : isWrongUse ? 2 : null;
    if (known === null) throw error;
    process.stderr.write(`${linesOf(error as Error)}\n`);
    return known;
  }
}
