// Checks a site's log in the database from the ground up: every leaf's hash, every node, every signed head, every body.
// It reads what somebody may have edited, so nothing it reads is trusted.
import * as v from 'valibot';

import { sameBytes, toBase64Url, utf8 } from '../../shared/bytes.ts';
import { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, jwsHash, parseJws, thumbprint, verifyJws } from '../../shared/consent/jws.ts';
import { parseAttestation } from '../../shared/consent/attestation.ts';
import { Leaf, leafBytes, type EventLeaf } from '../../shared/log/leaf.ts';
import { parseCheckpoint, verifyCheckpoint, formatLogKey } from '../../shared/log/checkpoint.ts';
import type { NodeId } from '../../shared/log/tree.ts';
import { attestationJws, attestedSubject } from '../attest/attested-subject.ts';
import { jwsOf } from '../receipts.ts';
import type { Checkpoint, EventBody, Head, LogKey, Site, Store, StoredLeaf, StoreReading } from '../store/store.ts';
import { sha256, verifier } from '../verifier.ts';
import { keptHeads, MAX_FINDINGS, strayHeads, type Finding, type KeptHead, type Verification } from './findings.ts';
import { epochHeads } from './epochs.ts';
import { checkpointNote } from './key.ts';
import { standsBy } from './succession.ts';
import { treeBuilder } from './tree-builder.ts';

const PAGE = 1000;

export interface VerifyOptions {
  kept?: readonly KeptHead[];
  /** The service's own key (32 bytes), if it is at hand: the database must name no other as active. */
  publicKey?: Uint8Array | null;
}

interface Walk {
  store: StoreReading;
  site: Site;
  epoch: number;
  size: number;
  keys: readonly LogKey[];
  /** "<epoch>/<index>" -> the erasure leaf that names it. */
  erased: Map<string, string>;
  report(index: number | null, what: string): void;
}

/** Null, with a finding, for what is no leaf. */
function readLeaf({ report }: Walk, stored: StoredLeaf): Leaf | null {
  const read = v.safeParse(Leaf, stored.leaf);
  if (!read.success) report(stored.index, 'the leaf is malformed: it was edited');
  else if (!sameBytes(sha256(leafBytes(read.output)), stored.hash))
    report(stored.index, 'the leaf does not have its hash: it was edited');
  return read.success ? read.output : null;
}

/** Leaves, nodes, and the root at every size that was signed. */
async function walkLeaves(walk: Walk, passing: (size: number, root: () => Uint8Array) => void): Promise<void> {
  const { store, site, epoch, size, erased, report } = walk;
  const tree = treeBuilder();
  passing(0, () => tree.root());
  for (let start = 0; start < size; start += PAGE) {
    const page = await store.leaves(site, epoch, start, Math.min(start + PAGE, size));
    const byIndex = new Map(page.map((stored) => [stored.index, stored]));
    const nodes: (NodeId & { hash: Uint8Array })[] = [];
    for (let index = start; index < Math.min(start + PAGE, size); index++) {
      const stored = byIndex.get(index);
      if (!stored) report(index, 'the leaf is missing: it was deleted');
      const leaf = stored && readLeaf(walk, stored);
      if (leaf?.kind === 'erasure')
        // Only what stood before it: a leaf cannot excuse a deletion that is still to come.
        for (const named of leaf.leaves)
          if (leaf.epoch !== undefined || named < index)
            erased.set(`${leaf.epoch ?? epoch}/${named}`, leaf.epoch ? `${epoch}/${index}` : `${index}`);
      if (leaf?.kind === 'epoch' && index > 0) report(index, 'an epoch begins in the middle of another');
      // What the leaf says now, not the hash beside it: an edit shows in the root too.
      const hash = leaf ? sha256(leafBytes(leaf)) : (stored?.hash ?? new Uint8Array(32));
      nodes.push(...tree.push(hash));
      passing(index + 1, () => tree.root());
    }
    await checkNodes(walk, nodes);
  }
}

async function checkNodes({ store, site, epoch, report }: Walk, nodes: (NodeId & { hash: Uint8Array })[]): Promise<void> {
  const get = await store.nodes(site, epoch, nodes);
  for (const node of nodes) {
    let stored: Uint8Array | null = null;
    try {
      stored = get(node);
    } catch {
      report(null, `the node ${node.level}/${node.index} is missing`);
    }
    if (stored && !sameBytes(stored, node.hash))
      report(null, `the node ${node.level}/${node.index} does not have the hash of what is below it`);
  }
}

