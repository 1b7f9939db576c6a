// Plays the browser of a data subject: a P-256 key from Web Crypto, events signed through shared/consent/jws.ts.
import { webcrypto } from 'node:crypto';

import { uuidv7 } from 'uuidv7';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { SubjectJwk } from '../../shared/crypto.ts';
import type { SubjectRequest } from '../../shared/api.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { headerFor } from '../../shared/consent/jws-signing.ts';
import { EVENT_TYP, jwsHash, REQUEST_TYP, signJws, thumbprint } from '../../shared/consent/jws.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' };
const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes)));

export interface SubjectOptions {
  log: string;
  origin: string;
  /** Hash of a presentation that the events cite; without it one is made up. */
  presentation?: string;
  terms?: string;
}

export interface Subject {
  /** RFC 7638 thumbprint. */
  id: string;
  key: SubjectJwk;
  /** The next event in the chain, signed; `changes` win over what an honest browser would say. */
  next(changes?: Partial<ConsentEvent>): Promise<{ event: ConsentEvent; jws: string; hash: string }>;
  /** Signs any payload with the subject's key, as an event. */
  sign(payload: unknown): Promise<string>;
  /** The same with any bytes for a payload, such as JSON in another form than the canonical one. */
  signText(payload: string): Promise<string>;
  /** The value of an `Authorization` header. */
  authorise(request: Pick<SubjectRequest, 'method' | 'path'> & Partial<SubjectRequest>): Promise<string>;
}

const random = (bytes: number): string => toBase64Url(webcrypto.getRandomValues(new Uint8Array(bytes)));
const SOME_HASH = 'A'.repeat(43);

export async function createSubject({
  log,
  origin,
  presentation = SOME_HASH,
  terms = SOME_HASH,
}: SubjectOptions): Promise<Subject> {
  const pair = (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const { x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
  const key: SubjectJwk = { crv: 'P-256', kty: 'EC', x, y };
  const signBytes = async (data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
    new Uint8Array(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data));
  let [seq, prev]: [number, string | null] = [0, null];

  return {
    key,
    id: await thumbprint(key, sha256),
    sign: (payload) => signJws(key, EVENT_TYP, payload, signBytes),
    async signText(payload) {
      const input = `${headerFor(key, EVENT_TYP)}.${toBase64Url(utf8(payload))}`;
      return `${input}.${toBase64Url(await signBytes(utf8(input)))}`;
    },
    async next(changes = {}) {
      seq += 1;
      const event: ConsentEvent = {
        v: 1,
        id: uuidv7(),
        log,
        seq,
        prev,
        at: new Date().toISOString(),
        nonce: random(16),
        ...(seq === 1 ? { start: { kind: 'new' } } : {}),
        method: 'reject_all',
        actor: 'self',
        purposes: { statistics: 'refused' },
        terms,
        presentation,
        gpc: false,
        origin,
        ...changes,
      };
      const jws = await signJws(key, EVENT_TYP, event, signBytes);
      const hash = await jwsHash(jws, sha256);
      prev = hash;
      return { event, jws, hash };
    },
    async authorise(request) {
      const payload: SubjectRequest = { aud: log, iat: Math.floor(Date.now() / 1000), jti: random(16), ...request };
      return `Subject ${await signJws(key, REQUEST_TYP, payload, signBytes)}`;
    },
  };
}
