// Events that are sent again elsewhere, signed another way, written another way or copied under another key: each is stored once,
// for the subject and the log that it was made for, or refused.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { fromBase64Url, toBase64Url, utf8, utf8Text } from '../../shared/bytes.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import { formatLogKeys } from '../../server/log/key.ts';
import { createSite } from '../../server/sites.ts';
import { verifier } from '../../server/verifier.ts';
import { malleated } from '../support/fuzz-mutations.ts';
import { presentation, presentationHash } from '../support/presentation.ts';
import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../support/service.ts';
import { createSubject, type Subject } from '../support/subject.ts';

let service: TestService;
let other: string;
let subject: Subject;
beforeEach(async () => {
  service = await createTestService();
  ({ log: other } = await createSite(service.context.store, {
    site: 'other',
    origins: [ORIGIN],
    notices: [cookiePolicy],
    publicUrl: SERVICE_URL,
  }));
  subject = await newSubject();
});
afterEach(() => service.close());

const newSubject = () => createSubject({ log: service.site.log, origin: ORIGIN, presentation: presentationHash });
const leaves = async (site = 'example') => (await service.context.store.head((await service.context.sites.get(site)).site)).size;
const codes = (results: EventResult[]) => results.map(({ status, problem }) => problem?.code ?? status);
async function sendTo(site: string, jws: string): Promise<string | undefined> {
  const response = await service.app.request(`/v1/sites/${site}/events`, {
    method: 'POST',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
  });
  return codes(((await response.json()) as { results: EventResult[] }).results)[0];
}
const receiptChecks = async (jws: string, result: EventResult | undefined) => {
  const { site, keys } = await service.context.sites.get('example');
  const [logKey = ''] = (await formatLogKeys(site, keys)).map(({ key }) => key);
  const receipt = {
    v: 1,
    service: SERVICE_URL,
    site: 'example',
    log: site.log,
    event: jws,
    presentation,
    logKey,
    ...result,
  };
  return verifyReceipt(receipt, [logKey], verifier);
};

describe('an event for one log', () => {
  it('is refused by every other: another site of the service, and another service', async () => {
    const { jws } = await subject.next();
    expect(await sendTo('other', jws)).toBe('WRONG_LOG');
    const elsewhere = await createSubject({ log: 'elsewhere.example/example', origin: ORIGIN });
    expect(await sendTo('example', (await elsewhere.next()).jws)).toBe('WRONG_LOG');
    expect([await leaves(), await leaves('other')]).toEqual([0, 0]);
    expect(await sendTo('example', jws)).toBe('accepted');
    expect(await sendTo('other', jws), 'nor once it is stored where it belongs').toBe('WRONG_LOG');
  });

  it('a signed request for one log, method or path is good for no other, and once', async () => {
    await service.send([(await subject.next()).jws]);
    const path = '/v1/sites/example/me/events';
    const ask = async (authorization: string, url = path, method = 'GET') =>
      (await service.app.request(url, { method, headers: { Authorization: authorization } })).status;
    const signed = await subject.authorise({ method: 'GET', path });
    expect(await ask(signed, '/v1/sites/other/me/events')).toBe(401);
    expect(await ask(signed, '/v1/sites/example/me/access')).toBe(401);
    expect(await ask(signed, '/v1/sites/example/me', 'DELETE')).toBe(401);
    expect(await ask(await subject.authorise({ method: 'GET', path, aud: other }))).toBe(401);
    expect(await ask(signed)).toBe(200);
    expect(await ask(signed)).toBe(401);
    expect(await ask(`Subject ${malleated(signed.slice(8))}`), 'its other signature is no second use').toBe(401);
    const { jws } = await subject.next();
    expect(await ask(`Subject ${jws}`), 'an event is no request').toBe(401);
    expect(await sendTo('example', (await subject.authorise({ method: 'GET', path })).slice(8)), 'nor the other way').toBe(
      'BAD_JWS',
    );
  });
});

