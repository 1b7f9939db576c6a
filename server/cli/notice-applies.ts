// candour notice applies: which processing activities of a notice apply to a page, and what shows it. The answers come from
// shared/notice/applies.ts; here is the reading of files and the printing.
import { InvalidArgumentError, type Command } from 'commander';
import type * as v from 'valibot';

import { analyseDocument } from '../../shared/analysis/analyse.ts';
import { asNotice } from '../../shared/analysis/as-notice.ts';
import { pageFactsOf } from './page-facts.ts';
import {
  activitiesOnPage,
  alertsOnPage,
  reasonText,
  type ActivityOnPage,
  type MatchPathname,
} from '../../shared/notice/applies.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import { parseInput } from '../sites.ts';
import { readTextFile } from './documents.ts';
import { documentOf } from './notice-analyse.ts';
import { say, WrongUse } from './outcome.ts';

interface Options {
  html: string;
  url: string;
  json?: true;
}

/** A pattern that is none matches nothing. */
const matchPathname: MatchPathname = (pattern, url) => {
  try {
    return new URLPattern({ pathname: pattern }).test(url);
  } catch {
    return false;
  }
};

function parsed(source: string, file: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch (error) {
    throw new WrongUse(`${file}: is no JSON: ${(error as Error).message}`);
  }
}

async function readNotice(file: string): Promise<{ notice: PrivacyNotice; texts: readonly string[] }> {
  if (/\.json$/i.test(file)) {
    const input = parsed(await readTextFile(file), file);
    return { notice: parseInput(PrivacyNotice as v.GenericSchema<unknown, PrivacyNotice>, input, file), texts: [] };
  }
  const document = await documentOf(file);
  return asNotice(document, analyseDocument(document), file);
}

const PLACES = { here: 'Applies here', may: 'May apply', elsewhere: 'Elsewhere' } as const;

function* words(found: readonly ActivityOnPage[], notice: PrivacyNotice): Generator<string> {
  for (const [applies, title] of Object.entries(PLACES)) {
    yield `${title}:`;
    const of = found.flatMap((each, index) => (each.applies === applies ? [{ each, index }] : []));
    if (of.length === 0) yield '  none';
    for (const { each, index } of of) {
      yield `  ${notice.activities[index]?.title ?? each.activity} (${each.activity})`;
      for (const reason of new Set(each.reasons.map(reasonText))) yield `    ${reason}`;
    }
  }
}

async function applies(file: string, { html, url, json }: Options): Promise<void> {
  const { notice, texts } = await readNotice(file);
  const page = pageFactsOf(await readTextFile(html), url);
  const found = activitiesOnPage(notice, page, matchPathname, texts);
  const alerts = alertsOnPage(page, [found]);
  const of = (place: ActivityOnPage['applies']) =>
    found
      .filter((each) => each.applies === place)
      .map(({ activity, reasons }) => ({
        activity,
        title: notice.activities.find(({ id }) => id === activity)?.title ?? activity,
        reasons: reasons.map((reason) => ({ ...reason, text: reasonText(reason) })),
      }));
  if (json) say(JSON.stringify({ here: of('here'), may: of('may'), elsewhere: of('elsewhere'), alerts }, null, 2));
  else {
    for (const line of words(found, notice)) say(line);
    for (const { about, form } of alerts)
      say(
        `Note: the form “${form}” takes ${about === 'payment' ? 'a payment' : 'an application'}, and no activity of the notice is about that.`,
      );
  }
}

function pageUrl(value: string): string {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value))
    throw new InvalidArgumentError('it takes the http(s) URL of the page');
  return value;
}

export function noticeAppliesCommand(notice: Command): void {
  notice
    .command('applies')
    .argument('<notice>', 'a *.notice.json, or a notice in prose (HTML, Markdown, text)')
    .description('which activities of a notice apply to a page, each with what shows it; no network')
    .requiredOption('--html <file>', 'the page')
    .requiredOption('--url <url>', 'where the page is', pageUrl)
    .option('--json', 'as JSON')
    .action(applies);
}
