// By what name a page's loading of something is told: the host, and with it the part of the path that says what it is for where the
// host alone does not, as one host brings maps and captchas and a site may keep its own statistics.

/** Of Google's own host what is brought by it, in the path's first part. */
const GOOGLE = /^(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$/;
const BROUGHT = /^\/(?:maps|recaptcha)(?=\/|$)/;
/** Statistics that sites keep for themselves, by their file's name. */
const OWN_STATISTICS = /\/(?:matomo|piwik)\.(?:js|php)$/;

/** An address as a URL has it. */
interface Address {
  protocol: string;
  host: string;
  pathname: string;
}

/** `own`: the page's host. Null where nothing else's is loaded. */
export function loadedFrom({ protocol, host, pathname }: Address, own: string): string | null {
  if (!/^https?:$/.test(protocol)) return null;
  const file = OWN_STATISTICS.exec(pathname)?.[0];
  if (file) return `${host}${file}`;
  if (host === own) return null;
  return GOOGLE.test(host) ? `${host}${BROUGHT.exec(pathname)?.[0] ?? ''}` : host;
}
