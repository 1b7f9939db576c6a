// What is hashed in a site's log (RFC 9162 section 2.1.1): no schemas, because the widget carries it.
import { concatBytes, utf8 } from '../bytes.ts';
import { canonicalJson } from '../canonical.ts';
import type { Leaf } from './leaf.ts';

/** What SHA-256 turns into the leaf's hash: 0x00 || JCS(leaf). */
export const leafBytes = (leaf: Leaf): Uint8Array => concatBytes(new Uint8Array([0]), utf8(canonicalJson(leaf)));

/** What SHA-256 turns into an inner node's hash: 0x01 || left || right. */
export const nodeBytes = (left: Uint8Array, right: Uint8Array): Uint8Array => concatBytes(new Uint8Array([1]), left, right);
