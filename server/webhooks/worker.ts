// Delivers the outbox: at least once, in order for each data subject, with longer and longer pauses while a receiver fails.
import type { Logger } from 'pino';

import type { Site, Store } from '../store/store.ts';
import { turns, type Turns } from '../turns.ts';
import type { WebhookEndpoint, WebhookMessage } from '../store/webhooks.ts';
import { messageBody, type AboutContact } from './message.ts';
import type { SecretSeal } from './secret.ts';
import type { Send } from './send.ts';

/** ms before the next attempt, by how many failed: 5 s to 10 h; then a message is dead, after two days. */
const PAUSES = [5, 30, 120, 600, 1800, 7200, 21_600, 36_000, 36_000, 36_000].map((seconds) => seconds * 1000);
/** ms that a message is lent to one process: longer than an attempt can take. */
const LEASE = 60_000;
const BATCH = 20;
const KEEP = 30 * 86_400_000;

export interface DeliveryOptions {
  store: Store;
  seal: SecretSeal;
  send: Send;
  now: () => Date;
  logger: Logger;
  /** What is told of contacts beside what was said. */
  contact?: AboutContact;
}

/** Where a secret is sealed for. */
export const secretPlace = (site: Site, endpoint: string): string => `${site.log} ${endpoint}`;

async function attempt(options: DeliveryOptions, site: Site, endpoint: WebhookEndpoint, message: WebhookMessage): Promise<void> {
  const { store, seal, send, now, logger } = options;
  const { number, attempts, createdAt } = message;
  const settle = (change: Partial<WebhookMessage>) =>
    store.webhooks.settle(site, { ...message, attempts: attempts + 1, dueAt: now().getTime(), ...change });
  let answer: string;
  try {
    const body = await messageBody(store, site, message, options.contact);
    if (body === null) return await settle({ state: 'erased', answer: 'erased before it was sent' });
    const secret = seal.open(endpoint.secret, secretPlace(site, endpoint.id));
    // A database that was put back counts on from where it was: the moment tells its messages from those that were sent already.
    const id = `${endpoint.id}.${createdAt}.${number}`;
    const status = await send({ url: endpoint.url, secret, id, body }, now());
    if (status >= 200 && status < 300) return await settle({ state: 'delivered', answer: String(status) });
    answer = String(status);
  } catch (error) {
    answer = ((error as NodeJS.ErrnoException).code ?? (error as Error).message).slice(0, 200);
  }
  const pause = PAUSES[attempts];
  logger.warn({ endpoint: endpoint.id, number, attempts: attempts + 1, answer }, 'webhook failed');
  await settle(pause === undefined ? { state: 'dead', answer } : { state: 'waiting', dueAt: now().getTime() + pause, answer });
}

/** Delivers what is due of one site. Gives how many messages it tried. */
export async function deliverDue(options: DeliveryOptions, site: Site): Promise<number> {
  const { store, now } = options;
  const endpoints = (await store.webhooks.endpoints(site)).filter(({ state }) => state === 'active');
  const at = now().getTime();
  const ids = endpoints.map(({ id }) => id);
  const messages = await store.webhooks.claim(site, ids, { now: at, until: at + LEASE }, BATCH);
  await Promise.all(
    messages.map(async (message) => {
      const endpoint = endpoints.find(({ id }) => id === message.endpoint);
      if (endpoint) await attempt(options, site, endpoint, message);
    }),
  );
  return messages.length;
}

/** `every`: ms between two looks. */
export function webhookWorker(options: DeliveryOptions, every = 1000): Turns {
  const { store, now, logger } = options;
  let prunedAt = 0;

  async function look(isClosed: () => boolean): Promise<void> {
    const isTime = now().getTime() - prunedAt > 3_600_000;
    for (const site of await store.sites()) {
      while (!isClosed() && (await deliverDue(options, site)) === BATCH);
      if (isTime) await store.webhooks.prune(site, now().getTime() - KEEP);
    }
    if (isTime) prunedAt = now().getTime();
  }
  return turns(look, { every, start: true, onError: (error) => logger.error({ error: error.message }, 'webhooks') });
}
