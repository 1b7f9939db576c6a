// What anyone may read: the widget, notices, configurations, the log, keys.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { WellKnown } from '../../shared/api.ts';
import { fromBase64Url, toBase64Url, utf8 } from '../../shared/bytes.ts';
import { hashOf } from '../../shared/canonical.ts';
import { parseCheckpoint, verifyCheckpoint } from '../../shared/log/checkpoint.ts';
import { leafBytes, type Leaf } from '../../shared/log/leaf.ts';
import { verifyConsistency, verifyInclusion } from '../../shared/log/proof.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { BannerDetails, SpokenDetails } from '../../shared/site/details.ts';
import { bootIn } from '../../test/support/boot-in.ts';
import { createSubject } from '../../test/support/subject.ts';
import {
  cookiePolicy,
  createTestService,
  ORIGIN,
  plantBuild,
  SERVICE_URL,
  type TestService,
} from '../../test/support/service.ts';
import { LOCALES } from '../../widget/messages/locales.ts';
import { createApp } from '../app.ts';
import { fileSigner } from '../log/key.ts';
import { serviceContext } from '../service.ts';
import { createSite } from '../sites.ts';
import { sha256, verifier } from '../verifier.ts';
import type { KeptBuild } from '../widget-builds.ts';

let service: TestService;
const get = (path: string, headers: Record<string, string> = {}) => service.app.request(path, { headers });
const boot = async (path = '/w/example.js') => bootIn(await (await get(path)).text()) as WidgetBoot & { banner: BannerDetails };
const json = async <T>(path: string) => (await (await get(path)).json()) as T;

beforeAll(async () => {
  service = await createTestService();
});
afterAll(() => service.close());

/** The service started anew, on what its folder holds now. */
const upgradedTo = ({ folder, logKeyFile, context }: TestService) =>
  serviceContext({ distFolder: join(folder, 'dist') }, context.store, fileSigner(logKeyFile), SERVICE_URL, context.logger);

