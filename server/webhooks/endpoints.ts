// Making and showing the endpoints of a site: what the API and the command line share.
import { randomBytes } from 'node:crypto';

import type * as v from 'valibot';

import { WEBHOOK_TYPES, type MadeWebhook, type NewWebhook, type Webhook, type WebhookDelivery } from '../../shared/webhook.ts';
import type { Site, Store } from '../store/store.ts';
import type { WebhookEndpoint, WebhookMessage } from '../store/webhooks.ts';
import { webhookUrl } from './address.ts';
import { makeSecret, type SecretSeal } from './secret.ts';
import { secretPlace } from './worker.ts';

/** What is set for webhooks in this process. */
export interface WebhookSetting {
  /** Null: CANDOUR_SECRET is not set, and no secret can be kept. */
  seal: SecretSeal | null;
  /** Hosts that may be private. */
  allowed: readonly string[];
}

export const shownEndpoint = ({ id, url, types, state, createdAt }: WebhookEndpoint): Webhook => ({
  id,
  url,
  types,
  state,
  createdAt: new Date(createdAt).toISOString(),
});

export const shownDelivery = ({ state, dueAt, createdAt, ...message }: WebhookMessage): WebhookDelivery => ({
  number: message.number,
  type: message.type,
  epoch: message.epoch,
  index: message.index,
  createdAt: new Date(createdAt).toISOString(),
  state,
  attempts: message.attempts,
  dueAt: state === 'waiting' ? new Date(dueAt).toISOString() : null,
  answer: message.answer,
});

/** Throws WebhookUrlError. */
export async function addEndpoint(
  { store, seal, allowed, now }: { store: Store; seal: SecretSeal; allowed: readonly string[]; now: Date },
  site: Site,
  { url, types }: v.InferOutput<typeof NewWebhook>,
): Promise<MadeWebhook> {
  const id = `wh_${randomBytes(9).toString('base64url')}`;
  const secret = makeSecret();
  const endpoint: WebhookEndpoint = {
    id,
    url: webhookUrl(url, allowed).href,
    types: WEBHOOK_TYPES.filter((type) => types.includes(type)),
    secret: seal.seal(secret, secretPlace(site, id)),
    state: 'active',
    createdAt: now.getTime(),
  };
  await store.webhooks.addEndpoint(site, endpoint);
  return { ...shownEndpoint(endpoint), secret };
}
