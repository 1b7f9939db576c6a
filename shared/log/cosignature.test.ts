import { describe, expect, it } from 'vitest';

import { webCryptoVerifier } from '../web-crypto.ts';
import { parseCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { cosignatureLine, findCosignature, formatWitnessKey, parseWitnessKey } from './cosignature.ts';

const verifier = webCryptoVerifier(crypto.subtle);

// A head of a public Certificate Transparency log of 2026, as it was published with its witnesses' cosignatures.
const LOG = 'arche2025h1.staging.ct.transparency.dev';
const LOG_KEY = `${LOG}+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f`;
const WITNESS_KEY = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
const NOTE = `${LOG}
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— ${LOG} ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
`;

describe('cosignatures', () => {
  it('R49 reads a published head and verifies the published cosignature of a public witness', async () => {
    const head = parseCheckpoint(NOTE);
    expect(await verifyCheckpoint(head, LOG_KEY, verifier), 'further signature lines do not matter').toBe(true);
    const found = await findCosignature(head, WITNESS_KEY, verifier);
    expect(found).toMatchObject({ witness: 'remora.n621.de', time: 1_779_573_024 });
    const key = await parseWitnessKey(WITNESS_KEY, verifier.sha256);
    expect(await formatWitnessKey(key.name, key.publicKey, verifier.sha256)).toBe(WITNESS_KEY);
    expect(NOTE).toContain(cosignatureLine(key, found?.time ?? 0, found?.signature ?? new Uint8Array()));
  });

  it('takes nothing for the cosignature of another head, another time or another witness', async () => {
    const other = async (note: string) => findCosignature(parseCheckpoint(note), WITNESS_KEY, verifier);
    expect(await other(NOTE.replace('1432088532', '1432088533'))).toBeNull();
    expect(await other(NOTE.replace('2net5wAAAABqEiEg', '2net5wAAAABqEiEh'))).toBeNull();
    expect(await other(NOTE.replace('remora.n621.de', 'remora.n622.de'))).toBeNull();
    expect(await findCosignature(parseCheckpoint(NOTE), LOG_KEY, verifier), 'a log key is no witness key').toBeNull();
    expect(await findCosignature(parseCheckpoint(NOTE), 'rubbish', verifier)).toBeNull();
    await expect(parseWitnessKey(WITNESS_KEY.replace('da77ade7', 'da77ade8'), verifier.sha256)).rejects.toThrow(SyntaxError);
  });
});
