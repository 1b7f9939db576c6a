// The leaves of a site's log, and their hashes (RFC 9162 section 2.1.1 over RFC 8785 canonical JSON).
import * as v from 'valibot';

import { Hash, Instant } from '../consent/event.ts';

export { leafBytes, nodeBytes } from './leaf-bytes.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const EventLeaf = v.strictObject({
  kind: v.picklist(['event', 'attestation']),
  /** jwsHash: SHA-256 of the exact JWS bytes. */
  event: Hash,
  receivedAt: Instant,
  /** receivedAt − sentAt in milliseconds. */
  skew: v.pipe(v.number(), v.integer()),
});
export const ErasureLeaf = v.strictObject({
  kind: v.literal('erasure'),
  /** Of the leaves named; without it, the erasure's own. */
  epoch: v.optional(count),
  /** Indices of the leaves whose bodies are gone. */
  leaves: v.pipe(v.array(count), v.minLength(1)),
  at: Instant,
  by: v.picklist(['subject', 'controller', 'retention']),
  request: v.optional(Hash),
});
export const EpochLeaf = v.strictObject({
  kind: v.literal('epoch'),
  epoch: count,
  previous: v.strictObject({ origin: v.string(), size: count, root: Hash }),
  at: Instant,
});
export const Leaf = v.variant('kind', [EventLeaf, ErasureLeaf, EpochLeaf]);
export type EventLeaf = v.InferOutput<typeof EventLeaf>;
export type EpochLeaf = v.InferOutput<typeof EpochLeaf>;
export type ErasureLeaf = v.InferOutput<typeof ErasureLeaf>;
export type Leaf = v.InferOutput<typeof Leaf>;
