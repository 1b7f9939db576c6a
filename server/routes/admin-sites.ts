// Making and changing sites.
import type { Handler } from 'hono';
import type * as v from 'valibot';

import { NewSite, SiteChange, type AdminSiteDetails, type NoticeVersion } from '../../shared/operator.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import { planSiteChange } from '../site-change.ts';
import type { PublishedNotice, SiteContext } from '../site-context.ts';
import { createSite, SiteInputError, widgetTag } from '../sites.ts';

/** Notices are long: the five of the demonstration have up to 60 KiB. */
export const MAX_DOCUMENTS = 2 * 1024 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

/** What is wrong with a document is for who wrote it to read. */
export async function heldTogether<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof SiteInputError) throw new ProblemError('INVALID_DOCUMENT', error.message);
    throw error;
  }
}

export const noticeVersion = ({ notice, hash, publishedAt, current }: PublishedNotice): v.InferOutput<typeof NoticeVersion> => ({
  kind: notice.kind,
  title: notice.title,
  language: notice.language,
  version: notice.version,
  date: notice.date,
  hash,
  publishedAt: new Date(publishedAt).toISOString(),
  current,
});

const details = ({ publicUrl }: ServiceContext, context: SiteContext): v.InferOutput<typeof AdminSiteDetails> => ({
  site: context.site.id,
  name: context.site.name,
  log: context.site.log,
  origins: context.site.origins,
  tag: widgetTag(publicUrl, context.site.id),
  configuration: context.configuration,
  configurationHash: context.configurationHash,
  terms: context.terms,
  notices: context.published.map(noticeVersion),
});

export const adminSite =
  (service: ServiceContext): Handler =>
  async (c) =>
    c.json(details(service, await service.sites.get(c.req.param('site') ?? '')), 200, FRESH);

export const postSite =
  (service: ServiceContext): Handler =>
  async (c) => {
    const input = await readAs(NewSite, c.req.raw, MAX_DOCUMENTS);
    if (await service.store.site(input.site)) throw new ProblemError('SITE_EXISTS');
    await audit(service, c.get('operator'), 'site.create', { object: input.site });
    await heldTogether(createSite(service.store, { ...input, publicUrl: service.publicUrl }, service.now().getTime()));
    return c.json(details(service, await service.sites.get(input.site)), 201, FRESH);
  };

/** What changing it would do; changes nothing. */
export const planSite =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const change = await readAs(SiteChange, c.req.raw, MAX_DOCUMENTS);
    const { hash, asksAgain } = await heldTogether(planSiteChange(service.store, context, change, service.now()));
    return c.json({ configurationHash: hash, asksAgain }, 200, FRESH);
  };

export const patchSite =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const change = await readAs(SiteChange, c.req.raw, MAX_DOCUMENTS);
    const planned = await heldTogether(planSiteChange(service.store, context, change, service.now()));
    await audit(service, c.get('operator'), 'site.change', { site: context.site, object: planned.hash });
    await planned.publish();
    return c.json({ ...details(service, await service.sites.get(context.site.id)), asksAgain: planned.asksAgain }, 200, FRESH);
  };
