// How often one client may ask: a bucket of requests per site and coarse network, in memory only. No address is stored, logged
// or kept in clear: the bucket's name is a keyed hash whose key is random and changes every hour.
import { hash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';

import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';

import { ProblemError } from './problem.ts';
import type { ServiceContext } from './service-context.ts';

const ROTATION = 3_600_000;
const MINUTE = 60_000;
/** Buckets at a time: a flood from many networks takes no more memory than this. */
const MOST = 50_000;
/** Of sums of thirds and tenths. */
const ROUNDING = 1e-6;
/** Attempts to sign in a minute: nobody types faster. */
const SIGN_IN = 20;

/** Groups of 16 bits of an IPv6 address. */
function groups(address: string): string[] {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const [before, after] = [head ? head.split(':') : [], tail ? tail.split(':') : []];
  if (tail === undefined) return before;
  return [...before, ...Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0'), ...after];
}

/** The network that an address belongs to: /24 of IPv4, /48 of IPv6; "unknown" for what is no address. */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return plain.split('.').slice(0, 3).join('.');
  if (isIP(plain) !== 6) return 'unknown';
  return groups(plain)
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** Of the visitor: the connection's, or what the operator's own proxy added last. */
export function addressOf(c: Context, trustProxy: boolean): string | undefined {
  if (trustProxy) return c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim();
  // A test without a connection has no address.
  return c.env === undefined || !('incoming' in (c.env as object)) ? undefined : getConnInfo(c).remote.address;
}

export interface RateLimiter {
  /** Takes one request out of the bucket; gives how many seconds to wait where it is empty, else 0. */
  take(bucket: string, network: string, now: number, perMinute: number): number;
}

const newKey = (): string => randomBytes(32).toString('base64url');

export function rateLimiter(): RateLimiter {
  let buckets = new Map<string, { left: number; at: number }>();
  let key = newKey();
  let since = Number.NEGATIVE_INFINITY;

  function makeRoom(now: number, perMinute: number): void {
    if (buckets.size < MOST) return;
    // Full again: as if they were not there.
    for (const [name, { left, at }] of buckets) if (left + ((now - at) / MINUTE) * perMinute >= perMinute) buckets.delete(name);
    if (buckets.size >= MOST) buckets = new Map();
  }

  return {
    take(bucket, network, now, perMinute) {
      if (Math.abs(now - since) >= ROTATION) {
        key = newKey();
        buckets = new Map();
        since = now;
      }
      const name = hash('sha256', `${key} ${bucket} ${network}`, 'base64url');
      const known = buckets.get(name);
      if (!known) makeRoom(now, perMinute);
      // A clock that was set back must not keep the bucket empty until it has caught up.
      else if (known.at > now) known.at = now;
      const left = known ? Math.min(perMinute, known.left + (Math.max(0, now - known.at) / MINUTE) * perMinute) : perMinute;
      if (left < 1 - ROUNDING) return Math.max(1, Math.ceil(((1 - left) / perMinute) * 60 - ROUNDING));
      buckets.set(name, { left: left - 1, at: now });
      return 0;
    },
  };
}

/** `permission`: looks at who may be written to, apart from the site's own traffic. */
export type LimitKind = 'site' | 'sign_in' | 'permission';

/** What is limited: everything that writes, checks a signature or guesses at a secret. What a cache can answer is not. */
export function limitOf(method: string, path: string): LimitKind | null {
  if (method === 'POST' && path.startsWith('/v1/admin/session')) return 'sign_in';
  // A mailbox provider stops messages for many people from one network: that route counts only who guesses.
  if (path === '/m/:site/stop/:link' && method === 'POST') return null;
  if (path.startsWith('/m/:site/') && method === 'GET') return 'site';
  if (method === 'POST' && /^\/[rm]\/:site/.test(path)) return 'site';
  if (path.startsWith('/v1/admin/sites/:site/permissions')) return 'permission';
  const reading = method === 'GET' && !/\/(?:me|receipts)\//.test(path);
  return path.startsWith('/v1/sites/:site/') && method !== 'OPTIONS' && !reading ? 'site' : null;
}

/** Throws ProblemError RATE_LIMITED with Retry-After. `bucket`: the site's id. */
export function takeTurn(
  { limits, limiter, metrics, now }: Pick<ServiceContext, 'limits' | 'limiter' | 'metrics' | 'now'>,
  kind: LimitKind,
  bucket: string,
  address: string | undefined,
): void {
  const perMinute = kind === 'sign_in' ? Math.min(SIGN_IN, limits.perMinute ?? SIGN_IN) : limits.perMinute;
  if (perMinute === null) return;
  const wait = limiter.take(`${kind} ${bucket}`, networkOf(address), now().getTime(), perMinute);
  if (wait === 0) return;
  metrics.limited(kind);
  throw new ProblemError('RATE_LIMITED', undefined, { 'Retry-After': `${wait}` });
}

/** Throws as takeTurn does. */
export const limited =
  (service: ServiceContext, kind: LimitKind): MiddlewareHandler =>
  async (c, next) => {
    takeTurn(service, kind, kind === 'sign_in' ? '' : (c.req.param('site') ?? ''), addressOf(c, service.limits.trustProxy));
    await next();
  };
