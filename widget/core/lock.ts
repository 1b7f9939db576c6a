/** Held while the ledger and the mirror cookie change. */
export const ledgerLock = (site: string): string => `candour-${site}`;

/** One at a time over all tabs of the site, where the browser has Web Locks. */
export const locked = <T>(name: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(name, work) : work();
