// What whoever sends messages asks of the service: links that stop them, and where to put word of an address that takes no mail.
import * as v from 'valibot';

import { CHANNELS, Slug } from '../notice/schema.ts';
import { Instant } from '../consent/event.ts';

const address = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));

export const MAX_MAIL_LINES = 10_000;

export const NewMessageLinks = v.strictObject({
  links: v.pipe(
    v.array(
      v.strictObject({
        address,
        channel: v.optional(v.picklist(CHANNELS), 'email'),
        sender: Slug,
        /** Of telephone numbers without a country. */
        callingCode: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/, 'must be digits such as 44'))),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_MAIL_LINES),
  ),
});

export const MessageLinks = v.object({
  /** In the order that they were asked for. */
  links: v.array(
    v.union([
      v.object({
        /** Stops that channel of that sender. It never ends. */
        stop: v.string(),
        /** The person’s own page, until that day. */
        choices: v.string(),
        choicesUntil: v.string(),
        /** For the head of an e-mail: List-Unsubscribe and List-Unsubscribe-Post (RFC 8058). */
        headers: v.record(v.string(), v.string()),
      }),
      v.object({ problem: v.picklist(['NO_ADDRESS', 'UNKNOWN_SENDER']) }),
    ]),
  ),
});
export type MessageLinks = v.InferOutput<typeof MessageLinks>;

/** RFC 3463. */
const status = v.pipe(v.string(), v.regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'must be a status such as 5.1.1'));

export const NewBounces = v.strictObject({
  bounces: v.pipe(
    v.array(v.strictObject({ address, status, at: v.optional(Instant) })),
    v.minLength(1),
    v.maxLength(MAX_MAIL_LINES),
  ),
});
export type NewBounces = v.InferOutput<typeof NewBounces>;

export const BouncesTaken = v.object({
  /** Addresses that take no mail from now on. */
  marked: v.number(),
  /** Passing troubles, successes, and what is no address. */
  ignored: v.number(),
});
export type BouncesTaken = v.InferOutput<typeof BouncesTaken>;
