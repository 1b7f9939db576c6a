// candour marketing check, state and object: the same as over HTTP, from files of lines. An address is never an argument: arguments
// stand in the shell's history and in the list of processes.
import { createReadStream } from 'node:fs';

import type { Command } from 'commander';
import * as v from 'valibot';

import { MEDIA } from '../../shared/consent/attestation.ts';
import { NewObjection, NewStatement } from '../../shared/marketing/api.ts';
import { CHANNELS } from '../../shared/notice/schema.ts';
import { checkLines, csvLines, jsonLines, lineDefaults } from '../marketing/check-lines.ts';
import { stateOf } from '../marketing/grounds.ts';
import { ImportFileError } from '../marketing/import/file-text.ts';
import { objectToMarketing } from '../marketing/objections.ts';
import { COMMAND_LINE } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { issueLine } from '../schema-issue.ts';
import { NotHolding, say, textOf, WrongUse } from './outcome.ts';
import { withDesk } from './rights.ts';

/** `-`: standard input. Reading throws WrongUse. */
async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* path === '-' ? process.stdin : createReadStream(path);
  } catch (error) {
    throw new WrongUse(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
  }
}

function* inputs<S extends v.GenericSchema>(text: string, schema: S): Generator<{ line: number; input: v.InferOutput<S> }> {
  for (const [i, each] of text.split('\n').entries()) {
    if (each.trim() === '') continue;
    let json: unknown;
    try {
      json = JSON.parse(each);
    } catch {
      throw new WrongUse(`line ${i + 1}: is not JSON`);
    }
    const read = v.safeParse(schema, json);
    if (!read.success) throw new WrongUse(`line ${i + 1}: ${issueLine(read.issues[0])}`);
    yield { line: i + 1, input: read.output };
  }
}

const asWrongUse = (error: unknown): never => {
  if (error instanceof ImportFileError || error instanceof ProblemError) throw new WrongUse(error.message);
  throw error;
};

interface CheckOptions {
  site: string;
  channel?: string;
  sender?: string;
  callingCode?: string;
}

const check = (path: string, { site, ...defaults }: CheckOptions): Promise<void> =>
  withDesk(site, async (desk) => {
    const known = lineDefaults(desk.context, { ...defaults });
    await desk.told('permission.read', `lines of ${path === '-' ? 'standard input' : 'a file'}`);
    let wrong = 0;
    const bytes = bytesOf(path);
    const lines = /\.csv$/i.test(path) ? await csvLines(bytes, known).catch(asWrongUse) : jsonLines(bytes);
    for await (const line of checkLines(desk, desk.context, lines, known)) {
      if ('problem' in line) wrong++;
      say(JSON.stringify(line));
    }
    if (wrong > 0) throw new NotHolding(`${wrong} lines could not be checked.`);
  });

const state = (path: string, { site }: { site: string }): Promise<void> =>
  withDesk(site, async (desk) => {
    // All are read before the first is stated: a file that is wrong changes nothing.
    const statements = [...inputs(textOf(path), NewStatement)];
    for (const { line, input } of statements) {
      await desk.told('contact.change', `states ${input.statement.says}`);
      say(JSON.stringify({ line, ...(await stateOf(desk, desk.context, input, COMMAND_LINE.actor)) }));
    }
  });

const Address = v.strictObject({ channel: v.picklist(CHANNELS), address: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)) });

const object = (path: string, { site, medium, at }: { site: string; medium: string; at?: string }): Promise<void> =>
  withDesk(site, async (desk) => {
    const lines = [...inputs(textOf(path), Address)];
    for (const { line, input } of lines) {
      const read = v.safeParse(NewObjection, { addresses: [input], medium, ...(at === undefined ? {} : { at }) });
      if (!read.success) throw new WrongUse(issueLine(read.issues[0]));
      await desk.told('suppression.change', 'objection');
      say(JSON.stringify({ line, ...(await objectToMarketing(desk, desk.context, read.output, COMMAND_LINE.actor)) }));
    }
  });

export function marketingSayCommands(marketing: Command): void {
  marketing
    .command('check')
    .description('say of each line of a file whether the address may be written to, why, and with what proof; prints no address')
    .argument('<file>', 'JSON lines {"address", "channel"?, "sender"?, "ref"?}, or .csv with such a header; - for standard input')
    .requiredOption('--site <name>', 'the site')
    .option('--channel <channel>', `for lines that name none: ${CHANNELS.join(', ')}`)
    .option('--sender <id>', 'for lines that name none')
    .option('--calling-code <digits>', 'of telephone numbers without a country, such as 44')
    .action(check);
  marketing
    .command('state')
    .description('state reasons with their evidence, subscribers, looks at the TPS; prints what is still missing')
    .argument('<file>', 'JSON lines {"address", "channel", "statement"} (docs/marketing.md); - for standard input')
    .requiredOption('--site <name>', 'the site')
    .action(state);
  marketing
    .command('object')
    .description('enter objections to direct marketing: every channel of every sender and profiling end')
    .argument('<file>', 'JSON lines {"channel", "address"}; - for standard input')
    .requiredOption('--site <name>', 'the site')
    .requiredOption('--medium <medium>', `how they reached you: ${MEDIA.join(', ')}`)
    .option('--at <instant>', 'when it was said, such as 2026-11-22T10:00:00.000Z; otherwise now')
    .action(object);
}
