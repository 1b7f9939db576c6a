// The service's own pages for people: where to begin, and the style of all of them.
import type { Handler } from 'hono';

import { paths } from '../../shared/api.ts';
import { indexPage } from '../pages/index-page.ts';
import { PAGE_CSP, pageStyle } from '../pages/page-style.ts';
import type { ServiceContext } from '../service-context.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import { firstNotice } from '../site-context.ts';

export const home =
  ({ store, sites }: ServiceContext): Handler =>
  async (c) => {
    const notices = await Promise.all(
      (await store.sites()).map(async ({ id }) => {
        const context = await sites.get(id);
        const found = firstNotice(context);
        return found
          ? [{ href: paths.currentNotice(id), label: found.notice.title, note: `The notice of ${context.site.name}.` }]
          : [];
      }),
    );
    const links = [
      ...notices.flat(),
      { href: paths.wellKnown(), label: 'Log keys', note: 'What receipts are checked with.' },
      { href: '/admin', label: 'Dashboard', note: 'For the people who run this service.' },
    ];
    return c.html(indexPage({ version: SERVICE_VERSION, links }), 200, {
      'Content-Security-Policy': PAGE_CSP,
      'Cache-Control': 'no-cache',
    });
  };

export const stylesheet: Handler = (c) =>
  c.body(pageStyle, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'public, max-age=300' });
