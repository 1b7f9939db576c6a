import { InvalidArgumentError, type Command } from 'commander';

import { join } from 'node:path';

import type { SiteConfiguration } from '../../shared/site/configuration.ts';
import { jurisdictionFor } from '../../shared/site/jurisdiction.ts';
import { databaseWords, publicUrlOf, type Config } from '../config.ts';
import { adoptLogs } from '../log/adopt-logs.ts';
import { logSigner, openLogKey } from '../log/key.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { readSite } from '../site-context.ts';
import { planSite, widgetTag } from '../sites.ts';
import { widgetFiles } from '../widget-files.ts';
import { widgetBuilds } from '../widget-builds.ts';
import { pinWidget } from '../widget-pins.ts';
import { readJsonFile } from './documents.ts';
import { say, siteNamed, withStore, WrongUse } from './outcome.ts';

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

/** The log id of a new site begins with the host of this URL and never changes: one made up for a real site would be wrong for ever. */
function serviceUrl(config: Config, origins: readonly string[]): string {
  const secure = origins.find((each) => each.startsWith('https:'));
  if (config.publicUrl === null && secure !== undefined)
    throw new WrongUse(
      `CANDOUR_PUBLIC_URL is not set; for the origin ${secure} it takes the URL under which visitors’ browsers reach the service, ` +
        'for example https://consent.example: its host begins the log id of the site, which never changes',
    );
  return publicUrlOf(config, config.port);
}

const create = (site: string, options: Options): Promise<void> =>
  withStore(async (store, config) => {
    const publicUrl = serviceUrl(config, options.origin);
    const notices = await Promise.all(options.notice.map(readJsonFile));
    const configuration = options.config === undefined ? undefined : await readJsonFile(options.config);
    const planned = planSite({
      site,
      origins: options.origin,
      notices,
      publicUrl,
      files: { notices: options.notice, configuration: options.config },
      ...(options.name === undefined ? {} : { name: options.name }),
      ...(configuration === undefined ? {} : { configuration }),
    });
    const known = await store.site(site);
    await audit({ store, now: () => new Date() }, COMMAND_LINE, known ? 'site.change' : 'site.create', {
      site: known,
      object: site,
    });
    const made = await planned.publish(store, Date.now());
    await adoptLogs(store, [await siteNamed(store, site)], logSigner(openLogKey(config.logKeyFile)));
    say(`Site ${made.site}, log ${made.log}, in ${databaseWords(config.database)}.`);
    say(`Put this first into the <head> of every page:\n\n  ${made.tag}\n`);
    say(asked(planned.configuration));
    if (config.publicUrl === null) say(`CANDOUR_PUBLIC_URL is not set: the tag and the log id use ${publicUrl}.`);
    else if (publicUrl.startsWith('http:') && options.origin.some((each) => each.startsWith('https:')))
      say(`CANDOUR_PUBLIC_URL is ${publicUrl}: browsers load nothing over http into a page that came over https.`);
  });

/** What a page can name, so that nobody has to look it up. */
const asked = ({ purposes, marketing }: SiteConfiguration): string =>
  [
    `data-purpose takes: ${purposes.map(({ id }) => id).join(', ')}`,
    ...(marketing.length > 0 ? [`data-activity takes: ${marketing.map(({ activity }) => activity).join(', ')}`] : []),
  ].join('\n');

const show = (id: string, { configuration = false }: { configuration?: boolean }): Promise<void> =>
  withStore(async (store, config) => {
    const { site, ...context } = await readSite(store, await siteNamed(store, id));
    if (configuration) return say(JSON.stringify(context.configuration, null, 2));
    say(`${site.id}: ${site.name}, log ${site.log}, in ${databaseWords(config.database)}`);
    say(`origins: ${site.origins.join(' ')}`);
    say(asked(context.configuration));
    const guessed = config.publicUrl === null && site.origins.some((each) => each.startsWith('https:'));
    say(guessed ? 'tag: set CANDOUR_PUBLIC_URL to see it' : `tag: ${widgetTag(publicUrlOf(config, config.port), site.id)}`);
  });

const pin = (id: string, { jurisdiction }: { jurisdiction?: string }): Promise<void> =>
  withStore(async (store, config) => {
    const context = await readSite(store, await siteNamed(store, id));
    const publicUrl = serviceUrl(config, context.site.origins);
    const place = jurisdiction ?? jurisdictionFor(context.configuration, 'unknown');
    if (jurisdictionFor(context.configuration, place) !== place)
      throw new WrongUse(`site ${id} asks nobody by rules of "${place}"`);
    const now = () => new Date();
    const widget = widgetFiles(join(config.distFolder, 'widget'), publicUrl, widgetBuilds(store, now));
    await audit({ store, now }, COMMAND_LINE, 'widget.pin', { site: context.site, object: place });
    const { version, tag } = await pinWidget({ store, widget, publicUrl, now }, context, place);
    say(`Version ${version} is kept as it is. Put this first into the <head> of every page:\n\n  ${tag}\n`);
    say('A page with this tag goes on asking as today when the configuration changes: pin again, and change the tag.');
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
    .option(
      '--config <file>',
      'the site configuration; without it one is made from the notices, which asks for everything the strictest way',
    )
    .option('--name <text>', 'the name that visitors and the dashboard read')
    .action(create);
  site
    .command('show')
    .argument('<name>')
    .description('one site: its origins, its tag, and what data-purpose and data-activity take')
    .option('--configuration', 'print its configuration as JSON instead, to change it and give it back with site create --config')
    .action(show);
  site
    .command('pin')
    .argument('<name>')
    .description(
      'keep the widget as it is now, and print the tag with its integrity: no later configuration changes what it does',
    )
    .option('--jurisdiction <place>', 'by whose rules it asks, such as GB or EU; without it the strictest that the site has')
    .action(pin);
  site.command('list').description('list the sites').action(list);
  return site;
}
