// Heads with the cosignatures that they have.
import type { Checkpoint, LogKey, Site, Store } from '../store/store.ts';
import { checkpointNote } from '../log/key.ts';

/** The note of a head, with a signature line for each witness that cosigned it. */
export async function witnessedNote(
  store: Pick<Store, 'witnesses'>,
  site: Site,
  keys: readonly LogKey[],
  head: Checkpoint,
): Promise<string> {
  const lines = await store.witnesses.cosignatures(site, head.epoch, head.size);
  return (await checkpointNote(site, keys, head)) + lines.join('');
}

/** The first cosigned head that holds the leaf; without one, the first signed head that does. */
export async function provingHead(store: Store, site: Site, epoch: number, index: number): Promise<Checkpoint | null> {
  const size = await store.witnesses.firstWitnessed(site, epoch, index);
  const witnessed = size === null ? null : await store.checkpoint(site, epoch, size);
  return witnessed ?? store.firstCheckpoint(site, epoch, index);
}
