// `candour events attest`: a choice that reached the operator on paper or by telephone, as the operator's word.
import { InvalidArgumentError, type Command } from 'commander';
import * as v from 'valibot';

import { MEDIA } from '../../shared/consent/attestation.ts';
import { attestationReceipt, NewAttestation } from '../attest/attest.ts';
import { recordAttestation } from '../attest/record.ts';
import { COMMAND_LINE } from '../operator.ts';
import { issueLine } from '../schema-issue.ts';
import { say, textOf, WrongUse } from './outcome.ts';
import { withDesk } from './rights.ts';

interface Options {
  site: string;
  subject?: string;
  reference?: string;
  purpose?: Record<string, string>;
  channel?: [string, string, string, string][];
  medium: string;
  at?: string;
  id?: string;
  follows?: string;
  notice?: string;
  contacts?: string;
  confirm?: true;
}

function purpose(text: string, before: Record<string, string> = {}): Record<string, string> {
  const [, id, state] = /^([^=/]+)=(\w+)$/.exec(text) ?? [];
  if (id === undefined || state === undefined)
    throw new InvalidArgumentError('it takes <purpose>=<state>, such as statistics=given');
  return { ...before, [id]: state };
}

function channel(text: string, before: [string, string, string, string][] = []): [string, string, string, string][] {
  const [, activity, sender, name, state] = /^([^=/]+)\/([^=/]+)\/([^=/]+)=(\w+)$/.exec(text) ?? [];
  if (!activity || !sender || !name || !state)
    throw new InvalidArgumentError('it takes <activity>/<sender>/<channel>=<state>, such as newsletter/shop/email=withdrawn');
  return [...before, [activity, sender, name, state]];
}

function choicesOf({ purpose: purposes, channel: given = [] }: Options): unknown {
  const channels: Record<string, Record<string, Record<string, string>>> = {};
  for (const [activity, sender, name, state] of given) {
    const senders = (channels[activity] ??= {});
    senders[sender] = { ...senders[sender], [name]: state };
  }
  return { ...(purposes ? { purposes } : {}), ...(given.length > 0 ? { channels } : {}) };
}

/** A JSON array, or a JSON object a line. What is wrong is said without what stands there: it is somebody's address. Throws WrongUse. */
function contactsIn(file: string): unknown[] {
  const text = textOf(file);
  const parsed = (json: string, where: string): unknown => {
    try {
      return JSON.parse(json);
    } catch {
      throw new WrongUse(`--contacts ${where} is not JSON`);
    }
  };
  if (text.trimStart().startsWith('[')) return parsed(text, file) as unknown[];
  return text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [parsed(line, `${file}, line ${i + 1}:`)]));
}

const attest = (options: Options): Promise<void> => {
  const { site, purpose: _, channel: __, contacts: file, ...rest } = options;
  const contacts = file === undefined ? {} : { contacts: contactsIn(file) };
  const read = v.safeParse(NewAttestation, { ...rest, ...contacts, choices: choicesOf(options) });
  if (!read.success) throw new WrongUse(issueLine(read.issues[0], 'the attestation'));
  return withDesk(site, async (desk) => {
    const { store, context, publicUrl } = desk;
    const { logged } = await recordAttestation(desk, context, read.output, COMMAND_LINE);
    say(JSON.stringify(await attestationReceipt(store, context, logged, publicUrl), null, 2));
    if (options.confirm) process.stderr.write('The mail that asks for the confirmation is sent by the service.\n');
  });
};

export const eventsAttestCommand = (events: Command): Command =>
  events
    .command('attest')
    .description('enter a choice that reached you without the data subject’s key, as your word; prints its receipt')
    .requiredOption('--site <name>', 'the site')
    .requiredOption('--medium <medium>', `how it reached you: ${MEDIA.join(', ')}`)
    .option('--subject <thumbprint>', 'the thumbprint of the subject’s key, where it is known')
    .option('--reference <number>', 'a number of your own, such as case-2026/17; never contact details')
    .option('--purpose <purpose=state>', 'what was said of a purpose (can be repeated)', purpose)
    .option('--channel <activity/sender/channel=state>', 'what was said of marketing (can be repeated)', channel)
    .option('--at <instant>', 'when it was said, such as 2026-11-22T10:00:00.000Z; otherwise now')
    .option('--follows <id>', 'the event of the subject that it follows')
    .option('--notice <hash>', 'the notice that was given')
    .option(
      '--contacts <file>',
      'addresses that it was said with, with --reference: JSON {"channel", "address"}, one a line; - reads standard input',
    )
    .option('--confirm', 'a mail asks the address for a confirmation, of senders that have one')
    .option('--id <uuid>', 'a UUIDv7: the same once more changes nothing')
    .action(attest);
