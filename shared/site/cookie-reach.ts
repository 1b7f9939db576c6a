// Whose cookies a service can set: those of a page on its own host, and those of a domain that the owner named and that both are in.
// Widget and service decide by the same words: a request with credentials whose answer does not allow them would be lost.

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

/** Hosts without a port, as cookies know none. */
export const settingDomain = (
  pageHost: string,
  serviceHost: string,
  cookieDomain: string | null | undefined,
): { domain: string | null } | null => {
  if (!cookieDomain) return pageHost === serviceHost ? { domain: null } : null;
  const domain = cookieDomain.replace(/^\./, '');
  return isWithin(pageHost, domain) && isWithin(serviceHost, domain) ? { domain } : null;
};
