// Operators' credentials: API keys, one-time sign-in tokens and dashboard sessions. All are "<id>.<secret>" with 256 random
// bits; only the SHA-256 of the secret is stored.
import { randomBytes, timingSafeEqual } from 'node:crypto';

import type { Credential, Role, Store } from './store/store.ts';
import { sha256 } from './verifier.ts';

type Kind = Credential['kind'];

const PREFIX: Record<Kind, string> = { api_key: 'candour_key_', session: '', sign_in: 'candour_once_' };
/** ms; an API key holds until it is revoked. */
const LIFETIME: Record<Kind, number | null> = { api_key: null, session: 12 * 3_600_000, sign_in: 24 * 3_600_000 };

export interface Operator {
  name: string;
  role: Role;
}

/** Makes a credential; its text is shown once and never stored. */
export async function issueCredential(
  store: Store,
  kind: Kind,
  { name, role }: Operator,
  now: Date,
): Promise<{ id: string; token: string }> {
  const id = randomBytes(9).toString('base64url');
  const secret = randomBytes(32).toString('base64url');
  const lifetime = LIFETIME[kind];
  await store.addCredential({
    id,
    kind,
    name,
    role,
    secretHash: sha256(Buffer.from(secret)),
    createdAt: now.getTime(),
    expiresAt: lifetime === null ? null : now.getTime() + lifetime,
  });
  return { id, token: `${PREFIX[kind]}${id}.${secret}` };
}

/** Compares in constant time; null for anything that is not such a credential in force. */
export async function checkCredential(store: Store, kind: Kind, token: string, now: Date): Promise<Credential | null> {
  const [, id = '', secret = ''] = /^([\w-]{12})\.([\w-]{43})$/.exec(token.slice(PREFIX[kind].length)) ?? [];
  if (!id || !token.startsWith(PREFIX[kind])) return null;
  const found = await store.credential(kind, id);
  const given = sha256(Buffer.from(secret));
  if (!found || !timingSafeEqual(given, found.secretHash)) return null;
  return found.expiresAt !== null && found.expiresAt <= now.getTime() ? null : found;
}

/** Takes a one-time sign-in token or an API key; null for anything else. A sign-in token is used up. */
export async function exchangeToken(store: Store, token: string, now: Date): Promise<Operator | null> {
  const key = await checkCredential(store, 'api_key', token, now);
  if (key) return key;
  const once = await checkCredential(store, 'sign_in', token, now);
  return once && (await store.removeCredential('sign_in', once.id)) ? once : null;
}
