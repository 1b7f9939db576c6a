// Erasure (Art. 17): the bodies of a subject's events go with a leaf that says so, and the keys of what they wrote to us. The
// tree still verifies, because it is made of hashes. What stays is said to whoever asked.
import { toBase64Url } from '../../shared/bytes.ts';
import type { ErasureLeaf } from '../../shared/log/leaf.ts';
import type { Kept } from '../../shared/rights/kept.ts';
import { isClosed } from '../../shared/rights/request.ts';
import { attestedSubject } from '../attest/attested-subject.ts';
import type { LogWriter } from '../log/writer.ts';
import type { Checkpoint, Site, Store } from '../store/store.ts';

export interface Erasure {
  /** Events whose bodies went. */
  erased: number;
  /** Of the erasure leaf; null: there was nothing. */
  index: number | null;
  checkpoint: Checkpoint | null;
  /** Addresses for marketing whose key was erased. */
  contacts: number;
  /** Requests whose person was erased. */
  requests: number;
  kept: Kept[];
}

export interface ErasureInput {
  subject: string;
  by: ErasureLeaf['by'];
  /** Hash of the signed request, where there is one. */
  request?: string;
  /** Of an address, where one is known: they say whether it is suppressed. */
  keys?: readonly string[];
  at: Date;
}

export async function eraseSubject(
  { store, log }: { store: Store; log: LogWriter },
  site: Site,
  { subject, by, request, keys = [], at }: ErasureInput,
): Promise<Erasure> {
  const requests = await store.rights.list(site, { subject });
  const known = [...keys];
  for (const { id } of requests) {
    const lookup = (await store.rights.key(site, id))?.lookup;
    if (lookup) known.push(toBase64Url(lookup));
  }
  const named = (await store.contacts.ofSubject(site, subject)).map(({ key }) => key);
  const said = new Set((await store.subjectEvents(site, subject)).map(({ id }) => id));
  // First what others said of them, so that the leaf that is answered with is the subject's own where there is one.
  const about = attestedSubject(site.log, { kind: 'subject', subject });
  const reason = { by, at, ...(request === undefined ? {} : { request }) };
  const attested = await log.erase(site, { subject: about, ...reason });
  const signed = await log.erase(site, { subject, ...reason });
  const result = {
    ...(signed.erased > 0 ? signed : attested),
    erased: signed.erased + attested.erased,
    contacts: signed.contacts + attested.contacts,
  };
  const closed = requests.filter(({ state }) => isClosed(state));
  for (const { id } of closed) await store.rights.eraseKey(site, id);
  // Of addresses that they typed only what they said themself: whether somebody else did is none of their business.
  const own = (await store.suppressions.of(site, named)).some(({ event }) => event !== null && said.has(event));
  const suppressed = own || (await store.suppressions.of(site, known)).length > 0;
  const kept: Kept[] = [
    ...(result.erased > 0 ? (['log', 'tombstones'] as const) : []),
    ...(requests.length > 0 ? (['requests'] as const) : []),
    ...(requests.length > closed.length ? (['open_request'] as const) : []),
    ...(suppressed ? (['suppression'] as const) : []),
  ];
  return { ...result, requests: closed.length, kept };
}