describe('the other signature that ECDSA allows, (r, n − s)', () => {
  it('R50 is the same event: stored once, whichever comes first, under one receipt', async () => {
    const { jws } = await subject.next();
    const second = malleated(jws);
    expect(second).not.toBe(jws);
    const [first] = (await service.send([jws])).results;
    expect(first?.status).toBe('accepted');
    expect((await service.send([second])).results[0]).toEqual({ ...first, status: 'duplicate' });
    expect((await service.send([second, jws])).results).toEqual([1, 2].map(() => ({ ...first, status: 'duplicate' })));
    expect(await leaves()).toBe(1);
    expect((await receiptChecks(jws, first)).verified).toBe('true');
    expect((await receiptChecks(second, first)).verified, 'the receipt is of the bytes that were stored').toBe('false');

    const next = (await subject.next()).jws;
    expect(codes((await service.send([malleated(next), next])).results), 'in one batch').toEqual(['accepted', 'duplicate']);
    expect(await leaves()).toBe(2);
  });

  it('does not bring back what was erased', async () => {
    const { jws } = await subject.next();
    await service.send([jws]);
    const path = '/v1/sites/example/me';
    const erased = await service.app.request(path, {
      method: 'DELETE',
      headers: { Authorization: await subject.authorise({ method: 'DELETE', path }) },
    });
    expect(erased.status).toBe(200);
    expect(codes((await service.send([jws])).results)).toEqual(['erased']);
    expect(codes((await service.send([malleated(jws)])).results)).toEqual(['erased']);
  });

  it('is refused where r or s is out of range', async () => {
    const [header = '', payload = ''] = (await subject.next()).jws.split('.');
    const of = (r: string, s: string) => `${header}.${payload}.${Buffer.from(r + s, 'hex').toString('base64url')}`;
    const [zero, one, order, most] = [
      '0'.repeat(64),
      '1'.padStart(64, '0'),
      'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
      'f'.repeat(64),
    ];
    for (const [r = '', s = ''] of [
      [zero, zero],
      [zero, one],
      [one, zero],
      [order, one],
      [one, order],
      [most, most],
      [one, one],
    ])
      expect(codes((await service.send([of(r, s)])).results)).toEqual(['BAD_SIGNATURE']);
    expect(await leaves()).toBe(0);
  });
});

describe('another way to write an event', () => {
  it('is refused in its envelope: padding, stray bits, foreign alphabets, more or fewer parts', async () => {
    const { jws } = await subject.next();
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const stray = (part: string): string => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      return part.slice(0, -1) + alphabet[alphabet.indexOf(part.at(-1) ?? '') + 1];
    };
    const respelt = [
      `${jws}=`,
      `${jws}==`,
      `${header}.${payload}.${stray(signature)}`,
      `${header}=.${payload}.${signature}`,
      `${header}.${payload}=.${signature}`,
      `${header}.${payload}.${signature.replaceAll('-', '+').replaceAll('_', '/')}+`,
      `${header}.${payload}.${signature}.`,
      `.${jws}`,
      `${header}.${payload}`,
      ` ${jws}`,
      `${jws}\n`,
      `${header}.\n${payload}.${signature}`,
      JSON.stringify({ protected: header, payload, signature }),
    ];
    expect(new Set(codes((await service.send(respelt)).results))).toEqual(new Set(['BAD_JWS']));
    expect(await leaves()).toBe(0);
    expect(codes((await service.send([jws])).results)).toEqual(['accepted']);
  });

  it('is refused in its header: order, whitespace, a name more, twice or less, another algorithm or type', async () => {
    const { jws } = await subject.next();
    const [header = '', payload = '', signature = ''] = jws.split('.');
    const text = utf8Text(fromBase64Url(header));
    const key = JSON.stringify(subject.key);
    const variants = [
      text.replace(',', ', '),
      `${text} `,
      `\uFEFF${text}`,
      JSON.stringify({ typ: 'candour-event+jws', jwk: subject.key, alg: 'ES256' }),
      text.replace('"typ"', '"alg":"ES256","typ"'),
      text.replace('"typ"', '"kid":"1","typ"'),
      text.replace('"typ"', '"jku":"https://evil.example/keys","typ"'),
      text.replace('"typ"', '"crit":["b64"],"b64":false,"typ"'),
      text.replace('ES256', 'none'),
      text.replace('ES256', 'HS256'),
      text.replace('ES256', 'ES\\u0032\\u0035\\u0036'),
      text.replace('candour-event+jws', 'JWT'),
      text.replace('candour-event+jws', 'candour-request+jws'),
      text.replace(key, JSON.stringify({ ...subject.key, d: 'A'.repeat(43) })),
      text.replace(subject.key.x, `${subject.key.x}=`),
      text.replace(',"typ":"candour-event+jws"', ''),
    ];
    expect(variants.filter((variant) => variant === text)).toEqual([]);
    const sent = variants.map((variant) => `${toBase64Url(utf8(variant))}.${payload}.${signature}`);
    expect(new Set(codes((await service.send(sent)).results))).toEqual(new Set(['BAD_JWS']));
    expect(await leaves()).toBe(0);
  });

  it('R50 in its payload, signed by the subject itself, is one event at most: never two under one id', async () => {
    const { event, jws } = await subject.next();
    const text = canonicalJson(event);
    const [first] = (await service.send([jws])).results;
    const variants = [
      text.replace(',', ' , '),
      `${text}\n`,
      JSON.stringify(Object.fromEntries(Object.entries(event).reverse())),
      text.replace('"seq":1', '"seq":1.0'),
      text.replace('"seq":1', '"seq":1e0'),
      text.replace('{', '{"seq":2,'),
      text.replace('reject_all', 'reject\\u005fall'),
    ];
    for (const variant of variants) {
      expect(variant).not.toBe(text);
      const [result] = (await service.send([await subject.signText(variant)])).results;
      expect(codes(result ? [result] : [])[0], variant.slice(0, 60)).toMatch(/^(ID_REUSED|BAD_JWS)$/);
      expect(result?.checkpoint, 'and gets no receipt').toBeUndefined();
    }
    expect(await leaves()).toBe(1);
    expect((await service.send([jws])).results[0]).toEqual({ ...first, status: 'duplicate' });
  });

  it('whose reserved keys JSON would hide is refused', async () => {
    const text = canonicalJson((await subject.next()).event);
    for (const variant of [
      text.replace('"statistics"', '"__proto__":"given","statistics"'),
      text.replace('{', '{"__proto__":{"method":"accept_all"},'),
      text.replace('"statistics"', '"constructor":"given","statistics"'),
    ])
      expect(codes((await service.send([await subject.signText(variant)])).results)).toEqual(['BAD_JWS']);
  });
});

