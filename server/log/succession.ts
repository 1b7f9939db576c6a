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

/** Does the active key stand by the newest head, as its signer or as the successor of its signer? `lines`: stored beside that head. */
export const standsBy = async (site: Site, active: LogKey, newest: Checkpoint, lines: readonly string[]): Promise<boolean> =>
  newest.keyNumber === active.number || hasLine(lines, site, newest, active);

/**
 * Signs the newest head under the active key, unless that signed it, and keeps the line: nothing is replaced. `sign` must be with
 * the active key. Gives false where there is nothing to do.
 */
export async function signSuccession(
  store: Pick<Store, 'logKeys' | 'head' | 'checkpoint' | 'witnesses'>,
  site: Site,
  publicKey: Uint8Array,
  sign: (head: Head) => Uint8Array,
): Promise<boolean> {
  const active = (await store.logKeys(site)).find(({ state }) => state === 'active');
  const { epoch } = await store.head(site);
  const newest = await store.checkpoint(site, epoch);
  if (!active || !newest || !sameBytes(active.publicKey, publicKey)) return false;
  const lines = await store.witnesses.successions(site, epoch, newest.size);
  if (await standsBy(site, active, newest, lines)) return false;
  const line = await successionLine(site, active, newest, sign(newest));
  await store.witnesses.addCosignature(site, newest, ownLine(active.number), line);
  return true;
}
