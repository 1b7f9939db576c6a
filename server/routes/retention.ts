// The retention engine over HTTP: what it would remove, removing it, and what was removed before.
import type { Context, Handler } from 'hono';

import { toBase64Url } from '../../shared/bytes.ts';
import { audit } from '../operator.ts';
import { planRetention, runRetention } from '../retention/engine.ts';
import type { ServiceContext } from '../service-context.ts';
import type { RetentionRun } from '../store/retention.ts';

const FRESH = { 'Cache-Control': 'no-store' };
const RUNS = 200;
const siteOf = ({ sites }: ServiceContext, c: Context) => sites.get(c.req.param('site') ?? '');

export const runWords = ({ number, record, rule, at, count, head }: RetentionRun) => ({
  number,
  record,
  rule,
  at: new Date(at).toISOString(),
  count,
  head: { epoch: head.epoch, size: head.size, root: toBase64Url(head.root) },
});

/** A dry run: changes nothing. */
export const getRetention =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const plan = await planRetention(service, context);
    const runs = await service.store.retention.runs(context.site, RUNS);
    return c.json({ ...plan, runs: runs.map(runWords) }, 200, FRESH);
  };

export const postRetention =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    await audit(service, c.get('operator'), 'retention.run', { site: context.site });
    return c.json(await runRetention(service, context), 200, FRESH);
  };
