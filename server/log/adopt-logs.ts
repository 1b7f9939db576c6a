// Before anything is signed: each log has this key, and the database is no copy of one that was signed further.
import { sameBytes } from '../../shared/bytes.ts';
import type { Site, Store } from '../store/store.ts';
import { beginEpoch } from './epochs.ts';
import { LogKeyError, type LogSigner } from './key.ts';

/** In a database that was put back once, nobody knows whether a log that is empty there was. */
async function wasRestored(store: Store): Promise<boolean> {
  for (const site of await store.sites()) if ((await store.head(site)).epoch > 0) return true;
  return false;
}

/**
 * Starts logs that have no key yet. Throws LogKeyError where a log goes by another key, or the database is a copy. `restoring`: it may
 * be one, as candour restore is at work.
 */
export async function adoptLogs(
  store: Store,
  sites: readonly Site[],
  signer: LogSigner,
  { restoring = false, at = new Date() } = {},
): Promise<void> {
  if (!restoring && sites.length > 0 && (await store.isCopy()))
    throw new LogKeyError(
      'the database is a backup that candour restore has not finished with: run candour restore --in-place, or its logs would be signed twice',
    );
  for (const site of sites) {
    const head = await store.head(site);
    let active = (await store.logKeys(site)).find(({ state }) => state === 'active');
    if (!active) {
      if (head.size > 0) throw new LogKeyError(`the log ${site.log} has leaves and no key: the database is damaged`);
      await store.startLog(site, signer.publicKey, { ...head, signature: signer.sign(site, head) });
      active = (await store.logKeys(site)).find(({ state }) => state === 'active');
    }
    if (active && !sameBytes(active.publicKey, signer.publicKey)) signer.renew?.();
    if (!active || !sameBytes(active.publicKey, signer.publicKey))
      throw new LogKeyError(
        `CANDOUR_LOG_KEY: it is not the key that the log ${site.log} is signed with` +
          (restoring
            ? '; a backup of before a rotation needs the key of that time (….retired-<time>), which is rotated again'
            : ''),
      );
    signer.adopt?.(site, active.number);
    // It may have been started, or the site made, after the backup: then its first epoch was signed further than here.
    if (!restoring && head.epoch === 0 && head.size === 0 && (await wasRestored(store)))
      await beginEpoch(store, site, signer, at);
  }
}
