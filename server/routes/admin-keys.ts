// API keys over HTTP. Their text is given once, when they are made.
import type { Handler } from 'hono';

import { NewKey, type OperatorKey } from '../../shared/operator.ts';
import { expiryOf, issueCredential } from '../credentials.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Credential } from '../store/store.ts';

const MAX_KEY = 4096;
const FRESH = { 'Cache-Control': 'no-store' };
const instant = (ms: number): string => new Date(ms).toISOString();

const shownKey = ({ id, name, role, site, createdAt, expiresAt }: Credential): OperatorKey => ({
  ...{ id, name, role, site },
  createdAt: instant(createdAt),
  expiresAt: expiresAt === null ? null : instant(expiresAt),
});

export const adminKeys =
  ({ store }: ServiceContext): Handler =>
  async (c) =>
    c.json({ keys: (await store.credentials('api_key')).map(shownKey) }, 200, FRESH);

export const postKey =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { name, role, expires, site = null } = await readAs(NewKey, c.req.raw, MAX_KEY);
    if (site !== null && !(await service.store.site(site))) throw new ProblemError('UNKNOWN_SITE');
    const now = service.now();
    const expiresAt = expires === undefined ? null : expiryOf(now, expires);
    const { id, token } = await issueCredential(service.store, 'api_key', { name, role, site, expiresAt }, now, (made) =>
      audit(service, c.get('operator'), 'key.create', { object: made }),
    );
    return c.json(
      { ...shownKey({ id, name, role, site, createdAt: now.getTime(), expiresAt } as Credential), token },
      201,
      FRESH,
    );
  };

export const deleteKey =
  (service: ServiceContext): Handler =>
  async (c) => {
    const id = c.req.param('key') ?? '';
    if (!(await service.store.credential('api_key', id))) throw new ProblemError('NOT_FOUND');
    await audit(service, c.get('operator'), 'key.revoke', { object: id });
    await service.store.removeCredential('api_key', id);
    await service.store.passkeys.removeAll(id);
    return c.body(null, 204);
  };
