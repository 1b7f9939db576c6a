// What an operator does in the dashboard, in real Chromium against the real service and a real mail server: a visitor's request
// from the page to the answer, keys, and that everybody can use the pages.
import { existsSync } from 'node:fs';

import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { EventsAnswer } from '../../shared/api.ts';
import { hashOf } from '../../shared/canonical.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { PRESENTATION } from '../../server/dashboard/issued-receipt.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { mailServer, type MailServer } from '../support/mail-server.ts';
import { createSubject, type Subject } from '../support/subject.ts';

const { sha256 } = webCryptoVerifier(crypto.subtle);
const VISITOR = 'pat@example.net';

let mail: MailServer;
let demo: TestDemo;
let browser: Browser;
let subject: Subject;
let context: BrowserContext;
let page: Page;
/** What the dashboard's policy refused, and what failed in its pages. */
const wrong: string[] = [];

async function visit(options: BrowserContextOptions = {}): Promise<{ page: Page; context: BrowserContext }> {
  const made = await browser.newContext(options);
  const opened = await made.newPage();
  opened.on('pageerror', (error) => wrong.push(error.message));
  opened.on('console', (message) => {
    if (message.type() === 'error' && message.text().includes('Content Security Policy')) wrong.push(message.text());
  });
  return { page: opened, context: made };
}