describe('a payload copied under another key', () => {
  it('is another subject’s event, with a receipt of its own and never the first one’s', async () => {
    const { event, jws } = await subject.next();
    const [first] = (await service.send([jws])).results;
    const thief = await newSubject();
    const copy = await thief.sign(event);
    const [second] = (await service.send([copy])).results;
    expect(second).toMatchObject({ status: 'accepted', id: event.id, index: 1 });
    expect(second?.leaf).not.toEqual(first?.leaf);
    expect((await receiptChecks(copy, second)).verified).toBe('true');
    expect((await receiptChecks(copy, first)).verified).toBe('false');
    expect((await receiptChecks(jws, second)).verified).toBe('false');
    expect((await service.send([jws])).results[0], 'the first keeps what it had').toEqual({ ...first, status: 'duplicate' });
    expect((await service.send([copy])).results[0]).toEqual({ ...second, status: 'duplicate' });

    // Nor does the thief read the first subject's receipt, or erase what is theirs.
    const path = `/v1/sites/example/receipts/${event.id}`;
    const read = await service.app.request(path, { headers: { Authorization: await thief.authorise({ method: 'GET', path }) } });
    expect(((await read.json()) as { event: string }).event).toBe(copy);
    const own = '/v1/sites/example/me';
    await service.app.request(own, {
      method: 'DELETE',
      headers: { Authorization: await thief.authorise({ method: 'DELETE', path: own }) },
    });
    expect((await service.send([jws])).results[0]).toEqual({ ...first, status: 'duplicate' });
    expect(codes((await service.send([copy])).results)).toEqual(['erased']);
  });

  it('with the first subject’s header and another’s signature, or the other way round, is refused', async () => {
    const { event, jws } = await subject.next();
    const thief = await newSubject();
    const [header, payload, signature] = jws.split('.');
    const [otherHeader, , otherSignature] = (await thief.sign(event)).split('.');
    for (const mixed of [`${header}.${payload}.${otherSignature}`, `${otherHeader}.${payload}.${signature}`])
      expect(codes((await service.send([mixed])).results)).toEqual(['BAD_SIGNATURE']);
    expect(await leaves()).toBe(0);
  });
});
