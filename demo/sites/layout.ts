// The document around every page of every demonstration site: embed tag, demonstration label, navigation, footer.
import { html, raw } from 'hono/html';

import { formContent } from './form.ts';
import { pageTags } from './held-back.ts';
import type { Content, DemoSite, Page, Surroundings } from './page.ts';

const noticeUrl = (service: string, site: string, kind: string) => `${service}/v1/sites/${site}/notices/${kind}`;

/** `<` is escaped so that no value can end the script element. */
const jsonLd = (data: Record<string, unknown>) =>
  html`<script type="application/ld+json">
    ${raw(JSON.stringify({ '@context': 'https://schema.org', ...data }).replaceAll('<', '\\u003c'))}
  </script>`;

const head = (site: DemoSite, page: Page, { service }: Surroundings): Content =>
  html`<head>
    <script src="${service}/w/${site.id}.js"></script>
    <meta charset="utf-8" />
    <title>${page.title}</title>
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <meta name="color-scheme" content="light dark" />
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/style.css" />
    ${
      site.declares
        ? html`<link rel="privacy-policy" type="application/json" href="${noticeUrl(service, site.id, site.declares)}" />`
        : ''
    }
    ${page.jsonLd ? jsonLd(page.jsonLd) : ''}
  </head>`;

/** The entry of the page itself, or of the part of the site that it stands in. */
function current(page: Page, path: string): string {
  if (page.path === path) return 'aria-current=page';
  const part = path.endsWith('/') ? path : `${path}/`;
  return path !== '/' && page.path.startsWith(part) ? 'aria-current=true' : '';
}

const masthead = (site: DemoSite, page: Page): Content =>
  html`<header class="masthead">
    <a class="skip" href="#content">Skip to content</a>
    <a class="brand" href="/">${site.logo}<span>${site.shortName}</span></a>
    <nav aria-label="Main">
      <ul>
        ${site.navigation.map(({ path, label }) => html`<li><a href="${path}" ${current(page, path)}>${label}</a></li>`)}
      </ul>
    </nav>
  </header>`;

const heading = (page: Page): Content =>
  html`<header class="page-head">
    ${page.kicker ? html`<p class="kicker">${page.kicker}</p>` : ''}
    <h1>${page.heading}</h1>
    ${page.lead ? html`<p class="lead">${page.lead}</p>` : ''}
  </header>`;

const main = (page: Page, surroundings: Surroundings): Content =>
  html`<main id="content" tabindex="-1">
    ${page.ownHeading ? '' : heading(page)}
    <div class="page-body${page.form ? ' with-form' : ''}">
      <div class="prose">${page.body(surroundings)}</div>
      ${page.form ? html`<div class="form-card">${formContent(page.form)}</div>` : ''}
    </div>
  </main>`;

const footer = (site: DemoSite, surroundings: Surroundings): Content =>
  html`<footer class="colophon">
    <p class="colophon-name"><strong>${site.shortName}</strong> ${site.tagline}</p>
    <nav aria-label="Privacy">
      <ul>
        ${site.notices.map(
          ({ kind, label }) => html`<li><a href="${noticeUrl(surroundings.service, site.id, kind)}">${label}</a></li>`,
        )}
        <li><a href="/cookies">Cookies</a></li>
        <li><a href="#candour">Privacy choices</a></li>
      </ul>
    </nav>
    ${pageTags(surroundings)}
  </footer>`;

/** The whole document of a page. */
export const pageDocument = (site: DemoSite, page: Page, surroundings: Surroundings): Content =>
  html`<!doctype html>
    <html lang="en-GB">
      ${head(site, page, surroundings)}
      <body class="${page.ownHeading ? 'home' : 'inner'}">
        <aside class="demonstration" aria-label="About this site">
          <p>
            <strong>Demonstration.</strong> This is not the website of ${site.organisation}: it shows Candour at work, and nothing
            you enter is kept by this site. What you choose, and an address beside a box, goes to the service that was started
            with it.
          </p>
        </aside>
        ${masthead(site, page)} ${main(page, surroundings)} ${footer(site, surroundings)}
      </body>
    </html>`;