async function checkCheckpoints(
  walk: Walk,
  isCurrent: boolean,
  keys: readonly LogKey[],
  roots: ReadonlyMap<number, Uint8Array>,
  lines: readonly string[],
): Promise<void> {
  const { store, site, epoch, size, report } = walk;
  let last = -1;
  let newest: LogKey | undefined;
  let newestHead: Checkpoint | undefined;
  for (let from = 0; ; from = last + 1) {
    const page = await store.checkpoints(site, epoch, { from, limit: PAGE });
    for (const checkpoint of page) {
      last = checkpoint.size;
      const key = keys.find(({ number }) => number === checkpoint.keyNumber);
      const signed = key && parseCheckpoint(await checkpointNote(site, keys, checkpoint));
      if (!key || !signed || !(await verifyCheckpoint(signed, await formatLogKey(site.log, key.publicKey, sha256), verifier)))
        report(null, `the head of ${checkpoint.size} leaves is not signed by the log's key`);
      if (key && newest && key.number < newest.number)
        report(null, `the head of ${checkpoint.size} leaves is signed by a key that was retired before`);
      newest = key;
      newestHead = checkpoint;
      const root = roots.get(checkpoint.size);
      if (root && !sameBytes(root, checkpoint.root))
        report(
          null,
          `the first ${checkpoint.size} leaves do not have the root that was signed: a row was edited, deleted or reordered`,
        );
    }
    if (page.length < PAGE) break;
  }
  // Whoever has the database but not the service's key could list a key of their own as retired, and sign with that.
  // Right after a rotation, the newest head is the key's before; then the active one stands by it with a line of its own.
  const active = keys.find(({ state }) => state === 'active');
  if (isCurrent && newestHead && active && !(await standsBy(site, active, newestHead, lines)))
    report(null, 'the newest head is not signed by the active log key');
  if (last !== size) report(null, `the newest signed head is of ${Math.max(last, 0)} leaves and the log has ${size}`);
}

/** The operator's word: signed with a key of the log, and filed under whom it is about. */
async function checkAttestation({ site, report, keys }: Walk, body: EventBody, leaf: EventLeaf): Promise<null> {
  const compact = attestationJws(body, leaf, keys);
  if (compact === null) {
    report(body.index, 'the attestation is not the one that its leaf names: it was edited or moved');
    return null;
  }
  const { attestation, publicKey, signingInput, signature } = parseAttestation(compact);
  if (!(await verifier.verifyEd25519(publicKey, signingInput, signature)))
    report(body.index, 'the attestation is not signed by a key of the log');
  if (attestation.log !== site.log) report(body.index, 'the attestation is not one of this log');
  if (attestation.id !== body.id || attestedSubject(site.log, attestation.about) !== body.subject)
    report(body.index, 'the attestation is filed under another id or person than its own');
  return null;
}

/** Is the body what the leaf says, signed by its subject, and filed under what it says itself? Gives the hash of what was shown. */
async function checkBody(walk: Walk, body: EventBody, leaf: Leaf | undefined): Promise<string | null> {
  const { site, report } = walk;
  const fault = (what: string): null => {
    report(body.index, what);
    return null;
  };
  if (leaf?.kind === 'attestation') return checkAttestation(walk, body, leaf);
  if (leaf?.kind !== 'event') return fault('there is an event where no leaf names one');
  const compact = jwsOf(body);
  if ((await jwsHash(compact, sha256)) !== leaf.event)
    return fault('the event is not the one that its leaf names: it was edited or moved');
  const jws = parseJws(compact, EVENT_TYP);
  if (!(await verifyJws(jws, verifier))) report(body.index, 'the event is not signed by its subject');
  const event = v.safeParse(ConsentEvent, jws.payload);
  if (!event.success || event.output.log !== site.log) report(body.index, 'the event is not one of this log');
  else if (event.output.seq !== body.seq || event.output.id !== body.id)
    report(body.index, 'the event is filed under another number or id than its own');
  if ((await thumbprint(jws.key, sha256)) !== body.subject)
    report(body.index, 'the event is filed under another data subject than its own');
  return event.success ? event.output.presentation : null;
}

/** Documents and presentations stand under the hash of what they are. A presentation that was never sent is no finding. */
async function checkDocuments({ store, site, report }: Walk, shown: ReadonlySet<string>): Promise<void> {
  const isUnder = (hash: string, body: string): boolean => toBase64Url(sha256(utf8(body))) === hash;
  for (const { kind, hash, body } of await store.documents(site))
    if (!isUnder(hash, body)) report(null, `the ${kind} ${hash} is not what was published: it was edited`);
  for (const hash of shown) {
    const body = await store.presentation(hash);
    if (body !== null && !isUnder(hash, body)) report(null, `the presentation ${hash} is not what was shown: it was edited`);
  }
}

