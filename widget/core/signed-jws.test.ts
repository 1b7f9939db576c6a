import { expect, it } from 'vitest';

import { EVENT_TYP, parseJws, verifyJws } from '../../shared/consent/jws.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { signedJws } from './signed-jws.ts';
import { createSubjectKey } from './subject-key.ts';

it('R47 signs what everyone else can take apart and verify', async () => {
  const verifier = webCryptoVerifier(crypto.subtle);
  const key = await createSubjectKey(0, verifier.sha256);
  const payload = { v: 1, words: 'Zoë says “no”', seq: 1, prev: null };
  const parsed = parseJws(await signedJws(key, EVENT_TYP, payload), EVENT_TYP);
  expect(parsed.payload).toEqual(payload);
  expect(await verifyJws(parsed, verifier)).toBe(true);
});
