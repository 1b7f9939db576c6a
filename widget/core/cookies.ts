// The only file that touches document.cookie: the mirror of the choice and the flag of a choice that is not delivered yet.
import { mirrorName, mirrorValue, pendingName, readMirror, type Mirror } from '../../shared/consent/mirror.ts';

function all(): [string, string][] {
  try {
    return document.cookie.split('; ').map((pair) => {
      const cut = pair.indexOf('=');
      return [pair.slice(0, cut), pair.slice(cut + 1)];
    });
  } catch {
    // A sandboxed page has no cookies at all.
    return [];
  }
}

/** `expires` is an ISO day; a past one deletes. */
export function writeCookie(name: string, value: string, expires: string, domain: string | null): void {
  const parts = [`${name}=${value}`, 'Path=/', 'SameSite=Lax', `Expires=${new Date(expires).toUTCString()}`];
  if (domain) parts.push(`Domain=${domain}`);
  if (location.protocol === 'https:') parts.push('Secure');
  try {
    document.cookie = parts.join('; ');
  } catch {
    // As above: then nothing can be remembered here, and nothing runs.
  }
}

export const cookieNames = (): string[] => all().map(([name]) => name);

/** The first well-formed value: a host-only cookie and one of the domain may stand side by side. */
export function mirrorCookie(site: string): Mirror | null {
  for (const [name, value] of all()) {
    const mirror = name === mirrorName(site) ? readMirror(value) : null;
    if (mirror) return mirror;
  }
  return null;
}

export const writeMirror = (site: string, mirror: Mirror, domain: string | null): void =>
  writeCookie(mirrorName(site), mirrorValue(mirror), mirror.until, domain);

export const isPending = (site: string): boolean => cookieNames().includes(pendingName(site));

/** Always host-only, and only ever written by the page. */
export const setPending = (site: string, until: string | null): void =>
  writeCookie(pendingName(site), '1', until ?? '1970-01-01', null);
