// What the ledger last knew of the choice, read without the ledger's chunk: browsers write cookies when they like, and a killed
// one may bring an older cookie back than what was on disk. Creates nothing.
import { readMirror, type Mirror } from '../../shared/consent/mirror.ts';

export interface StoredMirror {
  /** Null where the ledger has not kept one. */
  mirror: Mirror | null;
  /** The latest day of which a mirror ever was. */
  latest?: string | undefined;
  /** Is the outbox not empty, or has the log been restored from a backup since? */
  waits: boolean | number;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });

/** Null where there is no database. Rejects where it cannot be read. `epoch`: of the log. The keys are those of ledger.ts. */
export async function storedMirror(site: string, epoch = 0): Promise<StoredMirror | null> {
  const name = `candour-${site}`;
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return null;
  const opening = indexedDB.open(name);
  // Deleted meanwhile: it does not come back through us.
  opening.onupgradeneeded = () => opening.transaction?.abort();
  const database = await done(opening);
  try {
    const tx = database.transaction(['mirror', 'outbox']);
    const kept = (key: number) => done<string | undefined>(tx.objectStore('mirror').get(key));
    const [value, known, latest, waiting] = await Promise.all([
      kept(0),
      kept(3),
      kept(4),
      done(tx.objectStore('outbox').count()),
    ]);
    return { mirror: readMirror(value), latest, waits: waiting || epoch > ((known ?? 0) as number) };
  } finally {
    database.close();
  }
}
