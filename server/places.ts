// Long work of a site that several may ask for at once: each has a file and some hundred rows of its own in memory, and all of them
// one database. Whoever finds no place is told so before anything of theirs is read.
import { ProblemError } from './problem.ts';
import type { Store } from './store/store.ts';

export interface PlaceLimits {
  /** At a time, of one site. */
  ofSite: number;
  /** Of all sites of this process. */
  ofService: number;
  /** s: when asking again is worth it. */
  retryAfter: number;
}

/** Takes a place and gives what leaves it, once however often it is called. */
export type TakePlace = (store: Store, site: string) => () => void;

/**
 * `work`: what is done, in the plural, as people are told it. Taking throws ProblemError RATE_LIMITED where the site has all of its
 * own, and UNAVAILABLE where other sites have the rest.
 */
export function placesFor(work: string, { ofSite, ofService, retryAfter }: PlaceLimits): TakePlace {
  const busy = new WeakMap<Store, Map<string, number>>();
  const headers = { 'Retry-After': String(retryAfter) };
  return (store, site) => {
    const taken = busy.get(store) ?? new Map<string, number>();
    busy.set(store, taken);
    const own = taken.get(site) ?? 0;
    const nothing = 'nothing of this one was taken, and it is safe to send it again';
    if (own >= ofSite) throw new ProblemError('RATE_LIMITED', `${ofSite} ${work} of a site at a time: ${nothing}`, headers);
    if ([...taken.values()].reduce((sum, many) => sum + many, 0) >= ofService)
      throw new ProblemError('UNAVAILABLE', `${ofService} ${work} at a time: ${nothing}`, headers);
    taken.set(site, own + 1);
    let left = false;
    return () => {
      if (!left) taken.set(site, (taken.get(site) ?? 1) - 1);
      left = true;
    };
  };
}
