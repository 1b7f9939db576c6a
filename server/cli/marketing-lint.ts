// candour marketing lint: whether grounds have their evidence, before they are stated (L46, L47).
import type { Command } from 'commander';
import * as v from 'valibot';

import { SUBSCRIBERS } from '../../shared/marketing/channel.ts';
import { Statement } from '../../shared/marketing/api.ts';
import type { Ground } from '../../shared/marketing/ground.ts';
import { lintGrounds } from '../../shared/marketing/ground-lint.ts';
import { isoDay } from '../../shared/notice/period.ts';
import { readJsonFile } from './documents.ts';
import { counted, NotHolding, say, WrongUse } from './outcome.ts';

interface LintOptions {
  subscriber: string;
  regime: string;
  json?: true;
}

async function lint(path: string, { subscriber, regime, json }: LintOptions): Promise<void> {
  const known = SUBSCRIBERS.find((one) => one === subscriber);
  if (!known) throw new WrongUse(`--subscriber takes ${SUBSCRIBERS.join(', ')}`);
  if (regime !== 'uk' && regime !== 'other') throw new WrongUse('--regime takes uk or other');
  const read = v.safeParse(v.array(Statement), await readJsonFile(path));
  if (!read.success) {
    const [issue] = read.issues;
    throw new NotHolding(`${path}: no list of statements: ${v.getDotPath(issue) ?? 'the document'}: ${issue.message}`);
  }
  const grounds = read.output.flatMap((statement): Ground[] => (statement.says === 'ground' ? [statement] : []));
  const findings = lintGrounds(grounds, { subscriber: known, regime, today: isoDay(Date.now()) });
  if (json) say(JSON.stringify(findings, null, 2));
  else for (const { rule, severity, where, found } of findings) say(`${path}: ${severity} ${rule} at ${where}: ${found}`);
  if (findings.length > 0) throw new NotHolding(`${counted(findings.length, 'finding')}.`);
  if (!json) say(`${path}: nothing found`);
}

export const marketingLintCommand = (marketing: Command): Command =>
  marketing
    .command('lint')
    .description('whether grounds, a JSON list of statements, have the evidence that they need (docs/marketing.md)')
    .argument('<file>', 'the list')
    .option('--subscriber <kind>', `who holds the lines or mailboxes: ${SUBSCRIBERS.join(', ')}`, 'unknown')
    .option('--regime <law>', 'uk or other', 'uk')
    .option('--json', 'as JSON')
    .action(lint);
