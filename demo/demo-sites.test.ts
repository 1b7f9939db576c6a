import { existsSync, readFileSync } from 'node:fs';

import { Window } from 'happy-dom';
import { describe, expect, test } from 'vitest';

import { createDemoSites } from './demo-sites.ts';
import { DEMO_SITES } from './organisations.ts';
import type { Surroundings } from './sites/page.ts';

const SERVICE = 'http://localhost:8787';
const TAGS = 'http://tags.localhost:8788';

type Configuration = Surroundings['configuration'] & { marketing: { activity: string }[] };
const configurations = Object.fromEntries(
  DEMO_SITES.map(({ id }) => [
    id,
    JSON.parse(readFileSync(new URL(`configurations/${id}.configuration.json`, import.meta.url), 'utf8')) as Configuration,
  ]),
);
const app = createDemoSites({ service: SERVICE, tags: TAGS, configurations });
const ask = (site: string, path: string, init?: RequestInit) => app.request(`http://${site}.localhost:8788${path}`, init);

async function documentOf(site: string, path: string) {
  const answer = await ask(site, path);
  const html = await answer.text();
  const { document } = new Window({ url: `http://${site}.localhost:8788${path}` });
  document.write(html);
  return { status: answer.status, html, document };
}

const every = DEMO_SITES.flatMap((site) => site.pages.map((page) => ({ site, page, name: `${site.id}${page.path}` })));

describe('every page of every site', () => {
  test.each(every)('$name answers, says that it is a demonstration and loads the widget first', async ({ site, page }) => {
    const { status, html, document } = await documentOf(site.id, page.path);
    expect(status).toBe(200);
    expect(html).toMatch(new RegExp(`<head>\\s*<script src="${SERVICE}/w/${site.id}.js"></script>`));
    expect(document.querySelector('.demonstration')?.textContent).toContain(`not the website of ${site.organisation}`);
    expect(document.querySelectorAll('h1')).toHaveLength(1);
    expect(document.querySelector('h1')?.textContent).toBe(page.heading);
    expect(document.querySelector('footer a[href="#candour"]')?.textContent).toBe('Privacy choices');
  });

  test.each(every)('$name links only to pages that are there', async ({ site, page }) => {
    const { document } = await documentOf(site.id, page.path);
    const paths = [...document.querySelectorAll('a[href^="/"]')].map((link) => link.getAttribute('href') ?? '');
    expect(paths.length).toBeGreaterThan(3);
    for (const path of new Set(paths)) expect([path, (await ask(site.id, path)).status]).toEqual([path, 200]);
  });

  test.each(every)('$name loads nothing from elsewhere but the widget', async ({ site, page }) => {
    const { document } = await documentOf(site.id, page.path);
    const loaded = [
      ...document.querySelectorAll('script[src]:not([type="text/plain"]), img[src], iframe[src], link[rel="stylesheet"]'),
    ];
    const addresses = loaded.map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '');
    expect(addresses.filter((address) => !address.startsWith('/'))).toEqual([`${SERVICE}/w/${site.id}.js`]);
  });
});

