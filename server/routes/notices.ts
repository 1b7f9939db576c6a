// Published documents: notices as a page, JSON or JSON-LD; configurations and presentations as JSON.
import type { Context, Handler } from 'hono';

import { paths } from '../../shared/api.ts';
import { noticeJsonLd } from '../../shared/notice/json-ld.ts';
import { NOTICE_KINDS } from '../../shared/notice/schema.ts';
import { IMMUTABLE } from '../compression.ts';
import { noticePage } from '../pages/notice-page.ts';
import { PAGE_CSP } from '../pages/page-style.ts';
import { ProblemError } from '../problem.ts';
import { preferredForm } from '../representation.ts';
import type { ServiceContext } from '../service-context.ts';
import { firstNotice, type PublishedNotice, type SiteContext } from '../site-context.ts';

const HASH = /^[A-Za-z0-9_-]{43}$/;

function represent(
  c: Context,
  service: ServiceContext,
  site: SiteContext,
  found: PublishedNotice,
  cacheControl: string,
): Response {
  const form = preferredForm(c);
  const headers = {
    'Cache-Control': cacheControl,
    'Content-Language': found.notice.language,
    'Content-Location': paths.notice(found.hash),
    Vary: 'Accept',
  };
  if (form === 'text/html') {
    const versions = site.published.filter(({ notice }) => notice.kind === found.notice.kind);
    const html = noticePage({
      notice: found.notice,
      hash: found.hash,
      siteName: site.site.name,
      serviceUrl: service.publicUrl,
      jsonUrl: `${paths.notice(found.hash)}?as=json`,
      jsonLdUrl: `${paths.notice(found.hash)}?as=jsonld`,
      versions: versions.map(({ hash, notice: { version, date } }) => ({ hash, version, date })),
    });
    return c.html(html, 200, { ...headers, 'Content-Security-Policy': PAGE_CSP }) as Response;
  }
  const body =
    form === 'application/json'
      ? found.body
      : JSON.stringify(noticeJsonLd(found.notice, `${service.publicUrl}${paths.notice(found.hash)}`));
  return c.body(body, 200, { ...headers, 'Content-Type': form });
}

const CHANGES = 'public, max-age=60';

export const noticeList =
  ({ sites }: ServiceContext): Handler =>
  async (c) => {
    const { site, published } = await sites.get(c.req.param('site') ?? '');
    return c.json(
      {
        site: site.id,
        notices: published.map(({ notice, hash, publishedAt, current }) => ({
          kind: notice.kind,
          title: notice.title,
          language: notice.language,
          version: notice.version,
          date: notice.date,
          hash,
          url: paths.notice(hash),
          publishedAt: new Date(publishedAt).toISOString(),
          current,
        })),
      },
      200,
      { 'Cache-Control': CHANGES },
    );
  };

export const currentNotice =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await service.sites.get(c.req.param('site') ?? '');
    const found = firstNotice(site);
    if (!found) throw new ProblemError('NOT_FOUND', 'This site has published no notice.');
    return represent(c, service, site, found, CHANGES);
  };

export const noticeOfKind =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await service.sites.get(c.req.param('site') ?? '');
    const kind = NOTICE_KINDS.find((known) => known === c.req.param('kind'));
    const found = site.published.find(({ current, notice }) => current && notice.kind === kind);
    if (!found) throw new ProblemError('NOT_FOUND', 'This site has published no such document.');
    return represent(c, service, site, found, CHANGES);
  };

export const noticeByHash =
  (service: ServiceContext): Handler =>
  async (c) => {
    const hash = c.req.param('hash') ?? '';
    const document = HASH.test(hash) ? await service.store.document(hash, 'notice') : null;
    if (!document) throw new ProblemError('NOT_FOUND');
    const site = await service.sites.get(document.site);
    const found = site.published.find((notice) => notice.hash === hash);
    if (!found) throw new ProblemError('NOT_FOUND');
    return represent(c, service, site, found, IMMUTABLE);
  };

/** Exactly the bytes that were hashed. */
const canonicalBody = (c: Context, body: string | null): Response => {
  if (body === null) throw new ProblemError('NOT_FOUND');
  return c.body(body, 200, { 'Content-Type': 'application/json', 'Cache-Control': IMMUTABLE });
};

export const configurationByHash =
  ({ store }: ServiceContext): Handler =>
  async (c) => {
    const hash = c.req.param('hash') ?? '';
    return canonicalBody(c, HASH.test(hash) ? ((await store.document(hash, 'configuration'))?.body ?? null) : null);
  };

export const presentationByHash =
  ({ store }: ServiceContext): Handler =>
  async (c) => {
    const hash = c.req.param('hash') ?? '';
    return canonicalBody(c, HASH.test(hash) ? await store.presentation(hash) : null);
  };
