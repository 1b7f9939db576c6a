// The set-up that docs/safari.md describes: the service on a sub-domain of the site's own, so that the mirror cookie is a server's.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { freePort } from '../support/free-port.ts';
import { banner, button, chooseAndDeliver } from '../support/visitor.ts';

let demo: TestDemo;
let browser: Browser;

beforeAll(async () => {
  const CANDOUR_PORT = String(await freePort());
  demo = await startTestDemo({
    environment: { CANDOUR_PORT, CANDOUR_PUBLIC_URL: `http://consent.cmsuk.localhost:${CANDOUR_PORT}` },
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const SIX_MONTHS = 184 * 86_400;

test('R18 on the owner’s own sub-domain the service sets the choice’s cookie, which outlives everything that scripts have stored', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(demo.site('cmsuk'));
  const answer = page.waitForResponse((response) => response.url().endsWith('/v1/sites/cmsuk/events'));
  await chooseAndDeliver(page, 'Reject all');
  const told = await (await answer).allHeaders();
  expect(told['access-control-allow-credentials']).toBe('true');
  expect(told['set-cookie']).toMatch(/^candour_cmsuk=[^;]+; Path=\/; Max-Age=\d+; SameSite=Lax; Domain=cmsuk\.localhost$/);

  const kept = (await context.cookies()).filter(({ name }) => name === 'candour_cmsuk');
  expect(kept).toEqual([expect.objectContaining({ domain: '.cmsuk.localhost', httpOnly: false, sameSite: 'Lax' })]);
  expect((kept[0]?.expires ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(SIX_MONTHS);
  expect(await page.evaluate(() => document.cookie)).toContain(`candour_cmsuk=${kept[0]?.value}`);

  // As after seven days in Safari: databases and cookies by scripts are gone, the server's cookie is there.
  await page.goto(`${demo.site('cmsuk')}/style.css`);
  await page.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases())
      await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
  });
  await context.clearCookies();
  await context.addCookies(kept);
  await page.goto(demo.site('cmsuk'));
  await button(page, 'Privacy choices').waitFor();
  expect(await banner(page).count()).toBe(0);
  await context.close();
});

test('R18 a service elsewhere sets no cookie, and the widget sends it none', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(demo.site('cpoms'));
  const request = page.waitForRequest((one) => one.url().endsWith('/v1/sites/cpoms/events'));
  await chooseAndDeliver(page, 'Reject all');
  const sent = await request;
  expect(await sent.headerValue('cookie')).toBeNull();
  expect(await (await sent.response())?.headerValue('set-cookie')).toBeNull();
  await context.close();
});
