import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Command } from 'commander';

import { isoDay } from '../../shared/notice/period.ts';
import { parseConfig, type Config } from '../config.ts';
import { beginEpoch } from '../log/epochs.ts';
import { adoptLogs } from '../log/adopt-logs.ts';
import { logSigner, openLogKey, type LogSigner } from '../log/key.ts';
import { verifyLog } from '../log/verify.ts';
import { logWriter } from '../log/writer.ts';
import { epochsIn, keepAgain } from '../kept/keep-again.ts';
import { markCopy, restoreDatabase } from '../store/backup.ts';
import { openStore } from '../store/open.ts';
import type { Site, Store } from '../store/store.ts';
import { counted, NotHolding, say, WrongUse } from './outcome.ts';

/** A key made now would be another than the logs are signed with. */
function signerOf({ logKeyFile }: Config): LogSigner {
  if (!existsSync(logKeyFile))
    throw new WrongUse(`CANDOUR_LOG_KEY: there is no ${logKeyFile}; a restore needs the key of the logs`);
  return logSigner(openLogKey(logKeyFile));
}

async function check(store: Store, site: Site, signer: LogSigner): Promise<number> {
  const { size, events, findings } = await verifyLog(store, site, { publicKey: signer.publicKey });
  say(
    `${site.log}: ${counted(size, 'leaf', 'leaves')}, ${counted(events, 'event')}; ${findings.length === 0 ? 'verifies' : counted(findings.length, 'finding')}`,
  );
  for (const { index, what } of findings) say(`  ${index === null ? 'log' : `leaf ${index}`}: ${what}`);
  return findings.length;
}

/** When the newest thing in the restored log was recorded: what the backup lacks came after. */
async function newestAt(store: Store, site: Site): Promise<string> {
  const { epoch, size } = await store.head(site);
  const [newest] = await store.leaves(site, epoch, Math.max(0, size - 1), size);
  if (!newest) return 'nothing was recorded';
  return `the newest entry is of ${'receivedAt' in newest.leaf ? newest.leaf.receivedAt : newest.leaf.at}`;
}

interface Adopting {
  config: Config;
  signer: LogSigner;
  /** The file that was named, or that the service writes. */
  kept: string | null;
  despiteFindings: boolean;
}

/** Throws NotHolding where a log does not verify and nobody said that it shall go on all the same. */
async function checkAll(store: Store, sites: readonly Site[], { signer, despiteFindings }: Adopting): Promise<void> {
  let findings = 0;
  for (const site of sites) findings += await check(store, site, signer);
  if (findings > 0 && !despiteFindings)
    throw new NotHolding(
      'The restored log does not verify. No new epoch was begun, and nothing was written. Take another backup; where this is the last ' +
        'one, --in-place --despite-findings goes on with it as it is, and the log will show for ever that it was damaged.',
    );
}

async function putBack(store: Store, kept: string, signer: LogSigner): Promise<void> {
  const log = logWriter(store, signer);
  const done = await keepAgain({ store, log }, kept, new Date());
  await log.idle();
  const { suppressions, contacts, requests, events, restrictions, missing } = done;
  say(
    `${kept}: ${suppressions} suppressions and ${restrictions} restrictions put back; erased again: ${events} events, ` +
      `${contacts} contacts, ${requests} requests`,
  );
  if (missing.length > 0) say('Requests that came or came further since the backup; whose they are is in none of the two:');
  for (const { site, id, kind, state, receivedAt } of missing)
    say(`  ${site}: ${id}, ${kind}, came ${isoDay(receivedAt)}, was ${state}`);
}

/** Verifies every log, then begins a new epoch of each: a size that was signed before is never signed again. */
async function adopt(store: Store, adopting: Adopting): Promise<void> {
  const { config, signer, kept } = adopting;
  const sites = await store.sites();
  // Also of a log that the backup has as not begun: it may have begun since.
  await adoptLogs(store, sites, signer, { restoring: true });
  await checkAll(store, sites, adopting);
  await markCopy(config.database, true);
  const hasKept = kept !== null && existsSync(kept);
  const known = hasKept ? await epochsIn(kept) : new Map<string, number>();
  for (const site of sites) {
    const newest = await newestAt(store, site);
    const { epoch } = await beginEpoch(store, site, signer, new Date(), known.get(site.id));
    say(`${site.log}: epoch ${epoch} begins (${newest})`);
  }
  if (hasKept) await putBack(store, kept, signer);
  else
    say(
      `No kept list${kept === null ? '' : ` (${kept})`}: who was erased since the backup is there again, and who said no to ` +
        'marketing since may be written to again. Do their erasures again before the service starts (candour subject erase).',
    );
  await markCopy(config.database, false);
  say(
    'Restored. Browsers send what the backup lacks again with their next visit.\n' +
      'Do again by hand what was done since the backup: data subjects’ requests that came in, changes of sites and notices, keys made ' +
      'and, above all, keys revoked.',
  );
}

interface Options {
  inPlace?: true;
  kept?: string;
  despiteFindings?: true;
}

async function restore(file: string | undefined, options: Options): Promise<void> {
  const { inPlace } = options;
  if (options.kept !== undefined && !existsSync(options.kept)) throw new WrongUse(`there is no ${options.kept}`);
  if ((file === undefined) !== (inPlace === true)) throw new WrongUse('name a backup, or say --in-place, and not both');
  const config = parseConfig(process.env, { secretRequired: false });
  const signer = signerOf(config);
  if (file !== undefined) await restoreDatabase(config.database, resolve(file));
  const store = await openStore(config.database);
  try {
    const kept = options.kept === undefined ? config.keptList : resolve(options.kept);
    await adopt(store, { config, signer, kept, despiteFindings: options.despiteFindings === true });
  } finally {
    await store.close();
  }
}

export const restoreCommand = (program: Command): Command =>
  program
    .command('restore')
    .description('fill an empty database from a backup, verify its logs and begin a new epoch of each; the service must not run')
    .argument('[file]', 'what candour backup wrote')
    .option('--in-place', 'the database was restored by other means: verify and begin new epochs only')
    .option('--kept <file>', 'the kept list; without it that of CANDOUR_KEPT_LIST')
    .option('--despite-findings', 'go on with a log that does not verify, where there is no other backup')
    .action(restore);
