// Pages that every demonstration site has: what it stores and for what, and where forms end.
import { html } from 'hono/html';

import type { Content, Page, Surroundings } from './page.ts';
import { THANK_YOU } from './form.ts';

type ConfiguredPurpose = Surroundings['configuration']['purposes'][number];

const KINDS = {
  cookie: 'cookie',
  local_storage: 'local storage',
  session_storage: 'session storage',
  indexed_db: 'database in your browser',
  cache_storage: 'stored file',
  other: 'other',
} as const;

/** A purpose's own items, and those of the services that serve it. */
const storageRows = ({ label, storage = [], services = [] }: ConfiguredPurpose): Content[] =>
  [...storage, ...services.flatMap((service) => service.storage ?? [])].map(
    (item) =>
      html`<tr>
        <td><code>${item.name}</code></td>
        <td>${KINDS[item.kind]}</td>
        <td>${item.lifetime}</td>
        <td>${label}</td>
      </tr>`,
  );

const purposeSection = (purpose: ConfiguredPurpose): Content =>
  html`<h3>${purpose.label}</h3>
    <p>${purpose.description}</p>`;

/** Read from the site's configuration, so that page, widget and cookie policy cannot differ. */
export const cookiesPage: Page = {
  path: '/cookies',
  title: 'Cookies',
  heading: 'Cookies',
  lead: 'What this site keeps on your device, for what, and for how long. Nothing optional runs before you say so.',
  body: ({ configuration: { purposes } }) =>
    html`<p><a class="button" href="#candour">Change your choices</a></p>
      <h2>What it is used for</h2>
      ${purposes.map(purposeSection)}
      <h2>What is stored</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Stored items">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Kind</th>
              <th scope="col">Kept for</th>
              <th scope="col">For</th>
            </tr>
          </thead>
          <tbody>
            ${purposes.flatMap(storageRows)}
          </tbody>
        </table>
      </div>`,
};

export const thankYouPage: Page = {
  path: THANK_YOU,
  title: 'Thank you',
  heading: 'Thank you',
  lead: 'A real site would have your message now. This is a demonstration: what you typed was thrown away unread.',
  body: () => html`<p><a class="button" href="/">Back to the start</a></p>`,
};

export const notFoundPage: Page = {
  path: '/404',
  title: 'Page not found',
  heading: 'This page is not here',
  lead: 'The address may be mistyped, or the page has moved.',
  body: () => html`<p><a class="button" href="/">Back to the start</a></p>`,
};
