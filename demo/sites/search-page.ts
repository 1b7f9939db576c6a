// The answer to a site's search form: titles of its own pages that hold the words.
import { html } from 'hono/html';

import type { DemoSite, Page } from './page.ts';

/** `words` is hostile: it is only ever compared and shown escaped. */
export function searchPage(site: DemoSite, words: string): Page {
  const wanted = words.trim().toLowerCase().slice(0, 100);
  const found = site.pages.filter(({ title, lead }) => `${title} ${lead ?? ''}`.toLowerCase().includes(wanted));
  return {
    path: '/search',
    title: 'Search',
    heading: wanted ? `Pages about “${wanted}”` : 'All pages',
    body: () =>
      found.length > 0
        ? html`<ul>
            ${found.map(({ path, title }) => html`<li><a href="${path}">${title}</a></li>`)}
          </ul>`
        : html`<p>Nothing here has these words.</p>`,
  };
}
