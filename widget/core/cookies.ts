// The only file that touches document.cookie: the mirror of the choice and the flag of a choice that is not delivered yet.
import { mirrorName, mirrorValue, pendingName, readMirror, type Mirror } from '../../shared/consent/mirror.ts';

const all = (): string[] => document.cookie.split('; ');

/** `expires` is an ISO day or ms since 1970; a past one deletes. */
export function writeCookie(name: string, value: string, expires: string | number, domain: string | null): void {
  const attributes = `Path=/;SameSite=Lax;Expires=${new Date(expires).toUTCString()}`;
  const secure = location.protocol === 'https:' ? ';Secure' : '';
  document.cookie = `${name}=${value};${attributes}${domain ? `;Domain=${domain}` : ''}${secure}`;
}

export const cookieNames = (): string[] => all().map((pair) => pair.split('=')[0] ?? '');

/** The first well-formed value: a host-only cookie and one of the domain may stand side by side. */
export function mirrorCookie(site: string): Mirror | null {
  const start = `${mirrorName(site)}=`;
  for (const pair of all()) {
    const mirror = pair.startsWith(start) ? readMirror(pair.slice(start.length)) : null;
    if (mirror) return mirror;
  }
  return null;
}

export const writeMirror = (site: string, mirror: Mirror, domain: string | null): void =>
  writeCookie(mirrorName(site), mirrorValue(mirror), mirror.until, domain);

export const isPending = (site: string): boolean => document.cookie.includes(`${pendingName(site)}=`);

/** Longer than anything waits. */
const PENDING_MS = 400 * 86_400_000;

/** Is the outbox not empty? Always host-only, and only ever written by the page. */
export function setPending(site: string, is: boolean): void {
  if (is !== isPending(site)) writeCookie(pendingName(site), '1', is ? Date.now() + PENDING_MS : 0, null);
}
