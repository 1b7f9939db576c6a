// Reads a request's body up to a limit: what is longer is not read to its end.
import type { IncomingMessage } from 'node:http';

import * as v from 'valibot';

import { ProblemError } from './problem.ts';
import { issueLine } from './schema-issue.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });
function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProblemError('BAD_REQUEST', 'the body is not UTF-8');
  }
}

const BROKEN_OFF = 'the body broke off';
/** The client went, or was too slow: no fault of the service, and nobody reads the answer. */
function brokenOff(): never {
  throw new ProblemError('BAD_REQUEST', BROKEN_OFF);
}

/** Throws ProblemError BODY_TOO_LARGE, or BAD_REQUEST for bytes that are not UTF-8. `limit` in bytes. */
export async function readBody(request: Request, limit: number): Promise<string> {
  const announced = request.headers.get('Content-Length');
  if (announced !== null) {
    if (!(Number(announced) <= limit)) throw new ProblemError('BODY_TOO_LARGE');
    // The HTTP parser gives no more than was announced. (A stream of each small body would cost as much as checking its event.)
    return textOf(new Uint8Array(await request.arrayBuffer().catch(brokenOff)));
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  const body = request.body?.getReader();
  for (;;) {
    const part = await body?.read().catch(brokenOff);
    if (!part || part.done) return textOf(Buffer.concat(parts));
    length += part.value.length;
    if (length > limit) {
      body?.cancel().catch(() => undefined);
      throw new ProblemError('BODY_TOO_LARGE');
    }
    parts.push(part.value);
  }
}

/** The same of a request to Node's own server; also rejects when the client is gone before its end. */
export async function readIncoming(request: IncomingMessage, limit: number): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new ProblemError('BODY_TOO_LARGE');
  const parts: Buffer[] = [];
  let length = 0;
  // Its client went before anybody listened: it says so once only.
  if (request.destroyed && !request.readableEnded) brokenOff();
  await new Promise<void>((resolve, reject) => {
    request.on('data', (part: Buffer) => {
      length += part.length;
      parts.push(part);
      if (length <= limit) return;
      request.pause();
      reject(new ProblemError('BODY_TOO_LARGE'));
    });
    request.once('end', resolve);
    // The latter comes behind the end, or in its place.
    for (const event of ['error', 'close'])
      request.once(event, () => request.readableEnded || reject(new ProblemError('BAD_REQUEST', BROKEN_OFF)));
  });
  return textOf(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
}

/** PostgreSQL takes no NUL character in a text, and nobody types one. */
export function hasNul(json: unknown): boolean {
  // No recursion: nothing bounds how deep it is.
  const waiting = [json];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one === 'string' && one.includes('\0')) return true;
    if (typeof one === 'object' && one !== null) for (const [name, value] of Object.entries(one)) waiting.push(name, value);
  }
  return false;
}

/** The body as JSON, not validated. Throws as readBody does, and BAD_REQUEST where it is no JSON or a text has a NUL character. */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const body = await readBody(request, limit);
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ProblemError('BAD_REQUEST', 'the body is not JSON');
  }
  if (body.includes('\\u0000') && hasNul(json)) throw new ProblemError('BAD_REQUEST', 'a text in the body holds a NUL character');
  return json;
}

/** The body as what the schema says. Throws as readJson does, and BAD_REQUEST that names the first place that is wrong. */
export async function readAs<T extends v.GenericSchema>(schema: T, request: Request, limit: number): Promise<v.InferOutput<T>> {
  const read = v.safeParse(schema, await readJson(request, limit));
  if (read.success) return read.output;
  throw new ProblemError('BAD_REQUEST', issueLine(read.issues[0]));
}
