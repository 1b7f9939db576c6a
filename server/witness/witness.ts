// A witness: it looks at another service's log, and cosigns a head only where the log proves that it begins with the head that
// was cosigned last, or that its epoch goes on from one. A log that shows different people different trees cannot get both cosigned.
import { createPublicKey, sign, type KeyObject } from 'node:crypto';

import { paths } from '../../shared/api.ts';
import { fromBase64Url, toBase64Url } from '../../shared/bytes.ts';
import { parseCheckpoint, verifyCheckpoint, type SignedCheckpoint } from '../../shared/log/checkpoint.ts';
import { cosignatureLine, cosignedMessage, formatWitnessKey, parseWitnessKey } from '../../shared/log/cosignature.ts';
import { epochOf } from '../log/epochs.ts';
import { publishedKeys, RemoteLogError, type Fetch } from '../log/verify-remote.ts';
import type { Head } from '../store/store.ts';
import { sha256, verifier } from '../verifier.ts';
import { begunEpoch, growsFrom, type BegunEpoch } from './begun-epoch.ts';
import type { WitnessState } from './witness-state.ts';

/** The log's head does not follow from what was cosigned: this is loud, and nothing is cosigned any more until somebody looks. */
export class InconsistentLog extends Error {
  override name = 'InconsistentLog';
  /** Both heads, as evidence. */
  readonly heads: { cosigned: string; shown: string };

  constructor(message: string, heads: { cosigned: string; shown: string }) {
    super(message);
    this.heads = heads;
  }
}

export interface Watched {
  /** URL of the service, without a trailing slash. */
  service: string;
  site: string;
}

export interface WitnessSetting {
  name: string;
  key: KeyObject;
  state: WitnessState;
  fetch: Fetch;
  now: () => Date;
  /** Is told in words what somebody may want to look into, though nothing contradicts what was cosigned. */
  tell?: (what: string) => void;
}

export const witnessKeyOf = (name: string, key: KeyObject): Promise<string> =>
  formatWitnessKey(name, fromBase64Url(createPublicKey(key).export({ format: 'jwk' }).x ?? ''), sha256);

async function get(fetch: Fetch, url: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new RemoteLogError(`${url} does not answer: ${(cause as Error).message}`, { cause });
  });
  if (!response.ok) throw new RemoteLogError(`${url} answers ${response.status}`);
  return response;
}

/** A log may rotate its key; one that no longer owns to a key that was known before is refused. */
async function logKeys({ state, fetch }: WitnessSetting, { service, site }: Watched) {
  const { log, keys } = await publishedKeys(fetch, service, site);
  const known = state.keys(log) ?? [];
  return { log, keys, forgotten: known.some((key) => !keys.includes(key)) };
}

const leaves = (count: number | undefined): string => `${count} ${count === 1 ? 'leaf' : 'leaves'}`;

function beginningWords(origin: string, { committed: [previous], from, lost }: BegunEpoch): string {
  const on = `${origin} is a new epoch: a backup was restored. It goes on from ${leaves(previous?.size)} of epoch ${previous?.epoch}`;
  if (!from) return `${on}, of which nothing was cosigned`;
  return lost === 0
    ? `${on}, with all that was cosigned`
    : `${on}; ${leaves(lost)} that ${lost === 1 ? 'was' : 'were'} cosigned ${lost === 1 ? 'is' : 'are'} not in it`;
}

/**
 * Looks at a log once. Gives the cosigned note. What is cosigned is on the disk before it is given out. Throws InconsistentLog,
 * RemoteLogError.
 */
export async function witnessOnce(setting: WitnessSetting, watched: Watched): Promise<string> {
  const { state, fetch, name, key, now } = setting;
  const { log, keys, forgotten } = await logKeys(setting, watched);
  const shown = await (await get(fetch, `${watched.service}${paths.checkpoint(watched.site)}`)).text();
  let head: SignedCheckpoint;
  try {
    head = parseCheckpoint(shown);
  } catch (error) {
    if (error instanceof SyntaxError) throw new RemoteLogError(`${watched.service}: ${error.message}`, { cause: error });
    throw error;
  }
  const signed = await Promise.all(keys.map((logKey) => verifyCheckpoint(head, logKey, verifier)));
  const last = state.cosigned(head.origin);
  const refuse = (why: string): never => {
    throw new InconsistentLog(`${head.origin}: ${why}`, { cosigned: (last ?? state.newest(log))?.note ?? '', shown });
  };
  const epoch = epochOf(log, head.origin) ?? refuse(`the head is not one of the log ${log}`);
  if (forgotten) refuse('the service no longer publishes a key of the log that it published before');
  if (!signed.includes(true)) refuse('the head is not signed by a key that the service publishes');
  const newest = state.epochs(log).at(-1) ?? epoch;
  if (epoch < newest) refuse(`the log shows an epoch that ended: epoch ${newest} was cosigned`);
  const ask = (path: string): Promise<Response> => get(fetch, `${watched.service}/v1/sites/${watched.site}/log/${path}`);
  let committed: Head[] = [];
  if (last) {
    const before = parseCheckpoint(last.note);
    if (!(await growsFrom(ask, epoch, before, head)))
      refuse(
        `the head of ${leaves(head.size)} (${toBase64Url(head.root)}) does not follow from the one of ${leaves(before.size)} that was cosigned`,
      );
  } else if (epoch > 0) {
    const begun = await begunEpoch(ask, state, log, { epoch, size: head.size, root: head.root });
    if (typeof begun === 'string') return refuse(begun);
    ({ committed } = begun);
    setting.tell?.(beginningWords(head.origin, begun));
  }
  const time = Math.max(Math.floor(now().getTime() / 1000), last?.time ?? 0);
  const body = head.body;
  const logLines = shown
    .slice(body.length + 1)
    .split('\n')
    .filter((line) => line.startsWith(`— ${log} `));
  const witness = await parseWitnessKey(await witnessKeyOf(name, key), sha256);
  const line = cosignatureLine(witness, time, sign(null, cosignedMessage(body, time), key));
  const note = `${body}\n${logLines.join('\n')}\n${line}`;
  await state.remember(head.origin, { note, time }, { log, keys, committed });
  return note;
}