async function choose(): Promise<void> {
  const { jws } = await subject.next();
  const response = await fetch(`${demo.service}/v1/sites/cpoms/events`, {
    method: 'POST',
    headers: { origin: demo.site('cpoms', ''), 'content-type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws], presentations: [PRESENTATION] }),
  });
  const { results } = (await response.json()) as EventsAnswer;
  expect(results.map(({ status }) => status)).toEqual(['accepted']);
}

beforeAll(async () => {
  if (!existsSync('dist/dashboard/index.html')) throw new Error('the dashboard is not built: run "npm run build" first');
  mail = await mailServer();
  demo = await startTestDemo({
    environment: { CANDOUR_SECRET: 'only for tests, and long enough to be taken', CANDOUR_SMTP: mail.url },
  });
  browser = await launchChromium();
  subject = await createSubject({
    log: `${new URL(demo.service).host}/cpoms`,
    origin: demo.site('cpoms', ''),
    presentation: await hashOf(PRESENTATION, sha256),
  });
  await choose();
  ({ context, page } = await visit({ viewport: { width: 1280, height: 900 } }));
  await page.goto(demo.signInUrl);
  await page.getByRole('heading', { name: 'Sites' }).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
  await mail?.close();
});

/** As a visitor, on the site's page and from the mail. */
async function request(kind: string): Promise<void> {
  const visitor = await visit({ javaScriptEnabled: false });
  const before = mail.received.length;
  await visitor.page.goto(`${demo.service}/r/cpoms`);
  await visitor.page.getByLabel(kind).check();
  await visitor.page.getByLabel('Your e-mail address').fill(VISITOR);
  await visitor.page.getByLabel('What should be known?').fill('I used your site in the spring.');
  await visitor.page.getByRole('button', { name: 'Send request' }).click();
  await visitor.page.getByRole('heading', { name: 'Now look into your mail' }).waitFor();
  await expect.poll(() => mail.received.length, { timeout: 10_000 }).toBe(before + 1);
  await visitor.page.goto(/http:\/\/\S+\/confirm\/[\w-]{43}/.exec(mail.received.at(-1)?.text ?? '')?.[0] ?? '');
  await visitor.page.getByRole('button', { name: 'Confirm' }).click();
  await visitor.page.getByRole('heading', { name: /^Your request is with/ }).waitFor();
  await visitor.context.close();
}

async function step(name: string, words?: { label: string; text: string }): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  const dialog = page.getByRole('dialog', { name });
  if (words) await dialog.getByLabel(words.label).fill(words.text);
  await dialog.getByRole('button', { name, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}
const history = (): Promise<string[]> => page.locator('.history strong').allTextContents();

describe('a request from the page', () => {
  it('R56 R69 is seen, its sender identified, answered with the pack, and stands in the audit log', async () => {
    await request('See what is held about me');
    await page.getByRole('link', { name: 'CPOMS', exact: true }).click();
    await page.getByRole('link', { name: 'Rights requests' }).click();
    const row = page.getByRole('row', { name: /Access/ });
    expect(await row.textContent()).toMatch(/In \d+ days|in \d+ days/);
    await row.getByRole('link').click();
    await page.getByText('I used your site in the spring.').waitFor();
    const id = new URL(page.url()).hash.split('/').at(-1) ?? '';

    await step('Ask for identity', { label: 'What is needed, and why', text: 'Please name the day of your visit.' });
    await page.getByText('Not begun: waits for identity').waitFor();
    expect(mail.received.at(-1)?.text).toContain('Please name the day of your visit.');
    await step('Identity verified');
    await page.getByLabel('Subject', { exact: true }).fill(subject.id);
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Access pack' }).click();
    expect((await download).suggestedFilename()).toBe(`access-${id}.zip`);
    await page.getByRole('button', { name: 'Portability pack' }).waitFor();

    await step('Answer and close', { label: 'What was done', text: 'Your data is attached.' });
    await page.getByText('Closed: answered').waitFor();
    await page.getByText('The data subject was told by mail.').waitFor();
    expect(await history()).toEqual(['Came in', 'Confirmed by mail', 'Identity asked for', 'Identity verified', 'Answered']);
    expect(mail.received.at(-1)).toMatchObject({ to: [VISITOR] });

    await page.getByRole('link', { name: 'Audit log' }).click();
    const entries = page.getByRole('table', { name: 'Entries, the newest first' });
    await entries.waitFor();
    const lines = await entries.getByRole('row').allTextContents();
    for (const each of ['ask identity', 'receive identity', 'subject', 'access pack', 'fulfil'])
      expect(lines.some((line) => line.includes(`${id} ${each}`))).toBe(true);
    expect(lines.join()).not.toContain(VISITOR);
    expect(wrong).toEqual([]);
  });

  it('R59 for erasure erases the linked subject and says what stays', async () => {
    await request('Have my data erased');
    await page.goto(`${demo.service}/admin#/sites/cpoms/requests`);
    await page
      .getByRole('row', { name: /Erasure/ })
      .getByRole('link')
      .click();
    await page.getByLabel('Subject', { exact: true }).fill(subject.id);
    await page.getByRole('button', { name: 'Link', exact: true }).click();
    await page.getByRole('button', { name: 'Unlink' }).waitFor();
    await step('Answer and close');
    await page.getByText('Erased: 1 recorded choice.').waitFor();
    expect(await page.locator('.outcome').textContent()).toContain('The log keeps the hash of each erased record');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('No event today yet').waitFor();
  });
});

it('R69 watching a site does not fill the audit log', async () => {
  const read = async (): Promise<number> => {
    const answer = await context.request.get(`${demo.service}/v1/admin/sites/cmsuk/audit?action=events.read&limit=200`);
    return ((await answer.json()) as { entries: unknown[] }).entries.length;
  };
  await page.goto(`${demo.service}/admin#/sites/cmsuk`);
  await page.getByText('No event today yet').waitFor();
  const before = await read();
  // Three rounds of totals, and not one look at an event.
  for (let round = 0; round < 3; round++) await page.waitForResponse((response) => response.url().endsWith('/v1/admin/sites'));
  expect(await read()).toBe(before);
});

it('R69 a key is made and shown once, opens what its role may see, and stops with its sessions when it is revoked', async () => {
  await page.getByRole('link', { name: 'Keys', exact: true }).click();
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Whose').fill('Grace');
  await page.getByLabel('Role').selectOption('auditor');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = (await page.getByLabel('The key', { exact: true }).textContent()) ?? '';
  expect(key).toMatch(/^candour_key_/);

  const other = await visit();
  await other.page.goto(`${demo.service}/admin`);
  await other.page.getByLabel('API key').fill(key);
  await other.page.keyboard.press('Enter');
  await other.page.getByRole('link', { name: 'Keys', exact: true }).click();
  await other.page.getByRole('row', { name: /Grace/ }).waitFor();
  expect(await other.page.getByRole('button', { name: /Revoke/ }).count()).toBe(0);

  await page.getByRole('button', { name: 'Revoke Grace' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('row', { name: /Grace/ }).waitFor({ state: 'detached' });
  expect(await page.getByText(key).count()).toBe(0);
  await other.page.getByRole('link', { name: 'Audit', exact: true }).click();
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.context.close();
});

it('R70 a passkey signs in without the key, and from then on the key alone opens nothing', async () => {
  await page.goto(`${demo.service}/admin#/keys`);
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByLabel('Whose').fill('Ada');
  await page.getByLabel('Role').selectOption('auditor');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = (await page.getByLabel('The key', { exact: true }).textContent()) ?? '';
  const asProgram = async () =>
    (await fetch(`${demo.service}/v1/admin/sites`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect(await asProgram()).toBe(200);

  // WebAuthn knows `localhost`, and no address.
  const dashboard = `${demo.service.replace('127.0.0.1', 'localhost')}/admin`;
  const other = await visit();
  const devices = await other.context.newCDPSession(other.page);
  await devices.send('WebAuthn.enable');
  const { authenticatorId } = await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
      ...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    },
  });
  await other.page.goto(dashboard);
  const byKey = async (): Promise<void> => {
    await other.page.getByLabel('API key').fill(key);
    await other.page.keyboard.press('Enter');
  };
  await byKey();
  await other.page.getByRole('link', { name: 'Passkeys', exact: true }).click();
  await other.page.getByText('No passkey yet').waitFor();
  await other.page.getByRole('button', { name: 'Make a passkey' }).click();
  await other.page.getByRole('row', { name: /never/ }).waitFor();
  expect(await axeFindings(other.page)).toEqual([]);
  expect(await asProgram()).toBe(401);

  await other.page.getByRole('button', { name: 'Sign out' }).click();
  await byKey();
  await other.page.getByText('This key has a passkey. Sign in with the passkey.').waitFor();
  await other.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await other.page.getByRole('link', { name: 'Passkeys', exact: true }).click();
  await other.page.getByRole('row').nth(1).waitFor();
  expect(await other.page.getByRole('row', { name: /never/ }).count()).toBe(0);

  // A device that does not know its person signs nobody in.
  await other.page.getByRole('button', { name: 'Sign out' }).click();
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await other.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await other.page.getByText('No passkey was used.').waitFor();
  await devices.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });

  // Gone with its key.
  await page.getByRole('button', { name: 'Revoke Ada' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('row', { name: /Ada/ }).waitFor({ state: 'detached' });
  await other.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await other.page.getByText('This passkey is unknown here').waitFor();
  expect(wrong).toEqual([]);
  await other.context.close();
});

describe('everybody can use it', () => {
  const views = [
    ['requests', '#/sites/cpoms/requests/all', '.data, .state-box:not([aria-busy])'],
    ['a new request', '#/sites/cpoms/requests/new', 'form.panel'],
    ['data subjects', '#/sites/cpoms/subjects', '.state-box:not([aria-busy])'],
    ['retention', '#/sites/cpoms/retention', '.data'],
    ['audit', '#/sites/cpoms/audit', '.data'],
    ['the service’s audit', '#/audit', '.data'],
    ['passkeys', '#/passkeys', '.panel'],
    // The last: its dialogue is opened next.
    ['keys', '#/keys', '.panel'],
  ] as const;
  const open = async (on: Page, fragment: string, ready: string): Promise<void> => {
    await on.goto(`${demo.service}/admin${fragment}`);
    await on.locator(ready).first().waitFor();
  };

  it.each([
    ['light', { width: 1280, height: 900 }],
    ['dark', { width: 360, height: 740 }],
  ] as const)('axe finds nothing on any page and dialogue (%s, %o)', async (colorScheme, viewport) => {
    const other = await visit({ colorScheme, viewport, storageState: await context.storageState() });
    for (const [name, fragment, ready] of views) {
      await open(other.page, fragment, ready);
      expect([name, await axeFindings(other.page)]).toEqual([name, []]);
    }
    await other.page.getByRole('button', { name: 'Make a key' }).click();
    expect(await axeFindings(other.page)).toEqual([]);
    await open(other.page, '#/sites/cpoms/requests/all', '.data');
    await other.page.locator('.data a').first().click();
    await other.page.locator('.history').waitFor();
    expect(await axeFindings(other.page)).toEqual([]);
    expect(wrong).toEqual([]);
    await other.context.close();
  });

  it.each([
    ['a phone', 320],
    ['200 % zoom', 640],
  ])('nothing is wider than the window on %s, from right to left too', async (_name, width) => {
    const other = await visit({ viewport: { width, height: 740 }, storageState: await context.storageState() });
    for (const direction of ['ltr', 'rtl'])
      for (const [name, fragment, ready] of views) {
        await open(other.page, fragment, ready);
        await other.page.evaluate((dir) => (document.documentElement.dir = dir), direction);
        const sideways = await other.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect([name, direction, Math.max(0, sideways)]).toEqual([name, direction, 0]);
      }
    await other.context.close();
  });

  it('works from the keyboard: a dialogue keeps it inside and gives it back', async () => {
    await open(page, '#/keys', '.panel');
    const make = page.getByRole('button', { name: 'Make a key' });
    await make.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await make.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});
