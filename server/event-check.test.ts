import { expect, it } from 'vitest';

import { fromBase64Url, toBase64Url, utf8, utf8Text } from '../shared/bytes.ts';
import { createTestService, ORIGIN } from '../test/support/service.ts';
import { createSubject } from '../test/support/subject.ts';

const STRAY = `${'A'.repeat(42)}B`;

it('a hash or a key with stray bits is refused, and spoils no other event of its commit', async () => {
  const service = await createTestService();
  const subjects = await Promise.all([1, 2].map(() => createSubject({ log: service.site.log, origin: ORIGIN })));
  const [odd, honest] = subjects as [(typeof subjects)[0], (typeof subjects)[0]];
  const cites = (await odd.next({ presentation: STRAY })).jws;
  const [header = '', ...rest] = (await odd.next()).jws.split('.');
  const respelt = utf8Text(fromBase64Url(header)).replace(/"x":"(.{42})."/, '"x":"$1B"');
  const [refused, respeltKey, taken] = await Promise.all([
    service.send([cites]),
    service.send([[toBase64Url(utf8(respelt)), ...rest].join('.')]),
    service.send([(await honest.next()).jws]),
  ]);
  expect(refused.results[0]?.problem?.code).toBe('BAD_JWS');
  expect(respeltKey.results[0]?.problem?.code).toBe('BAD_JWS');
  expect(taken.results[0]?.status).toBe('accepted');
  await service.close();
});
