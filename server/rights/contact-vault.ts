// Contact details and words of data subjects at rest: AES-256-GCM under a key per request, which is itself wrapped under a key
// derived from CANDOUR_SECRET. Deleting the wrapped key erases the person wherever the ciphertext still lies. An address is
// found by a keyed hash, never by itself.
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

import { normaliseAddress, type NormalisedAddress } from '../../shared/marketing/address.ts';
import { suppressionKeyText } from '../../shared/marketing/suppression.ts';
import { OperatorError } from '../operator-error.ts';
import { drawRandom } from '../random-pool.ts';

/** A key of one request, as it is stored. */
export type WrappedKey = Uint8Array;

export interface ContactVault {
  /** The same key under CANDOUR_SECRET as it is now; null: it is under that already. Throws where it is under neither. */
  rewrap(wrapped: WrappedKey, place: string): WrappedKey | null;
  /** A fresh key for one request. `place` binds it there: "<site>/<request id>". */
  makeKey(place: string): WrappedKey;
  /** The same with what seals under it, for half of the work where something is sealed at once. */
  newKey(place: string): { wrapped: WrappedKey; seal(text: string): Uint8Array };
  seal(wrapped: WrappedKey, place: string, text: string): Uint8Array;
  /** Throws where key, place or text are not what was sealed. */
  open(wrapped: WrappedKey, place: string, sealed: Uint8Array): string;
  /** 32 bytes; the same for each spelling of one e-mail address: the newest of its keys. */
  lookup(site: string, email: string): Uint8Array;
  /** base64url of 32 bytes for each version that the address is normalised in, newest first. */
  keys(site: string, address: readonly NormalisedAddress[]): string[];
}

const NONCE = 12;
const TAG = 16;

/** A key object, as Node takes several times as long to take a key's bytes. */
const keyOf = (bytes: Uint8Array): KeyObject => createSecretKey(bytes);

/** The secret is not the one that this database was kept under; its message is one line for people. */
export class SecretError extends OperatorError {
  override name = 'SecretError';
}
export const OTHER_SECRET =
  'CANDOUR_SECRET is not the one that this database was kept under; it takes that one (or name it as CANDOUR_SECRET_PREVIOUS and run candour secret rotate)';

function encrypt(key: KeyObject, about: string, plain: Uint8Array): Buffer {
  const nonce = drawRandom(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: KeyObject, about: string, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  if (bytes.length < NONCE + TAG) throw new RangeError('not sealed here');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(-TAG));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
}

/** Of what is no address, and was taken for one: nothing is guessed. */
const asTyped = (email: string): NormalisedAddress => ({
  version: 1,
  kind: 'email',
  text: email.trim().normalize('NFC').toLowerCase(),
});

const derive = (secret: string, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `candour/1 ${use}`, 32));

/** The key that addresses are found by, before it was ever kept: what CANDOUR_SECRET derives. */
export const lookupKeyOf = (secret: string): Uint8Array => derive(secret, 'rights: look-up of addresses');

const KEPT = 'kept key of addresses';
/** So that a change of CANDOUR_SECRET loses no suppression, whose address is long gone. */
export const sealLookupKey = (secret: string, key: Uint8Array): Uint8Array =>
  encrypt(keyOf(derive(secret, 'rights: keeping of the look-up key')), KEPT, key);
/** Throws where it was sealed under another secret. */
export const openLookupKey = (secret: string, sealed: Uint8Array): Uint8Array =>
  decrypt(keyOf(derive(secret, 'rights: keeping of the look-up key')), KEPT, sealed);

/**
 * `secret` is CANDOUR_SECRET; the keys that it derives are used for nothing else (RFC 5869). `previous` opens what is not wrapped
 * anew yet; `finding`: the look-up key that was kept.
 */
export function contactVault(
  secret: string,
  {
    previous = null,
    finding = lookupKeyOf(previous ?? secret),
  }: { previous?: string | null; finding?: Uint8Array | undefined } = {},
): ContactVault {
  const wrappings = [secret, ...(previous === null ? [] : [previous])].map((one) =>
    keyOf(derive(one, 'rights: wrapping of request keys')),
  );
  const [wrapping] = wrappings as [KeyObject];
  const unwrap = (wrapped: WrappedKey, place: string): Buffer => {
    let failure: unknown;
    for (const one of wrappings)
      try {
        return decrypt(one, `key ${place}`, wrapped);
      } catch (error) {
        failure = error;
      }
    throw new SecretError(OTHER_SECRET, { cause: failure });
  };
  const isCurrent = (wrapped: WrappedKey, place: string): boolean => {
    try {
      return decrypt(wrapping, `key ${place}`, wrapped).length === 32;
    } catch {
      return false;
    }
  };
  const findingKey = keyOf(finding);
  const hmac = (text: string): Buffer => createHmac('sha256', findingKey).update(text).digest();
  return {
    rewrap: (wrapped, place) => (isCurrent(wrapped, place) ? null : encrypt(wrapping, `key ${place}`, unwrap(wrapped, place))),
    makeKey: (place) => encrypt(wrapping, `key ${place}`, drawRandom(32)),
    newKey(place) {
      const key = drawRandom(32);
      const wrapped = encrypt(wrapping, `key ${place}`, key);
      return { wrapped, seal: (text) => encrypt(keyOf(key), `text ${place}`, Buffer.from(text)) };
    },
    seal: (wrapped, place, text) => encrypt(keyOf(unwrap(wrapped, place)), `text ${place}`, Buffer.from(text)),
    open: (wrapped, place, sealed) => decrypt(keyOf(unwrap(wrapped, place)), `text ${place}`, sealed).toString(),
    lookup: (site, email) => hmac(suppressionKeyText(site, normaliseAddress('email', email)[0] ?? asTyped(email))),
    keys: (site, address) => address.map((one) => hmac(suppressionKeyText(site, one)).toString('base64url')),
  };
}
