// What a page asks of the network, and of whom.
import type { BrowserContext, Page, Request } from 'playwright-core';

export interface SeenRequest {
  url: string;
  method: string;
  host: string;
  path: string;
  /** "document", "script", "fetch", "image" … */
  type: string;
}

export interface NetworkRecord {
  readonly requests: readonly SeenRequest[];
  /** Hosts with their port, each once, sorted. */
  hosts(): string[];
  /** Requests to a host, given as `tags.localhost:8788` or as any URL of it. */
  to(host: string): SeenRequest[];
  /** Forgets what was seen: "from here on". */
  clear(): void;
}

const seen = (request: Request): SeenRequest => {
  const { host, pathname } = new URL(request.url());
  return { url: request.url(), method: request.method(), host, path: pathname, type: request.resourceType() };
};

/** Records from now on every http(s) request of a page, or of every page of a context. */
export function recordNetwork(target: Page | BrowserContext): NetworkRecord {
  const requests: SeenRequest[] = [];
  // Page and BrowserContext have the event in common, but TypeScript does not join their overloads.
  (target as Page).on('request', (request) => {
    if (/^https?:/.test(request.url())) requests.push(seen(request));
  });
  const hostOf = (host: string) => (host.includes('://') ? new URL(host).host : host);
  return {
    requests,
    hosts: () => [...new Set(requests.map(({ host }) => host))].sort(),
    to: (host) => requests.filter((request) => request.host === hostOf(host)),
    clear: () => void requests.splice(0),
  };
}
