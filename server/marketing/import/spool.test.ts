import { describe, expect, it } from 'vitest';

import { followed, spooled } from './spool.ts';

const text = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
async function* pieces(count: number, told: (sent: number) => void = () => undefined): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    told(i + 1);
    yield Buffer.from(`${'x'.repeat(1000)} ${i}\n`);
  }
}
async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('one');
  throw new Error('gone');
}

describe('what is uploaded', () => {
  it('comes out as it went in, whether it is all there or still comes', async () => {
    const whole = await text(pieces(900));
    expect(await text(spooled(pieces(900), 1e7))).toBe(whole);
    expect(await text(followed(pieces(900), 1e7))).toBe(whole);
    expect(await text(followed(pieces(0), 1e7))).toBe('');
  });

  it('is taken to its end though nobody reads: who sends all first does not wait for ever', async () => {
    const sent = Promise.withResolvers<number>();
    const bytes = followed(
      pieces(900, (count) => count === 900 && sent.resolve(count)),
      1e7,
    );
    const first = await bytes.next();
    expect(await sent.promise).toBe(900);
    expect((Buffer.from(first.value ?? []).toString() + (await text(bytes))).length).toBe((await text(pieces(900))).length);
  });

  it('that is too long or breaks off is a problem behind what came before it', async () => {
    for (const put of [spooled, followed]) {
      await expect(text(put(pieces(9), 3000))).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
      await expect(text(put(broken(), 1e7))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    }
    const bytes = followed(broken(), 1e7);
    expect(Buffer.from((await bytes.next()).value ?? []).toString()).toBe('one');
    await expect(bytes.next()).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
