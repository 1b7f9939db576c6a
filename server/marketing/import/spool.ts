// A list that is being uploaded, put aside until it is all there: an upload has to end soon (http-server.ts), an import may take
// minutes. On disk it lies under a key that only this call knows, in a file without a name.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ProblemError } from '../../problem.ts';

const PIECE = 256 * 1024;

/** Gives the bytes again, once. Throws ProblemError BODY_TOO_LARGE, BAD_REQUEST where it broke off. `limit`: bytes. */
export async function* spooled(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'candour-list-'));
  const file = await open(join(folder, 'list'), 'wx+', 0o600);
  try {
    // The file stays as long as it is open, and no longer, whatever happens to the process.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    const [key, counter] = [randomBytes(32), randomBytes(16)];
    const cipher = createCipheriv('aes-256-ctr', key, counter);
    let length = 0;
    try {
      for await (const piece of bytes) {
        length += piece.length;
        if (length > limit) throw new ProblemError('BODY_TOO_LARGE');
        await file.write(cipher.update(piece));
      }
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      throw new ProblemError('BAD_REQUEST', 'the body broke off');
    }
    const decipher = createDecipheriv('aes-256-ctr', key, counter);
    for (let at = 0; at < length;) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE, at);
      if (bytesRead === 0) throw new Error('the spooled list is shorter than it was');
      at += bytesRead;
      yield decipher.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}
