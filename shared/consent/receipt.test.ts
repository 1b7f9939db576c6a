import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../bytes.ts';
import { hashOf } from '../canonical.ts';
import type { SubjectJwk } from '../crypto.ts';
import { checkpointBody, formatLogKey, keyId, signedNote } from '../log/checkpoint.ts';
import { leafBytes, type EventLeaf } from '../log/leaf.ts';
import { appendNodes, inclusionRanges, rangesToHashes, rootHash } from '../log/tree.ts';
import { webCryptoVerifier } from '../web-crypto.ts';
import { EVENT_TYP, jwsHash, signJws } from './jws.ts';
import { verifyReceipt, type Receipt, type ReceiptStep } from './receipt.ts';

const verifier = webCryptoVerifier(crypto.subtle);
const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const SOME_HASH = 'A'.repeat(43);

const presentation = {
  v: 1 as const,
  configuration: SOME_HASH,
  notices: [SOME_HASH],
  build: SOME_HASH,
  language: 'en',
  layout: 'box',
  jurisdiction: 'GB',
  purposes: [{ id: 'statistics', mode: 'opt_in' as const, default: 'off' as const }],
  words: [{ id: 'title', text: 'May we count visits?' }],
  controls: [{ id: 'reject_all', kind: 'button' as const, name: 'Reject all' }],
};

/** A log of one site with three events; gives the receipt of the second. */
async function issue(log = 'consent.example/shop'): Promise<Receipt> {
  const signer = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', signer.publicKey));
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key: SubjectJwk = { crv: 'P-256', kty: 'EC', x, y };
  const event = await signJws(
    key,
    EVENT_TYP,
    {
      v: 1,
      id: '019abcde-0000-7000-8000-000000000001',
      log,
      seq: 1,
      prev: null,
      at: '2026-11-22T10:00:00.000Z',
      nonce: 'A'.repeat(22),
      start: { kind: 'new' },
      method: 'reject_all',
      actor: 'self',
      purposes: { statistics: 'refused' },
      terms: SOME_HASH,
      presentation: await hashOf(presentation, verifier.sha256),
      gpc: false,
      origin: 'https://shop.example',
    },
    async (data) => new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data)),
  );
  const leafOf = (hash: string): EventLeaf => ({ kind: 'event', event: hash, receivedAt: '2026-11-22T10:00:01.000Z', skew: 12 });
  const leaf = leafOf(await jwsHash(event, verifier.sha256));
  const hashes = [leafOf(SOME_HASH), leaf, leafOf(SOME_HASH)].map((one) => sha256(leafBytes(one)));
  const nodes = new Map(
    appendNodes(0, hashes, () => new Uint8Array(), sha256).map((node) => [`${node.level}/${node.index}`, node.hash]),
  );
  const get = ({ level, index }: { level: number; index: number }) => nodes.get(`${level}/${index}`) as Uint8Array;
  const body = checkpointBody({ origin: `${log}/0`, size: 3, root: rootHash(3, get, sha256) });
  const signature = new Uint8Array(await crypto.subtle.sign('Ed25519', signer.privateKey, utf8(body)));
  return {
    v: 1,
    service: 'https://consent.example',
    site: 'shop',
    log,
    event,
    presentation,
    index: 1,
    leaf,
    logKey: await formatLogKey(log, publicKey, verifier.sha256),
    proof: rangesToHashes(inclusionRanges(1, 3), get, sha256).map(toBase64Url),
    checkpoint: signedNote(body, log, await keyId(log, publicKey, verifier.sha256), signature),
  };
}

const failing = async (receipt: unknown, keys: string[] | null): Promise<ReceiptStep[]> => {
  const { verified, steps } = await verifyReceipt(receipt, keys, verifier);
  expect(verified).toBe('false');
  return steps.filter(({ result }) => result === 'fails').map(({ step }) => step);
};

describe('a consent receipt', () => {
  it('verifies offline, and is "unchecked" until its key was compared with the service', async () => {
    const receipt = await issue();
    expect((await verifyReceipt(receipt, [receipt.logKey], verifier)).verified).toBe('true');
    const offline = await verifyReceipt(receipt, null, verifier);
    expect(offline.verified).toBe('unchecked');
    expect(offline.steps.filter(({ result }) => result !== 'holds')).toMatchObject([{ step: 'log_key', result: 'unchecked' }]);
    expect(offline.event?.purposes).toEqual({ statistics: 'refused' });
  });

  it('names the step that a flipped byte breaks', async () => {
    const receipt = await issue();
    const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    const [header = '', payload = '', signature = ''] = receipt.event.split('.');
    const keys = [receipt.logKey];
    expect(await failing({ ...receipt, event: `${header}.${payload}.${flip(signature, 10)}` }, keys)).toEqual([
      'event_signature',
      'leaf',
    ]);
    expect(await failing({ ...receipt, proof: receipt.proof.map((hash, i) => (i === 0 ? flip(hash, 5) : hash)) }, keys)).toEqual([
      'inclusion',
    ]);
    expect(await failing({ ...receipt, leaf: { ...receipt.leaf, event: flip(receipt.leaf.event, 3) } }, keys)).toEqual([
      'leaf',
      'inclusion',
    ]);
    expect(await failing({ ...receipt, leaf: { ...receipt.leaf, skew: 13 } }, keys)).toEqual(['inclusion']);
    expect(await failing({ ...receipt, checkpoint: receipt.checkpoint.replace(/\n3\n/, '\n4\n') }, keys)).toContain(
      'checkpoint_signature',
    );
    expect(await failing({ ...receipt, presentation: { ...presentation, language: 'de' } }, keys)).toEqual(['presentation']);
    expect(await failing({ ...receipt, presentation: null }, keys)).toEqual(['presentation']);
  });

  it("fails with another site's receipt parts and with a swapped log key, naming the step", async () => {
    const [receipt, other] = [await issue(), await issue('consent.example/other')];
    expect(await failing({ ...receipt, log: other.log }, [receipt.logKey])).toContain('event_log');
    expect(await failing({ ...receipt, event: other.event }, [receipt.logKey])).toEqual(['event_log', 'leaf']);
    const swapped = await issue();
    expect(await failing({ ...receipt, logKey: swapped.logKey }, [receipt.logKey])).toEqual(['checkpoint_signature', 'log_key']);
    expect(await failing(receipt, [swapped.logKey])).toEqual(['log_key']);
  });

  it.each([null, 7, 'x', {}, [], { v: 1 }])('takes %j for no receipt', async (input) => {
    expect(await failing(input, null)).toEqual(['form']);
  });

  it('names malformed parts without throwing', async () => {
    const receipt = await issue();
    for (const part of [
      { event: 'a.b.c' },
      { checkpoint: 'x' },
      { logKey: 'x' },
      { proof: [SOME_HASH, SOME_HASH, SOME_HASH] },
      { index: 99 },
    ]) {
      expect((await verifyReceipt({ ...receipt, ...part }, null, verifier)).verified).toBe('false');
    }
  });
});
