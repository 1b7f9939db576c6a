// Webhooks as the administration API speaks of them: who is told of what, and how the telling went.
import * as v from 'valibot';

/**
 * The last three are of contacts: those of one address come in the order in which they happened. `permission.changed`: something was
 * said that came with the address, or an operator stated or ended a ground (`epoch` is -1 then, and `index` the statement's number); `suppression.added`: it is not to be written to; `contact.erased`: it is not known here any more.
 */
export const WEBHOOK_TYPES = [
  'consent.decided',
  'consent.withdrawn',
  'events.erased',
  'permission.changed',
  'suppression.added',
  'contact.erased',
] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

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
  /** Sends again what has a greater number: the last that you are sure to have. */
  after: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** Only what was given up. */
  deadOnly: v.optional(v.boolean(), false),
});

/** `waiting` for its first or next attempt; `dead`: given up after two days; `erased` before it was sent. */
const STATES = ['waiting', 'delivered', 'dead', 'erased'] as const;
export const WebhookCounts = v.object(v.entriesFromList(STATES, v.number()));
export type WebhookCounts = v.InferOutput<typeof WebhookCounts>;

/** A message and how sending it went. It names its leaf, and no data subject. */
export const WebhookDelivery = v.object({
  /** One of a site's, rising; the message's id for the receiver is "<webhook>.<number>". */
  number: v.number(),
  type: v.picklist(WEBHOOK_TYPES),
  epoch: v.number(),
  index: v.number(),
  createdAt: v.string(),
  state: v.picklist(STATES),
  attempts: v.number(),
  /** Of the next attempt; null unless it waits for one. */
  dueAt: v.nullable(v.string()),
  /** The last answer: a status, or what went wrong. */
  answer: v.nullable(v.string()),
});
export type WebhookDelivery = v.InferOutput<typeof WebhookDelivery>;
export const WebhookDeliveries = v.object({
  counts: WebhookCounts,
  /** Newest first. */
  deliveries: v.array(WebhookDelivery),
});
