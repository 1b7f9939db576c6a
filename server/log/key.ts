// The service's Ed25519 key: a PEM file that only its owner can read, made at the first start.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { fromBase64Url, sameBytes, toBase64Url, utf8 } from '../../shared/bytes.ts';
import { checkpointBody, formatLogKey, keyId, signedNote } from '../../shared/log/checkpoint.ts';
import { OperatorError } from '../operator-error.ts';
import type { Checkpoint, Head, LogKey, Site } from '../store/store.ts';
import { sha256 } from '../verifier.ts';

export interface LogSigner {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Signs a head of the site's log. Throws rather than sign another tree of a size that it signed. */
  sign(site: Site, head: Head): Uint8Array;
  /** The transaction with the newest signature failed, or nobody knows: what the database says of the log next is what holds. */
  withdraw(site: Site): void;
  /** Throws KeyRotatedError where the log goes by another key number than the one that this key was adopted as. */
  check?(site: Site, keyNumber: number): void;
  /** This key is the log's active one, under that number. */
  adopt?(site: Site, keyNumber: number): void;
  /** Signs an attestation (shared/consent/attestation.ts): never the bytes of a head, which has lines, where this has none. */
  attest?(signingInput: Uint8Array): Uint8Array;
  /** The same by another thread, with the key of the moment at which it is asked. */
  attestSoon?(signingInput: Uint8Array): Promise<Uint8Array>;
  /** Reads the key file again. */
  renew?(): void;
}

/** What stops a start; its message is one line for people. */
export class LogKeyError extends OperatorError {
  override name = 'LogKeyError';
}

/** The log's key was rotated under this process: nothing was signed. What asked is to be asked again. */
export class KeyRotatedError extends LogKeyError {
  override name = 'KeyRotatedError';
}

const publicBytes = (key: KeyObject): Uint8Array => fromBase64Url(createPublicKey(key).export({ format: 'jwk' }).x ?? '');

function readKey(file: string): KeyObject {
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType !== 'ed25519') throw new LogKeyError(`CANDOUR_LOG_KEY: ${file} is no Ed25519 private key`);
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new LogKeyError(`CANDOUR_LOG_KEY: others can read ${file}; run chmod 600 on it`);
  return key;
}

/** Reads the key file. Throws LogKeyError where there is none: a new key would be no log's. */
export function readLogKey(file: string): KeyObject {
  try {
    return readKey(file);
  } catch (error) {
    if (error instanceof LogKeyError) throw error;
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new LogKeyError(`CANDOUR_LOG_KEY: ${file} is ${missing ? 'not there' : 'no Ed25519 private key'}`, { cause: error });
  }
}

/** Whole or not at all: of two processes that start at once, one makes the key and the other reads it. Throws EEXIST. */
function makeKey(file: string): KeyObject {
  const { privateKey } = generateKeyPairSync('ed25519');
  const unfinished = `${file}.${process.pid}.new`;
  try {
    writeFileSync(unfinished, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flush: true });
    linkSync(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  return privateKey;
}

/** Reads the key file, or makes it with mode 0600. Throws LogKeyError. */
export function openLogKey(file: string): KeyObject {
  if (existsSync(file)) return readLogKey(file);
  try {
    mkdirSync(dirname(file), { recursive: true });
    return makeKey(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new LogKeyError(`CANDOUR_LOG_KEY: cannot make ${file}: ${(error as Error).message}`, { cause: error });
  }
  return readLogKey(file);
}

/** Throws for what may be a head: that has lines. */
function refuseOthers(signingInput: Uint8Array): void {
  if (!/^[\w-]+\.[\w-]+$/.test(Buffer.from(signingInput).toString('latin1')))
    throw new Error('refused to sign what is no attestation');
}

interface Signed {
  origin: string;
  size: number;
  root: string;
}

/**
 * Remembers per log what it signed, so that a database that was rolled back under a running service is noticed. A signature of a
 * transaction that did not commit left this process never; of several processes, another may fill that size since.
 * `reread` gives the key as the file has it now: after a rotation the running service goes on with the new one.
 */
export function logSigner(first: KeyObject, reread?: () => KeyObject): LogSigner {
  let key = first;
  let publicKey = publicBytes(key);
  const adopted = new Map<string, { number: number; publicKey: Uint8Array }>();
  const committed = new Map<string, Signed>();
  const pending = new Map<string, Signed>();
  return {
    get publicKey() {
      return publicKey;
    },
    adopt: (site, number) => void adopted.set(site.log, { number, publicKey }),
    check(site, number) {
      const known = adopted.get(site.log);
      if (known && (known.number !== number || !sameBytes(known.publicKey, publicKey)))
        throw new KeyRotatedError(`the log ${site.log} goes by another key now`);
    },
    renew() {
      if (!reread) return;
      key = reread();
      publicKey = publicBytes(key);
    },
    sign(site, head) {
      const next = { origin: `${site.log}/${head.epoch}`, size: head.size, root: toBase64Url(head.root) };
      // It was not withdrawn: it is in the log.
      const last = pending.get(site.log) ?? committed.get(site.log);
      if (last) committed.set(site.log, last);
      pending.delete(site.log);
      if (last?.origin === next.origin && (next.size < last.size || (next.size === last.size && next.root !== last.root)))
        throw new Error(`refused to sign a second tree of ${next.size} leaves for ${next.origin} (signed up to ${last.size})`);
      pending.set(site.log, next);
      return sign(null, utf8(checkpointBody({ ...head, origin: next.origin })), key);
    },
    attest(signingInput) {
      refuseOthers(signingInput);
      return sign(null, signingInput, key);
    },
    attestSoon: (signingInput) =>
      new Promise((resolve, reject) => {
        refuseOthers(signingInput);
        sign(null, signingInput, key, (error, signature) => (error ? reject(error) : resolve(signature)));
      }),
    withdraw: (site) => void pending.delete(site.log),
  };
}

/** The signer of a key file, which it makes where there is none, at the start only. Throws LogKeyError. */
export const fileSigner = (file: string): LogSigner => logSigner(openLogKey(file), () => readLogKey(file));

/** C2SP verifier keys, the active one first. */
export const formatLogKeys = async (site: Site, keys: readonly LogKey[]): Promise<{ key: string; state: LogKey['state'] }[]> =>
  Promise.all(keys.map(async ({ publicKey, state }) => ({ key: await formatLogKey(site.log, publicKey, sha256), state })));

/** The signed note of a stored head, as it was first given out. Throws RangeError when its key is unknown. */
export async function checkpointNote(
  site: Site,
  keys: readonly Pick<LogKey, 'number' | 'publicKey'>[],
  checkpoint: Checkpoint,
): Promise<string> {
  const key = keys.find(({ number }) => number === checkpoint.keyNumber);
  if (!key) throw new RangeError(`the log ${site.log} has no key number ${checkpoint.keyNumber}`);
  const body = checkpointBody({ ...checkpoint, origin: `${site.log}/${checkpoint.epoch}` });
  return signedNote(body, site.log, await keyId(site.log, key.publicKey, sha256), checkpoint.signature);
}
