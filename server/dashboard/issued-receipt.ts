// For tests: a receipt that verifies, issued by a log of its own, and the well-known document with the key of that log.
import type { WellKnown } from '../../shared/api.ts';
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { hashOf } from '../../shared/canonical.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, jwsHash, signJws } from '../../shared/consent/jws.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { checkpointBody, formatLogKey, keyId, signedNote } from '../../shared/log/checkpoint.ts';
import { leafBytes, nodeBytes, type EventLeaf } from '../../shared/log/leaf.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';

export const EVENT_ID = '019abcde-0000-7000-8000-000000000001';
const HASH = 'A'.repeat(43);
const LOG = 'consent.example/shop';

export const PRESENTATION: Presentation = {
  v: 1,
  configuration: HASH,
  notices: [HASH],
  build: HASH,
  language: 'en',
  layout: 'box',
  jurisdiction: 'GB',
  purposes: [{ id: 'statistics', mode: 'opt_in', default: 'off' }],
  words: [
    { id: 'title', text: 'May we count visits?' },
    { id: 'statistics-label', text: 'Counting visits' },
  ],
  controls: [{ id: 'reject_all', kind: 'button', name: 'Reject all' }],
};

/** `changes` are made to the event before it is signed. */
export async function issuedReceipt(changes: Partial<ConsentEvent> = {}): Promise<{ receipt: Receipt; wellKnown: WellKnown }> {
  const { sha256 } = webCryptoVerifier(crypto.subtle);
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const signer = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', signer.publicKey));
  const payload: ConsentEvent = {
    v: 1,
    id: EVENT_ID,
    log: LOG,
    seq: 1,
    prev: null,
    at: '2026-11-22T10:00:00.000Z',
    nonce: 'A'.repeat(22),
    start: { kind: 'new' },
    method: 'reject_all',
    actor: 'self',
    purposes: { statistics: 'refused' },
    terms: HASH,
    presentation: await hashOf(PRESENTATION, sha256),
    gpc: false,
    origin: 'https://shop.example',
    ...changes,
  };
  const event = await signJws(
    { crv: 'P-256', kty: 'EC', x, y },
    EVENT_TYP,
    payload,
    async (data) =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, new Uint8Array(data))),
  );
  const leaf: EventLeaf = {
    kind: 'event',
    event: await jwsHash(event, sha256),
    receivedAt: '2026-11-22T10:00:01.000Z',
    skew: 12,
  };
  const [other, own] = [await sha256(new Uint8Array([1])), await sha256(leafBytes(leaf))];
  const body = checkpointBody({ origin: `${LOG}/0`, size: 2, root: await sha256(nodeBytes(other, own)) });
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', signer.privateKey, utf8(body)));
  const logKey = await formatLogKey(LOG, publicKey, sha256);
  return {
    receipt: {
      v: 1,
      service: 'https://consent.example',
      site: 'shop',
      log: LOG,
      event,
      presentation: payload.presentation ? PRESENTATION : null,
      logKey,
      index: 1,
      leaf,
      proof: [toBase64Url(other)],
      checkpoint: signedNote(body, LOG, await keyId(LOG, publicKey, sha256), signature),
    },
    wellKnown: {
      service: 'https://consent.example',
      version: '0.1.0',
      logs: [{ site: 'shop', log: LOG, keys: [{ key: logKey, state: 'active' }] }],
    },
  };
}
