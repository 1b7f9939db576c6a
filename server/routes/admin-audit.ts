// The audit log, newest first: of a site, and of the service as a whole.
import type { Context, Handler } from 'hono';

import * as v from 'valibot';

import { AUDIT_ACTIONS, type AuditLog } from '../../shared/operator.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Site, Store } from '../store/store.ts';

const MOST = 200;
const Action = v.picklist(AUDIT_ACTIONS);

async function page(store: Store, c: Context, site: Site | null): Promise<Response> {
  const limit = Number(c.req.query('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new ProblemError('BAD_REQUEST', `limit must be from 1 to ${MOST}`);
  const before = c.req.query('before') ?? null;
  if (before !== null && !/^[0-9a-f-]{36}$/.test(before))
    throw new ProblemError('BAD_REQUEST', 'before takes the id of an entry');
  const action = c.req.query('action');
  if (action !== undefined && !v.is(Action, action)) throw new ProblemError('BAD_REQUEST', 'there is no such action');
  const entries = await store.audit.list(site, before, limit, { action, actor: c.req.query('actor') });
  const answer: AuditLog = {
    entries: entries.map(({ at, ...entry }) => ({ ...entry, at: new Date(at).toISOString(), site: site?.id ?? null })),
    next: entries.length === limit ? (entries.at(-1)?.id ?? null) : null,
  };
  return c.json(answer, 200, { 'Cache-Control': 'no-store' });
}

export const siteAudit =
  ({ store, sites }: ServiceContext): Handler =>
  async (c) =>
    page(store, c, (await sites.get(c.req.param('site') ?? '')).site);

export const serviceAudit =
  ({ store }: ServiceContext): Handler =>
  async (c) =>
    page(store, c, null);
