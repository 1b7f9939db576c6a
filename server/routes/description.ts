// The API's description as OpenAPI and as a page. It is public: it tells nothing of the sites.
import type { Handler } from 'hono';

import type { ApiDescription } from '../openapi.ts';
import { apiPage } from '../pages/api-page.ts';
import { PAGE_CSP } from '../pages/page-style.ts';

const CHANGES = { 'Cache-Control': 'public, max-age=300' };

const once = (make: () => string): (() => string) => {
  let made: string | null = null;
  return () => (made ??= make());
};

/** `describe` is called at the first request, when the table of routes is whole. Both are long and the same for everybody: made once. */
export function descriptions(describe: () => ApiDescription): { openApi: Handler; docs: Handler } {
  const json = once(() => JSON.stringify(describe()));
  const page = once(() => `${apiPage(describe())}`);
  return {
    openApi: (c) => c.body(json(), 200, { ...CHANGES, 'Content-Type': 'application/json' }),
    docs: (c) => c.html(page(), 200, { ...CHANGES, 'Content-Security-Policy': PAGE_CSP }),
  };
}
