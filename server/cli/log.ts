import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import type { Command } from 'commander';

import type { Config } from '../config.ts';
import type { Verification } from '../log/findings.ts';
import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { keptCheckpoint, keptReceipt, type Kept } from '../log/kept-head.ts';
import { formatLogKeys, logSigner, readLogKey } from '../log/key.ts';
import { rotateLogKey } from '../log/rotate-key.ts';
import { verifyLog } from '../log/verify.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { publishedKeys, verifyRemoteLog } from '../log/verify-remote.ts';
import { counted, NotHolding, say, siteNamed, withStore, WrongUse } from './outcome.ts';
import { verifyEvidenceFile } from './prove-verify.ts';

interface Options {
  site: string;
  url?: string;
  receipt?: string;
  checkpoint?: string;
}

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
  });

/** A file that holds no such thing at all is wrong use; one that does, and does not verify, is a finding. */
function holds(file: string, what: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (error instanceof SyntaxError) throw new WrongUse(`${file}: is no ${what}: ${error.message}`);
    throw error;
  }
}

/** Each finding names the file that it is about. */
const about = (file: string, { head, findings }: Kept): Kept => ({
  head,
  findings: findings.map(({ index, what }) => ({ index, what: `${file}: ${what}` })),
});

/** Before anything else is asked: a file that cannot be read is no matter of the log. */
async function readFiles({ receipt, checkpoint }: Options) {
  const receiptText = receipt === undefined ? null : await readText(receipt);
  const note = checkpoint === undefined ? null : await readText(checkpoint);
  if (receiptText !== null) holds(`${receipt}`, 'receipt (JSON)', () => JSON.parse(receiptText) as unknown);
  if (note !== null) holds(`${checkpoint}`, 'checkpoint', () => parseCheckpoint(note));
  return async (log: string, keys: readonly string[]): Promise<Kept[]> => [
    ...(receiptText === null ? [] : [about(`${receipt}`, await keptReceipt(receiptText, log, keys))]),
    ...(note === null ? [] : [about(`${checkpoint}`, await keptCheckpoint(note, log, keys))]),
  ];
}

const heads = (kept: readonly Kept[]) => kept.flatMap(({ head }) => head ?? []);

/** The key file if it is there; `log verify` makes none. */
const ownKey = ({ logKeyFile }: Config): Uint8Array | null =>
  existsSync(logKeyFile) ? logSigner(readLogKey(logKeyFile)).publicKey : null;

function conclude(verification: Verification, kept: readonly Kept[]): void {
  const findings = [...kept.flatMap((one) => one.findings), ...verification.findings];
  const { log, epoch, size, root, events, erased } = verification;
  say(
    `log ${log}, epoch ${epoch}: ${counted(size, 'leaf', 'leaves')}, ${counted(events, 'event')}, ${erased} erased, root ${root}`,
  );
  for (const { index, what } of findings) say(`${index === null ? 'log' : `leaf ${index}`}: ${what}`);
  if (findings.length > 0) throw new NotHolding(`The log does not verify: ${counted(findings.length, 'finding')}.`);
  say('The log verifies.');
  for (const { from, size: then } of heads(kept))
    say(`It begins with ${counted(then, 'leaf', 'leaves')} that ${from} was signed for.`);
}

/** Without a trailing slash. */
function serviceUrl(url: string): string {
  const service = URL.parse(url);
  if (!service || !/^https?:$/.test(service.protocol)) throw new WrongUse(`--url is ${url}; it takes the service's http(s) URL`);
  return service.href.replace(/\/$/, '');
}

const get = (address: string): Promise<Response> => fetch(address, { redirect: 'error', signal: AbortSignal.timeout(30_000) });

async function fromOutside(options: Options, url: string): Promise<void> {
  const base = serviceUrl(url);
  const readKept = await readFiles(options);
  const { log, keys } = await publishedKeys(get, base, options.site);
  const kept = await readKept(log, keys);
  conclude(await verifyRemoteLog(get, base, options.site, heads(kept)), kept);
}

const fromDatabase = (options: Options): Promise<void> =>
  withStore(async (store, config) => {
    const site = await siteNamed(store, options.site);
    const readKept = await readFiles(options);
    const keys = (await formatLogKeys(site, await store.logKeys(site))).map(({ key }) => key);
    const kept = await readKept(site.log, keys);
    conclude(await verifyLog(store, site, { kept: heads(kept), publicKey: ownKey(config) }), kept);
  });

interface GivenOptions extends Omit<Options, 'site'> {
  site?: string;
  evidence?: string;
  key?: string[];
}

function verify({ site, evidence, key = [], ...options }: GivenOptions): Promise<void> {
  if (evidence !== undefined)
    return verifyEvidenceFile(evidence, { keys: key, url: options.url && serviceUrl(options.url), fetch: get });
  if (site === undefined) throw new WrongUse('name the site: --site <name> (or check a file: --evidence <file>)');
  return options.url === undefined ? fromDatabase({ site, ...options }) : fromOutside({ site, ...options }, options.url);
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];

const rotateKey = (): Promise<void> =>
  withStore(async (store, { logKeyFile }) => {
    const now = (): Date => new Date();
    await audit({ store, now }, COMMAND_LINE, 'log_key.rotate');
    const { publicKey, sites, retiredFile } = await rotateLogKey(store, logKeyFile, now());
    say(`${sites.length} log${sites.length === 1 ? '' : 's'} go${sites.length === 1 ? 'es' : ''} by the new key ${publicKey}.`);
    say(`New key: ${logKeyFile} (bring it to every machine that runs the service; until then they answer 503 there).`);
    say(`Old key: ${retiredFile} (needed only to restore a backup of before; its public half stays published).`);
  });

export function logCommand(program: Command): Command {
  const log = program.command('log').description('the tamper-evident log of a site');
  log
    .command('verify')
    .description('check the log: in the database, or with --url as an outsider over HTTP; exit 1 where it does not hold')
    .option('--site <name>', 'the site')
    .option('--url <url>', 'check the log of that service instead of the database; for an evidence file: ask it for its log keys')
    .option('--receipt <file>', 'a receipt (JSON): also finds a log that was rolled back since')
    .option('--checkpoint <file>', 'an earlier checkpoint: also finds a log that was rolled back since')
    .option('--evidence <file>', 'an evidence file of candour prove (JSON or HTML), checked offline')
    .option('--key <key>', 'a log key to hold the evidence against, as the service publishes it (can be repeated)', collect)
    .action(verify);
  log
    .command('rotate-key')
    .description('sign all logs with a new key from now on; what the old one signed stays verifiable')
    .action(rotateKey);
  return log;
}
