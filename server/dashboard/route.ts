// Where in the dashboard we are: the fragment of the address, which never reaches a server or a log.
import { useEffect, useState } from 'preact/hooks';

export type Route =
  { page: 'sites' } | { page: 'site'; site: string } | { page: 'receipt'; site: string; event: string; subject: string };

export function parseRoute(fragment: string): Route {
  const [area, site, kind, event, subject] = fragment
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  if (area !== 'sites' || !site) return { page: 'sites' };
  return kind === 'receipts' && event && subject ? { page: 'receipt', site, event, subject } : { page: 'site', site };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

export function routeHref(route: Route): string {
  switch (route.page) {
    case 'sites':
      return '#/';
    case 'site':
      return `#/sites/${encodeURIComponent(route.site)}`;
    case 'receipt':
      return `#/sites/${[route.site, 'receipts', route.event, route.subject].map(encodeURIComponent).join('/')}`;
  }
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** The one-time sign-in token of `#token=…`. It leaves the address and the history before anything else happens. */
export function takeToken(): string | null {
  const token = /^#token=(.+)$/.exec(location.hash)?.[1];
  if (!token) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return decode(token) || null;
}
