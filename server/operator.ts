// Who of the operator's people asks, whether they may, and that it was written down: `Authorization: Bearer <API key>` or the
// dashboard's session cookie.
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { uuidv7 } from 'uuidv7';

import type { AuditAction } from '../shared/operator.ts';
import { closeSession, keyOperator, openSession, sessionOperator, type Opened, type Operator } from './credentials.ts';
import { allows } from './permissions.ts';
import { ProblemError } from './problem.ts';
import type { ServiceContext } from './service-context.ts';
import type { Site, Store } from './store/store.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Set by `authorised`. */
    operator: Operator;
  }
}

const COOKIE = 'candour_session';

/** Null without credentials, or with ones that do not hold. */
export async function operatorOf({ store, now }: Pick<ServiceContext, 'store' | 'now'>, c: Context): Promise<Operator | null> {
  const bearer = /^Bearer (\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (bearer !== undefined) return keyOperator(store, bearer, now());
  const session = getCookie(c, COOKIE);
  return session === undefined ? null : sessionOperator(store, session, now());
}

/** `route` as in permissions.ts. Throws ProblemError SIGN_IN, FORBIDDEN. */
export const authorised =
  (service: ServiceContext, route: string): MiddlewareHandler =>
  async (c, next) => {
    const operator = await operatorOf(service, c);
    if (!operator) throw new ProblemError('SIGN_IN');
    if (!allows(route, operator, c.req.param('site'))) throw new ProblemError('FORBIDDEN', 'Your role does not allow this.');
    c.set('operator', operator);
    await next();
  };

/** The command line works on the service's machine with its database: it is nobody's key. */
export const COMMAND_LINE: Pick<Operator, 'actor' | 'role'> = { actor: 'command', role: 'owner' };

/**
 * Tells the audit log. Called before personal data is given out and before a change is made, so that nothing happens without an
 * entry; a change that then fails leaves its entry. `object` says which thing and is never a personal data value.
 */
export async function audit(
  { store, now }: { store: Pick<Store, 'audit'>; now: () => Date },
  { actor, role }: Pick<Operator, 'actor' | 'role'>,
  action: AuditAction,
  { site = null, object = null }: { site?: Pick<Site, 'key'> | null; object?: string | null } = {},
): Promise<void> {
  await store.audit.append(site, { id: uuidv7(), at: now().getTime(), actor, role, action, object });
}

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

/** Null: the token is none that holds. */
export async function startSession(service: ServiceContext, c: Context, token: string): Promise<Operator | null> {
  const opened = await openSession(service.store, token, service.now());
  return opened && startedSession(service, c, opened);
}

/** Writes it down and gives it its cookie. */
export async function startedSession(service: ServiceContext, c: Context, opened: Opened): Promise<Operator> {
  await audit(service, opened.operator, 'session.start');
  setCookie(c, COOKIE, opened.session, cookieOptions(service.publicUrl));
  return opened.operator;
}

export async function endSession(service: ServiceContext, c: Context): Promise<void> {
  const operator = await closeSession(service.store, getCookie(c, COOKIE) ?? '', service.now());
  if (operator) await audit(service, operator, 'session.end');
  deleteCookie(c, COOKIE, cookieOptions(service.publicUrl));
}
