// A witness: it looks at another service's log, and cosigns a head only where the log proves that it begins with the head that
// was cosigned last. A log that shows different people different trees cannot get both cosigned.
import { createPublicKey, sign, type KeyObject } from 'node:crypto';

import * as v from 'valibot';

import { paths } from '../../shared/api.ts';
import { fromBase64Url, sameBytes, toBase64Url } from '../../shared/bytes.ts';
import { parseCheckpoint, verifyCheckpoint, type SignedCheckpoint } from '../../shared/log/checkpoint.ts';
import { cosignatureLine, cosignedMessage, formatWitnessKey, parseWitnessKey } from '../../shared/log/cosignature.ts';
import { verifyConsistency } from '../../shared/log/proof.ts';
import { publishedKeys, RemoteLogError, type Fetch } from '../log/verify-remote.ts';
import { sha256, verifier } from '../verifier.ts';
import type { Cosigned, WitnessState } from './witness-state.ts';

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

const Proof = v.object({ proof: v.pipe(v.array(v.string()), v.maxLength(64)) });

async function consistent(fetch: Fetch, { service, site }: Watched, from: Cosigned, head: SignedCheckpoint): Promise<boolean> {
  const last = parseCheckpoint(from.note);
  if (head.size < last.size) return false;
  if (head.size === last.size) return sameBytes(head.root, last.root);
  if (last.size === 0) return true;
  const epoch = /\/(\d+)$/.exec(head.origin)?.[1] ?? '0';
  const url = `${service}/v1/sites/${site}/log/consistency?from=${last.size}&to=${head.size}&epoch=${epoch}`;
  const read = v.safeParse(Proof, await (await get(fetch, url)).json().catch(() => null));
  try {
    const proof = read.success ? read.output.proof.map(fromBase64Url) : [];
    return read.success && (await verifyConsistency(last.size, last.root, head.size, head.root, proof, sha256));
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** A log may rotate its key; one that no longer owns to a key that was known before is refused. */
async function logKeys({ state, fetch }: WitnessSetting, { service, site }: Watched) {
  const { log, keys } = await publishedKeys(fetch, service, site);
  const known = state.keys(log) ?? [];
  return { log, keys, forgotten: known.some((key) => !keys.includes(key)) };
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
    throw new InconsistentLog(`${head.origin}: ${why}`, { cosigned: last?.note ?? '', shown });
  };
  if (head.origin.replace(/\/\d+$/, '') !== log) refuse(`the head is not one of the log ${log}`);
  if (forgotten) refuse('the service no longer publishes a key of the log that it published before');
  if (!signed.includes(true)) refuse('the head is not signed by a key that the service publishes');
  if (last && !(await consistent(fetch, watched, last, head)))
    refuse(
      `the head of ${head.size} leaves (${toBase64Url(head.root)}) does not follow from the one of ${parseCheckpoint(last.note).size} leaves that was cosigned`,
    );
  const time = Math.max(Math.floor(now().getTime() / 1000), last?.time ?? 0);
  const body = head.body;
  const logLines = shown
    .slice(body.length + 1)
    .split('\n')
    .filter((line) => line.startsWith(`— ${log} `));
  const witness = await parseWitnessKey(await witnessKeyOf(name, key), sha256);
  const line = cosignatureLine(witness, time, sign(null, cosignedMessage(body, time), key));
  const note = `${body}\n${logLines.join('\n')}\n${line}`;
  await state.remember(head.origin, { note, time }, { log, keys });
  return note;
}
