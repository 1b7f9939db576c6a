// Whoever is told that something was erased, or that nobody writes to them any more, may rely on it: it is in the kept list before
// they are told. What comes with events gets there a few seconds later, and their browsers have it besides.
import type { AttestationWriter } from '../attest/attest.ts';
import type { LogWriter } from '../log/writer.ts';
import type { Site, Store } from '../store/store.ts';
import type { KeptList } from './kept-list.ts';

type OfSite<A extends unknown[], R> = (site: Site, ...rest: A) => Promise<R>;

const followed =
  <A extends unknown[], R>({ catchUp }: Pick<KeptList, 'catchUp'>, work: OfSite<A, R>): OfSite<A, R> =>
  async (site, ...rest) => {
    const result = await work(site, ...rest);
    await catchUp(site);
    return result;
  };

export const followedStore = (store: Store, kept: Pick<KeptList, 'catchUp'>): Store => ({
  ...store,
  contacts: { ...store.contacts, erase: followed(kept, store.contacts.erase) },
  suppressions: { ...store.suppressions, add: followed(kept, store.suppressions.add) },
  rights: {
    ...store.rights,
    add: followed(kept, store.rights.add),
    step: followed(kept, store.rights.step),
    eraseKey: followed(kept, store.rights.eraseKey),
    restrict: followed(kept, store.rights.restrict),
    lift: followed(kept, store.rights.lift),
  },
});

export const followedLog = (log: LogWriter, kept: Pick<KeptList, 'catchUp'>): LogWriter => ({
  ...log,
  erase: followed(kept, log.erase),
  purge: followed(kept, log.purge),
});

/** What is said through a link in a mail, on paper or by telephone nobody else has. Many at once are a list of the operator's own. */
export const followedAttestations = (attestations: AttestationWriter, kept: Pick<KeptList, 'catchUp'>): AttestationWriter => ({
  ...attestations,
  add: followed(kept, attestations.add),
});
