// candour retention: what is over goes. A dry run shows it first.
import type { Command } from 'commander';

import { planRetention, runRetention, type RetentionPlan } from '../retention/engine.ts';
import { runWords } from '../routes/retention.ts';
import { say, withStore } from './outcome.ts';
import { withDesk } from './rights.ts';

interface RunOptions {
  /** Without it every site. */
  site?: string;
  dryRun?: true;
  json?: true;
}

/** The service follows those that its own records are kept by; the others are for the controller's other systems. */
function sayRules(rules: RetentionPlan['notices']): void {
  if (rules.length === 0) return say('The notices have no rule on how long anything is kept.');
  const [open, computable] = [
    rules.filter(({ cannotCompute }) => cannotCompute !== null),
    rules.filter(({ cannotCompute }) => cannotCompute === null),
  ];
  say(`Rules of the notices (${rules.length}):`);
  for (const { notice, place, rule, anchor, governs } of computable) {
    const whose = governs === null ? 'for your other systems' : `how ${governs} are kept here`;
    say(`  ${notice}, ${place}: ${rule}\n    ${whose}${anchor === null ? '' : `; counts from ${anchor}`}`);
  }
  if (open.length > 0) say(`No end can be computed from ${open.length} of them:`);
  for (const { notice, place, rule, cannotCompute } of open) say(`  ${notice}, ${place}: ${rule}\n    ${cannotCompute}`);
}

function sayPlan({ day, records, notices }: RetentionPlan): void {
  say(`On ${day}:`);
  for (const { record, rule, due, kept, note } of records) {
    say(`  ${record}: ${rule ?? 'no rule'}; ${due} over`);
    for (const [reason, count] of Object.entries(kept)) say(`    ${count} kept: ${reason.replaceAll('_', ' ')}`);
    if (note) say(`    ${note}`);
  }
  sayRules(notices);
}

const runSite = ({ site, dryRun, json }: RunOptions & { site: string }): Promise<void> =>
  withDesk(site, async (desk) => {
    if (!json) say(`${site}:`);
    if (dryRun) {
      const plan = await planRetention(desk, desk.context);
      if (json) return say(JSON.stringify({ site, ...plan }));
      sayPlan(plan);
      return say('Nothing was changed.');
    }
    await desk.told('retention.run', null);
    const result = await runRetention(desk, desk.context);
    if (json) return say(JSON.stringify({ site, ...result }));
    sayPlan(result);
    for (const [record, count] of Object.entries(result.removed)) say(`${count} ${record} removed.`);
    say(result.run === null ? 'Nothing to log: no rule is configured.' : `Logged as run ${result.run}.`);
  });

async function run({ site, ...options }: RunOptions): Promise<void> {
  const sites = site === undefined ? await withStore(async (store) => (await store.sites()).map(({ id }) => id)) : [site];
  for (const each of sites) await runSite({ ...options, site: each });
}

const runs = ({ site }: { site: string }): Promise<void> =>
  withDesk(site, async (desk) => {
    const found = (await desk.store.retention.runs(desk.context.site, 1000)).map(runWords);
    if (found.length === 0) say('no run yet');
    for (const { number, record, rule, at, count, head } of found)
      say(`${number}\t${at}\t${record}\t${count} removed\t${rule}\tlog ${head.epoch}/${head.size} ${head.root}`);
  });

export function retentionCommand(program: Command): Command {
  const retention = program.command('retention').description('how long the service keeps its records of a site');
  retention
    .command('run')
    .description(
      'remove what is over by the site’s configuration, and list the notices’ rules, also those from which no end can be computed',
    )
    .option('--site <name>', 'the site; without it every site')
    .option('--dry-run', 'only show what would be removed')
    .option('--json', 'as JSON, one line a site')
    .action(run);
  retention.command('log').description('the runs so far').requiredOption('--site <name>', 'the site').action(runs);
  return retention;
}
