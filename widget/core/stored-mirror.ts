// What the ledger last knew of the choice, read without the ledger's chunk: browsers write cookies when they like, and a killed
// one may bring an older cookie back than what was on disk. Creates nothing.
import { readMirror, type Mirror } from '../../shared/consent/mirror.ts';

export interface StoredMirror {
  /** Null where the ledger has not kept one. */
  mirror: Mirror | null;
  /** Is the outbox not empty? */
  waits: boolean;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });

/** Null where there is no database. Rejects where it cannot be read. */
export async function storedMirror(site: string): Promise<StoredMirror | null> {
  const name = `candour-${site}`;
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return null;
  const opening = indexedDB.open(name);
  // Deleted meanwhile: it does not come back through us.
  opening.onupgradeneeded = () => opening.transaction?.abort();
  const database = await done(opening);
  try {
    const tx = database.transaction(['mirror', 'outbox']);
    const [value, waiting] = await Promise.all([
      done<string | undefined>(tx.objectStore('mirror').get(0)),
      done(tx.objectStore('outbox').count()),
    ]);
    return { mirror: readMirror(value), waits: waiting > 0 };
  } finally {
    database.close();
  }
}
