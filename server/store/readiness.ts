// Readiness that knows of writes: a database that answers every question may all the same have no room for another event.
import type { Store } from './store.ts';
import { DatabaseUnavailableError, isUnavailable, ROLLED_BACK } from './unavailable.ts';

/** ms that a write without room counts for: as long as browsers are told to wait. Any write that succeeds ends it at once. */
const NO_ROOM = 5_000;
/** Disk full, and a file that cannot grow: SQLite's codes and PostgreSQL's class of insufficient resources. */
const WITHOUT_ROOM = /^(SQLITE_(FULL|IOERR)|53100)/;
const codeOf = (error: Error & { code?: unknown }): string => (typeof error.code === 'string' ? error.code : '');
const isWithoutRoom = (error: Error): boolean => WITHOUT_ROOM.test(codeOf(error)) || ROLLED_BACK.test(error.message);

/** After a write that failed for want of a database, `ready` tries one that changes nothing. `clock`: ms. */
export function watchWrites(store: Store, clock: () => number = () => performance.now()): Store {
  let failed: { at: number; error: Error } | null = null;
  const write: Store['write'] = async (...input) => {
    try {
      const result = await store.write(...input);
      failed = null;
      return result;
    } catch (error) {
      if (isUnavailable(error)) failed = { at: clock(), error: error as Error };
      throw error;
    }
  };
  return {
    ...store,
    write,
    async ready() {
      await store.ready();
      if (failed === null) return;
      // A small write may still find room where the next events would not.
      if (isWithoutRoom(failed.error) && clock() - failed.at < NO_ROOM)
        throw new DatabaseUnavailableError(`the database has no room to write (${codeOf(failed.error)})`);
      const [site] = await store.sites();
      if (site) await write(site, () => Promise.resolve());
    },
  };
}
