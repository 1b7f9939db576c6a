import { InvalidArgumentError, type Command } from 'commander';

import { publicUrlOf } from '../config.ts';
import { adoptLogs, logSigner, openLogKey } from '../log/key.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { createSite } from '../sites.ts';
import { readJsonFile } from './documents.ts';
import { say, siteNamed, withStore } from './outcome.ts';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

function origin(value: string, before: string[] = []): string[] {
  const url = URL.parse(value);
  if (!url || !/^https?:$/.test(url.protocol) || url.origin !== value.replace(/\/$/, ''))
    throw new InvalidArgumentError('it takes an origin such as https://www.example.org');
  return [...before, url.origin];
}

interface Options {
  origin: string[];
  notice: string[];
  config?: string;
  name?: string;
}

const create = (site: string, options: Options): Promise<void> =>
  withStore(async (store, config) => {
    const notices = await Promise.all(options.notice.map(readJsonFile));
    const configuration = options.config === undefined ? undefined : await readJsonFile(options.config);
    const publicUrl = publicUrlOf(config, config.port);
    const known = await store.site(site);
    await audit({ store, now: () => new Date() }, COMMAND_LINE, known ? 'site.change' : 'site.create', {
      site: known,
      object: site,
    });
    const made = await createSite(store, {
      site,
      origins: options.origin,
      notices,
      publicUrl,
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(configuration === undefined ? {} : { configuration }),
    });
    await adoptLogs(store, [await siteNamed(store, site)], logSigner(openLogKey(config.logKeyFile)));
    say(`Site ${made.site}, log ${made.log}. Put this first into the <head> of every page:\n\n  ${made.tag}\n`);
    if (config.publicUrl === null) say(`(CANDOUR_PUBLIC_URL is not set: the tag and the log id use ${publicUrl}.)`);
  });

const list = (): Promise<void> =>
  withStore(async (store) => {
    const sites = await store.sites();
    if (sites.length === 0) say('no site yet: make one with candour site create');
    for (const site of sites) {
      const { events } = await store.totals(site);
      say(`${site.id}\t${site.name}\t${site.origins.join(' ')}\t${site.log}\t${events} events`);
    }
  });

export function siteCommand(program: Command): Command {
  const site = program.command('site').description('the sites whose visitors choose');
  site
    .command('create')
    .argument('<name>', 'the id of the site: a-z, 0-9 and -')
    .description('make a site, or publish new versions of its documents; prints the tag to embed')
    .requiredOption('--origin <url>', 'an origin of the site, such as https://www.example.org (can be repeated)', origin)
    .requiredOption('--notice <file>', 'a *.notice.json; one of each kind (can be repeated)', collect)
    .option('--config <file>', 'the site configuration; without it one is made from the notices, asking for everything')
    .option('--name <text>', 'the name that visitors and the dashboard read')
    .action(create);
  site.command('list').description('list the sites').action(list);
  return site;
}
