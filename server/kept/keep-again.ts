// What a restored backup lacks of the kept list is put back: who said no, erasures of contacts, of requests and of events, restrictions.
// The log's new epoch says of the events that they are erased. Of requests that are not in the backup it is known only that they came.
import { epochHeads } from '../log/epochs.ts';
import { tombstoneOf } from '../event-check.ts';
import type { LogWriter } from '../log/writer.ts';
import { readKept, type KeptLine, type KeptRequest } from './kept-lines.ts';
import type { Site, Store } from '../store/store.ts';

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
  /** Restrictions that it did not have, or had and that were lifted since. */
  restrictions: number;
  /** What nobody but people can bring again: requests that it does not have, or has in another state. */
  missing: (KeptRequest & { site: string })[];
}

/** Subjects with an event that has a tombstone and a body all the same. */
async function undead(store: Store, site: Site): Promise<string[]> {
  const found = new Set<string>();
  for (const { epoch, size } of await epochHeads(store, site, () => undefined))
    for (let start = 0; start < size; start += PAGE) {
      const bodies = await store.bodies(site, epoch, start, Math.min(start + PAGE, size));
      const hashes = bodies.map(({ subject, payload }) => tombstoneOf(subject, payload));
      const dead = await store.write(site, (transaction) => transaction.findTombstones(hashes));
      for (const [i, { subject }] of bodies.entries()) if (dead.has(hashes[i] ?? '')) found.add(subject);
    }
  return [...found];
}

async function eraseUndead({ store, log }: { store: Store; log: LogWriter }, site: Site, at: Date): Promise<number> {
  const all = await undead(store, site);
  let erased = 0;
  for (let from = 0; from < all.length; from += SUBJECTS_A_LEAF)
    erased += (await log.eraseAgain(site, { subjects: all.slice(from, from + SUBJECTS_A_LEAF), at })).erased;
  return erased;
}

/** What the file says last of each, by site. */
interface Last {
  requests: Map<string, KeptRequest>;
  erased: Set<string>;
  /** Since when (ms); null: lifted. */
  restrictions: Map<string, number | null>;
}

async function putRestrictionsBack({ rights }: Store, site: Site, { restrictions }: Last): Promise<number> {
  const there = new Set((await rights.restrictions(site)).map(({ subject }) => subject));
  let changed = 0;
  for (const [subject, since] of restrictions) {
    if ((since !== null) === there.has(subject)) continue;
    if (since === null) await rights.lift(site, subject);
    else await rights.restrict(site, { subject, since, request: null });
    changed++;
  }
  return changed;
}

async function missingRequests({ rights }: Store, site: Site, { requests }: Last): Promise<KeptAgain['missing']> {
  const missing: KeptAgain['missing'] = [];
  for (const request of requests.values())
    if ((await rights.get(site, request.id))?.state !== request.state) missing.push({ ...request, site: site.id });
  return missing.sort((a, b) => a.receivedAt - b.receivedAt);
}

/** The highest epoch of each site that the file knows of. Throws KeptListError for a file that is another. */
export async function epochsIn(file: string): Promise<ReadonlyMap<string, number>> {
  const epochs = new Map<string, number>();
  for await (const { site, epoch } of readKept(file)) epochs.set(site, Math.max(epoch, epochs.get(site) ?? 0));
  return epochs;
}

/** Can be run again; the service must not run. Throws KeptListError for a file that is another. */
export async function keepAgain({ store, log }: { store: Store; log: LogWriter }, file: string, at: Date): Promise<KeptAgain> {
  const sites = new Map((await store.sites()).map((site) => [site.id, site]));
  const done: KeptAgain = { suppressions: 0, contacts: 0, requests: 0, events: 0, restrictions: 0, missing: [] };
  const named = new Map<Site, Last>();
  let batch: Extract<KeptLine, { suppression: unknown }>['suppression'][] = [];
  let of: Site | undefined;
  const flush = async (): Promise<void> => {
    if (of && batch.length > 0) done.suppressions += await store.suppressions.add(of, batch);
    batch = [];
  };
  for await (const line of readKept(file)) {
    const site = sites.get(line.site);
    if (!site) continue;
    const last = named.get(site) ?? { requests: new Map(), erased: new Set(), restrictions: new Map() };
    named.set(site, last);
    if ('suppression' in line) {
      if (site !== of || batch.length >= PAGE) await flush();
      of = site;
      batch.push(line.suppression);
    } else if ('tombstones' in line) await store.write(site, (transaction) => transaction.addTombstones(line.tombstones));
    else if ('erased' in line) {
      if (await store.contacts.erase(site, line.erased, line.at)) done.contacts++;
    } else if ('request' in line) {
      if (await store.rights.eraseKey(site, line.request)) done.requests++;
      last.erased.add(line.request);
    } else if ('came' in line) last.requests.set(line.came.id, line.came);
    else if ('restricted' in line) last.restrictions.set(line.restricted, line.at);
    else if ('lifted' in line) last.restrictions.set(line.lifted, null);
  }
  await flush();
  for (const [site, last] of named) {
    done.events += await eraseUndead({ store, log }, site, at);
    done.restrictions += await putRestrictionsBack(store, site, last);
    // Nobody can bring again who was erased.
    for (const id of last.erased) last.requests.delete(id);
    done.missing.push(...(await missingRequests(store, site, last)));
  }
  await store.forget();
  return done;
}
