// Where a webhook may go: not into the operator's own network (server-side request forgery), unless a host is allowed by name.
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Special-purpose addresses that are not of the public Internet (IANA registries, RFC 6890). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
/** Of IPv6 only global unicast is public, and of that not what embeds an IPv4 address or is for documentation. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv6');

export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !PRIVATE.check(address, 'ipv4');
  return family === 6 && GLOBAL.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6');
}

/** What is wrong with a URL for a webhook; its message is one line for people. */
export class WebhookUrlError extends Error {
  override name = 'WebhookUrlError';
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

/** Throws WebhookUrlError. `allowed`: hosts that may be private, and may be spoken to without TLS. */
export function webhookUrl(text: string, allowed: readonly string[]): URL {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hash || text.length > 2000)
    throw new WebhookUrlError('a webhook needs an https URL without a password and without a fragment');
  const host = bare(url.hostname);
  if (allowed.includes(host)) return url;
  if (url.protocol !== 'https:') throw new WebhookUrlError('a webhook needs https');
  if (isIP(host) !== 0 && !isPublic(host)) throw new WebhookUrlError('a webhook cannot go to a private address');
  return url;
}

/** Resolves names for the connection itself, so that no second answer of the name server can lead elsewhere. */
export const publicLookup =
  (allowed: readonly string[]): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, '', 0);
      const usable = allowed.includes(hostname) ? addresses : addresses.filter(({ address }) => isPublic(address));
      const [first] = usable;
      if (!first || usable.length < addresses.length)
        return callback(new WebhookUrlError('the name leads to a private address'), '', 0);
      if (options.all) return callback(null, usable);
      callback(null, first.address, first.family);
    });
  };
