// What the verifier gives OpenSSL is of another form than what browsers send: it must find exactly what Node finds of that.
import { createPublicKey, generateKeyPairSync, sign, verify, type JsonWebKey } from 'node:crypto';

import { expect, it } from 'vitest';

import type { SubjectJwk } from '../shared/crypto.ts';
import { blockingVerifier, verifier } from './verifier.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwkOf = (key: JsonWebKey): SubjectJwk => ({ crv: 'P-256', kty: 'EC', x: key.x ?? '', y: key.y ?? '' });
const jwk = jwkOf(publicKey.export({ format: 'jwk' }));
const DATA = Buffer.from('header.payload');
const signed = (data: Buffer): Buffer => sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });

/** Node's own way with the same. */
function byNode(key: SubjectJwk, data: Buffer, signature: Buffer): boolean {
  try {
    const imported = createPublicKey({ key: { ...key }, format: 'jwk' });
    return verify('sha256', data, { key: imported, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}
async function ours(key: SubjectJwk, data: Buffer, signature: Buffer): Promise<boolean> {
  const answers = await Promise.all([verifier, blockingVerifier()].map((by) => by.verifyEs256(key, data, signature)));
  expect(new Set(answers).size).toBe(1);
  return answers[0] as boolean;
}

const number = (hex: string): Buffer => Buffer.from(hex.padStart(64, '0'), 'hex');
/** The order of P-256 (SP 800-186 section 3.2.1.3). */
const ORDER = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

it('a signature holds whatever bits its numbers begin with, and another one does not', async () => {
  const beginnings = new Set<string>();
  // Of 256 numbers one begins with a zero byte: there are two in each signature.
  for (let i = 0; i < 20_000 && beginnings.size < 6; i++) {
    const data = Buffer.from(`message ${i}`);
    const signature = signed(data);
    const kind = [signature[0], signature[32]].map((byte = 0) => (byte === 0 ? 'zero' : byte < 0x80 ? 'low' : 'high'));
    const names = kind.map((one, part) => `${one} ${part}`).filter((one) => !beginnings.has(one));
    if (names.length === 0) continue;
    names.forEach((one) => beginnings.add(one));
    expect(await ours(jwk, data, signature), names.join()).toBe(true);
    expect(await ours(jwk, DATA, signature), names.join()).toBe(false);
  }
  expect(beginnings.size).toBe(6);
});

it('of odd numbers and lengths it finds what Node finds', async () => {
  const good = signed(DATA);
  const [r, s] = [good.subarray(0, 32), good.subarray(32)];
  const numbers = [
    number('00'),
    number('01'),
    number(ORDER.toString(16)),
    number((ORDER - 1n).toString(16)),
    number('ff'.repeat(32)),
  ];
  const other = number((ORDER - BigInt(`0x${s.toString('hex')}`)).toString(16));
  const odd = [
    ...numbers.flatMap((one) => [Buffer.concat([one, s]), Buffer.concat([r, one]), Buffer.concat([one, one])]),
    ...[good.subarray(0, 63), Buffer.concat([good, Buffer.from([0])]), Buffer.alloc(0), Buffer.concat([s, r])],
    sign('sha256', DATA, privateKey),
  ];
  for (const signature of odd) {
    expect(byNode(jwk, DATA, signature), signature.toString('hex')).toBe(false);
    expect(await ours(jwk, DATA, signature), signature.toString('hex')).toBe(false);
  }
  // The same signature by the mathematics of the curve: it is the hash of the whole event that tells them apart.
  expect(await ours(jwk, DATA, Buffer.concat([r, other]))).toBe(byNode(jwk, DATA, Buffer.concat([r, other])));
});

it('a key that is none is no exception', async () => {
  const good = signed(DATA);
  const stranger = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }));
  const none = [
    { ...jwk, y: stranger.y },
    { ...jwk, x: 'A'.repeat(43), y: 'A'.repeat(43) },
    { ...jwk, x: jwk.x.slice(0, 42) },
    { ...jwk, x: '' },
    { ...jwk, y: `${jwk.y}AA` },
    { ...jwk, crv: 'P-384' } as unknown as SubjectJwk,
    { ...jwk, kty: 'OKP' } as unknown as SubjectJwk,
  ];
  for (const key of none) expect(await ours(key, DATA, good), JSON.stringify(key)).toBe(false);
  expect(await ours(stranger, DATA, good)).toBe(false);
  expect(await ours(jwk, DATA, good)).toBe(true);
});
