// What a webhook says: the choice as it was signed, without contact values, or what was erased.
import type { ErasureLeaf, EventLeaf } from '../../shared/log/leaf.ts';
import { eventOf } from '../receipts.ts';
import type { Site, Store } from '../store/store.ts';
import type { WebhookMessage } from '../store/webhooks.ts';

/** The body, the same at each attempt; null: what it was to tell was erased meanwhile. */
export async function messageBody(store: Store, site: Site, message: WebhookMessage): Promise<string | null> {
  const { type, epoch, index, subject } = message;
  const about = { site: site.id, log: site.log, subject, epoch, index };
  const body = (at: string, data: object): string => JSON.stringify({ type, timestamp: at, data: { ...about, ...data } });
  if (type === 'events.erased') {
    const [stored] = await store.leaves(site, epoch, index, index + 1);
    const leaf = stored?.leaf as ErasureLeaf | undefined;
    return leaf?.kind === 'erasure' ? body(leaf.at, { by: leaf.by, leaves: leaf.leaves.length }) : null;
  }
  const logged = await store.history.eventAt(site, { epoch, index });
  if (!logged) return null;
  const { receivedAt } = logged.leaf as EventLeaf;
  const { id, seq, at, method, actor, purposes, channels, gpc, start, terms, presentation } = eventOf(logged);
  return body(receivedAt, {
    event: id,
    seq,
    at,
    receivedAt,
    method,
    actor,
    purposes,
    ...(channels ? { channels } : {}),
    gpc,
    ...(start ? { start: start.kind } : {}),
    terms,
    presentation,
  });
}
