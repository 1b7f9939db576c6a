// The API's description as OpenAPI and as a page. It is public: it tells nothing of the sites.
import type { Handler } from 'hono';

import type { ApiDescription } from '../openapi.ts';
import { apiPage } from '../pages/api-page.ts';
import { PAGE_CSP } from '../pages/page-style.ts';

const CHANGES = { 'Cache-Control': 'public, max-age=300' };

/** `describe` is called once, at the first request, when the table of routes is whole. */
export function descriptions(describe: () => ApiDescription): { openApi: Handler; docs: Handler } {
  let made: ApiDescription | null = null;
  const description = (): ApiDescription => (made ??= describe());
  return {
    openApi: (c) => c.json(description(), 200, CHANGES),
    docs: (c) => c.html(apiPage(description()), 200, { ...CHANGES, 'Content-Security-Policy': PAGE_CSP }),
  };
}
