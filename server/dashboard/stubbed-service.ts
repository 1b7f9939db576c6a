// For tests: a service that answers what a test says, by method and path, and remembers what it was asked.
type Reply = { status?: number; body?: unknown } | 'down';

export interface StubbedService {
  /** A function sees the whole URL. Without a reply: 404. */
  replies: Record<string, Reply | ((url: URL) => Reply)>;
  asked: { method: string; path: string; body: string | null }[];
  /** Stands in for the global one. */
  fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

/** Somebody is signed in: an owner, unless told. */
export function stubService(role = 'owner', site: string | null = null): StubbedService {
  const stub: StubbedService = {
    replies: { 'GET /v1/admin/session': { body: { name: 'Ada', role, site } } },
    asked: [],
    fetch(path, init = {}) {
      const url = new URL(path, 'https://consent.example');
      const method = init.method ?? 'GET';
      stub.asked.push({ method, path: url.pathname + url.search, body: typeof init.body === 'string' ? init.body : null });
      const found = stub.replies[`${method} ${url.pathname}`] ?? { status: 404 };
      const reply = typeof found === 'function' ? found(url) : found;
      if (reply === 'down') return Promise.reject(new TypeError('Failed to fetch'));
      return Promise.resolve(new Response(JSON.stringify(reply.body ?? {}), { status: reply.status ?? 200 }));
    },
  };
  return stub;
}
