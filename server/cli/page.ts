// `candour page check`: whether a page is written so that the widget can do its work there.
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

import { InvalidArgumentError, type Command } from 'commander';

import { checkPage, type PageFinding, type PageReport } from '../page-check/check-page.ts';
import { readSite } from '../site-context.ts';
import { readTextFile } from './documents.ts';
import { NotHolding, say, siteNamed, withStore, WrongUse } from './outcome.ts';

interface Options {
  site: string;
  url?: string;
  json?: true;
}

/** Pages are shorter. */
const MAX_PAGE = 5 * 1024 * 1024;

const isAddress = (page: string): boolean => /^https?:\/\//i.test(page);

async function readBounded(response: Response, page: string): Promise<string> {
  const decoder = new TextDecoder();
  let [text, length] = ['', 0];
  for await (const chunk of response.body ?? []) {
    length += (chunk as Uint8Array).length;
    if (length > MAX_PAGE) throw new WrongUse(`${page}: is longer than ${MAX_PAGE} bytes`);
    text += decoder.decode(chunk as Uint8Array, { stream: true });
  }
  return text + decoder.decode();
}

/** Browsers find *.localhost on the machine itself; Node's fetch looks it up, and lets nobody set the Host. */
async function fetchLocal({ port, pathname, search, host }: URL): Promise<Response> {
  const asked = get({ host: '127.0.0.1', port, path: pathname + search, headers: { Host: host, Accept: 'text/html' } });
  asked.setTimeout(30_000, () => asked.destroy(new Error('did not answer in 30 seconds')));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const { statusCode = 500, headers } = answer;
  return new Response(Readable.toWeb(answer) as ReadableStream<Uint8Array>, {
    status: statusCode,
    headers: { 'Content-Type': headers['content-type'] ?? 'text/html' },
  });
}

function request(page: string): Promise<Response> {
  const url = new URL(page);
  if (url.protocol === 'http:' && url.hostname.endsWith('.localhost')) return fetchLocal(url);
  return fetch(url, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(30_000) });
}

/** The page as it comes, and the address that it came from in the end. */
async function fetchPage(page: string): Promise<{ html: string; url: string }> {
  try {
    const response = await request(page);
    if (!response.ok) throw new WrongUse(`${page}: answered ${response.status}`);
    if (!/html/i.test(response.headers.get('Content-Type') ?? 'text/html'))
      throw new WrongUse(`${page}: is no HTML but ${response.headers.get('Content-Type')}`);
    return { html: await readBounded(response, page), url: response.url || page };
  } catch (error) {
    if (error instanceof WrongUse) throw error;
    const { cause, message, name } = error as Error;
    const why = name === 'TimeoutError' ? 'did not answer in 30 seconds' : cause instanceof Error ? cause.message : message;
    throw new WrongUse(`${page}: ${why || 'cannot be reached'}`);
  }
}

/** What a page says may not steer a terminal. */
const printable = (text: string): string => text.replaceAll(/\p{C}/gu, '\uFFFD');

const findingLine = ({ kind, line, text }: PageFinding): string =>
  printable(`${kind}${line === null ? '' : `, line ${line}`}: ${text}`);

function sayReport({ findings, held, tag }: PageReport): void {
  if (tag !== null) say(printable(`tag: ${tag}`));
  for (const [purpose, count] of Object.entries(held))
    say(printable(`waits for ${purpose}: ${count} element${count === 1 ? '' : 's'}`));
  for (const finding of findings) say(findingLine(finding));
}

const check = (page: string, { site: id, url, json }: Options): Promise<void> =>
  withStore(async (store, config) => {
    const { site, configuration } = await readSite(store, await siteNamed(store, id));
    const { html, url: found } = isAddress(page) ? await fetchPage(page) : { html: await readTextFile(page), url: null };
    const checked = {
      id: site.id,
      origins: site.origins,
      purposes: configuration.purposes.map((purpose) => purpose.id),
      activities: configuration.marketing.map(({ activity }) => activity),
      service: config.publicUrl,
    };
    const report = checkPage(html, checked, { url: url ?? found, control: configuration.control });
    if (json) say(JSON.stringify({ page, site: site.id, ...report }, null, 2));
    else sayReport(report);
    const problems = report.findings.filter(({ kind }) => kind === 'problem').length;
    if (problems > 0) throw new NotHolding(`${problems} problem${problems === 1 ? '' : 's'} on ${page}.`);
    if (!json) say(`${page}: nothing stands in the widget’s way.`);
  });

function pageUrl(value: string): string {
  if (!isAddress(value) || !URL.canParse(value)) throw new InvalidArgumentError('it takes the http(s) URL of the page');
  return value;
}

export function pageCommand(program: Command): Command {
  const page = program.command('page').description('the pages that carry the widget');
  page
    .command('check')
    .argument('<page>', 'its URL, or a file')
    .description(
      'look at a page: the tag, each data-purpose and data-activity, what is held back and how, the origin; exit 1 where something cannot work',
    )
    .requiredOption('--site <name>', 'the site that the page belongs to')
    .option('--url <url>', 'where the page is published, for a file', pageUrl)
    .option('--json', 'as JSON')
    .action(check);
  return page;
}
