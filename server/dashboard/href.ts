// Addresses of the dashboard: the fragment, which never reaches a server or a log. `#/keys`, `#/sites/shop/requests/abcd-efgh`.

const joined = (parts: readonly string[]): string =>
  `#/${parts
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/')}`;

/** A page of the service as a whole; '' is the list of sites. */
export const serviceHref = (slug: string, ...rest: string[]): string => joined([slug, ...rest]);
/** A page of a site; '' is its overview. */
export const siteHref = (site: string, slug: string, ...rest: string[]): string => joined(['sites', site, slug, ...rest]);
