// The only file that touches document.cookie: the mirror of the choice and the flag of a choice that is not delivered yet.
import { mirrorName, mirrorValue, pendingName, readMirror, type Mirror } from '../../shared/consent/mirror.ts';
import { prevailing } from './choices.ts';
import { today } from './expiry.ts';

/** Empty in a sandboxed page, where even looking throws. Each look is a question to another process: who looks twice keeps it. */
export function jar(): string {
  try {
    return document.cookie;
  } catch {
    return '';
  }
}

/** `expires` is an ISO day or ms since 1970; a past one deletes. What the browser does not keep is seen by reading it back. */
export function writeCookie(name: string, value: string, expires: string | number, domain: string | null, path = '/'): void {
  const attributes = `Path=${path};SameSite=Lax;Expires=${new Date(expires).toUTCString()}`;
  const secure = location.protocol === 'https:' ? ';Secure' : '';
  try {
    document.cookie = `${name}=${value};${attributes}${domain ? `;Domain=${domain}` : ''}${secure}`;
  } catch {
    // Sandboxed.
  }
}

export const deleteCookie = (name: string, domain: string | null, path: string): void => writeCookie(name, '', 0, domain, path);

export const cookieNames = (): string[] =>
  jar()
    .split('; ')
    .map((pair) => pair.split('=')[0] ?? '');

/** Every scope that a cookie of this page may have: the page's host alone, and every domain above it but the top one. */
export const cookieScopes = (): (string | null)[] => {
  const labels = location.hostname.split('.');
  return [null, ...labels.slice(1).map((_, i) => labels.slice(i).join('.'))];
};

/**
 * The one that prevails, where a host-only cookie and one of the domain stand side by side. One of a day to come, which any neighbouring
 * host can set for all, would prevail until then: it is none.
 */
export function mirrorCookie(site: string, cookies = jar()): Mirror | null {
  const start = `${mirrorName(site)}=`;
  return cookies.split('; ').reduce<Mirror | null>((before, pair) => {
    const mirror = pair.startsWith(start) ? readMirror(pair.slice(start.length)) : null;
    return mirror && mirror.day <= today() ? prevailing(before, mirror) : before;
  }, null);
}

/** Leaves no other mirror beside it: which of two a browser names first is not ours to say. */
export function writeMirror(site: string, mirror: Mirror, domain: string | null = null): void {
  const [name, value] = [mirrorName(site), mirrorValue(mirror)];
  for (const scope of cookieScopes()) if (scope !== domain) writeCookie(name, '', 0, scope);
  writeCookie(name, value, mirror.until, domain);
  // Too long for the browser, it has left the older one in its place, which may agree to what was refused since.
  if (!jar().includes(`${name}=${value}`)) writeCookie(name, '', 0, domain);
}

/** Begins with the flag's value; undefined where nothing waits. The first chunk (start.ts) has it written out, which is smaller. */
const pendingFlag = (site: string): string | undefined => jar().split(`${pendingName(site)}=`)[1];
export const isPending = (site: string): boolean => pendingFlag(site) !== undefined;
/** Does the mirror cookie hold a choice that could not be written to the ledger? */
export const isUnwritten = (site: string): boolean => !!pendingFlag(site)?.startsWith('2');

/** Longer than anything waits, and within the thirteen months that the lint allows a cookie of any banner (L23). */
const PENDING_MS = 390 * 86_400_000;
const writePending = (site: string, value: string): void =>
  writeCookie(pendingName(site), value, value ? Date.now() + PENDING_MS : 0, null);

/** Is the outbox not empty? Always host-only, and only ever written by the page. Does not forget an unwritten choice. */
export function setPending(site: string, is: boolean): void {
  if (is !== isPending(site) && !isUnwritten(site)) writePending(site, is ? '1' : '');
}

export function setUnwritten(site: string, is: boolean): void {
  if (is !== isUnwritten(site)) writePending(site, is ? '2' : '1');
}
