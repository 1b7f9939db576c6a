// A new key for all logs of the service. What the old one signed stays as it is and keeps verifying: the old key's public half is
// published for ever. The newest head of a log is the old key's; the new one signs the same tree beside it (succession.ts).
import { existsSync, renameSync } from 'node:fs';

import { toBase64Url } from '../../shared/bytes.ts';
import type { Store } from '../store/store.ts';
import { LogKeyError, logSigner, openLogKey, readLogKey } from './key.ts';
import { signSuccession } from './succession.ts';

export interface Rotation {
  /** base64url, 32 bytes. */
  publicKey: string;
  /** Ids of the sites whose log goes by it. */
  sites: string[];
  /** Where the old private key is now: needed only to restore a backup of before. */
  retiredFile: string;
}

/**
 * Can be run again where it was interrupted: the new key waits in `<file>.next` until every log goes by it. Throws LogKeyError where
 * there is no key to rotate. Running services read the file again with their next request; until it is in place they answer 503.
 */
export async function rotateLogKey(store: Store, file: string, now: Date): Promise<Rotation> {
  if (!existsSync(file)) throw new LogKeyError(`CANDOUR_LOG_KEY: there is no ${file} to rotate`);
  const nextFile = `${file}.next`;
  const signer = logSigner(openLogKey(nextFile));
  const { publicKey } = signer;
  const old = logSigner(readLogKey(file)).publicKey;
  const sites = await store.sites();
  for (const site of sites) {
    await store.rotateLogKey(site, publicKey);
    await signSuccession(store, site, { publicKey, old, sign: (head) => signer.sign(site, head) });
  }
  const retiredFile = `${file}.retired-${now.toISOString().replace(/[:.]/g, '-')}`;
  renameSync(file, retiredFile);
  renameSync(nextFile, file);
  return { publicKey: toBase64Url(publicKey), sites: sites.map(({ id }) => id), retiredFile };
}
