// Who of the operator's people asks: `Authorization: Bearer <API key>` or the dashboard's session cookie.
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

import { checkCredential, issueCredential, type Operator } from './credentials.ts';
import { ProblemError } from './problem.ts';
import type { ServiceContext } from './service-context.ts';

const COOKIE = 'candour_session';

/** Null without credentials, or with ones that do not hold. */
export async function operatorOf({ store, now }: ServiceContext, c: Context): Promise<Operator | null> {
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (bearer !== undefined) return checkCredential(store, 'api_key', bearer, now());
  const session = getCookie(c, COOKIE);
  return session === undefined ? null : checkCredential(store, 'session', session, now());
}

/** Throws ProblemError SIGN_IN. */
export const operatorsOnly =
  (service: ServiceContext): MiddlewareHandler =>
  async (c, next) => {
    if (!(await operatorOf(service, c))) throw new ProblemError('SIGN_IN');
    await next();
  };

/** What changes something must come from our own pages (or from a program, which has no cookie to ride on). */
export const ownOriginOnly =
  ({ publicUrl }: ServiceContext): MiddlewareHandler =>
  async (c, next) => {
    const origin = c.req.header('Origin');
    const here = `//${c.req.header('Host') ?? ''}`;
    const own = origin === publicUrl || origin === `http:${here}` || origin === `https:${here}`;
    const withoutBrowser = origin === undefined && c.req.header('Authorization')?.startsWith('Bearer ');
    if (!own && !withoutBrowser) throw new ProblemError('FORBIDDEN', 'the request comes from another origin');
    await next();
  };

const cookieOptions = (publicUrl: string) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: publicUrl.startsWith('https:') }) as const;

export async function startSession({ store, now, publicUrl }: ServiceContext, c: Context, operator: Operator): Promise<void> {
  const { token } = await issueCredential(store, 'session', operator, now());
  setCookie(c, COOKIE, token, cookieOptions(publicUrl));
}

export async function endSession({ store, now, publicUrl }: ServiceContext, c: Context): Promise<void> {
  const session = await checkCredential(store, 'session', getCookie(c, COOKIE) ?? '', now());
  if (session) await store.removeCredential('session', session.id);
  deleteCookie(c, COOKIE, cookieOptions(publicUrl));
}
