// Forms of the service's public pages: sent by the page itself, read up to a limit.
import type { Context } from 'hono';

import { ProblemError } from '../problem.ts';
import { hasNul, readBody } from '../request-body.ts';

/**
 * A form of another site must not make this service write mails or change anything. (Its own pages send no Origin: they send no
 * referrer.) Throws ProblemError FORBIDDEN.
 */
export function fromHere(c: Context): void {
  const from = c.req.header('Sec-Fetch-Site');
  if (from !== undefined && from !== 'same-origin' && from !== 'none')
    throw new ProblemError('FORBIDDEN', 'sent from another site');
}

/** `limit` in bytes. Throws ProblemError UNSUPPORTED_MEDIA_TYPE, and as readBody. */
export async function readForm(c: Context, limit: number): Promise<Record<string, string>> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('Content-Type') ?? ''))
    throw new ProblemError('UNSUPPORTED_MEDIA_TYPE', 'send application/x-www-form-urlencoded');
  const form = Object.fromEntries(new URLSearchParams(await readBody(c.req.raw, limit)));
  if (hasNul(form)) throw new ProblemError('BAD_REQUEST', 'a field holds a NUL character');
  return form;
}
