// The secret that an endpoint's owner checks our signatures with: shown once, kept sealed under a key derived from CANDOUR_SECRET.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const NONCE = 12;
const TAG = 16;

/** As the Standard Webhooks specification writes it: "whsec_" and base64 of 32 random bytes. */
export const makeSecret = (): string => PREFIX + randomBytes(32).toString('base64');

/** The bytes that sign. */
export const secretBytes = (secret: string): Buffer => Buffer.from(secret.slice(PREFIX.length), 'base64');

export interface SecretSeal {
  /** The same secret sealed under CANDOUR_SECRET as it is now; null: it is already. Throws as `open` does. */
  reseal(sealed: Uint8Array, place: string): Uint8Array | null;
  /** Bound to its place: it opens at no other. */
  seal(secret: string, place: string): Uint8Array;
  /** Throws where it was changed, moved or sealed under another CANDOUR_SECRET. */
  open(sealed: Uint8Array, place: string): string;
}

const keyOf = (serviceSecret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', serviceSecret, '', 'candour webhook secrets v1', 32));

function openWith(key: Buffer, sealed: Uint8Array, place: string): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-TAG));
  return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
}

/** `previous`: the CANDOUR_SECRET before, under which some may still be sealed. */
export function secretSeal(serviceSecret: string, previous: string | null = null): SecretSeal {
  const key = keyOf(serviceSecret);
  const older = previous === null ? null : keyOf(previous);
  const seal = (secret: string, place: string): Uint8Array => {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
    return Buffer.concat([nonce, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  };
  const read = (sealed: Uint8Array, place: string): { secret: string; current: boolean } => {
    try {
      return { secret: openWith(key, sealed, place), current: true };
    } catch (error) {
      if (!older) throw error;
      return { secret: openWith(older, sealed, place), current: false };
    }
  };
  return {
    seal,
    open: (sealed, place) => read(sealed, place).secret,
    reseal(sealed, place) {
      const { secret, current } = read(sealed, place);
      return current ? null : seal(secret, place);
    },
  };
}
