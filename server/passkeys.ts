// Passkeys (WebAuthn): made by who is signed in with an API key, and from then on the only way in with that key. A passkey asks
// for the person's own gesture or code, so that it is both factors. Every challenge is used once.
import { randomBytes } from 'node:crypto';

import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

import { sessionOf, type Opened, type Operator } from './credentials.ts';
import type { ServiceContext } from './service-context.ts';
import type { Passkey } from './store/passkeys.ts';

/** Read when a passkey is first made or used: it is a sixth of the whole program, and most starts never need it. */
const webauthn = () => import('@simplewebauthn/server');

type Service = Pick<ServiceContext, 'store' | 'publicUrl' | 'now'>;

/** For as long a browser asks. */
const TIMEOUT_MS = 120_000;
/** For as long a challenge is held. */
const HELD_MS = 300_000;
const host = ({ publicUrl }: Service): string => new URL(publicUrl).hostname;

/** Bound to the key that it was made for; null: to sign in, by whichever. */
async function challengeFor({ store, now }: Service, keyId: string | null) {
  const challenge = randomBytes(32);
  const at = now().getTime();
  await store.passkeys.challenge(challenge.toString('base64url'), keyId, at, at + HELD_MS);
  return new Uint8Array(challenge);
}

const isChallenge =
  ({ store, now }: Service, keyId: string | null) =>
  async (challenge: string): Promise<boolean> => {
    const found = await store.passkeys.takeChallenge(challenge, now().getTime());
    return found !== null && found.keyId === keyId;
  };

/** What `navigator.credentials.create` takes. `operator`: signed in with an API key. */
export async function registrationOptions(service: Service, operator: Operator) {
  const there = await service.store.passkeys.ofKey(operator.actor);
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: 'Candour',
    rpID: host(service),
    userID: new TextEncoder().encode(operator.actor),
    userName: operator.name,
    challenge: await challengeFor(service, operator.actor),
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: there.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The passkey as it is to be kept; null where the answer shows none. */
export async function registered(
  service: Service,
  { actor }: Operator,
  response: RegistrationResponseJSON,
): Promise<Passkey | null> {
  const { verifyRegistrationResponse } = await webauthn();
  const { registrationInfo: info } = await verifyRegistrationResponse({
    response,
    expectedChallenge: isChallenge(service, actor),
    expectedOrigin: new URL(service.publicUrl).origin,
    expectedRPID: host(service),
    requireUserVerification: true,
  }).catch(() => ({ registrationInfo: undefined }));
  if (!info) return null;
  const { id, publicKey, counter } = info.credential;
  const transports = (response.response.transports ?? []).filter((one) => /^[a-z-]{1,20}$/.test(one));
  return { id, keyId: actor, publicKey, counter, transports, createdAt: service.now().getTime(), usedAt: null };
}

/** What `navigator.credentials.get` takes: whoever has a passkey for this service may answer. */
export async function signInOptions(service: Service) {
  const { generateAuthenticationOptions } = await webauthn();
  return generateAuthenticationOptions({
    rpID: host(service),
    challenge: await challengeFor(service, null),
    timeout: TIMEOUT_MS,
    userVerification: 'required',
  });
}

/** Opens a session for the holder of the passkey's key; null for any answer that does not hold. */
export async function openPasskeySession(service: Service, response: AuthenticationResponseJSON): Promise<Opened | null> {
  const { store, now } = service;
  const passkey = await store.passkeys.find(response.id);
  if (!passkey) return null;
  const { id, publicKey, counter, keyId } = passkey;
  const { verifyAuthenticationResponse } = await webauthn();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: isChallenge(service, null),
    expectedOrigin: new URL(service.publicUrl).origin,
    expectedRPID: host(service),
    credential: { id, publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: true,
  }).catch(() => ({ verified: false, authenticationInfo: null }));
  if (!verified || !authenticationInfo) return null;
  const opened = await sessionOf(store, keyId, now());
  if (opened) await store.passkeys.used(id, authenticationInfo.newCounter, now().getTime());
  return opened;
}
