// The tables as Kysely sees them (migrations/ makes them).
import type { Generated } from 'kysely';

import type { AddressKind } from '../../shared/marketing/channel.ts';
import type { Suppression } from '../../shared/marketing/suppression.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import type { RequestAction, RequestKind, RequestState } from '../../shared/rights/request.ts';
import type { Role } from '../../shared/operator.ts';
import type { StoredAudit } from './audit.ts';
import type { Credential, DocumentKind, LogKey } from './store.ts';

export interface Tables {
  migration: { version: number; name: string; at: number };
  site: {
    site_key: Generated<number>;
    id: string;
    name: string;
    log: string;
    origins: string;
    revision: number;
    created_at: number;
  };
  document: {
    site_key: number;
    hash: string;
    kind: DocumentKind;
    body: string;
    published_at: number;
    is_current: number;
  };
  log_key: { site_key: number; number: number; public_key: Uint8Array; state: LogKey['state'] };
  head: {
    site_key: number;
    epoch: number;
    size: number;
    root: Uint8Array;
    events: number;
    subjects: number;
    latest_at: number | null;
  };
  leaf: {
    site_key: number;
    epoch: number;
    idx: number;
    kind: number;
    event: Uint8Array | null;
    received_at: number | null;
    skew: number | null;
    body: string | null;
    hash: Uint8Array;
  };
  node: { site_key: number; epoch: number; level: number; idx: number; hash: Uint8Array };
  checkpoint: {
    site_key: number;
    epoch: number;
    size: number;
    root: Uint8Array;
    key_number: number;
    signature: Uint8Array;
  };
  subject: { site_key: number; subject_key: number; thumbprint: Uint8Array; x: Uint8Array; y: Uint8Array };
  event_body: {
    site_key: number;
    epoch: number;
    idx: number;
    subject_key: number;
    id: Uint8Array;
    seq: number;
    payload: Uint8Array;
    signature: Uint8Array;
  };
  tombstone: { site_key: number; hash: Uint8Array; number: number };
  document_directory: { hash: string; site_key: number };
  presentation_directory: { hash: Uint8Array; site_key: number };
  presentation: { site_key: number; hash: Uint8Array; body: string };
  day_count: {
    site_key: number;
    day: string;
    events: number;
    given: number;
    refused: number;
    withdrawn: number;
    objected: number;
  };
  purpose_count: { site_key: number; purpose: string; state: string; count: number };
  used_request: { site_key: number; jti: string; until: number };
  credential: {
    kind: Credential['kind'];
    id: string;
    name: string;
    role: Role;
    secret_hash: Uint8Array;
    created_at: number;
    expires_at: number | null;
    site: string | null;
    parent: string | null;
  };
  audit: { site_key: number } & StoredAudit;
  service_audit: StoredAudit;
  publication: { site_key: number; number: number; kind: DocumentKind; hash: string; at: number };
  erased_event: {
    site_key: number;
    epoch: number;
    idx: number;
    event: Uint8Array;
    erasure_epoch: number;
    erasure_idx: number;
  };
  webhook_endpoint: {
    site_key: number;
    id: string;
    url: string;
    /** JSON */
    types: string;
    /** Encrypted. */
    secret: Uint8Array;
    state: 'active' | 'paused';
    created_at: number;
  };
  webhook_message: {
    site_key: number;
    number: number;
    endpoint: string;
    type: string;
    subject: Uint8Array;
    epoch: number;
    idx: number;
    created_at: number;
    state: 'waiting' | 'delivered' | 'dead' | 'erased';
    attempts: number;
    due_at: number;
    answer: string | null;
  };
  request: {
    site_key: number;
    id: string;
    kind: RequestKind;
    state: RequestState;
    via: 'page' | 'subject' | 'operator';
    received_at: number;
    changed_at: number;
    closed_at: number | null;
    subject: Uint8Array | null;
    sealed: Uint8Array | null;
    mail: 'none' | 'due' | 'sending' | 'sent';
    erased_at: Generated<number | null>;
  };
  request_key: { site_key: number; id: string; wrapped: Uint8Array; lookup: Uint8Array | null };
  request_step: {
    site_key: number;
    id: string;
    number: number;
    action: RequestAction;
    at: number;
    actor: string;
    sealed: Uint8Array | null;
  };
  request_token: { site_key: number; hash: Uint8Array; id: string; until: number };
  restriction: { site_key: number; subject: Uint8Array; since: number; request: string | null };
  suppression: {
    site_key: number;
    number: number;
    lookup: Uint8Array;
    channel: Channel;
    sender: string | null;
    since: number;
    reason: Suppression['reason'];
    event: Uint8Array | null;
  };
  contact: {
    site_key: number;
    id: string;
    kind: AddressKind;
    lookup: Uint8Array;
    sealed: Uint8Array | null;
    created_at: number;
  };
  contact_key: { site_key: number; id: string; wrapped: Uint8Array };
  contact_mention: { site_key: number; contact: string; subject: Uint8Array; event: Uint8Array; at: number };
  contact_statement: { site_key: number; contact: string; number: number; at: number; actor: string; sealed: Uint8Array };
  marketing_mail: {
    site_key: number;
    id: string;
    kind: 'confirmation' | 'choices';
    lookup: Uint8Array;
    token: Uint8Array | null;
    contact: string | null;
    subject: Uint8Array | null;
    event: Uint8Array | null;
    asked: string | null;
    wrapped: Uint8Array | null;
    sealed: Uint8Array | null;
    language: string;
    state: 'due' | 'sending' | 'handed' | 'sent' | 'failed' | 'bounced' | 'dropped';
    attempts: number;
    due_at: number;
    created_at: number;
    until: number;
    used_at: number | null;
  };
  marketing_bounce: { site_key: number; lookup: Uint8Array; at: number; status: string };
  erased_contact: { site_key: number; id: string; at: number };
  retention_run: {
    site_key: number;
    number: number;
    record: string;
    rule: string;
    at: number;
    count: number;
    epoch: number;
    size: number;
    root: Uint8Array;
  };
  letter: {
    site_key: number;
    id: string;
    number: number;
    sealed: Uint8Array;
    state: 'due' | 'sent' | 'failed';
    attempts: number;
    due_at: number;
  };
  kept_key: { name: string; sealed: Uint8Array };
  passkey_challenge: { challenge: string; key_id: string | null; until: number };
  passkey: {
    id: string;
    key_id: string;
    public_key: Uint8Array;
    counter: number;
    transports: string;
    created_at: number;
    used_at: number | null;
  };
  pinned_file: { site_key: number; path: string; type: string; brotli: Uint8Array; pinned_at: number };
  widget_build: { build: string; file: string; sha256: string; brotli: Uint8Array; kept_at: number };
  witness: { name: string; url: string; witness_key: string; created_at: number };
  cosignature: { site_key: number; epoch: number; size: number; witness: string; line: string };
}
