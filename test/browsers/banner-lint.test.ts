// `candour banner lint --url` in a real browser: a page for each deceptive pattern, where exactly its rule is found; plain banners and
// our own, where nothing is.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { measurePage } from '../../server/banner-lint/measure-page.ts';
import { lintPage } from '../../shared/banner-lint/lint-page.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type DemoSiteId, type TestDemo } from '../support/demo.ts';
import { FIXTURES, GOOD, pageOf } from './banner-fixtures.ts';

let browser: Browser;
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '/';
    const [, kind, at] = /^\/(bad|good)\/(\d+)$/.exec(path) ?? [];
    const fixture = kind === 'bad' ? FIXTURES[Number(at)] : kind === 'good' ? GOOD[Number(at)] : undefined;
    const found = fixture ?? (path === '/notice' ? { parts: {} } : undefined);
    response.writeHead(found ? 200 : 404, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(found ? pageOf(found.parts) : 'Not here.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const rulesAt = async (url: string): Promise<string[]> => {
  const page = await measurePage(browser, url);
  return [...new Set(lintPage(page).map(({ rule, found }) => `${rule} ${found}`))];
};
const ids = (lines: readonly string[]): string[] => [...new Set(lines.map((line) => line.split(' ')[0] ?? ''))].toSorted();

// Each looks at its page with several visitors, who mostly wait.
vi.setConfig({ testTimeout: 300_000 });

/** Each page takes several visitors some seconds: a check looks at every tenth, the long run (`npm run test:long`) at all. */
const STEP = process.env['CANDOUR_PAGES'] === 'all' ? 1 : 10;
const looked = <T>(rows: readonly T[]): T[] => rows.filter((_, i) => i % STEP === 0);

describe.concurrent('a page for each pattern', () => {
  it.each(looked(FIXTURES.map(({ rules, what }, i) => [rules.join(' '), what, i, rules] as const)))(
    '%s %s',
    async (_, _what, i, rules) => {
      const lines = await rulesAt(`${origin}/bad/${i}`);
      expect(ids(lines), lines.join('\n')).toEqual([...rules].toSorted());
    },
  );

  it.each(looked(GOOD.map(({ what }, i) => [what, i] as const)))('finds nothing on %s', async (_, i) => {
    expect(await rulesAt(`${origin}/good/${i}`)).toEqual([]);
  });
});

describe('our own banner', () => {
  let demo: TestDemo;
  beforeAll(async () => {
    demo = await startTestDemo();
  });
  afterAll(() => demo?.close());

  it.each<DemoSiteId>(looked(['cpoms', 'cmp-solutions', 'cpo', 'cl-consortium', 'cmsuk']))(
    'holds to every rule on %s',
    async (site) => {
      expect(await rulesAt(demo.site(site, '/'))).toEqual([]);
    },
  );
});
