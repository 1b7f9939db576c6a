// Where a person reads a fact in the notice itself.
import { safeHref } from '../plain-text.ts';

const SERVICE_ROUTE = /^(.*)\/v1\/(?:notices\/[^/]+|sites\/[^/]+\/notices?(?:\/[^/]+)?)\/?$/;

/** The page of exactly this version at this place where a consent service publishes it, else the declared address. Null for no web address. */
export function noticeLink(href: string, hash: string | null, place: string): string | null {
  const safe = safeHref(href);
  if (!safe) return null;
  const url = new URL(safe);
  const prefix = SERVICE_ROUTE.exec(url.pathname)?.[1];
  if (prefix !== undefined && hash !== null) {
    url.pathname = `${prefix}/v1/notices/${hash}`;
    url.search = '';
  }
  url.hash = place;
  return url.href;
}