describe.each(DEMO_SITES)('$id', (site) => {
  const configuration = configurations[site.id] as Configuration;

  test('holds back tags of purposes that it is configured to ask for', async () => {
    const documents = await Promise.all(site.pages.map(({ path }) => documentOf(site.id, path)));
    const asked = documents.flatMap(({ document }) =>
      [...document.querySelectorAll('[data-purpose]')].map((element) => element.getAttribute('data-purpose') ?? ''),
    );
    // Media as a whole, or each service of it.
    const { services = [] } = configuration.purposes.find(({ id }) => id === 'media') ?? {};
    const media = services.length > 0 ? services.map(({ id }) => id) : ['media'];
    expect([...new Set(asked)].sort()).toEqual(['advertising', 'statistics', ...media].sort());
  });

  test('has the marketing opt-ins of its configuration in its forms, and no others', async () => {
    const documents = await Promise.all(site.pages.map(({ path }) => documentOf(site.id, path)));
    const found = documents.flatMap(({ document }) =>
      [...document.querySelectorAll('form fieldset[data-candour="marketing"]')].map((element) =>
        element.getAttribute('data-activity'),
      ),
    );
    expect([...new Set(found)]).toEqual(configuration.marketing.map(({ activity }) => activity));
  });

  test('lists on its Cookies page all that its configuration says is stored', async () => {
    const { document } = await documentOf(site.id, '/cookies');
    const names = [...document.querySelectorAll('td code')].map(({ textContent }) => textContent);
    const items = configuration.purposes.flatMap(({ storage = [], services = [] }) => [
      ...storage,
      ...services.flatMap((service) => service.storage ?? []),
    ]);
    expect(names).toEqual(items.map(({ name }) => name));
    expect(names.length).toBeGreaterThan(0);
  });

  test('ends its forms on the thank-you page without reading them', async () => {
    const answer = await ask(site.id, '/thank-you', { method: 'POST', body: 'x=1' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/thank-you']);
    expect((await ask(site.id, '/thank-you')).status).toBe(200);
  });
});

test('R77 internal and processing policies are declared by their own pages, not as a notice', async () => {
  const declared = async (site: string) =>
    [...(await documentOf(site, '/')).document.querySelectorAll('link[rel="privacy-policy"]')].map((link) =>
      link.getAttribute('href'),
    );
  expect(await declared('cpo')).toEqual([`${SERVICE}/v1/sites/cpo/notices/internal_policy`]);
  expect(await declared('cl-consortium')).toEqual([`${SERVICE}/v1/sites/cl-consortium/notices/processing_policy`]);
  expect(await declared('cpoms')).toEqual([]);
});

test('marks the part of the site that a page stands in, and no other', async () => {
  const marked = async (site: string, path: string) =>
    [...(await documentOf(site, path)).document.querySelectorAll('nav [aria-current]')].map(({ textContent }) => textContent);
  expect(await marked('cmsuk', '/newsletter')).toEqual(['Contacts list']);
  expect(await marked('cmsuk', '/news/2021/05/collections-report')).toEqual(['News']);
  expect(await marked('cpoms', '/careers/customer-support-officer/')).toEqual(['Careers']);
});

test('shows the words of a search as text, never as markup', async () => {
  const { html, document } = await documentOf('cmsuk', `/search?q=${encodeURIComponent('<img src=x>')}`);
  expect(html).not.toContain('<img src=x>');
  expect(document.querySelector('h1')?.textContent).toContain('<img src=x>');
});

test('answers a host that it does not know with the list of its sites', async () => {
  const answer = await app.request('http://localhost:8788/contact');
  expect(await answer.text()).toContain('cpoms.localhost:8788');
});

test('an unknown page is not found', async () => {
  expect((await ask('cpo', '/nowhere')).status).toBe(404);
});

interface CorpusPage {
  site: string;
  path: string;
  title: string;
  headings: string[];
  jsonld?: Record<string, string>;
  forms: { id: string; fields: { label: string; name: string; type: string; autocomplete?: string }[]; submit: string }[];
}
const CORPUS = new URL('../../shared/corpus/pages.json', import.meta.url);

describe.runIf(existsSync(CORPUS))('the page cases of the corpus', () => {
  const { pages } = JSON.parse(existsSync(CORPUS) ? readFileSync(CORPUS, 'utf8') : '{"pages":[]}') as { pages: CorpusPage[] };

  test('there are some', () => expect(pages.length).toBeGreaterThan(10));

  test.each(pages)('$site$path is there with title, headings, structured data and exactly its form', async (wanted) => {
    const { status, document } = await documentOf(wanted.site, wanted.path);
    const headings = [...document.querySelectorAll('h1, h2')].map(({ textContent }) => textContent);
    const forms = [...document.querySelectorAll('form')].map((form) => ({
      id: form.id,
      fields: [...form.querySelectorAll('input, textarea, select')].map((field) => ({
        label: form.querySelector(`label[for="${field.id}"]`)?.textContent,
        name: field.getAttribute('name'),
        type: field.localName === 'input' ? field.getAttribute('type') : field.localName,
        ...(field.getAttribute('autocomplete') ? { autocomplete: field.getAttribute('autocomplete') } : {}),
      })),
      submit: form.querySelector('button')?.textContent,
    }));
    const data = [...document.querySelectorAll('script[type="application/ld+json"]')].map(
      ({ textContent }) => JSON.parse(textContent) as object,
    );
    expect({ status, title: document.title, forms }).toEqual({ status: 200, title: wanted.title, forms: wanted.forms });
    expect(headings).toEqual(expect.arrayContaining(wanted.headings));
    expect(data).toEqual(wanted.jsonld ? [expect.objectContaining(wanted.jsonld)] : []);
  });
});
