import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import type { Command } from 'commander';

import { parseConfig, type Config } from '../config.ts';
import { beginEpoch } from '../log/epochs.ts';
import { adoptLogs, logSigner, openLogKey, type LogSigner } from '../log/key.ts';
import { verifyLog } from '../log/verify.ts';
import { logWriter } from '../log/writer.ts';
import { keepAgain } from '../keep-again.ts';
import { restoreDatabase } from '../store/backup.ts';
import { openStore } from '../store/open.ts';
import type { Site, Store } from '../store/store.ts';
import { NotHolding, say, WrongUse } from './outcome.ts';

/** A key made now would be another than the logs are signed with. */
function signerOf({ logKeyFile }: Config): LogSigner {
  if (!existsSync(logKeyFile))
    throw new WrongUse(`CANDOUR_LOG_KEY: there is no ${logKeyFile}; a restore needs the key of the logs`);
  return logSigner(openLogKey(logKeyFile));
}

async function check(store: Store, site: Site, signer: LogSigner): Promise<number> {
  const { size, events, findings } = await verifyLog(store, site, { publicKey: signer.publicKey });
  say(`${site.log}: ${size} leaves, ${events} events; ${findings.length === 0 ? 'verifies' : `${findings.length} findings`}`);
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

/** Verifies every log, then begins a new epoch of each: a size that was signed before is never signed again. */
async function adopt(store: Store, signer: LogSigner, kept: string | null): Promise<void> {
  const started: Site[] = [];
  for (const site of await store.sites()) if ((await store.logKeys(site)).length > 0) started.push(site);
  await adoptLogs(store, started, signer);
  let findings = 0;
  for (const site of started) findings += await check(store, site, signer);
  if (findings > 0) throw new NotHolding('The restored log does not verify. No new epoch was begun, and nothing was written.');
  for (const site of started) {
    const newest = await newestAt(store, site);
    const { epoch } = await beginEpoch(store, site, signer, new Date());
    say(`${site.log}: epoch ${epoch} begins (${newest})`);
  }
  if (kept !== null && existsSync(kept)) {
    const log = logWriter(store, signer);
    const { suppressions, contacts, requests, events } = await keepAgain({ store, log }, kept, new Date());
    await log.idle();
    say(
      `${kept}: ${suppressions} suppressions put back; erased again: ${events} events, ${contacts} contacts, ${requests} requests`,
    );
  } else
    say(
      `No kept list${kept === null ? '' : ` (${kept})`}: who was erased since the backup is there again, and who said no to ` +
        'marketing since may be written to again. Do their erasures again before the service starts (candour subject erase).',
    );
  say(
    'Restored. Browsers send what the backup lacks again with their next visit.\n' +
      'Do again by hand what was done since the backup: data subjects’ requests that came in and restrictions that were set, changes ' +
      'of sites and notices, keys made and, above all, keys revoked.',
  );
}

async function restore(file: string | undefined, options: { inPlace?: boolean; kept?: string }): Promise<void> {
  const { inPlace } = options;
  if (options.kept !== undefined && !existsSync(options.kept)) throw new WrongUse(`there is no ${options.kept}`);
  if ((file === undefined) !== (inPlace === true)) throw new WrongUse('name a backup, or say --in-place, and not both');
  const config = parseConfig(process.env, { secretRequired: false });
  const signer = signerOf(config);
  if (file !== undefined) await restoreDatabase(config.database, resolve(file));
  const store = await openStore(config.database);
  try {
    await adopt(store, signer, options.kept === undefined ? config.keptList : resolve(options.kept));
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
    .action(restore);
