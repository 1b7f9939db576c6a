// What a restored backup lacks of the kept list is put back: who said no, and erasures of contacts, of requests and of events. The
// log's new epoch says of the events that they are erased.
import { epochHeads } from './log/epochs.ts';
import { tombstoneOf } from './event-check.ts';
import type { LogWriter } from './log/writer.ts';
import { readKept, type KeptLine } from './kept-list.ts';
import type { Site, Store } from './store/store.ts';

const PAGE = 500;
const SUBJECTS_A_LEAF = 200;

export interface KeptAgain {
  /** Entries of the suppression list that the database did not have. */
  suppressions: number;
  /** Contacts that it still had. */
  contacts: number;
  /** Requests whose person it still had. */
  requests: number;
  /** Events whose body it still had. */
  events: number;
}

/** How many of each subject's events have a tombstone and a body all the same. */
async function undead(store: Store, site: Site): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { epoch, size } of await epochHeads(store, site, () => undefined))
    for (let start = 0; start < size; start += PAGE) {
      const bodies = await store.bodies(site, epoch, start, Math.min(start + PAGE, size));
      const hashes = bodies.map(({ subject, payload }) => tombstoneOf(subject, payload));
      const dead = await store.write(site, (transaction) => transaction.findTombstones(hashes));
      for (const [i, { subject }] of bodies.entries())
        if (dead.has(hashes[i] ?? '')) found.set(subject, (found.get(subject) ?? 0) + 1);
    }
  return found;
}

async function eraseUndead({ store, log }: { store: Store; log: LogWriter }, site: Site, at: Date): Promise<number> {
  const all = [...(await undead(store, site))];
  let erased = 0;
  for (let from = 0; from < all.length; from += SUBJECTS_A_LEAF) {
    const subjects = new Map(all.slice(from, from + SUBJECTS_A_LEAF));
    erased += (await log.purge(site, { subjects, at, by: 'controller' })).erased;
  }
  return erased;
}

/** Can be run again; the service must not run. Throws KeptListError for a file that is another. */
export async function keepAgain({ store, log }: { store: Store; log: LogWriter }, file: string, at: Date): Promise<KeptAgain> {
  const sites = new Map((await store.sites()).map((site) => [site.id, site]));
  const done: KeptAgain = { suppressions: 0, contacts: 0, requests: 0, events: 0 };
  const withTombstones = new Set<Site>();
  let batch: Extract<KeptLine, { suppression: unknown }>['suppression'][] = [];
  let of: Site | undefined;
  const flush = async (): Promise<void> => {
    if (of && batch.length > 0) done.suppressions += await store.suppressions.add(of, batch);
    batch = [];
  };
  for await (const line of readKept(file)) {
    const site = sites.get(line.site);
    if (!site) continue;
    if ('suppression' in line) {
      if (site !== of || batch.length >= PAGE) await flush();
      of = site;
      batch.push(line.suppression);
    } else if ('tombstones' in line) {
      await store.write(site, (transaction) => transaction.addTombstones(line.tombstones));
      withTombstones.add(site);
    } else if ('request' in line) {
      if (await store.rights.eraseKey(site, line.request)) done.requests++;
    } else if (await store.contacts.erase(site, line.erased, line.at)) done.contacts++;
  }
  await flush();
  for (const site of withTombstones) done.events += await eraseUndead({ store, log }, site, at);
  await store.forget();
  return done;
}
