// The operator's people: what they may be, what the audit log says of them, and the shapes of the administration API.
import * as v from 'valibot';

import { Hash } from './consent/event.ts';
import { CHANGED_PARTS } from './notice/diff.ts';
import { LINT_RULES } from './notice/lint-rules.ts';
import { isPeriod } from './notice/period.ts';
import { NOTICE_KINDS, Slug } from './notice/schema.ts';

/**
 * `owner` everything · `dpo` everything about personal data, not keys and sites · `auditor` reads everything, the audit log too ·
 * `support` reads with subjects and contacts shortened · `ingest` sends events from a site's own server, nothing else.
 */
export const ROLES = ['owner', 'dpo', 'auditor', 'support', 'ingest'] as const;
export type Role = (typeof ROLES)[number];

/** What the audit log tells of: every read of personal data and every change. */
export const AUDIT_ACTIONS = [
  'session.start',
  'session.end',
  'key.create',
  'key.revoke',
  'passkey.create',
  'passkey.remove',
  'site.create',
  'site.change',
  'notice.publish',
  'events.read',
  'receipt.read',
  'attestation.create',
  'history.read',
  'proof.read',
  'subject.erase',
  'request.read',
  'request.change',
  'retention.run',
  'permission.read',
  'links.issue',
  'contact.read',
  'contact.change',
  'suppression.read',
  'suppression.change',
  'export.run',
  'import.run',
  'webhook.change',
  'witness.change',
  'widget.pin',
  'log_key.rotate',
  'secret.rotate',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const AuditEntry = v.object({
  /** UUIDv7: newer ones are greater. */
  id: v.string(),
  /** ISO instant. */
  at: v.string(),
  /** Id of the API key or of the one-time sign-in; "command" for the command line on the service's machine. */
  actor: v.string(),
  role: v.picklist(ROLES),
  action: v.picklist(AUDIT_ACTIONS),
  /** Null: of the service as a whole. */
  site: v.nullable(v.string()),
  /** Which thing: a hash, a key's id, "leaf 12". Never a personal data value. */
  object: v.nullable(v.string()),
});
export type AuditEntry = v.InferOutput<typeof AuditEntry>;

export const AuditLog = v.object({
  /** Newest first. */
  entries: v.array(AuditEntry),
  /** Pass as `before=` for the next page; null: no more. */
  next: v.nullable(v.string()),
});
export type AuditLog = v.InferOutput<typeof AuditLog>;

/** A one-time sign-in token or an API key. */
export const SignIn = v.object({ token: v.pipe(v.string(), v.maxLength(200)) });
export const SignedIn = v.object({
  name: v.string(),
  role: v.picklist(ROLES),
  /** The only site that they may touch; null: all. */
  site: v.nullable(v.string()),
});

/** As `PublicKeyCredential.toJSON()` gives it (WebAuthn 3 § 5.1): read no further here, the verification is the library's. */
export const PasskeyResponse = v.looseObject({
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,1400}$/)),
  rawId: v.string(),
  type: v.literal('public-key'),
  response: v.record(v.string(), v.unknown()),
});
export const NewPasskey = v.strictObject({ passkey: PasskeyResponse });
/** What the browser's own calls take (`parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON`). */
export const PasskeyOptions = v.object({ options: v.record(v.string(), v.unknown()) });
export const OperatorPasskey = v.object({
  id: v.string(),
  createdAt: v.string(),
  /** ISO instant; null: never. */
  usedAt: v.nullable(v.string()),
});
export type OperatorPasskey = v.InferOutput<typeof OperatorPasskey>;
/** `possible` false: signed in by a one-time link, which has no key that a passkey could belong to. */
export const OperatorPasskeys = v.object({ possible: v.boolean(), passkeys: v.array(OperatorPasskey) });

const label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));

export const NewKey = v.strictObject({
  name: v.optional(label, 'operator'),
  role: v.picklist(ROLES),
  /** ISO 8601 period from now: "P90D"; without it the key holds until it is revoked. */
  expires: v.optional(v.pipe(v.string(), v.check(isPeriod, 'must be an ISO 8601 period such as P90D'))),
  /** The only site that the key is for. */
  site: v.optional(Slug),
});

export const OperatorKey = v.object({
  id: v.string(),
  name: v.string(),
  role: v.picklist(ROLES),
  site: v.nullable(v.string()),
  createdAt: v.string(),
  expiresAt: v.nullable(v.string()),
});
export type OperatorKey = v.InferOutput<typeof OperatorKey>;
export const OperatorKeys = v.object({ keys: v.array(OperatorKey) });
/** The only time that the token is given. */
export const MadeKey = v.object({ ...OperatorKey.entries, token: v.string() });

export const NewSite = v.strictObject({
  site: Slug,
  name: v.optional(label),
  origins: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(50)),
  /** At most one of each kind (docs/notice.schema.json). */
  notices: v.pipe(v.array(v.unknown()), v.minLength(1), v.maxLength(NOTICE_KINDS.length)),
  /** Without site, name and origins (docs/configuration.schema.json); without it one is made that asks for everything. */
  configuration: v.optional(v.record(v.string(), v.unknown())),
});
/** Each part replaces the one that holds now, and null takes an optional one out; the whole is checked as a configuration. */
export const SiteChange = v.strictObject({
  name: v.optional(label),
  origins: v.optional(v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(50))),
  configuration: v.optional(v.record(v.string(), v.unknown())),
});

export const NoticeVersion = v.object({
  kind: v.picklist(NOTICE_KINDS),
  title: v.string(),
  language: v.string(),
  version: v.nullable(v.string()),
  date: v.nullable(v.string()),
  hash: Hash,
  publishedAt: v.string(),
  current: v.boolean(),
});
export const NoticeVersions = v.object({ notices: v.array(NoticeVersion) });

export const AdminSiteDetails = v.object({
  site: v.string(),
  name: v.string(),
  log: v.string(),
  origins: v.array(v.string()),
  /** What to put first into the head of each page. */
  tag: v.string(),
  configuration: v.record(v.string(), v.unknown()),
  configurationHash: Hash,
  /** What matters in law: a change of it asks people again. */
  terms: Hash,
  notices: v.array(NoticeVersion),
});

export const NoticeFinding = v.object({
  rule: v.picklist(LINT_RULES),
  severity: v.picklist(['error', 'warning']),
  code: v.string(),
  place: v.nullable(v.string()),
  activity: v.nullable(v.string()),
  statement: v.string(),
});
export const NoticeCheck = v.object({ kind: v.picklist(NOTICE_KINDS), hash: Hash, findings: v.array(NoticeFinding) });

export const NoticeChange = v.object({
  part: v.picklist(CHANGED_PARTS),
  change: v.picklist(['added', 'removed', 'changed']),
  activity: v.nullable(v.string()),
  before: v.nullable(v.string()),
  after: v.nullable(v.string()),
});
export const NoticeDiff = v.object({ from: v.nullable(Hash), to: Hash, changes: v.array(NoticeChange) });

export const PublishedNotice = v.object({
  ...NoticeCheck.entries,
  /** What changed since the version that was current before. */
  previous: v.nullable(Hash),
  changes: v.array(NoticeChange),
  /** True: the terms changed with it, so visitors are asked again. */
  asksAgain: v.boolean(),
});