describe('the widget', () => {
  it('is the first chunk with what the site configured in front of it', async () => {
    expect(await (await get('/w/example.js')).text()).toMatch(
      /^\/\/# allFunctionsCalledOnLoad\nself\.candourBoot=\{.*\};\n\/\* signals-google \*\/\n\n\/\* first-visit \*\/\n$/,
    );
    expect(await boot()).toMatchObject({
      service: SERVICE_URL,
      site: 'example',
      log: 'consent.example/example',
      assets: expect.stringMatching(/^[\w-]{6}$/) as string,
      purposes: [{ id: 'statistics' }, { id: 'advertising' }],
      notices: ['cookie_policy'],
    });
  });

  it('brings the banner with it where neither a choice nor an earlier visit shows', async () => {
    const text = async (headers: Record<string, string> = {}) => (await get('/w/example.js', headers)).text();
    const first = await text();
    expect(first).toMatch(/\n\/\* first-visit \*\/\n$/);
    expect(await boot()).toMatchObject({ banner: { controller: 'Example Ltd', words: { acceptAll: 'Accept all' } } });
    expect(await text({ Cookie: 'other=1; candour_example_pending=1' })).toBe(first);
    const returning = await get('/w/example.js', { Cookie: 'other=1; candour_example=1.x' });
    expect(returning.headers.get('Cache-Control')).toBe('private, max-age=300');
    expect(await returning.text()).toMatch(/\n\/\* index \*\/\n$/);
    expect(await text({ 'If-None-Match': '"of an earlier configuration"' })).not.toContain('"banner"');
    const etag = (await get('/w/example.js')).headers.get('ETag') ?? '';
    expect((await get('/w/example.js', { 'If-None-Match': etag, Cookie: 'candour_example=1.x' })).status).toBe(304);
  });

  it('comes with Brotli or gzip, an ETag for each, and a short life', async () => {
    const plain = await get('/w/example.js');
    const brotli = await get('/w/example.js', { 'Accept-Encoding': 'gzip, br' });
    expect(brotli.headers.get('Content-Encoding')).toBe('br');
    expect(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString()).toBe(await plain.text());
    expect((await get('/w/example.js', { 'Accept-Encoding': 'gzip;q=1, br;q=0' })).headers.get('Content-Encoding')).toBe('gzip');
    const etag = brotli.headers.get('ETag') ?? '';
    expect(etag).not.toBe(plain.headers.get('ETag'));
    const again = await get('/w/example.js', { 'Accept-Encoding': 'br', 'If-None-Match': `"x", ${etag}` });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(plain.headers.get('Cache-Control')).toBe('public, max-age=300');
    expect(plain.headers.get('Vary')).toContain('Accept-Encoding');
    expect(plain.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
  });

  it('cannot be broken out of by a name that looks like a script’s end', async () => {
    const name = '</script><script>alert(1)</script>\u2028';
    const notice = { ...cookiePolicy, controller: { ...cookiePolicy.controller, name } };
    await createSite(service.context.store, {
      site: 'odd',
      name: 'Odd',
      origins: [ORIGIN],
      notices: [notice],
      publicUrl: SERVICE_URL,
    });
    const text = await (await get('/w/odd.js')).text();
    expect(text).not.toMatch(/<|\u2028/);
    expect(await boot('/w/odd.js')).toMatchObject({ banner: { controller: name } });
  });

  it('has its words under the version, for ever', async () => {
    const { version } = await boot();
    const details = await get(`/w/example/details/${version}.json`);
    expect(details.headers.get('Cache-Control')).toContain('immutable');
    expect(details.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(await details.json()).toMatchObject({
      controller: 'Example Ltd',
      purposes: [{ id: 'statistics', lawfulBases: ['consent'], retention: ['Counts are kept for a year.'] }, {}],
    });
    expect((await get(`/w/example/details/${'A'.repeat(16)}.unknown.json`)).status).toBe(404);
  });

  it('R13 has the words of the interface in the language of the page, and in English where it has no other', async () => {
    const { version, words } = await boot();
    expect(words).toEqual({ language: 'en', control: 'Privacy choices' });
    const spoken = async (language: string) =>
      (await json<SpokenDetails>(`/w/example/details/${version}${language}.json`)).words.language;
    expect(await spoken('')).toBe('en');
    for (const [tag, language] of Object.entries({
      de: 'de',
      'pt-BR': 'pt',
      no: 'nb',
      NN: 'nb',
      zh: 'en',
      '%2e%2e': 'en',
      'a.b': 'en',
    }))
      expect([tag, await spoken(`.${tag}`)]).toEqual([tag, language]);
    const path = `/w/example/details/${version}.ar.json?build`;
    const arabic = await get(path, { 'Accept-Encoding': 'br', 'Accept-Language': 'de' });
    expect(arabic.headers.get('Cache-Control')).toContain('immutable');
    expect(arabic.headers.get('Vary')).not.toContain('Accept-Language');
    const { words: said } = JSON.parse(brotliDecompressSync(Buffer.from(await arabic.arrayBuffer())).toString()) as SpokenDetails;
    expect(said).toMatchObject({ language: 'ar', direction: 'rtl' });
    const etag = arabic.headers.get('ETag') ?? '';
    expect((await get(path, { 'Accept-Encoding': 'br', 'If-None-Match': etag })).status).toBe(304);
    expect((await get(path.replace('.ar', '.de'), { 'Accept-Encoding': 'br', 'If-None-Match': etag })).status).toBe(200);
  });

  it('has chunks that never change, and no other file', async () => {
    const { assets } = await boot();
    const chunk = await get(`/w/assets/${assets}/ui.js`, { 'Accept-Encoding': 'br' });
    expect([chunk.status, chunk.headers.get('Content-Encoding')]).toEqual([200, 'br']);
    expect(chunk.headers.get('Cache-Control')).toContain('immutable');
    expect(chunk.headers.get('Access-Control-Allow-Origin')).toBe('*');
    for (const file of [`${assets}/none.js`, `${assets}/..%2Fmanifest.json`, `${assets}/%2e%2e%2findex.js`, 'other/ui.js'])
      expect((await get(`/w/assets/${file}`)).status).toBe(404);
    expect((await get('/w/nobody.js')).status).toBe(404);
  });

  it('R48 keeps each build that was given out: by the hash that a presentation names, and for the pages that are still open', async () => {
    const own = await createTestService();
    const asked = (path: string) => own.app.request(path);
    const widget = join(own.folder, 'dist', 'widget');
    const former = bootIn(await (await asked('/w/example.js')).text()) as WidgetBoot & { banner: BannerDetails };
    const { build } = former.banner.record;

    const text = { file: 'ui.js', text: 'export const ui = 2;\n' };
    const scripts = ['index', 'first-visit', 'pinned', 'signals-google'].map((name) => ({
      file: `${name}.js`,
      text: `/* ${name}, newer */`,
    }));
    const words = { file: 'words.json', text: JSON.stringify(LOCALES) };
    const newer = await plantBuild(widget, [...scripts, words], [text]);
    const after = createApp(upgradedTo(own));
    const now = bootIn(await (await after.request('/w/example.js')).text()) as WidgetBoot & { banner: BannerDetails };
    expect(now.banner.record.build).toBe(newer);
    expect(newer).not.toBe(build);

    for (const named of [build, newer]) {
      const kept = (await (await after.request(`/w/builds/${named}`)).json()) as KeptBuild;
      for (const { file, sha256: hash } of kept.files) {
        const body = await (await after.request(`/w/builds/${named}/${file}`)).arrayBuffer();
        expect([file, toBase64Url(sha256(new Uint8Array(body)))]).toEqual([file, hash]);
      }
      const hashes = kept.files.map((one) => one.sha256).sort();
      expect(toBase64Url(sha256(utf8(hashes.join('\n'))))).toBe(named);
    }
    expect(await (await after.request(`/w/assets/${former.assets}/ui.js`)).text()).toBe('export const ui = 1;\n');
    expect(await (await after.request(`/w/assets/${now.assets}/ui.js`)).text()).toBe('export const ui = 2;\n');
    for (const none of [
      `builds/${'A'.repeat(43)}`,
      `builds/${build}/none.js`,
      `builds/${build.slice(0, 6)}/ui.js`,
      'assets//ui.js',
      'assets/a/ui.js',
    ])
      expect([none, (await after.request(`/w/${none}`)).status]).toEqual([none, 404]);

    await writeFile(join(widget, 'assets', 'ui.js'), 'export const ui = 3;\n');
    const changed = createApp(upgradedTo(own));
    expect((await changed.request('/w/example.js')).status).toBe(503);
    await own.close();
  });

  it('changes with the next request after the site was changed', async () => {
    const change = (name: string) =>
      createSite(service.context.store, {
        site: 'changing',
        name,
        origins: [ORIGIN],
        notices: [cookiePolicy],
        publicUrl: SERVICE_URL,
      });
    await change('Before');
    const before = await boot('/w/changing.js');
    await change('After');
    const after = await boot('/w/changing.js');
    expect(after.version).not.toBe(before.version);
    expect(after.banner.record.configuration).not.toBe(before.banner.record.configuration);
    expect(after.terms, 'a new name asks nobody again').toBe(before.terms);
  });
});

describe('a notice', () => {
  it('is read as a page, as JSON and as JSON-LD at the address of its hash', async () => {
    const { notices } = await json<{ notices: { hash: string; url: string; current: boolean }[] }>('/v1/sites/example/notices');
    const [{ hash, url }] = notices as [(typeof notices)[number]];
    const response = await get(url);
    expect(response.headers.get('Cache-Control')).toContain('immutable');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(await hashOf(await response.json(), sha256), 'the address is the hash of what is there').toBe(hash);
    const page = await get(url, { Accept: 'text/html,application/xhtml+xml' });
    expect(page.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/);
    expect(await page.text()).toContain('activities/0/lawfulBases/0');
    const linked = await get(url, { Accept: 'application/ld+json' });
    expect(await linked.json()).toMatchObject({ '@id': `${SERVICE_URL}${url}` });
  });

  it('keeps its old versions', async () => {
    const other = { ...cookiePolicy, version: '2' };
    const publish = (notices: unknown[]) =>
      createSite(service.context.store, { site: 'versions', origins: [ORIGIN], notices, publicUrl: SERVICE_URL });
    await publish([cookiePolicy]);
    await publish([other]);
    const { notices } = await json<{ notices: { version: string; url: string; current: boolean }[] }>(
      '/v1/sites/versions/notices',
    );
    expect(notices.map(({ version, current }) => [version, current]).sort()).toEqual([
      ['1', false],
      ['2', true],
    ]);
    for (const { url, version } of notices) expect(await json(url)).toMatchObject({ version });
    expect(await json('/v1/sites/versions/notice')).toMatchObject({ version: '2' });
    expect(await json('/v1/sites/versions/notices/cookie_policy')).toMatchObject({ version: '2' });
  });

  it('R77 an internal policy is never given as the notice', async () => {
    const policy = { ...cookiePolicy, kind: 'internal_policy', title: 'Policy' };
    await createSite(service.context.store, { site: 'inside', origins: [ORIGIN], notices: [policy], publicUrl: SERVICE_URL });
    expect((await get('/v1/sites/inside/notice')).status).toBe(404);
    expect((await get('/v1/sites/inside/notices/internal_policy')).status).toBe(200);
    expect(await boot('/w/inside.js')).toMatchObject({ notices: [] });
  });
});

describe('the log', () => {
  it('can be followed by anyone: head, leaves, inclusion and consistency', async () => {
    const checkpoints: string[] = [];
    for (let i = 0; i < 5; i++) {
      const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
      await service.send([(await subject.next()).jws]);
      checkpoints.push(await (await get('/v1/sites/example/log/checkpoint')).text());
    }
    const { logs } = v.parse(WellKnown, await json('/.well-known/candour.json'));
    const key = logs.find(({ site }) => site === 'example')?.keys[0]?.key ?? '';
    const heads = checkpoints.map(parseCheckpoint);
    const last = heads.at(-1);
    for (const head of heads) expect(await verifyCheckpoint(head, key, verifier)).toBe(true);
    const { leaves } = await json<{ leaves: Leaf[] }>('/v1/sites/example/log/leaves?start=0&end=5');
    expect(leaves).toHaveLength(5);
    for (const [index, leaf] of leaves.entries()) {
      const { proof } = await json<{ proof: string[] }>(`/v1/sites/example/log/inclusion?index=${index}&size=5`);
      const root = last?.root ?? new Uint8Array();
      expect(await verifyInclusion(sha256(leafBytes(leaf)), index, 5, proof.map(fromBase64Url), root, sha256)).toBe(true);
    }
    for (const head of heads) {
      const { proof } = await json<{ proof: string[] }>(`/v1/sites/example/log/consistency?from=${head.size}&to=5`);
      const to = last?.root ?? new Uint8Array();
      expect(await verifyConsistency(head.size, head.root, 5, to, proof.map(fromBase64Url), sha256)).toBe(true);
    }
  });

  it('refuses what it does not have', async () => {
    const bad = [
      'inclusion?index=99',
      'inclusion',
      'inclusion?index=0&size=99',
      'consistency?from=0',
      'consistency?from=4&to=3',
      'leaves?start=99',
      'leaves?start=x',
      'leaves?start=-1',
    ];
    for (const path of bad) expect((await get(`/v1/sites/example/log/${path}`)).status, path).toBe(400);
    expect((await get('/v1/sites/example/log/checkpoint?epoch=7')).status).toBe(404);
    expect((await get('/v1/sites/versions/log/inclusion?index=0')).status, 'an empty log').toBe(400);
    expect((await get('/v1/sites/versions/log/consistency?from=1')).status).toBe(400);
  });
});

describe('every answer', () => {
  it('says what it is and lets nothing be guessed, embedded or followed back', async () => {
    for (const path of ['/', '/healthz', '/readyz', '/v1/sites/example/notice', '/none', '/w/example.js']) {
      const { headers } = await get(path);
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
      expect(headers.get('Referrer-Policy'), path).toBe('no-referrer');
      expect(headers.get('Content-Security-Policy'), path).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('Strict-Transport-Security'), path).toContain('max-age');
      expect(headers.get('Set-Cookie'), path).toBeNull();
    }
  });

  it('is a problem with a code, or a page for people, where something is wrong', async () => {
    const problem = await get('/v1/notices/none');
    expect(problem.headers.get('Content-Type')).toBe('application/problem+json');
    expect(await problem.json()).toMatchObject({ type: 'about:blank', status: 404, code: 'NOT_FOUND' });
    const page = await get('/v1/notices/none', { Accept: 'text/html' });
    expect([page.status, page.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=utf-8']);
    const method = await service.app.request('/v1/sites/example/notice', { method: 'PUT' });
    expect([method.status, method.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('tells who runs it whether it is ready', async () => {
    expect(await json('/readyz')).toEqual({ status: 'ready' });
    const { ready } = service.context.store;
    service.context.store.ready = () => Promise.reject(new Error('gone'));
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);
    service.context.store.ready = ready;
  });
});
