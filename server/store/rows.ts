// Between rows and what the service speaks of.
import type { Selectable } from 'kysely';

import { decodeBase64Url as fromBase64Url, encodeBase64Url as toBase64Url } from '../base64url.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import type { Leaf } from '../../shared/log/leaf.ts';
import type { Checkpoint, Credential, Document, EventBody, Site, StoredLeaf } from './store.ts';
import type { Tables } from './tables.ts';

const KINDS = ['event', 'attestation', 'erasure', 'epoch'] as const;

/** Both engines take Buffers; a plain Uint8Array they take for an object. */
export const blob = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
export const blobOf = (base64url: string): Buffer => blob(fromBase64Url(base64url));
export const uuidBlob = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');
export const uuidText = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

export const siteOf = (row: Selectable<Tables['site']>): Site => ({
  key: row.site_key,
  id: row.id,
  name: row.name,
  log: row.log,
  origins: JSON.parse(row.origins) as string[],
  revision: row.revision,
});

export const documentOf = (row: Selectable<Tables['document']>): Document => ({
  hash: row.hash,
  kind: row.kind,
  body: row.body,
  publishedAt: row.published_at,
  current: row.is_current === 1,
});

export const checkpointOf = (row: Selectable<Tables['checkpoint']>): Checkpoint => ({
  epoch: row.epoch,
  size: row.size,
  root: row.root,
  keyNumber: row.key_number,
  signature: row.signature,
});

type LeafColumns = Pick<Tables['leaf'], 'kind' | 'event' | 'received_at' | 'skew' | 'body'>;

export function leafColumns(leaf: Leaf): LeafColumns {
  const kind = KINDS.indexOf(leaf.kind);
  if (leaf.kind !== 'event' && leaf.kind !== 'attestation')
    return { kind, event: null, received_at: null, skew: null, body: canonicalJson(leaf) };
  return { kind, event: blobOf(leaf.event), received_at: Date.parse(leaf.receivedAt), skew: leaf.skew, body: null };
}

/** As the row says, not validated: `log verify` must be able to read what somebody has edited. */
export function leafOf(row: LeafColumns): Leaf {
  const kind = KINDS[row.kind];
  if (kind !== 'event' && kind !== 'attestation') return JSON.parse(row.body ?? 'null') as Leaf;
  return {
    kind,
    event: toBase64Url(row.event ?? new Uint8Array()),
    receivedAt: new Date(row.received_at ?? 0).toISOString(),
    skew: row.skew ?? 0,
  };
}

export const storedLeafOf = (row: LeafColumns & { idx: number; hash: Uint8Array }): StoredLeaf => ({
  index: row.idx,
  leaf: leafOf(row),
  hash: row.hash,
});

export const bodyOf = (
  row: Pick<Tables['event_body'], 'epoch' | 'idx' | 'id' | 'seq' | 'payload' | 'signature'> &
    Pick<Tables['subject'], 'thumbprint' | 'x' | 'y'>,
): EventBody => ({
  epoch: row.epoch,
  index: row.idx,
  subject: toBase64Url(row.thumbprint),
  key: { crv: 'P-256', kty: 'EC', x: toBase64Url(row.x), y: toBase64Url(row.y) },
  id: uuidText(row.id),
  seq: row.seq,
  payload: row.payload,
  signature: row.signature,
});

export const credentialOf = (row: Selectable<Tables['credential']>): Credential => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  role: row.role,
  secretHash: row.secret_hash,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  site: row.site,
  parent: row.parent,
});
