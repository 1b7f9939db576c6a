// Operators' credentials: API keys, one-time sign-in tokens and dashboard sessions. All are "<id>.<secret>" with 256 random
// bits; only the SHA-256 of the secret is stored.
import { randomBytes, timingSafeEqual } from 'node:crypto';

import { addPeriod, isoDay } from '../shared/notice/period.ts';
import type { Role } from '../shared/operator.ts';
import { ProblemError } from './problem.ts';
import type { Credential, Store } from './store/store.ts';
import { sha256 } from './verifier.ts';

type Kind = Credential['kind'];

const PREFIX: Record<Kind, string> = { api_key: 'candour_key_', session: '', sign_in: 'candour_once_' };
/** ms; an API key holds until it is revoked, unless it is made with an end. */
const LIFETIME: Record<Kind, number | null> = { api_key: null, session: 12 * 3_600_000, sign_in: 24 * 3_600_000 };

export interface Operator {
  name: string;
  role: Role;
  /** The only site that they may touch; null: all. */
  site: string | null;
  /** For the audit log: the id of the API key, or of a session that was opened with a one-time token. */
  actor: string;
}

export interface NewCredential {
  name: string;
  role: Role;
  site?: string | null;
  parent?: string | null;
  /** ms since 1970; otherwise what is usual for the kind. */
  expiresAt?: number | null;
}

/** ms since 1970: the same time of day, a period of the calendar later. */
export const expiryOf = (now: Date, period: string): number => {
  const day = isoDay(now.getTime());
  return Date.parse(addPeriod(day, period)) + (now.getTime() - Date.parse(day));
};

/** 72 random bits. One that begins with a hyphen would be taken for an option on the command line. */
function credentialId(): string {
  const id = randomBytes(9).toString('base64url');
  return id.startsWith('-') ? credentialId() : id;
}

/** Makes a credential; its text is shown once and never stored. `before` runs with its id before it is stored. */
export async function issueCredential(
  store: Store,
  kind: Kind,
  { name, role, site = null, parent = null, expiresAt = null }: NewCredential,
  now: Date,
  before?: (id: string) => Promise<void>,
): Promise<{ id: string; token: string }> {
  const id = credentialId();
  await before?.(id);
  const secret = randomBytes(32).toString('base64url');
  const lifetime = LIFETIME[kind];
  await store.addCredential({
    id,
    kind,
    name,
    role,
    site,
    parent,
    secretHash: sha256(Buffer.from(secret)),
    createdAt: now.getTime(),
    expiresAt: expiresAt ?? (lifetime === null ? null : now.getTime() + lifetime),
  });
  return { id, token: `${PREFIX[kind]}${id}.${secret}` };
}

/** ms by which the clocks of two processes may differ. */
const SKEW = 3_600_000;

/** What was made by a clock that was ahead would live longer than its kind may. A key's end is the operator's own word. */
const isFromTheFuture = ({ kind, createdAt }: Credential, now: number): boolean =>
  LIFETIME[kind] !== null && createdAt > now + SKEW;

const inForce = (credential: Credential | null, now: Date): credential is Credential =>
  credential !== null &&
  (credential.expiresAt === null || credential.expiresAt > now.getTime()) &&
  !isFromTheFuture(credential, now.getTime());

/** Compares in constant time; null for anything that is not such a credential in force. */
async function checkCredential(store: Store, kind: Kind, token: string, now: Date): Promise<Credential | null> {
  const [, id = '', secret = ''] = /^([\w-]{12})\.([\w-]{43})$/.exec(token.slice(PREFIX[kind].length)) ?? [];
  if (!id || !token.startsWith(PREFIX[kind])) return null;
  const found = await store.credential(kind, id);
  const given = sha256(Buffer.from(secret));
  if (!found || !timingSafeEqual(given, found.secretHash)) return null;
  return inForce(found, now) ? found : null;
}

const operatorBy = ({ name, role, site, parent, id }: Credential): Operator => ({ name, role, site, actor: parent ?? id });

/** Whoever holds this text alone is not who made the passkey. Throws ProblemError SECOND_FACTOR. */
async function refuseAlone(store: Store, key: Credential): Promise<void> {
  if ((await store.passkeys.ofKey(key.id)).length > 0) throw new ProblemError('SECOND_FACTOR');
}

/** Who an API key stands for. Throws ProblemError SECOND_FACTOR for one with a passkey: it is a person's, no program's. */
export async function keyOperator(store: Store, token: string, now: Date): Promise<Operator | null> {
  const key = await checkCredential(store, 'api_key', token, now);
  if (key) await refuseAlone(store, key);
  return key && operatorBy(key);
}

/** Whose session it is. One that was opened with an API key ends with that key. */
export async function sessionOperator(store: Store, token: string, now: Date): Promise<Operator | null> {
  const session = await checkCredential(store, 'session', token, now);
  if (!session) return null;
  const holds = session.parent === null || inForce(await store.credential('api_key', session.parent), now);
  return holds ? operatorBy(session) : null;
}

export interface Opened {
  operator: Operator;
  /** The session's text, for its cookie. */
  session: string;
}

/** A session for the holder of an API key, who has shown it otherwise than by its text; null where the key does not hold. */
export async function sessionOf(store: Store, keyId: string, now: Date): Promise<Opened | null> {
  const key = await store.credential('api_key', keyId);
  return inForce(key, now) ? opened(store, key, now) : null;
}

/**
 * Takes a one-time sign-in token or an API key and opens a session; null for anything else. A sign-in token is used up. Throws
 * ProblemError SECOND_FACTOR for a key with a passkey.
 */
export async function openSession(store: Store, token: string, now: Date): Promise<Opened | null> {
  const key = await checkCredential(store, 'api_key', token, now);
  const once = key ? null : await checkCredential(store, 'sign_in', token, now);
  const from = key ?? (once && (await store.removeCredential('sign_in', once.id)) ? once : null);
  if (key) await refuseAlone(store, key);
  return from ? opened(store, from, now) : null;
}

async function opened(store: Store, from: Credential, now: Date): Promise<Opened | null> {
  const { name, role, site } = from;
  // Who may only send events has nothing to look at.
  if (role === 'ingest') return null;
  const parent = from.kind === 'api_key' ? from.id : null;
  const session = await issueCredential(store, 'session', { name, role, site, parent }, now);
  return { operator: { name, role, site, actor: parent ?? session.id }, session: session.token };
}

/** Ends the session, if it is one in force; gives whose it was. */
export async function closeSession(store: Store, token: string, now: Date): Promise<Operator | null> {
  const session = await checkCredential(store, 'session', token, now);
  return session && (await store.removeCredential('session', session.id)) ? operatorBy(session) : null;
}
