// The demonstration sites as a visitor's browser sees them, with the real service behind the widget.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { DEMO_SITES } from '../../demo/organisations.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { type DemoSiteId, startTestDemo, type TestDemo } from '../support/demo.ts';
import { recordNetwork } from '../support/network.ts';
import { NOTHING_STORED, storageOf } from '../support/storage.ts';

let demo: TestDemo;
let chromium: Browser;

beforeAll(async () => {
  demo = await startTestDemo();
  chromium = await launchChromium();
});
afterAll(async () => {
  await chromium?.close();
  await demo?.close();
});

const PHONE = { viewport: { width: 360, height: 740 } };
const hostOf = (url: string) => new URL(url).host;

describe.each(DEMO_SITES)('$id', (site) => {
  const id = site.id as DemoSiteId;

  test('opens every page without an error, a sideways scroll bar or a request to a held host', async () => {
    const visitor = await chromium.newContext(PHONE);
    const page = await visitor.newPage();
    const network = recordNetwork(visitor);
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    for (const { path } of site.pages) {
      const answer = await page.goto(demo.site(id, path));
      expect([path, answer?.status()]).toEqual([path, 200]);
      expect([path, await page.locator('.demonstration').isVisible()]).toEqual([path, true]);
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([path, 0]);
    }
    expect(errors).toEqual([]);
    expect(network.hosts()).toEqual([hostOf(demo.site(id)), hostOf(demo.service)].sort());
    expect(await storageOf(page)).toEqual(NOTHING_STORED);
    await visitor.close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing on the home page, in %s', async (colorScheme) => {
    const visitor = await chromium.newContext({ colorScheme });
    const page = await visitor.newPage();
    await page.goto(demo.site(id));
    await page.locator('candour-banner').waitFor({ state: 'attached' });
    expect(await axeFindings(page, { except: ['candour-banner'] })).toEqual([]);
    await visitor.close();
  });

  test('runs the tags of what was given, and shows that they run', async () => {
    const visitor = await chromium.newContext();
    const page = await visitor.newPage();
    const network = recordNetwork(visitor);
    await page.goto(demo.site(id));
    await page.getByRole('button', { name: 'Accept all' }).click();
    await page.locator('#running-tags [data-running=statistics]').waitFor();
    await page.locator('#running-tags [data-running=advertising]').waitFor();
    expect(
      network
        .to(demo.tags)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['/advertising.js', '/pixel.gif', '/statistics.js']);
    const { cookies, localStorage } = await storageOf(page);
    expect(Object.keys(cookies)).toEqual(expect.arrayContaining(['_tallyhouse', '_brightboard', `candour_${id}`]));
    expect(Object.keys(localStorage)).toEqual(['brightboard-profile']);
    await visitor.close();
  });
});

test('a form ends on the thank-you page', async () => {
  const visitor = await chromium.newContext();
  const page = await visitor.newPage();
  await page.goto(demo.site('cmp-solutions', '/contact'));
  await page.getByRole('button', { name: 'Reject all' }).click();
  await page.getByLabel('Your name').fill('A visitor');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.waitForURL('**/thank-you');
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Thank you');
  await visitor.close();
});

test('the sign-in link opens the dashboard, once', async () => {
  const follow = async () => {
    const operator = await chromium.newContext();
    const page = await operator.newPage();
    const signedIn = page.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().endsWith('/v1/admin/session'),
    );
    await page.goto(demo.signInUrl);
    const status = (await signedIn).status();
    await operator.close();
    return status;
  };
  expect([await follow(), await follow()]).toEqual([200, 401]);
});
