// What is being uploaded, put aside on disk: under a key that only this call knows, in a file without a name. A list is put aside until
// it is all there, as an upload has to end soon (http-server.ts) and an import may take minutes; lines that are answered while they
// come in are put aside so that whoever sends all of them before reading an answer does not wait for ever.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ProblemError } from '../../problem.ts';

const PIECE = 256 * 1024;

interface Aside {
  /** Bytes that were put and not taken yet. */
  left(): number;
  /** Throws ProblemError BODY_TOO_LARGE behind `limit` bytes. */
  put(piece: Uint8Array): Promise<void>;
  take(): Promise<Uint8Array>;
  close(): Promise<void>;
}

async function putAside(limit: number): Promise<Aside> {
  const folder = await mkdtemp(join(tmpdir(), 'candour-list-'));
  const forget = () => rm(folder, { recursive: true, force: true }).catch(() => undefined);
  const file = await open(join(folder, 'list'), 'wx+', 0o600).catch(async (error: unknown) => {
    await forget();
    throw error;
  });
  // The file stays as long as it is open, and no longer, whatever happens to the process.
  await forget();
  const [key, counter] = [randomBytes(32), randomBytes(16)];
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  const decipher = createDecipheriv('aes-256-ctr', key, counter);
  let [written, read] = [0, 0];
  return {
    left: () => written - read,
    async put(piece) {
      if (written + piece.length > limit) throw new ProblemError('BODY_TOO_LARGE');
      await file.appendFile(cipher.update(piece));
      written += piece.length;
    },
    async take() {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE), 0, Math.min(PIECE, written - read), read);
      if (bytesRead === 0) throw new Error('what was put aside is shorter than it was');
      read += bytesRead;
      return decipher.update(buffer.subarray(0, bytesRead));
    },
    async close() {
      await file.close();
      // Where a file that is open cannot be removed.
      await forget();
    },
  };
}

const brokenOff = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError('BAD_REQUEST', 'the body broke off');

/** Gives the bytes again, once, when all of them are there. Throws ProblemError BODY_TOO_LARGE, BAD_REQUEST where it broke off. `limit`: bytes. */
export async function* spooled(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const aside = await putAside(limit);
  try {
    try {
      for await (const piece of bytes) await aside.put(piece);
    } catch (error) {
      throw brokenOff(error);
    }
    while (aside.left() > 0) yield await aside.take();
  } finally {
    await aside.close();
  }
}

/** The same while they still come in: taken from whoever sends as fast as they come, given out as fast as they are asked for. */
export async function* followed(bytes: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const aside = await putAside(limit);
  const source = bytes[Symbol.asyncIterator]();
  let [wanted, ended] = [true, false];
  let failure: ProblemError | null = null;
  let wake = (): void => undefined;
  const filling = (async () => {
    try {
      for (let next = await source.next(); !next.done && wanted; next = await source.next()) {
        await aside.put(next.value);
        wake();
      }
    } catch (error) {
      failure = brokenOff(error);
    }
    ended = true;
    wake();
  })();
  try {
    for (;;) {
      if (aside.left() > 0) yield await aside.take();
      else if (ended) break;
      else await new Promise<void>((resolve) => void (wake = resolve));
    }
    if (failure) throw failure as ProblemError;
  } finally {
    wanted = false;
    if (!ended) source.return?.().catch(() => undefined);
    // What still comes is waited for by nobody.
    void filling.then(() => aside.close()).catch(() => undefined);
  }
}
