// The web server of the five demonstration sites and of their held-back tags: one listener, told apart by the Host header.
// It stores nothing: what a form sends is never read.
import { readFileSync } from 'node:fs';

import { Hono } from 'hono';
import { html } from 'hono/html';

import { DEMO_SITES } from './organisations.ts';
import { notFoundPage, thankYouPage } from './sites/common-pages.ts';
import { THANK_YOU } from './sites/form.ts';
import { pageDocument } from './sites/layout.ts';
import type { DemoSite, Surroundings } from './sites/page.ts';
import { searchPage } from './sites/search-page.ts';

export interface DemoSitesOptions {
  /** Origin of the consent service, without a trailing slash. */
  service: string;
  /** Origin of the tags' host. */
  tags: string;
  configurations: Record<string, Surroundings['configuration']>;
}

const file = (path: string) => readFileSync(new URL(path, import.meta.url));
const textOf = (path: string) => file(path).toString('utf8');

/** A transparent GIF of one pixel. */
const PIXEL = Uint8Array.from(atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'), (char) => char.charCodeAt(0));

function tagsApp(): Hono {
  const app = new Hono();
  const script = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' };
  for (const name of ['statistics.js', 'advertising.js', 'player.js'])
    app.get(`/${name}`, (c) => c.body(file(`tags/${name}`), 200, script));
  app.get('/embed.html', (c) => c.body(file('tags/embed.html'), 200, { 'content-type': 'text/html; charset=utf-8' }));
  app.get('/pixel.gif', (c) => c.body(PIXEL, 200, { 'content-type': 'image/gif', 'cache-control': 'no-store' }));
  return app;
}

function siteApp(site: DemoSite, surroundings: Surroundings): Hono {
  const app = new Hono({ strict: true });
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-cache');
  });
  for (const page of [...site.pages, thankYouPage]) {
    app.get(page.path, (c) => c.html(pageDocument(site, page, surroundings)));
  }
  app.get('/search', (c) => c.html(pageDocument(site, searchPage(site, c.req.query('q') ?? ''), surroundings)));
  app.post(THANK_YOU, (c) => {
    c.header('set-cookie', 'demo_form_token=sent; Path=/; HttpOnly; SameSite=Lax');
    return c.redirect(THANK_YOU, 303);
  });
  app.get('/style.css', (c) =>
    c.body(`${textOf('sites/styles/base.css')}\n${textOf(`sites/styles/${site.id}.css`)}`, 200, {
      'content-type': 'text/css; charset=utf-8',
    }),
  );
  app.get('/icon.svg', (c) => c.body(iconOf(site), 200, { 'content-type': 'image/svg+xml' }));
  app.notFound((c) => c.html(pageDocument(site, notFoundPage, surroundings), 404));
  return app;
}

/** A logo in a file of its own needs the namespace that it does without inside a page. */
const iconOf = (site: DemoSite) =>
  textOf(`sites/art/${site.id}-logo.svg`).replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');

const directory = (hosts: string[]) =>
  html`<!doctype html>
    <html lang="en-GB">
      <meta charset="utf-8" />
      <title>Candour: demonstration sites</title>
      <h1>Demonstration sites</h1>
      <ul>
        ${hosts.map((host) => html`<li><a href="//${host}/">${host}</a></li>`)}
      </ul>
    </html>`;

/** One app for all hosts: `<site>.localhost`, `tags.localhost`, and a list of them anywhere else. */
export function createDemoSites({ service, tags, configurations }: DemoSitesOptions): Hono {
  const apps = new Map<string, Hono>([['tags', tagsApp()]]);
  for (const site of DEMO_SITES) {
    const configuration = configurations[site.id];
    if (!configuration) throw new Error(`there is no configuration for the demonstration site ${site.id}`);
    apps.set(site.id, siteApp(site, { service, tags, configuration }));
  }
  const app = new Hono();
  app.all('*', (c) => {
    const { hostname, port } = new URL(c.req.url);
    const [label = '', ...rest] = hostname.split('.');
    const answering = rest.join('.') === 'localhost' ? apps.get(label) : undefined;
    if (answering) return answering.fetch(c.req.raw);
    return c.html(directory(DEMO_SITES.map(({ id }) => `${id}.localhost${port ? `:${port}` : ''}`)));
  });
  return app;
}
