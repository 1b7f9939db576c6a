// Checks a log as an outsider, over HTTP: all leaves are fetched and hashed again, and the signed head must be their root.
import * as v from 'valibot';

import { paths, WellKnown } from '../../shared/api.ts';
import { fromBase64Url, sameBytes, toBase64Url } from '../../shared/bytes.ts';
import { parseCheckpoint, verifyCheckpoint } from '../../shared/log/checkpoint.ts';
import { Leaf, leafBytes } from '../../shared/log/leaf.ts';
import { verifyConsistency } from '../../shared/log/proof.ts';
import { OperatorError } from '../operator-error.ts';
import { sha256, verifier } from '../verifier.ts';
import { previousHead } from './epochs.ts';
import { keptHeads, strayHeads, type Finding, type KeptHead, type Verification } from './findings.ts';
import { treeBuilder } from './tree-builder.ts';

const LeavesAnswer = v.object({ start: v.number(), end: v.number(), leaves: v.pipe(v.array(Leaf), v.maxLength(10_000)) });
const ConsistencyAnswer = v.object({ proof: v.pipe(v.array(v.string()), v.maxLength(64)) });

/** The service cannot be asked, or does not answer as a log does; its message is one line for people. */
export class RemoteLogError extends OperatorError {
  override name = 'RemoteLogError';
}

/** GET; JSON or text. */
export type Fetch = (url: string) => Promise<Response>;

async function get(fetch: Fetch, url: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new RemoteLogError(`${url} does not answer: ${(cause as Error).message}`, { cause });
  });
  if (!response.ok) throw new RemoteLogError(`${url} answers ${response.status}`);
  return response;
}

async function getJson<T extends v.GenericSchema>(fetch: Fetch, url: string, schema: T): Promise<v.InferOutput<T>> {
  const read = v.safeParse(schema, await (await get(fetch, url)).json().catch(() => null));
  if (!read.success) throw new RemoteLogError(`${url} does not answer as a log does: ${read.issues[0].message}`);
  return read.output;
}

/** The log keys that the service publishes for a site; `active` sign its present head. Throws RemoteLogError. */
export async function publishedKeys(
  fetch: Fetch,
  service: string,
  site: string,
): Promise<{ log: string; keys: string[]; active: string[] }> {
  const { logs } = await getJson(fetch, `${service}${paths.wellKnown()}`, WellKnown);
  const log = logs.find((candidate) => candidate.site === site);
  if (!log) throw new RemoteLogError(`${service} has no site ${site}`);
  const active = log.keys.filter(({ state }) => state === 'active').map(({ key }) => key);
  return { log: log.log, keys: log.keys.map(({ key }) => key), active };
}

async function readHead(fetch: Fetch, service: string, site: string) {
  const url = `${service}${paths.checkpoint(site)}`;
  try {
    return parseCheckpoint(await (await get(fetch, url)).text());
  } catch (error) {
    if (error instanceof SyntaxError) throw new RemoteLogError(`${url}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Does the service prove that its log begins with the kept head? */
async function provesConsistency(
  fetch: Fetch,
  service: string,
  site: string,
  kept: KeptHead,
  to: { size: number; root: Uint8Array },
) {
  if (kept.size === 0 || kept.size > to.size) return true;
  const url = `${service}/v1/sites/${site}/log/consistency?from=${kept.size}&to=${to.size}&epoch=${kept.epoch}`;
  const { proof } = await getJson(fetch, url, ConsistencyAnswer);
  try {
    return await verifyConsistency(kept.size, kept.root, to.size, to.root, proof.map(fromBase64Url), sha256);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** `service`: URL without a trailing slash. Throws RemoteLogError. */
export async function verifyRemoteLog(
  fetch: Fetch,
  service: string,
  site: string,
  kept: readonly KeptHead[] = [],
): Promise<Verification> {
  const findings: Finding[] = [];
  const { log, active } = await publishedKeys(fetch, service, site);
  const head = await readHead(fetch, service, site);
  const epoch = Number(/\/(\d+)$/.exec(head.origin)?.[1] ?? 0);
  if (head.origin !== `${log}/${epoch}`) findings.push({ index: null, what: `the head is of ${head.origin}, not of ${log}` });
  const signed = await Promise.all(active.map((key) => verifyCheckpoint(head, key, verifier)));
  if (!signed.includes(true))
    findings.push({ index: null, what: 'the head is not signed by the active key that the service publishes' });

  const erased = new Set<string>();
  let events = 0;
  const report = (what: string): void => void findings.push({ index: null, what });
  const known: number[] = [];
  let end: { epoch: number; size: number; root: Uint8Array } | null = { epoch, size: head.size, root: head.root };
  while (end) {
    const here: { epoch: number; size: number; root: Uint8Array } = end;
    const isCurrent = here.epoch === epoch;
    known.push(here.epoch);
    const heads = keptHeads(kept.filter((one) => one.epoch === here.epoch || (isCurrent && one.epoch > epoch)));
    const tree = treeBuilder();
    let first: Leaf | null = null;
    while (tree.size < here.size) {
      const url = `${service}/v1/sites/${site}/log/leaves?start=${tree.size}&end=${here.size}&epoch=${here.epoch}`;
      const { start, leaves } = await getJson(fetch, url, LeavesAnswer);
      if (start !== tree.size || leaves.length === 0) throw new RemoteLogError(`${url} leaves out leaves`);
      for (const leaf of leaves.slice(0, here.size - tree.size)) {
        first ??= leaf;
        tree.push(sha256(leafBytes(leaf)));
        heads.passing(tree.size, () => tree.root());
        if (leaf.kind === 'erasure') {
          // Only what stood before it: a leaf cannot excuse a deletion that is still to come.
          for (const index of leaf.leaves)
            if (leaf.epoch !== undefined || index < tree.size - 1) erased.add(`${leaf.epoch ?? here.epoch}/${index}`);
        } else if (leaf.kind !== 'epoch') events += 1;
      }
    }
    if (!sameBytes(tree.root(), here.root))
      report(
        isCurrent
          ? 'the leaves do not have the root that the service signed'
          : `the leaves of epoch ${here.epoch} do not have the root that the next one commits to`,
      );
    findings.push(...heads.findings(here.epoch, here.size, isCurrent));
    for (const one of kept)
      if (one.epoch === here.epoch && !(await provesConsistency(fetch, service, site, one, here)))
        report(`the service cannot prove that its log begins with ${one.from}`);
    end = here.epoch > 0 ? previousHead(log, here.epoch, first, report) : null;
  }
  findings.push(...strayHeads(kept, known, epoch));
  return {
    log,
    epoch,
    size: head.size,
    root: toBase64Url(head.root),
    events: events - erased.size,
    erased: erased.size,
    findings,
  };
}
