// candour marketing: lists of contacts in, and out to whoever sends.
import { createReadStream, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { once } from 'node:events';

import type { Command } from 'commander';

import { REASONS, SUBSCRIBERS } from '../../shared/marketing/channel.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';
import { csvRows } from '../export/export-csv.ts';
import { CONTACT_FORMATS, exportContacts } from '../marketing/export/export-contacts.ts';
import { isSender } from '../marketing/grounds.ts';
import { FIELD_WORDS } from '../marketing/import/columns.ts';
import { ImportFileError } from '../marketing/import/file-text.ts';
import { importList } from '../marketing/import/import-list.ts';
import { importWords, type ImportListener } from '../marketing/import/import-report.ts';
import { readListOptions } from '../marketing/import/plan.ts';
import { COMMAND_LINE } from '../operator.ts';
import { marketingSayCommands } from './marketing-say.ts';
import { marketingLintCommand } from './marketing-lint.ts';
import { counted, NotHolding, say, WrongUse } from './outcome.ts';
import { withDesk, type CommandDesk } from './rights.ts';

interface ImportOptions extends Record<string, unknown> {
  site: string;
  problems?: string;
  json?: true;
}

const more = (value: string, before: string[] = []): string[] => [...before, value];
const note = (text: string): void => void process.stderr.write(`${text}\n`);

/** Lines that people are shown where no file for them is named. */
const SHOWN = 20;
const EVERY = 50_000;

/** Each row that was not taken goes into the file, or the first ones to standard error. */
function rowsTold(path: string | undefined): ImportListener & { close(): Promise<void> } {
  const file = path === undefined ? null : createWriteStream(path);
  let shown = 0;
  const tell = async (line: number, column: string, what: string): Promise<void> => {
    if (file && !file.write(csvRows([[line, column, what]]))) await once(file, 'drain');
    if (!file && shown++ < SHOWN) note(`line ${line}${column === '' ? '' : `, ${column}`}: ${what}`);
  };
  file?.write(csvRows([['line', 'column', 'what']]));
  let told = 0;
  return {
    problem: ({ line, column, problem }) => tell(line, column ?? '', problem),
    dropped: ({ line, channel, sender, since, reason }) =>
      tell(line, '', `left out for ${channel} by ${sender}: on the suppression list since ${since.slice(0, 10)} (${reason})`),
    progress({ rows, line }) {
      if (rows - told < EVERY) return;
      told = rows;
      note(`${rows} rows, up to line ${line}`);
    },
    async close() {
      if (!file && shown > SHOWN) note(`… and ${shown - SHOWN} more: --problems writes all of them into a file`);
      if (file) await new Promise((resolve) => file.end(resolve));
    },
  };
}

function knownSender({ context }: CommandDesk, sender: string): void {
  if (isSender(context, sender)) return;
  const known = [...new Set([...context.senders].map((one) => one.split(' ')[1]))].join(', ');
  throw new WrongUse(`--sender: the site never had ${sender} (it has: ${known || 'none'})`);
}

const importFile = (path: string, { site, problems, json, ...options }: ImportOptions): Promise<void> =>
  withDesk(site, async (desk) => {
    const told = rowsTold(problems);
    let [line, unread] = [0, 0];
    try {
      const { plan, file } = readListOptions(options);
      await access(path);
      knownSender(desk, plan.sender);
      if (!plan.dryRun) await desk.told('import.run', `contacts for ${plan.channels.join(', ')} by ${plan.sender}`);
      const report = await importList(
        { ...desk, by: COMMAND_LINE.actor },
        { ...file, bytes: createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Uint8Array> },
        plan,
        { ...told, progress: (so) => ((line = so.line), told.progress?.(so)) },
      );
      say(json ? JSON.stringify(report) : importWords(report).join('\n'));
      unread = report.problems;
    } catch (error) {
      if (line > 0)
        note(`Done up to line ${line}: go on with --from-line ${line + 1}, or from the beginning, which changes nothing twice.`);
      if (error instanceof ImportFileError) throw new WrongUse(error.message);
      throw error;
    } finally {
      await told.close();
    }
    // The others are in: a script is told apart from a person who reads the report.
    if (unread > 0) throw new NotHolding(`${counted(unread, 'row or cell', 'rows or cells')} could not be read; the rest was.`);
  });

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

const exportFile = (options: { site: string; channel: string; sender: string; format: string }): Promise<void> =>
  withDesk(options.site, async (desk) => {
    const format = CONTACT_FORMATS.find((known) => known === options.format);
    if (!format) throw new WrongUse(`--format takes ${CONTACT_FORMATS.join(', ')}`);
    const channel = CHANNELS.find((known) => known === options.channel);
    if (!channel) throw new WrongUse(`--channel takes ${CHANNELS.join(', ')}`);
    const { sender } = options;
    knownSender(desk, sender);
    await desk.told('export.run', `contacts for ${channel satisfies Channel} by ${sender} as ${format}`);
    const pieces = exportContacts(desk, desk.context, { channel, sender }, format);
    for (let next = await pieces.next(); ; next = await pieces.next()) {
      if (!next.done) await write(next.value);
      else {
        const { permitted, leftOut, stoppedMeanwhile } = next.value;
        const why = Object.entries(leftOut).map(([name, many]) => `${many} ${name.replaceAll('_', ' ')}`);
        note(`${permitted} may be written to. Left out: ${why.join(', ') || 'nobody'}.`);
        for (const contact of stoppedMeanwhile)
          note(`Said no, was erased or was restricted while this was written, take out: contact ${contact}`);
        return;
      }
    }
  });

export function marketingCommand(program: Command): Command {
  const marketing = program.command('marketing').description('lists of contacts: who may be written to, and why');
  marketing
    .command('import')
    .description('bring in a list as a mail tool, a CRM or a spreadsheet saved it (CSV); done twice it changes nothing twice')
    .argument('<file>', 'the list')
    .requiredOption('--site <name>', 'the site')
    .requiredOption('--sender <id>', 'whose list it is')
    .requiredOption('--channel <channel>', `what the list is for: ${CHANNELS.join(', ')} (can be repeated)`, more)
    .option('--map <column=field>', `what a column is: ${FIELD_WORDS} (can be repeated)`, more)
    .option('--reason <reason>', `why they may be written to, where the list shows it: ${REASONS.join(', ')}`)
    .option('--evidence <json>', 'evidence that is the same for all rows (docs/marketing.md)')
    .option('--activity <id>', 'with consent: which messages of the notice it is for')
    .option('--notice <hash>', 'with consent: the notice that was given')
    .option('--since <day>', 'since when the reason holds')
    .option('--subscriber <kind>', `who holds the lines or mailboxes: ${SUBSCRIBERS.join(', ')}`)
    .option('--calling-code <digits>', 'of telephone numbers without a country, such as 44')
    .option('--encoding <name>', 'where the file is in neither UTF-8, UTF-16 nor Windows-1252')
    .option('--delimiter <character>', 'what parts cells, where it is told wrong: , ; | or tab')
    .option('--from-line <number>', 'go on from that line')
    .option('--problems <file>', 'write every row that was not taken, and why, into a CSV file')
    .option('--dry-run', 'only show what would happen')
    .option('--json', 'the report as JSON')
    .action(importFile);
  marketing
    .command('export')
    .description(
      'write whom a sender may write to by a channel, to standard output; who is left out is counted on standard error',
    )
    .requiredOption('--site <name>', 'the site')
    .requiredOption('--sender <id>', 'who writes')
    .requiredOption('--channel <channel>', `by what: ${CHANNELS.join(', ')}`)
    .option('--format <form>', 'csv, jsonl or counts', 'csv')
    .action(exportFile);
  marketingSayCommands(marketing);
  marketingLintCommand(marketing);
  return marketing;
}
