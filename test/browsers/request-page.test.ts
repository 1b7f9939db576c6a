// A visitor's request in real Chromium against a real service and a real mail server: without script, from the form to the
// confirmation; and what axe finds on each page.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { parseConfig } from '../../server/config.ts';
import { startService, type Service } from '../../server/service.ts';
import { createSite } from '../../server/sites.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { mailServer, type MailServer } from '../support/mail-server.ts';
import { cookiePolicy } from '../support/service.ts';

let folder: string;
let mail: MailServer;
let service: Service;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-request-'));
  mail = await mailServer();
  const config = parseConfig({
    CANDOUR_DATABASE: `sqlite:${join(folder, 'x.sqlite')}`,
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
    CANDOUR_SMTP: mail.url,
  });
  service = await startService({ ...config, port: 0 }, pino({ level: 'silent' }));
  await createSite(service.store, {
    site: 'shop',
    name: 'The Shop',
    origins: ['https://shop.example'],
    notices: [cookiePolicy],
    publicUrl: service.url,
  });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
  await mail?.close();
  await rm(folder, { recursive: true, force: true });
});

async function inBrowser(options: Parameters<Browser['newContext']>[0], work: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext(options);
  try {
    await work(await context.newPage());
    expect(await context.cookies()).toEqual([]);
  } finally {
    await context.close();
  }
}

const link = async (): Promise<string> => {
  const found = () => /http:\/\/\S+\/confirm\/[\w-]{43}/.exec(mail.received.at(-1)?.text ?? '')?.[0];
  await expect.poll(found, { timeout: 10_000 }).toBeTruthy();
  return found() ?? '';
};

it('a request is sent and confirmed without any script', () =>
  inBrowser({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${service.url}/r/shop`);
    await page.getByLabel('Have my data erased').check();
    await page.getByLabel('Your e-mail address').fill('not an address');
    await page.getByRole('button', { name: 'Send request' }).click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /e-mail address such as/ })
      .click();
    expect(await page.getByLabel('Have my data erased').isChecked()).toBe(true);
    await page.getByLabel('Your e-mail address').fill('pat@example.net');
    await page.getByRole('button', { name: 'Send request' }).click();
    await page.getByRole('heading', { name: 'Now look into your mail' }).waitFor();
    await page.goto(await link());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'Your request is with The Shop' }).waitFor();
    await page.goto(await link());
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
  }));

it.each([
  ['light', 1280],
  ['dark', 320],
] as const)(
  'axe finds nothing on any of its pages (%s, %i pixels wide), and nothing is wider than the screen',
  (colorScheme, width) =>
    inBrowser({ colorScheme, viewport: { width, height: 800 } }, async (page) => {
      const check = async (): Promise<void> => {
        expect(await axeFindings(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      };
      const before = mail.received.length;
      await page.goto(`${service.url}/r/shop`);
      await check();
      await page.getByRole('button', { name: 'Send request' }).click();
      await page.getByRole('alert').waitFor();
      await check();
      await page.getByLabel('Complain about').check();
      await page.getByLabel('Your e-mail address').fill(`${colorScheme}@example.net`);
      await page.getByRole('button', { name: 'Send request' }).click();
      await page.getByRole('heading', { name: 'Now look into your mail' }).waitFor();
      await check();
      await expect.poll(() => mail.received.length, { timeout: 10_000 }).toBe(before + 1);
      await page.goto(await link());
      await check();
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('heading', { name: 'Your request is with The Shop' }).waitFor();
      await check();
    }),
);
