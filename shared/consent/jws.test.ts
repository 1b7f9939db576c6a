import { describe, expect, it } from 'vitest';

import { fromBase64Url, toBase64Url, utf8 } from '../bytes.ts';
import type { SubjectJwk } from '../crypto.ts';
import { webCryptoVerifier } from '../web-crypto.ts';
import { BadJws, EVENT_TYP, joinJws, jwsHash, parseJws, REQUEST_TYP, signJws, thumbprint, verifyJws } from './jws.ts';

const verifier = webCryptoVerifier(crypto.subtle);

async function subject() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const key: SubjectJwk = { crv: 'P-256', kty: 'EC', x, y };
  const sign = async (data: Uint8Array<ArrayBuffer>) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, data));
  return { key, sign };
}

describe('the JWS of a consent event', () => {
  it('verifies the published ES256 example of RFC 7515', async () => {
    const key: SubjectJwk = {
      crv: 'P-256',
      kty: 'EC',
      x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
      y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    };
    const data =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ';
    const signature = fromBase64Url('DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q');
    expect(await verifier.verifyEs256(key, utf8(data), signature)).toBe(true);
    expect(await verifier.verifyEs256(key, utf8(`${data}x`), signature)).toBe(false);
  });

  it('comes apart, verifies and goes together again byte for byte', async () => {
    const { key, sign } = await subject();
    const compact = await signJws(key, EVENT_TYP, { b: 'ü', a: 1 }, sign);
    const jws = parseJws(compact, EVENT_TYP);
    expect(jws).toMatchObject({ key, payload: { a: 1, b: 'ü' } });
    expect(await verifyJws(jws, verifier)).toBe(true);
    expect(joinJws(jws.key, EVENT_TYP, jws.payloadBytes, jws.signature)).toBe(compact);
    expect(await jwsHash(compact, verifier.sha256)).toMatch(/^[\w-]{43}$/);
    expect(await thumbprint(key, verifier.sha256)).toMatch(/^[\w-]{43}$/);
  });

  it('does not verify under another key or with a changed byte', async () => {
    const [one, other] = [await subject(), await subject()];
    const compact = await signJws(one.key, EVENT_TYP, { a: 1 }, one.sign);
    const jws = parseJws(compact, EVENT_TYP);
    expect(await verifyJws({ ...jws, key: other.key }, verifier)).toBe(false);
    const changed = joinJws(jws.key, EVENT_TYP, utf8('{"a":2}'), jws.signature);
    expect(await verifyJws(parseJws(changed, EVENT_TYP), verifier)).toBe(false);
  });

  it('refuses every header but the one canonical form for its key', async () => {
    const { key, sign } = await subject();
    const compact = await signJws(key, EVENT_TYP, { a: 1 }, sign);
    const [, payload = '', signature = ''] = compact.split('.');
    const header = (value: unknown) => toBase64Url(utf8(typeof value === 'string' ? value : JSON.stringify(value)));
    const jwk = { crv: 'P-256', kty: 'EC', x: key.x, y: key.y };
    const bad = [
      header({ alg: 'none', jwk, typ: EVENT_TYP }),
      header({ alg: 'HS256', jwk, typ: EVENT_TYP }),
      header({ alg: 'ES256', jwk, typ: 'JWT' }),
      header({ alg: 'ES256', jwk, typ: EVENT_TYP, crit: ['x'] }),
      header({ alg: 'ES256', jku: 'https://evil.example', jwk, typ: EVENT_TYP }),
      header({ alg: 'ES256', jwk: { ...jwk, d: 'AAAA' }, typ: EVENT_TYP }),
      header({ typ: EVENT_TYP, alg: 'ES256', jwk }),
      header(` {"alg":"ES256"}`),
      header('{"alg":'),
      header('[]'),
    ];
    for (const one of bad) expect(() => parseJws(`${one}.${payload}.${signature}`, EVENT_TYP)).toThrow(BadJws);
    expect(() => parseJws(compact, REQUEST_TYP)).toThrow(BadJws);
    for (const one of [
      '',
      'a',
      'a.b',
      `${compact}.x`,
      `${compact}=`,
      compact.replace('.', '. '),
      compact.slice(0, -4),
      'x'.repeat(9000),
    ]) {
      expect(() => parseJws(one, EVENT_TYP)).toThrow(BadJws);
    }
  });
});
