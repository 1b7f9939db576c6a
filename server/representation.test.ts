import { Hono } from 'hono';
import { expect, it } from 'vitest';

import { preferredForm } from './representation.ts';

const app = new Hono().get('/', (c) => c.text(preferredForm(c)));
const formOf = async (query: string, accept = '*/*') => (await app.request(`/${query}`, { headers: { Accept: accept } })).text();

it('what a link names goes before what the request accepts', async () => {
  expect(await formOf('?as=html', 'application/json')).toBe('text/html');
  expect(await formOf('?as=jsonld')).toBe('application/ld+json');
  expect(await formOf('', 'text/html')).toBe('text/html');
  expect(await formOf('')).toBe('application/json');
});

it('a name that only JavaScript’s objects have is no form', async () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'pdf', ''])
    expect(await formOf(`?as=${name}`)).toBe('application/json');
});
