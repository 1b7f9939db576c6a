// The newest head of a log right after its key was rotated: the key before signed it, and the new one signs the same tree once
// more, as a second signature line of the note (C2SP signed-note). So whoever insists on the active key is served before the next
// event comes, and the first signature stays.
import { sameBytes } from '../../shared/bytes.ts';
import { checkpointBody, parseCheckpoint, verifyCheckpoint, formatLogKey } from '../../shared/log/checkpoint.ts';
import type { Checkpoint, Head, LogKey, Site, Store } from '../store/store.ts';
import { ownLine } from '../store/witnesses.ts';
import { sha256, verifier } from '../verifier.ts';
import { checkpointNote } from './key.ts';

const lineOf = (note: string): string => note.slice(note.indexOf('\n\n') + 2);

/** The signature line of the log's active key over a head that an earlier key signed. */
async function successionLine(site: Site, active: LogKey, head: Head, signature: Uint8Array): Promise<string> {
  return lineOf(await checkpointNote(site, [active], { ...head, keyNumber: active.number, signature }));
}

/** Whether the note of the head has a line of that key already. Ed25519 gives the same bytes each time. */
async function hasLine(lines: readonly string[], site: Site, head: Head, key: LogKey): Promise<boolean> {
  const note = `${checkpointBody({ ...head, origin: `${site.log}/${head.epoch}` })}\n${lines.join('')}`;
  try {
    return (
      lines.length > 0 &&
      (await verifyCheckpoint(parseCheckpoint(note), await formatLogKey(site.log, key.publicKey, sha256), verifier))
    );
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Whether that key really signed the head, first or as a successor. */
async function isOf(site: Site, key: LogKey, newest: Checkpoint, lines: readonly string[]): Promise<boolean> {
  const own = newest.keyNumber === key.number ? [lineOf(await checkpointNote(site, [key], newest))] : [];
  return hasLine([...own, ...lines], site, newest, key);
}

/** Does the active key stand by the newest head, as its signer or as the successor of its signer? `lines`: stored beside that head. */
export const standsBy = async (site: Site, active: LogKey, newest: Checkpoint, lines: readonly string[]): Promise<boolean> =>
  newest.keyNumber === active.number || hasLine(lines, site, newest, active);

/**
 * Signs the newest head under the active key and keeps the line: nothing is replaced. `old`: the key before, in bytes; a head that
 * is not that key's, or that it does not stand by, is never signed on the database's word alone. `sign` must be with the active
 * key. Gives false where there is nothing to do.
 */
export async function signSuccession(
  store: Pick<Store, 'logKeys' | 'head' | 'checkpoint' | 'witnesses'>,
  site: Site,
  { publicKey, old, sign }: { publicKey: Uint8Array; old: Uint8Array; sign: (head: Head) => Uint8Array },
): Promise<boolean> {
  const keys = await store.logKeys(site);
  const active = keys.find(({ state }) => state === 'active');
  const before = keys.find((key) => sameBytes(key.publicKey, old));
  const { epoch } = await store.head(site);
  const newest = await store.checkpoint(site, epoch);
  if (!active || !before || !newest || !sameBytes(active.publicKey, publicKey)) return false;
  const lines = await store.witnesses.successions(site, epoch, newest.size);
  if (await standsBy(site, active, newest, lines)) return false;
  if (!(await isOf(site, before, newest, lines))) return false;
  const line = await successionLine(site, active, newest, sign(newest));
  await store.witnesses.addCosignature(site, newest, ownLine(active.number), line);
  return true;
}
