// Making and showing the endpoints of a site: what the API and the command line share.
import { randomBytes } from 'node:crypto';

import * as v from 'valibot';

import type { Site, Store } from '../store/store.ts';
import { WEBHOOK_TYPES, type WebhookEndpoint } from '../store/webhooks.ts';
import { webhookUrl } from './address.ts';
import { makeSecret, type SecretSeal } from './secret.ts';
import { secretPlace } from './worker.ts';

export const NewWebhook = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(2000)),
  types: v.optional(v.pipe(v.array(v.picklist(WEBHOOK_TYPES)), v.minLength(1)), [...WEBHOOK_TYPES]),
});
export const Webhook = v.object({
  id: v.string(),
  url: v.string(),
  types: v.array(v.picklist(WEBHOOK_TYPES)),
  state: v.picklist(['active', 'paused']),
  createdAt: v.string(),
});
export type Webhook = v.InferOutput<typeof Webhook>;
export const Webhooks = v.object({ webhooks: v.array(Webhook) });
/** The only time that the secret is given. */
export const MadeWebhook = v.object({ ...Webhook.entries, secret: v.string() });
export type MadeWebhook = v.InferOutput<typeof MadeWebhook>;
export const WebhookChange = v.strictObject({ state: v.picklist(['active', 'paused']) });
export const Replay = v.strictObject({
  /** Sends again what was made since then. */
  since: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  /** Only what was given up. */
  deadOnly: v.optional(v.boolean(), false),
});

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
