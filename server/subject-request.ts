// `Authorization: Subject <JWS>`: the data subject asks for their own, signed with the key that signed their events.
import type { Context } from 'hono';
import * as v from 'valibot';

import { SubjectRequest } from '../shared/api.ts';
import { BadJws, jwsHash, parseJws, REQUEST_TYP, thumbprint, verifyJws } from '../shared/consent/jws.ts';
import { ProblemError } from './problem.ts';
import { issueLine } from './schema-issue.ts';
import type { ServiceContext } from './service-context.ts';
import type { SiteContext } from './site-context.ts';
import { sha256, verifier } from './verifier.ts';

/** How far `iat` may be from the service's time, in seconds. */
const TOLERANCE = 300;

/** A 401 always carries the service's time (seconds since 1970), so that a browser with a wrong clock can sign again. */
export class UnauthenticatedError extends ProblemError {
  readonly time: number;

  constructor(detail: string, now: Date) {
    super('UNAUTHENTICATED', detail, { 'WWW-Authenticate': 'Subject' });
    this.time = Math.floor(now.getTime() / 1000);
  }
}

async function read(compact: string): Promise<{ subject: string; request: SubjectRequest; hash: string } | string> {
  try {
    const jws = parseJws(compact, REQUEST_TYP);
    const payload = v.safeParse(SubjectRequest, jws.payload);
    if (!payload.success) return issueLine(payload.issues[0], 'the request');
    if (!(await verifyJws(jws, verifier))) return 'its signature does not verify';
    return { subject: await thumbprint(jws.key, sha256), request: payload.output, hash: await jwsHash(compact, sha256) };
  } catch (error) {
    if (error instanceof BadJws) return error.message;
    throw error;
  }
}

/** Who asks, and the hash of the signed request. `body`: the SHA-256 of the body, where there is one. Throws UnauthenticatedError. A request is good for one use. */
export async function readSubjectRequest(
  { store, now: clock }: ServiceContext,
  c: Context,
  { site }: SiteContext,
  body?: string,
): Promise<{ subject: string; request: string }> {
  const now = clock();
  const compact = /^Subject (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (!compact) throw new UnauthenticatedError('there is no signed request', now);
  const result = await read(compact);
  if (typeof result === 'string') throw new UnauthenticatedError(result, now);
  const { request, subject, hash } = result;
  if (request.aud !== site.log) throw new UnauthenticatedError('it was signed for another log', now);
  if (request.method !== c.req.method || request.path !== c.req.path)
    throw new UnauthenticatedError('it was signed for another method or path', now);
  if (request.body !== body) throw new UnauthenticatedError('it was signed for another body', now);
  const seconds = now.getTime() / 1000;
  if (Math.abs(seconds - request.iat) > TOLERANCE) throw new UnauthenticatedError('its time is too far from the service’s', now);
  if (!(await store.useRequestId(site, request.jti, now.getTime(), (request.iat + 2 * TOLERANCE) * 1000)))
    throw new UnauthenticatedError('it was used before', now);
  return { subject, request: hash };
}
