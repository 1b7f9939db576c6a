// The log's own side: fetches what the configured witnesses cosigned, and keeps what verifies.
import type { Logger } from 'pino';

import { sameBytes } from '../../shared/bytes.ts';
import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { cosignatureLine, findCosignature, parseWitnessKey } from '../../shared/log/cosignature.ts';
import type { Fetch } from '../log/verify-remote.ts';
import type { Site, Store } from '../store/store.ts';
import type { Witness } from '../store/witnesses.ts';
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
  const epoch = Number(/\/(\d+)$/.exec(head.origin)?.[1] ?? Number.NaN);
  if (head.origin !== `${site.log}/${epoch}`) return null;
  const ours = await store.checkpoint(site, epoch, head.size);
  if (!ours || !sameBytes(ours.root, head.root)) return null;
  const cosignature = await findCosignature(head, witness.key, verifier);
  if (!cosignature) return null;
  const line = cosignatureLine(await parseWitnessKey(witness.key, sha256), cosignature.time, cosignature.signature);
  await store.witnesses.addCosignature(site, { epoch, size: head.size }, witness.name, line);
  return head.size;
}

export interface Collector {
  close(): Promise<void>;
}

/** `every`: ms between two rounds. A witness that does not answer is asked again at the next. */
export function cosignatureCollector(
  { store, fetch, logger }: { store: Store; fetch: Fetch; logger: Logger },
  every = 30_000,
): Collector {
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    const witnesses = await store.witnesses.witnesses();
    if (witnesses.length === 0) return;
    for (const site of await store.sites())
      for (const witness of witnesses) {
        if (closed) return;
        await collect(store, fetch, site, witness).catch((error: unknown) =>
          logger.warn({ witness: witness.name, site: site.id, error: (error as Error).message }, 'no cosignature'),
        );
      }
  }
  function turn(): void {
    running = round()
      .catch((error: unknown) => logger.error({ error: (error as Error).message }, 'witnesses'))
      .finally(() => {
        if (!closed) timer = setTimeout(turn, every).unref();
      });
  }
  turn();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
