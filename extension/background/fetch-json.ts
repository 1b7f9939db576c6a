// Every request that leaves the extension goes through here: without cookies, without referrer, bounded in size and time,
// and never from a public page to an address of the person's own machine or network.
import type { NoticeProblem } from '../messages.ts';

export const MAX_BYTES = 5 * 1024 * 1024;
const TIMEOUT = 10_000;

export interface Fetcher {
  fetch: typeof fetch;
  isOnline(): boolean;
}

export class FetchProblem extends Error {
  override name = 'FetchProblem';
  readonly code: NoticeProblem;
  constructor(code: NoticeProblem, detail = '', options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

const PRIVATE_IPV4 = /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Loopback, private and link-local addresses, and names that only a local network knows. */
export function isLocal(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  if (name.startsWith('[')) return /^\[(?:::1?\]|f[cd]|fe[89ab]|::ffff:)/.test(name);
  if (PRIVATE_IPV4.test(name) && /^[\d.]+$/.test(name)) return true;
  return !name.includes('.') || /\.(?:localhost|local|internal|lan|home\.arpa)$/.test(name);
}

function refuse(address: URL, page: URL): void {
  if (!/^https?:$/.test(address.protocol)) throw new FetchProblem('BAD_ADDRESS', address.protocol);
  if (isLocal(address.hostname) && !isLocal(page.hostname)) throw new FetchProblem('LOCAL_ADDRESS', address.host);
  if (page.protocol === 'https:' && address.protocol === 'http:' && !isLocal(address.hostname))
    throw new FetchProblem('INSECURE', address.host);
}

async function bodyOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [text, size] = ['', 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_BYTES) {
      void reader.cancel().catch(() => undefined);
      throw new FetchProblem('TOO_LARGE', `${MAX_BYTES / 1024 / 1024} MB`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * The body of an address as text, at most 5 MB, within ten seconds. `page` is the page on whose behalf it is asked.
 * Throws FetchProblem.
 */
export async function fetchText(fetcher: Fetcher, address: string, page: string, accept: string): Promise<string> {
  const [to, from] = [new URL(address), new URL(page)];
  refuse(to, from);
  try {
    const response = await fetcher.fetch(to.href, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // Where a redirect leads cannot be checked before it is followed: none is.
      redirect: 'manual',
      headers: { accept },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      throw new FetchProblem('REDIRECT');
    if (!response.ok) throw new FetchProblem('BAD_STATUS', String(response.status));
    return await bodyOf(response);
  } catch (cause) {
    if (cause instanceof FetchProblem) throw cause;
    if (cause instanceof DOMException && cause.name === 'TimeoutError') throw new FetchProblem('TIMEOUT', '', { cause });
    if (cause instanceof TypeError && /encoded|decod/i.test(cause.message)) throw new FetchProblem('NOT_JSON', '', { cause });
    throw new FetchProblem(fetcher.isOnline() ? 'NOT_REACHED' : 'OFFLINE', '', { cause });
  }
}

/** The same as parsed JSON, not validated. Throws FetchProblem. */
export async function fetchJson(fetcher: Fetcher, address: string, page: string): Promise<unknown> {
  const text = await fetchText(fetcher, address, page, 'application/json');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FetchProblem('NOT_JSON', '', { cause });
  }
}
