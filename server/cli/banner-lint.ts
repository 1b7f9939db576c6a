// `candour banner lint`: what a banner has that people could be misled by, in a site configuration and in a rendered page.
import { InvalidArgumentError, type Command } from 'commander';
import * as v from 'valibot';

import type { Declared } from '../../shared/banner-lint/behaviour-checks.ts';
import type { CheckedConfiguration } from '../../shared/banner-lint/configuration-checks.ts';
import type { BannerFinding } from '../../shared/banner-lint/finding.ts';
import { lintConfiguration } from '../../shared/banner-lint/lint-configuration.ts';
import { lintPage } from '../../shared/banner-lint/lint-page.ts';
import type { PageDescription } from '../../shared/banner-lint/page-description.ts';
import { SiteConfiguration } from '../../shared/site/configuration.ts';
import { modesIn } from '../../shared/site/jurisdiction.ts';
import { BrowserMissing, launchBrowser } from '../banner-lint/chromium.ts';
import { measurePage, NoBanner } from '../banner-lint/measure-page.ts';
import { documentProblems, problemWords } from '../document-problems.ts';
import { boundedProblems } from '../operator-error.ts';
import { readNotices } from '../sites.ts';
import { readSite } from '../site-context.ts';
import { readJsonFile } from './documents.ts';
import { NotHolding, say, siteNamed, withStore, WrongUse } from './outcome.ts';

interface Options {
  notice?: string[];
  site?: string;
  before?: string;
  url?: string;
  json?: true;
  strict?: true;
}

const readEach = async (files: readonly string[]) => readNotices(await Promise.all(files.map(readJsonFile)), files);

/** What `site create` fills in may be missing. */
const filledIn = (input: unknown): unknown =>
  typeof input === 'object' && input !== null && !Array.isArray(input)
    ? { site: 'site', name: 'Site', origins: ['https://site.example'], ...input }
    : input;

/** Throws NotHolding where the file is no configuration: that is what was found. */
async function readConfiguration(file: string): Promise<SiteConfiguration> {
  const input = filledIn(await readJsonFile(file));
  const read = v.safeParse(SiteConfiguration, input);
  if (read.success) return read.output;
  const problems = documentProblems(SiteConfiguration, input).map(
    (problem) => `${file}: no site configuration: ${problemWords(problem)}`,
  );
  throw new NotHolding(boundedProblems(problems).join('\n'));
}

const publishedOf = (site: string): Promise<CheckedConfiguration> =>
  withStore(async (store) => {
    const { configuration, notices } = await readSite(store, await siteNamed(store, site));
    return { configuration, notices: Object.values(notices) };
  });

/** The file, else what the site has now; the notices named, else those that the site has. Null: there is only a page. */
async function readChecked(file: string | undefined, { notice, site, url }: Options): Promise<CheckedConfiguration | null> {
  const published = site === undefined ? null : await publishedOf(site);
  const notices = notice ? await readEach(notice) : (published?.notices ?? []);
  const configuration = file === undefined ? published?.configuration : await readConfiguration(file);
  if (configuration) return { configuration, notices };
  if (notice) throw new WrongUse('--notice goes with a configuration: name its file, or --site');
  if (url === undefined) throw new WrongUse('name the file of a configuration, --site or --url');
  return null;
}

const declaredBy = ({ configuration }: CheckedConfiguration, url: string): Declared => ({
  items: configuration.purposes.flatMap((purpose) =>
    purpose.storage.map(({ name, lifetime }) => ({
      name,
      lifetime,
      purpose: purpose.id,
      waits: modesIn(configuration, configuration.jurisdiction)[purpose.id] === 'opt_in',
    })),
  ),
  hosts: [new URL(url).hostname],
});

/** The service that the page's own widget comes from is what asks. */
const withService = (declared: Declared, { before }: PageDescription): Declared => {
  const widget = before.effects.find((effect) => /^request:https?:\/\/[^/]+\/w\/[a-z0-9-]+(?:@[^/]+)?\.js$/.test(effect));
  return widget === undefined ? declared : { ...declared, hosts: [...declared.hosts, new URL(widget.slice(8)).hostname] };
};

/** Throws WrongUse where there is no browser, or where the page has no banner to look at. */
async function lookAt(
  url: string,
  checked: CheckedConfiguration | null,
): Promise<{ page: PageDescription; findings: BannerFinding[] }> {
  const browser = await launchBrowser({ environment: process.env, folder: process.cwd() }).catch((error: unknown) => {
    throw error instanceof BrowserMissing ? new WrongUse(error.message) : error;
  });
  try {
    const page = await measurePage(browser, url);
    return { page, findings: lintPage(page, checked && withService(declaredBy(checked, url), page)) };
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof NoBanner) throw new WrongUse(message);
    const net = /net::\w+|Timeout \d+ms exceeded/.exec(message)?.[0];
    throw net === undefined ? error : new WrongUse(`${url}: ${net}`);
  } finally {
    await browser.close();
  }
}

/** What a page says may not steer a terminal. */
const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '\uFFFD');
const findingLines = ({ rule, severity, where, found, right, source }: BannerFinding): string =>
  printable(`${severity} ${rule} at ${where}: ${found}`) + `\n    Right: ${right} (${source})`;

async function lint(file: string | undefined, options: Options): Promise<void> {
  const { url, json, strict, before } = options;
  const checked = await readChecked(file, options);
  const earlier =
    before === undefined || !checked ? undefined : { configuration: await readConfiguration(before), notices: checked.notices };
  const inConfiguration = checked
    ? lintConfiguration(checked, { pageIsLookedAt: url !== undefined, ...(earlier ? { before: earlier } : {}) })
    : [];
  const seen = url === undefined ? null : await lookAt(url, checked);
  const findings = [...inConfiguration, ...(seen?.findings ?? [])];
  if (json)
    say(
      JSON.stringify(
        { schema: 1, file: file ?? null, site: options.site ?? null, url: url ?? null, findings, page: seen?.page ?? null },
        null,
        2,
      ),
    );
  else findings.forEach((finding) => say(findingLines(finding)));
  const what = [file ?? options.site, url].filter((one) => one !== undefined).join(' and ');
  const counted = findings.filter(({ severity }) => strict || severity === 'error').length;
  if (counted > 0) throw new NotHolding(`${counted} ${strict ? 'finding' : 'error'}${counted === 1 ? '' : 's'} in ${what}.`);
  if (json) return;
  if (checked && checked.notices.length === 0)
    say('No notices were named: what stands in them was not looked at (--notice, --site).');
  if (findings.length === 0) say(`${what}: nothing found`);
}

function pageUrl(value: string): string {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) throw new InvalidArgumentError('it takes the http(s) URL of a page');
  return value;
}

export function bannerCommand(program: Command): Command {
  const banner = program.command('banner').description('consent banners: what people could be misled by');
  banner
    .command('lint')
    .argument('[file]', 'a site configuration')
    .description(
      'look for deceptive patterns in a site configuration and, with --url, in a rendered page with any consent banner; exit 1 where there are errors',
    )
    .option('--notice <file...>', 'the notices that its purposes point at')
    .option('--site <name>', 'take the notices, and without a file the configuration, that a site has now')
    .option('--before <file>', 'the configuration before this one: finds what asks people again without a reason')
    .option('--url <url>', 'open the page in Chromium (CANDOUR_CHROMIUM) and look at the banner itself', pageUrl)
    .option('--strict', 'exit 1 where there is any finding')
    .option('--json', 'as JSON, with all that was measured')
    .action(lint);
  return banner;
}
