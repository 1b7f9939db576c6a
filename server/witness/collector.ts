// The log's own side: fetches what the configured witnesses cosigned, and keeps what verifies.
import type { Logger } from 'pino';

import { sameBytes } from '../../shared/bytes.ts';
import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { cosignatureLine, findCosignature, parseWitnessKey } from '../../shared/log/cosignature.ts';
import { epochOf } from '../log/epochs.ts';
import type { Fetch } from '../log/verify-remote.ts';
import type { Site, Store } from '../store/store.ts';
import type { Witness } from '../store/witnesses.ts';
import { turns, type Turns } from '../turns.ts';
import { sha256, verifier } from '../verifier.ts';

const MAX_NOTE = 4096;

/** Where a witness offers what it cosigned of a log. */
export const offerUrl = (witness: string, log: string): string =>
  `${witness.replace(/\/$/, '')}/checkpoint?${new URLSearchParams({ log }).toString()}`;

/** Gives the size that was cosigned, or null where the witness has nothing that is of this log and verifies. */
export async function collect(store: Store, fetch: Fetch, site: Site, witness: Witness): Promise<number | null> {
  const response = await fetch(offerUrl(witness.url, site.log));
  if (!response.ok) return null;
  const note = await response.text();
  if (note.length > MAX_NOTE) return null;
  const head = parseCheckpoint(note);
  const epoch = epochOf(site.log, head.origin);
  if (epoch === null) return null;
  const ours = await store.checkpoint(site, epoch, head.size);
  if (!ours || !sameBytes(ours.root, head.root)) return null;
  const cosignature = await findCosignature(head, witness.key, verifier);
  if (!cosignature) return null;
  const line = cosignatureLine(await parseWitnessKey(witness.key, sha256), cosignature.time, cosignature.signature);
  await store.witnesses.addCosignature(site, { epoch, size: head.size }, witness.name, line);
  return head.size;
}

/** `every`: ms between two rounds. A witness that does not answer is asked again at the next. */
export function cosignatureCollector(
  { store, fetch, logger }: { store: Store; fetch: Fetch; logger: Logger },
  every = 30_000,
): Turns {
  async function round(isClosed: () => boolean): Promise<void> {
    const witnesses = await store.witnesses.witnesses();
    if (witnesses.length === 0) return;
    for (const site of await store.sites())
      for (const witness of witnesses) {
        if (isClosed()) return;
        await collect(store, fetch, site, witness).catch((error: unknown) =>
          logger.warn({ witness: witness.name, site: site.id, error: (error as Error).message }, 'no cosignature'),
        );
      }
  }
  return turns(round, { every, start: true, onError: (error) => logger.error({ error: error.message }, 'witnesses') });
}
