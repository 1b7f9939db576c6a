// The candour command: one file a command, registered here.
import { Command, CommanderError } from 'commander';

import { boundedProblems, OperatorError } from '../operator-error.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import { addExamples } from './examples.ts';
import { Ended, NotHolding } from './outcome.ts';

type Register = (program: Command) => Command;

/** In the order of `candour --help`. Reading all of them takes ten times as long as most commands do, so that only what was asked for is read. */
const COMMANDS: Readonly<Record<string, () => Promise<Register>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  site: async () => (await import('./site.ts')).siteCommand,
  page: async () => (await import('./page.ts')).pageCommand,
  notice: async () => (await import('./notice.ts')).noticeCommand,
  banner: async () => (await import('./banner-lint.ts')).bannerCommand,
  key: async () => (await import('./key.ts')).keyCommand,
  secret: async () => (await import('./secret.ts')).secretCommand,
  log: async () => (await import('./log.ts')).logCommand,
  prove: async () => (await import('./prove.ts')).proveCommand,
  events: async () => (await import('./export.ts')).eventsCommand,
  processing: async () => (await import('./export.ts')).processingCommand,
  marketing: async () => (await import('./marketing.ts')).marketingCommand,
  webhook: async () => (await import('./webhook.ts')).webhookCommand,
  witness: async () => (await import('./witness.ts')).witnessCommand,
  subject: async () => (await import('./subject.ts')).subjectCommand,
  rights: async () => (await import('./rights.ts')).rightsCommand,
  retention: async () => (await import('./retention.ts')).retentionCommand,
  demo: async () => (await import('./demo-command.ts')).demoCommand,
};

const VERSION = new Set(['--version', '-V']);

/** `asked`: the command that is going to run; otherwise, or where there is no such command, all of them are there. The version needs none. */
export async function createProgram(asked?: string): Promise<Command> {
  const reads = Object.entries(COMMANDS);
  const found = reads.filter(([name]) => name === asked);
  const needed = found.length > 0 || VERSION.has(asked ?? '') ? found : reads;
  const registers = await Promise.all(needed.map(([, read]) => read()));
  // commander copies these to the subcommands that are made after.
  const program = new Command('candour')
    .description('Consent that can be checked: the consent service and its tools.')
    .version(SERVICE_VERSION)
    .exitOverride()
    .showHelpAfterError('(add --help for how it is used)')
    .addHelpText('after', '\nExit: 0 done, 1 the thing checked does not hold, 2 wrong use.');
  for (const register of registers) register(program);
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
  error instanceof OperatorError
    ? boundedProblems(error.problems).join('\n')
    : `${isOfTheFile(error) ? 'CANDOUR_DATABASE: ' : ''}${error.message}`;

/** Runs the command line; gives the exit code. Anything that is no fault of its use is thrown. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const program = await createProgram(args[0]);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // commander has printed its message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Ended) return error.code;
    const isWrongUse = error instanceof OperatorError || isOfTheSystem(error) || isOfTheFile(error);
    const known = error instanceof NotHolding ? 1 : isWrongUse ? 2 : null;
    if (known === null) throw error;
    process.stderr.write(`${linesOf(error as Error)}\n`);
    return known;
  }
}
