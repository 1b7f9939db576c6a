// The pages about messages in real Chromium, without script, against a real service and a real mail server: from the mail to the
// confirmation, the own page and the end of it all; and what axe finds on each page, in two themes, on a phone and from right to left.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { parseConfig } from '../../server/config.ts';
import { issueCredential } from '../../server/credentials.ts';
import { startService, type Service } from '../../server/service.ts';
import { createSite } from '../../server/sites.ts';
import type { MessageLinks } from '../../shared/marketing/mail-api.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { mailServer, type MailServer } from '../support/mail-server.ts';
import { marketingConfiguration, marketingNotice } from '../support/marketing-site.ts';
import { createSubject } from '../support/subject.ts';

const ORIGIN = 'https://shop.example';
let folder: string;
let mail: MailServer;
let service: Service;
let log: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-messages-'));
  mail = await mailServer();
  const config = parseConfig({
    CANDOUR_DATABASE: `sqlite:${join(folder, 'x.sqlite')}`,
    CANDOUR_SECRET: 'only for tests, and long enough to be taken',
    CANDOUR_SMTP: mail.url,
  });
  service = await startService({ ...config, port: 0 }, pino({ level: 'silent' }));
  const site = { site: 'shop', name: 'The Shop', origins: [ORIGIN], notices: [marketingNotice], publicUrl: service.url };
  log = (await createSite(service.store, { ...site, configuration: marketingConfiguration })).log;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await service?.close();
  await mail?.close();
  await rm(folder, { recursive: true, force: true });
});

const EMAIL = { channel: 'email', language: 'en' } as const;
/** A form with a ticked box for e-mail of the careful sender; gives the link of the mail that follows. */
async function optIn(value: string): Promise<string> {
  const before = mail.received.length;
  const subject = await createSubject({ log, origin: ORIGIN });
  const channels = { newsletter: { careful: { email: 'given' as const, sms: 'refused' as const } } };
  const { event, jws } = await subject.next({ method: 'form', purposes: {}, channels });
  const answer = await fetch(`${service.url}/v1/sites/shop/events`, {
    method: 'POST',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws], contacts: [{ event: event.id, value, ...EMAIL }] }),
  });
  expect(answer.status).toBe(200);
  return linkOf('confirm', before);
}
async function linkOf(kind: 'confirm' | 'choices', before: number): Promise<string> {
  await expect.poll(() => mail.received.length, { timeout: 10_000 }).toBe(before + 1);
  return new RegExp(`http://\\S+/m/shop/${kind}/[\\w-]+`).exec(mail.received.at(-1)?.text ?? '')?.[0] ?? '';
}
async function linksFor(address: string) {
  const { token } = await issueCredential(service.store, 'api_key', { name: 'Mailer', role: 'ingest' }, new Date());
  const answer = await fetch(`${service.url}/v1/admin/sites/shop/unsubscribe-links`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ links: [{ address, sender: 'careful' }] }),
  });
  const [one] = ((await answer.json()) as MessageLinks).links;
  if (!one || 'problem' in one) throw new Error('no link');
  return one;
}

async function inBrowser(options: Parameters<Browser['newContext']>[0], work: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext(options);
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  try {
    await work(page);
    expect([refused, await context.cookies()]).toEqual([[], []]);
  } finally {
    await context.close();
  }
}
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor();
const state = (page: Page) => page.locator('[data-sender="careful"][data-channel="email"]').getAttribute('data-state');

it('R41 R42 without script: confirm, see one’s own page, stop, ask again, and stop everything', () =>
  inBrowser({ javaScriptEnabled: false, locale: 'en-GB' }, async (page) => {
    const confirm = await optIn('ada@example.net');
    await page.goto(confirm);
    await button(page, 'Yes, write to me').click();
    await heading(page, 'Confirmed');
    await page.getByRole('link', { name: 'All your choices' }).click();
    const before = mail.received.length;
    await page.getByLabel('Your e-mail address').fill('ada@example.net');
    await button(page, 'Send me the link').click();
    await heading(page, 'Now look into your mail');
    const own = await linkOf('choices', before);
    await page.goto(own);
    expect(await state(page)).toBe('on');
    await button(page, 'Stop: E-mail from Careful Limited').click();
    await page.getByRole('status').waitFor();
    expect(await state(page)).toBe('stopped');
    const sent = mail.received.length;
    await button(page, 'I want it: E-mail from Careful Limited').click();
    await page.getByRole('status').waitFor();
    await page.goto(await linkOf('confirm', sent));
    await button(page, 'Yes, write to me').click();
    await heading(page, 'Confirmed');
    const { stop } = await linksFor('ada@example.net');
    await page.goto(stop);
    await page.getByText('E-mail from Careful Limited').waitFor();
    await button(page, 'Stop all advertising').click();
    await heading(page, 'Stopped');
    await page.goto(own);
    expect(await page.locator('[data-state="on"]').count()).toBe(0);
    await page.getByText(/no advertising of any kind/).waitFor();
  }));

it.each([
  ['light', 1280, 'en'],
  ['dark', 320, 'ar'],
] as const)(
  'axe finds nothing on any of its pages (%s, %i pixels wide, %s), and nothing is wider than the screen',
  (colorScheme, width, lang) =>
    inBrowser({ colorScheme, viewport: { width, height: 800 }, locale: lang }, async (page) => {
      const check = async (): Promise<void> => {
        expect(await page.locator('html').getAttribute('dir')).toBe(lang === 'ar' ? 'rtl' : 'ltr');
        expect(await axeFindings(page)).toEqual([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(wider).toBeLessThanOrEqual(0);
      };
      const address = `${colorScheme}@example.net`;
      const confirm = await optIn(address);
      const { stop, choices } = await linksFor(address);
      await page.goto(`${service.url}/m/shop`);
      await page.locator('button.send').click();
      await page.getByRole('alert').waitFor();
      await check();
      await page.goto(confirm);
      await page.locator('button.send').click();
      await page.locator('.asked').waitFor();
      await check();
      await page.goto(stop);
      await check();
      await page.locator('button.send').click();
      await page.goto(choices);
      await page.locator('[data-state="stopped"] button').click();
      await page.getByRole('status').waitFor();
      await check();
    }),
);
