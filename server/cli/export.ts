import { once } from 'node:events';

import type { Command } from 'commander';

import { publicUrlOf, type Config } from '../config.ts';
import { EVENT_FORMATS, exportEvents } from '../export/export-events.ts';
import { processingRecords, processingRecordsCsv } from '../export/processing-records.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { readSite } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { eventsAttestCommand } from './events-attest.ts';
import { siteNamed, withStore, WrongUse } from './outcome.ts';

async function write(text: string): Promise<void> {
  // Waits where the reader is slow, so that nothing piles up here.
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

const contextOf = async (store: Store, id: string) => readSite(store, await siteNamed(store, id));
const serviceUrl = (config: Config): string => publicUrlOf(config, config.port);

const events = ({ site: id, format: given }: { site: string; format: string }): Promise<void> =>
  withStore(async (store, config) => {
    const format = EVENT_FORMATS.find((known) => known === given);
    if (!format) throw new WrongUse(`--format takes ${EVENT_FORMATS.join(', ')}`);
    const context = await contextOf(store, id);
    await audit({ store, now: () => new Date() }, COMMAND_LINE, 'export.run', {
      site: context.site,
      object: `events as ${format}`,
    });
    for await (const piece of exportEvents(format, { store, context, service: serviceUrl(config) })) await write(piece);
  });

const records = ({ site: id, format }: { site: string; format: string }): Promise<void> =>
  withStore(async (store) => {
    if (format !== 'json' && format !== 'csv') throw new WrongUse('--format takes json, csv');
    const made = processingRecords(await contextOf(store, id), new Date());
    await write(format === 'csv' ? processingRecordsCsv(made) : `${JSON.stringify(made, null, 2)}\n`);
  });

export function eventsCommand(program: Command): Command {
  const command = program.command('events').description('consent events');
  command
    .command('export')
    .description('write all events of a site to standard output, in the order of its log')
    .requiredOption('--site <name>', 'the site')
    .option('--format <form>', 'csv (one row a choice), jsonl (one event a line) or jsonld (DPV)', 'jsonl')
    .action(events);
  eventsAttestCommand(command);
  return command;
}

export function processingCommand(program: Command): Command {
  const command = program.command('processing').description('records of processing activities (Art. 30)');
  command
    .command('export')
    .description('write what the published notices say on each point of Art. 30(1), and where they say nothing')
    .requiredOption('--site <name>', 'the site')
    .option('--format <form>', 'json or csv', 'json')
    .action(records);
  return command;
}
