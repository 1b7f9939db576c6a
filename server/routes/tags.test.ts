// Tags whose script never changes: pinned by the operator, served for ever, checked by the browser.
import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { SpokenDetails } from '../../shared/site/details.ts';
import { bootIn } from '../../test/support/boot-in.ts';
import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { issueCredential } from '../credentials.ts';
import { createSite } from '../sites.ts';
import type { PinnedTag } from '../widget-pins.ts';

let service: TestService;
let authorization: string;
const get = (path: string) => service.app.request(path);
const admin = (method: string, body?: unknown) =>
  service.app.request('/v1/admin/sites/example/tags', {
    method,
    headers: { Authorization: authorization, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

beforeAll(async () => {
  service = await createTestService();
  const key = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'owner', site: null }, new Date());
  authorization = `Bearer ${key.token}`;
});
afterAll(() => service.close());

describe('a pinned tag', () => {
  it('R30 names a script that stays what it was, with all that it loads, when the site is changed', async () => {
    const made = await admin('POST', {});
    expect(made.status).toBe(201);
    const { version, integrity, tag } = (await made.json()) as PinnedTag;
    expect(tag).toBe(
      `<script src="${SERVICE_URL}/w/example@${version}.js" integrity="${integrity}" crossorigin="anonymous"></script>`,
    );
    const script = await get(`/w/example@${version}.js`);
    expect(script.headers.get('Cache-Control')).toContain('immutable');
    expect(script.headers.get('Access-Control-Allow-Origin')).toBe('*');
    const text = await script.text();
    expect(integrity).toBe(`sha384-${createHash('sha384').update(text).digest('base64')}`);
    const boot = bootIn(text);
    expect(boot.integrity).toEqual({ ui: 'sha384-y' });
    expect(text).toMatch(/\/\* signals-google \*\/[^]*\/\* pinned \*\//);

    const change = { site: 'example', name: 'Changed', origins: [ORIGIN], notices: [cookiePolicy], publicUrl: SERVICE_URL };
    await createSite(service.context.store, change);
    expect(bootIn(await (await get('/w/example.js')).text()).version).not.toBe(version);
    expect(await (await get(`/w/example@${version}.js`)).text()).toBe(text);
    for (const [language, spoken] of Object.entries({ '': 'en', '.de': 'de', '.zh': 'en' })) {
      const details = (await (await get(`/w/example/details/${version}${language}.json`)).json()) as SpokenDetails;
      expect([language, details.name, details.words.language]).toEqual([language, 'Example', spoken]);
    }
    expect(await (await get(`/w/assets/${boot.assets}/ui.js`)).text()).toBe('export const ui = 1;\n');
    const { tags } = (await (await admin('GET')).json()) as { tags: PinnedTag[] };
    expect(tags).toEqual([expect.objectContaining({ version, integrity, tag })]);
  });

  it('is served unpinned while nothing has changed, and not found after', async () => {
    const { version } = bootIn(await (await get('/w/example.js')).text());
    expect(bootIn(await (await get(`/w/example@${version}.js`)).text()).version).toBe(version);
    for (const other of ['A'.repeat(16), `${'A'.repeat(16)}.unknown`, `${version}x`, '..'])
      expect([other, (await get(`/w/example@${other}.js`)).status]).toEqual([other, 404]);
    expect((await get('/w/assets/example/none/ui.js')).status).toBe(404);
  });

  it('asks by no rules that the site does not have', async () => {
    expect((await admin('POST', { jurisdiction: 'FR' })).status).toBe(400);
    expect((await admin('POST', { jurisdiction: '<' })).status).toBe(400);
  });
});
