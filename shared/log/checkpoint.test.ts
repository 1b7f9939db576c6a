import { describe, expect, it } from 'vitest';

import { fromBase64, utf8 } from '../bytes.ts';
import { webCryptoVerifier } from '../web-crypto.ts';
import { checkpointBody, formatLogKey, keyId, parseCheckpoint, parseLogKey, signedNote, verifyCheckpoint } from './checkpoint.ts';

const verifier = webCryptoVerifier(crypto.subtle);

async function signer(name: string) {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const sign = async (body: string) =>
    signedNote(
      body,
      name,
      await keyId(name, publicKey, verifier.sha256),
      new Uint8Array(await crypto.subtle.sign('Ed25519', pair.privateKey, utf8(body))),
    );
  return { logKey: await formatLogKey(name, publicKey, verifier.sha256), sign };
}

const head = { origin: 'consent.example/shop/0', size: 7, root: new Uint8Array(32).fill(9) };

describe('checkpoints', () => {
  it('reads the published signed-note key and verifies its published signature', async () => {
    // The example of Go's sumdb/note documentation, which C2SP signed-note describes.
    const key = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const body = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const signature = fromBase64('x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=');
    const { name, publicKey, id } = await parseLogKey(key, verifier.sha256);
    expect(name).toBe('PeterNeumann');
    expect([...id]).toEqual([...signature.slice(0, 4)]);
    expect(await verifier.verifyEd25519(publicKey, utf8(body), signature.slice(4))).toBe(true);
    expect(await verifier.verifyEd25519(publicKey, utf8(`${body}x`), signature.slice(4))).toBe(false);
    expect(await formatLogKey(name, publicKey, verifier.sha256)).toBe(key);
  });

  it('verifies a head by its own key and by no other', async () => {
    const [ours, swapped] = [await signer('consent.example/shop'), await signer('consent.example/shop')];
    const checkpoint = parseCheckpoint(await ours.sign(checkpointBody(head)));
    expect(checkpoint).toMatchObject({ origin: head.origin, size: 7 });
    expect(await verifyCheckpoint(checkpoint, ours.logKey, verifier)).toBe(true);
    expect(await verifyCheckpoint(checkpoint, swapped.logKey, verifier)).toBe(false);
    expect(
      await verifyCheckpoint({ ...checkpoint, body: checkpoint.body.replace('\n7\n', '\n8\n') }, ours.logKey, verifier),
    ).toBe(false);
    expect(await verifyCheckpoint(checkpoint, 'no key', verifier)).toBe(false);
  });

  it('refuses notes that are no checkpoint', async () => {
    const { sign } = await signer('consent.example/shop');
    const good = await sign(checkpointBody(head));
    for (const bad of [
      '',
      good.slice(0, -1),
      good.replace('\n7\n', '\n07\n'),
      good.replace('\n7\n', '\n-1\n'),
      good.replace('— ', '- '),
      good.replace('\n\n', '\nextra\n\n'),
      'x'.repeat(5000),
    ]) {
      expect(() => parseCheckpoint(bad)).toThrow(SyntaxError);
    }
  });

  it('refuses log keys whose id does not fit', async () => {
    const { logKey } = await signer('a');
    await expect(parseLogKey(logKey.replace(/\+[0-9a-f]{8}\+/, '+00000000+'), verifier.sha256)).rejects.toThrow(SyntaxError);
    await expect(parseLogKey('a+b', verifier.sha256)).rejects.toThrow(SyntaxError);
  });
});