async function walkBodies(walk: Walk): Promise<number> {
  const { store, site, epoch, size, erased, report } = walk;
  const erasureOf = (index: number): string | undefined => erased.get(`${epoch}/${index}`);
  const shown = new Set<string>();
  let events = 0;
  for (let start = 0; start < size; start += PAGE) {
    const leaves = new Map((await store.leaves(site, epoch, start, start + PAGE)).map(({ index, leaf }) => [index, leaf]));
    const bodies = await store.bodies(site, epoch, start, start + PAGE);
    const there = new Set(bodies.map(({ index }) => index));
    events += bodies.length;
    for (const [index, leaf] of leaves)
      if ((leaf?.kind === 'event' || leaf?.kind === 'attestation') && !there.has(index) && erasureOf(index) === undefined)
        report(index, 'the event is missing and no erasure leaf names it: it was deleted');
    for (const body of bodies) {
      const erasure = erasureOf(body.index);
      if (erasure !== undefined) report(body.index, `the event is there although leaf ${erasure} says that it was erased`);
      try {
        const presentation = await checkBody(walk, body, leaves.get(body.index));
        if (presentation !== null) shown.add(presentation);
      } catch {
        report(body.index, 'the event is malformed: it was edited');
      }
    }
  }
  await checkDocuments(walk, shown);
  return events;
}

/** One epoch's leaves, nodes and signed heads. Gives the root of its leaves. */
async function checkTree(
  walk: Walk,
  end: Head,
  isCurrent: boolean,
  keys: readonly LogKey[],
  kept: ReturnType<typeof keptHeads>,
  lines: readonly string[],
): Promise<Uint8Array> {
  const { store, site, epoch, report } = walk;
  const [beyond] = await store.leaves(site, epoch, end.size, end.size + PAGE);
  if (beyond) report(beyond.index, `there are leaves beyond the head of ${end.size}`);
  const signed = new Set<number>([end.size]);
  for (
    let from = 0, page;
    (page = await store.checkpoints(site, epoch, { from, limit: PAGE })).length > 0;
    from = (page.at(-1)?.size ?? from) + 1
  )
    for (const { size } of page) signed.add(size);
  const roots = new Map<number, Uint8Array>();
  await walkLeaves(walk, (size, root) => {
    if (signed.has(size)) roots.set(size, root());
    kept.passing(size, root);
  });
  const root = roots.get(end.size) ?? new Uint8Array();
  await checkCheckpoints(walk, isCurrent, keys, roots, lines);
  return root;
}

/** Every epoch of the log, as of one moment. Throws only for what is no matter of the log: a database that does not answer. */
export async function verifyLog(store: Store, site: Site, options: VerifyOptions = {}): Promise<Verification> {
  // Read before the snapshot: a head that comes meanwhile is the active key's own.
  const head = await store.head(site);
  const lines = await store.witnesses.successions(site, head.epoch, head.size);
  return store.snapshot((moment) => verifyMoment(moment, site, options, lines));
}

async function verifyMoment(
  store: StoreReading,
  site: Site,
  { kept = [], publicKey = null }: VerifyOptions,
  lines: readonly string[],
): Promise<Verification> {
  const findings: Finding[] = [];
  const head = await store.head(site);
  const report = (index: number | null, what: string): void => {
    if (findings.length < MAX_FINDINGS) findings.push({ index, what });
  };
  const keys = await store.logKeys(site);
  const active = keys.find(({ state }) => state === 'active');
  if (publicKey && (!active || !sameBytes(active.publicKey, publicKey)))
    report(null, 'the log key in the database is not the key of CANDOUR_LOG_KEY');

  const erased = new Map<string, string>();
  const walks: Walk[] = [];
  const keptFindings: Finding[] = [];
  let root: Uint8Array = new Uint8Array();
  const ends = await epochHeads(store, site, (what) => report(null, what));
  for (const end of ends) {
    const { epoch, size } = end;
    const isCurrent = epoch === head.epoch;
    const inEpoch = (index: number | null, what: string): void => report(index, isCurrent ? what : `in epoch ${epoch}: ${what}`);
    const walk: Walk = { store, site, epoch, size, keys, erased, report: inEpoch };
    walks.push(walk);
    const heads = keptHeads(kept.filter((one) => one.epoch === epoch || (isCurrent && one.epoch > epoch)));
    root = await checkTree(walk, end, isCurrent, keys, heads, lines);
    if (!sameBytes(root, end.root))
      inEpoch(
        null,
        isCurrent
          ? `the head row does not have the root of the log's ${size} leaves`
          : `the next epoch commits to another tree of ${size} leaves`,
      );
    keptFindings.push(...heads.findings(epoch, size, isCurrent));
  }
  let events = 0;
  for (const walk of walks) events += await walkBodies(walk);
  const known = ends.map(({ epoch }) => epoch);
  findings.push(...keptFindings, ...strayHeads(kept, known, head.epoch));
  return { log: site.log, epoch: head.epoch, size: head.size, root: toBase64Url(root), events, erased: erased.size, findings };
}
