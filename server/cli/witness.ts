// `candour witness`: cosigning another service's log, and naming the witnesses of one's own.
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';

import { InvalidArgumentError, type Command } from 'commander';

import { openLogKey } from '../log/key.ts';
import { RemoteLogError } from '../log/verify-remote.ts';
import { audit, COMMAND_LINE } from '../operator.ts';
import { readWitness, WitnessInputError } from '../witness/named-witnesses.ts';
import { InconsistentLog, witnessKeyOf, witnessOnce, type WitnessSetting } from '../witness/witness.ts';
import { offerCosignatures } from '../witness/offer.ts';
import { openWitnessState } from '../witness/witness-state.ts';
import { counted, NotHolding, say, withStore, WrongUse } from './outcome.ts';

interface RunOptions {
  url: string;
  site: string[];
  name: string;
  key: string;
  state: string;
  port: string;
  every: string;
  once?: true;
}

const collect = (value: string, before: string[] = []): string[] => [...before, value];
const get = (address: string): Promise<Response> => fetch(address, { redirect: 'error', signal: AbortSignal.timeout(30_000) });

/** Loud: on standard error, and both heads in a file for whoever looks into it. */
async function refuse(error: InconsistentLog, stateFile: string): Promise<void> {
  const file = `${stateFile}.inconsistent-${Date.now()}.json`;
  await writeFile(file, JSON.stringify({ what: error.message, ...error.heads }, null, 2), { mode: 0o600 });
  process.stderr.write(`INCONSISTENT LOG: ${error.message}\nNothing was cosigned. Both heads are in ${file}.\n`);
}

async function run(options: RunOptions): Promise<void> {
  const url = URL.parse(options.url);
  if (!url || !/^https?:$/.test(url.protocol)) throw new WrongUse(`--url is ${options.url}; it takes the service's http(s) URL`);
  const service = url.href.replace(/\/$/, '');
  const state = await openWitnessState(resolve(options.state));
  const setting: WitnessSetting = {
    name: options.name,
    key: openLogKey(resolve(options.key)),
    state,
    fetch: get,
    now: () => new Date(),
    tell: (what) => void process.stderr.write(`${what}\n`),
  };
  const witnessKey = await witnessKeyOf(setting.name, setting.key);
  say(`Witness ${witnessKey}`);
  const server = options.once ? null : await offerCosignatures(state, witnessKey, Number(options.port));
  let refused = false;
  const look = async (): Promise<void> => {
    for (const site of options.site) {
      try {
        const note = await witnessOnce(setting, { service, site });
        const [origin, size] = note.split('\n');
        say(`${origin}: cosigned ${counted(Number(size), 'leaf', 'leaves')}`);
      } catch (error) {
        if (error instanceof InconsistentLog) {
          refused = true;
          await refuse(error, resolve(options.state));
        } else if (error instanceof RemoteLogError && !options.once) process.stderr.write(`${error.message}\n`);
        else throw error;
      }
    }
  };
  await look();
  if (server) {
    say(`Offered at http://localhost:${options.port}/checkpoint?log=…`);
    const timer = setInterval(
      () => void look().catch((error: unknown) => process.stderr.write(`${(error as Error).message}\n`)),
      Number(options.every) * 1000,
    );
    await new Promise<void>((stop) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
    });
    clearInterval(timer);
    server.close();
  }
  if (refused) throw new NotHolding('A log was inconsistent with what was cosigned.');
}

const add = (given: { url: string; key: string }): Promise<void> =>
  withStore(async (store) => {
    const witness = await readWitness(given, null).catch((error: unknown) => {
      throw error instanceof WitnessInputError ? new WrongUse(error.message) : error;
    });
    await audit({ store, now: () => new Date() }, COMMAND_LINE, 'witness.change', { object: witness.name });
    await store.witnesses.addWitness(witness, Date.now());
    say(`Heads and receipts will carry the cosignatures of ${witness.name}.`);
  });

const list = (): Promise<void> =>
  withStore(async (store) => {
    for (const { name, url, key } of await store.witnesses.witnesses()) say(`${name}\t${url}\t${key}`);
  });

const remove = (name: string): Promise<void> =>
  withStore(async (store) => {
    await audit({ store, now: () => new Date() }, COMMAND_LINE, 'witness.change', { object: name });
    if (!(await store.witnesses.removeWitness(name))) throw new WrongUse(`there is no witness ${name}`);
    say(`${name} is asked no more; what it cosigned stays.`);
  });

function positive(value: string): string {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('it takes a whole number');
  return value;
}

export function witnessCommand(program: Command): Command {
  const witness = program.command('witness').description('cosign another service’s log, or name the witnesses of this one');
  witness
    .command('run', { isDefault: true })
    .description('look at logs of a service, check that they grew consistently, and offer cosignatures')
    .requiredOption('--url <url>', 'the service whose logs are looked at')
    .requiredOption('--site <name>', 'a site of that service (can be repeated)', collect)
    .option('--name <name>', 'the witness: a URL without its scheme', `${hostname()}/witness`)
    .option('--key <file>', 'Ed25519 private key, made at the first start', '.data/witness-key.pem')
    .option('--state <file>', 'what was cosigned last: keep it with the key', '.data/witness.json')
    .option('--port <number>', 'where the cosignatures are offered', positive, '8790')
    .option('--every <seconds>', 'how often it looks', positive, '10')
    .option('--once', 'look once and end')
    .action(run);
  witness
    .command('add')
    .description('collect the cosignatures of a witness')
    .requiredOption('--url <url>', 'where it offers them')
    .requiredOption('--key <key>', 'its key, as it prints it')
    .action(add);
  witness.command('list').description('list the witnesses of this service').action(list);
  witness.command('remove').argument('<name>').description('ask a witness no more').action(remove);
  return witness;
}
