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

async function bytesOf(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > MAX_BYTES) {
      void reader.cancel().catch(() => undefined);
      throw new FetchProblem('TOO_LARGE', `${MAX_BYTES / 1024 / 1024} MB`);
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** The one request. Throws FetchProblem. */
async function ask<T>(
  fetcher: Fetcher,
  address: string,
  page: string,
  init: Pick<RequestInit, 'redirect'> & { accept: string },
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const [to, from] = [new URL(address), new URL(page)];
  refuse(to, from);
  try {
    const response = await fetcher.fetch(to.href, {
      credentials: 'omit',
      // What is asked for is what holds now; and an ETag that is sent back would be an id.
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: init.redirect,
      headers: { accept: init.accept },
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
      throw new FetchProblem('REDIRECT');
    if (response.status === 401 || response.status === 407) throw new FetchProblem('SIGN_IN_NEEDED', String(response.status));
    if (!response.ok) throw new FetchProblem('BAD_STATUS', String(response.status));
    return await read(response);
  } catch (cause) {
    if (cause instanceof FetchProblem) throw cause;
    if (cause instanceof DOMException && cause.name === 'TimeoutError') throw new FetchProblem('TIMEOUT', '', { cause });
    if (cause instanceof TypeError && /encoded|decod/i.test(cause.message)) throw new FetchProblem('NOT_JSON', '', { cause });
    throw new FetchProblem(fetcher.isOnline() ? 'NOT_REACHED' : 'OFFLINE', '', { cause });
  }
}

/**
 * The body of an address as text, at most 5 MB, within ten seconds. `page` is the page on whose behalf it is asked. Where a redirect
 * leads cannot be checked before it is followed: none is. Throws FetchProblem.
 */
export const fetchText = (fetcher: Fetcher, address: string, page: string, accept: string): Promise<string> =>
  ask(fetcher, address, page, { redirect: 'manual', accept }, async (response) =>
    new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(response)),
  );

export interface Fetched {
  text: string;
  /** The media type without its parameters, in small letters. */
  type: string;
  /** Where it came from in the end. */
  url: string;
}

const CHARSET = /charset\s*=\s*["']?([\w:.-]{2,40})/i;

/** By the header, else by the page's own first lines, as browsers do; UTF-8 where that names none that is known. */
function decoded(bytes: Uint8Array, contentType: string): string {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const named = CHARSET.exec(contentType)?.[1] ?? CHARSET.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(named).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/**
 * A page for people, as text. A link on a page may lead through redirects, as it would for a person who presses on it; where they end
 * is held to the same rules as where they begin. Throws FetchProblem.
 */
export const fetchPage = (fetcher: Fetcher, address: string, page: string): Promise<Fetched> =>
  ask(
    fetcher,
    address.replace(/#.*$/, ''),
    page,
    { redirect: 'follow', accept: 'text/html, application/xhtml+xml, text/markdown, text/plain;q=0.9' },
    async (response) => {
      const url = response.url || address.replace(/#.*$/, '');
      refuse(new URL(url), new URL(page));
      const contentType = response.headers.get('content-type') ?? '';
      const type = contentType.replace(/;.*$/, '').trim().toLowerCase();
      const isPdf = type === 'application/pdf' || (type === 'application/octet-stream' && /\.pdf$/i.test(new URL(url).pathname));
      if (isPdf || (type !== '' && !/^(?:text\/(?:html|plain|markdown|x-markdown)|application\/xhtml\+xml)$/.test(type))) {
        void response.body?.cancel().catch(() => undefined);
        throw new FetchProblem(isPdf ? 'PDF' : 'NOT_TEXT', type);
      }
      const bytes = await bytesOf(response);
      if (bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46) throw new FetchProblem('PDF', type);
      return { text: decoded(bytes, contentType), type, url };
    },
  );

/** The same as parsed JSON, not validated. Throws FetchProblem. */
export async function fetchJson(fetcher: Fetcher, address: string, page: string): Promise<unknown> {
  const text = await fetchText(fetcher, address, page, 'application/json');
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FetchProblem('NOT_JSON', '', { cause });
  }
}
