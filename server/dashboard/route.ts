// Where in the dashboard we are, and which page that is. Each page is a chunk of its own: the first load has none of the others.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface PageProps {
  /** '' on a page of the service as a whole. */
  site: string;
  /** What follows the page's name in the address. */
  rest: readonly string[];
}

export interface PageEntry {
  slug: string;
  title: string;
  /** The row of permissions.ts without which the page has nothing to show. */
  needs: string;
  load: () => Promise<{ Page: ComponentType<PageProps> }>;
  /** False: reached from another page only. */
  listed: boolean;
}

type Load = PageEntry['load'];
const page = (slug: string, title: string, needs: string, load: Load): PageEntry => ({ slug, title, needs, load, listed: true });
const unlisted = (entry: PageEntry): PageEntry => ({ ...entry, listed: false });

/** Pages of the service: `#/keys`. */
export const SERVICE_PAGES: readonly PageEntry[] = [
  page('', 'Sites', 'GET /v1/admin/sites', () => import('./pages/sites.tsx')),
  page('keys', 'Keys', 'GET /v1/admin/keys', () => import('./pages/keys.tsx')),
  page('passkeys', 'Passkeys', 'GET /v1/admin/passkeys', () => import('./pages/passkeys.tsx')),
  page('audit', 'Audit', 'GET /v1/admin/audit', () => import('./pages/audit.tsx')),
];

/** Pages of a site, in the order of its navigation: `#/sites/shop/retention`. A new page is a line here. */
export const SITE_PAGES: readonly PageEntry[] = [
  page('', 'Overview', 'GET /v1/admin/sites/:site/statistics', () => import('./pages/overview.tsx')),
  page('events', 'Events', 'GET /v1/admin/sites/:site/events', () => import('./pages/events.tsx')),
  page('prove', 'Prove', 'POST /v1/admin/sites/:site/prove', () => import('./pages/prove.tsx')),
  page('requests', 'Rights requests', 'GET /v1/admin/sites/:site/requests', () => import('./pages/requests.tsx')),
  page('subjects', 'Data subjects', 'GET /v1/admin/sites/:site/restrictions', () => import('./pages/subjects.tsx')),
  page('retention', 'Retention', 'GET /v1/admin/sites/:site/retention', () => import('./pages/retention.tsx')),
  page('marketing', 'Marketing', 'POST /v1/admin/sites/:site/permissions', () => import('./pages/marketing.tsx')),
  page('notices', 'Notices', 'GET /v1/admin/sites/:site/notices', () => import('./pages/notices.tsx')),
  page('exports', 'Exports', 'GET /v1/admin/sites/:site/processing-records', () => import('./pages/exports.tsx')),
  page('webhooks', 'Webhooks', 'GET /v1/admin/sites/:site/webhooks', () => import('./pages/webhooks.tsx')),
  page('witnesses', 'Witnesses', 'GET /v1/admin/sites/:site/witnesses', () => import('./pages/witnesses.tsx')),
  page('settings', 'Settings', 'GET /v1/admin/sites/:site', () => import('./pages/settings.tsx')),
  page('audit', 'Audit log', 'GET /v1/admin/sites/:site/audit', () => import('./pages/audit.tsx')),
  unlisted(page('receipts', 'Receipt', 'GET /v1/sites/:site/receipts/:event', () => import('./pages/receipt.tsx'))),
];

export interface Route extends PageProps {
  entry: PageEntry;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** What names no page leads to the page above it. */
export function parseRoute(fragment: string): Route {
  const [area = '', ...parts] = fragment
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  const find = (pages: readonly PageEntry[], slug: string): PageEntry => {
    const found = pages.find((entry) => entry.slug === slug) ?? pages[0];
    if (!found) throw new RangeError('a table without pages');
    return found;
  };
  const [site = '', slug = '', ...rest] = parts;
  if (area === 'sites' && site !== '') return { entry: find(SITE_PAGES, slug), site, rest };
  return { entry: find(SERVICE_PAGES, area), site: '', rest: parts };
}

export interface Place extends Route {
  /** The fragment; two places with the same one are the same. */
  fragment: string;
}

const here = (): Place => ({ ...parseRoute(location.hash), fragment: location.hash });

export function useRoute(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const follow = (): void => setPlace(here());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return place;
}

/** The one-time sign-in token of `#token=…`. It leaves the address and the history before anything else happens. */
export function takeToken(): string | null {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (!token) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return decode(token) || null;
}
