// Reads a request's body up to a limit: what is longer is not read to its end.
import { ProblemError } from './problem.ts';

/** Throws ProblemError BODY_TOO_LARGE, or BAD_REQUEST for bytes that are not UTF-8. `limit` in bytes. */
export async function readBody(request: Request, limit: number): Promise<string> {
  if (Number(request.headers.get('Content-Length') ?? 0) > limit) throw new ProblemError('BODY_TOO_LARGE');
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of request.body ?? []) {
    length += part.length;
    if (length > limit) throw new ProblemError('BODY_TOO_LARGE');
    parts.push(part);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new ProblemError('BAD_REQUEST', 'the body is not UTF-8');
  }
}
