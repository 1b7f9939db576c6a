import type { Command } from 'commander';
import * as v from 'valibot';

import { hashOf } from '../../shared/canonical.ts';
import { noticeChanges, type NoticeChange } from '../../shared/notice/diff.ts';
import { issueWords } from '../../shared/notice/issues.ts';
import { lintNotice, type LintFinding } from '../../shared/notice/lint.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import { publicUrlOf } from '../config.ts';
import { fileSigner } from '../log/key.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { siteRegistry } from '../site-context.ts';
import { planNotice } from '../site-change.ts';
import { documentProblems, problemWords, type DocumentProblem } from '../document-problems.ts';
import { boundedProblems } from '../operator-error.ts';
import { parseInput, readNotices } from '../sites.ts';
import { sha256 } from '../verifier.ts';
import { readJsonFile } from './documents.ts';
import { noticeAnalyseCommand } from './notice-analyse.ts';
import { noticeAppliesCommand } from './notice-applies.ts';
import { NotHolding, say, siteNamed, withStore, WrongUse } from './outcome.ts';

const now = (): Date => new Date();

/** Throws SiteInputError with all that is wrong. */
const readNotice = async (file: string): Promise<PrivacyNotice> => parseInput(PrivacyNotice, await readJsonFile(file), file);

const findingWords = ({ severity, rule, code, place, statement }: LintFinding): string =>
  `${severity} ${rule} ${code}${place === null ? '' : ` at ${place}`}: ${statement}`;

const changeWords = ({ part, change, activity, before, after }: NoticeChange): string => {
  const what = `${activity === null ? 'the document' : activity}: ${part.replaceAll('_', ' ')}`;
  if (change === 'changed') return `~ ${what}: ${before === after ? '' : `${before} → `}${after}`;
  return change === 'added' ? `+ ${what}: ${after}` : `- ${what}: ${before}`;
};

/** A file that is no notice is a finding like the others. */
async function lintFile(file: string): Promise<{ file: string; problems?: DocumentProblem[]; findings: LintFinding[] }> {
  const input = await readJsonFile(file);
  const read = v.safeParse(PrivacyNotice, input);
  return read.success
    ? { file, findings: lintNotice(read.output) }
    : { file, problems: documentProblems(PrivacyNotice, input), findings: [] };
}

function sayLint({ file, problems, findings }: Awaited<ReturnType<typeof lintFile>>): void {
  if (problems) say(boundedProblems(problems.map((problem) => `${file}: no notice: ${problemWords(problem)}`)).join('\n'));
  for (const finding of findings) say(`${file}: ${findingWords(finding)}\n    ${issueWords(finding.code).explanation}`);
  if (!problems && findings.length === 0) say(`${file}: nothing found`);
}

async function lint(files: string[], { strict = false, json = false }: { strict?: boolean; json?: boolean }): Promise<void> {
  const results = await Promise.all(files.map(lintFile));
  if (json) say(JSON.stringify(results, null, 2));
  else results.forEach(sayLint);
  const wrong = results.filter(
    ({ problems, findings }) => problems !== undefined || findings.some(({ severity }) => strict || severity === 'error'),
  );
  if (wrong.length > 0)
    throw new NotHolding(
      `${wrong.length} of ${files.length} file${files.length === 1 ? '' : 's'} with ${strict ? 'findings' : 'errors'}.`,
    );
}

async function hash(files: string[]): Promise<void> {
  for (const file of files) say(`${await hashOf(await readNotice(file), sha256)}  ${file}`);
}

const publish = (files: string[], { site: id }: { site: string }): Promise<void> =>
  withStore(async (store, config) => {
    const site = await siteNamed(store, id);
    const registry = siteRegistry(store, fileSigner(config.logKeyFile));
    const base = publicUrlOf(config, config.port);
    // All are read before the first is published.
    const notices = readNotices(await Promise.all(files.map(readJsonFile)), files);
    for (const [i, file] of files.entries()) {
      const planned = await planNotice(store, await registry.get(id), notices[i], now(), file);
      await audit({ store, now }, COMMAND_LINE, 'notice.publish', { site, object: planned.hash });
      await planned.publish();
      say(`${file}: published as ${base}/v1/notices/${planned.hash}`);
      for (const change of planned.changes) say(`  ${changeWords(change)}`);
      for (const finding of planned.findings) say(`  ${findingWords(finding)}`);
      if (planned.asksAgain) say('  The terms changed: visitors are asked again.');
    }
  });

/** The version that the site has now of the same kind. */
const currentOf = (site: string, notice: PrivacyNotice): Promise<PrivacyNotice> =>
  withStore(async (store) => {
    const documents = await store.documents(await siteNamed(store, site));
    const found = documents.find(({ kind, current }) => current && kind === notice.kind);
    if (!found) throw new WrongUse(`the site ${site} has published no ${notice.kind}`);
    return v.parse(PrivacyNotice, JSON.parse(found.body));
  });

async function diff(files: string[], { site, exitCode = false }: { site?: string; exitCode?: boolean }): Promise<void> {
  if (files.length !== (site === undefined ? 2 : 1))
    throw new WrongUse('name two files, the earlier first; or one file and --site, whose current version it is compared with');
  const after = await readNotice(files.at(-1) ?? '');
  const before = site === undefined ? await readNotice(files[0] ?? '') : await currentOf(site, after);
  const changes = noticeChanges(before, after);
  for (const change of changes) say(changeWords(change));
  if (changes.length === 0) say('Nothing changed.');
  if (exitCode && changes.length > 0) throw new NotHolding(`${changes.length} change${changes.length === 1 ? '' : 's'}.`);
}

export function noticeCommand(program: Command): Command {
  const notice = program.command('notice').description('privacy notices (*.notice.json): check, hash, publish, compare');
  notice
    .command('lint')
    .argument('<file...>')
    .description('what a publisher should know before publishing; exit 1 where there are errors')
    .option('--strict', 'exit 1 where there is any finding')
    .option('--json', 'as JSON')
    .action(lint);
  notice
    .command('hash')
    .argument('<file...>')
    .description('the id of each: SHA-256 of its canonical JSON, base64url')
    .action(hash);
  notice
    .command('publish')
    .argument('<file...>')
    .description('publish each as a version that never changes, current from now on')
    .requiredOption('--site <name>', 'the site')
    .action(publish);
  notice
    .command('diff')
    .argument('<file...>')
    .description('what changed in meaning between two notices, or since the version that a site has now')
    .option('--site <name>', 'compare one file with the current version of that site')
    .option('--exit-code', 'exit 1 where something changed')
    .action(diff);
  noticeAnalyseCommand(notice);
  noticeAppliesCommand(notice);
  return notice;
}
