// Marketing from a box in a form to a permission that the service answers for, and to silence when asked: the five organisations of
// the demonstration, each with its own way, and forms as sites send them.
import { createTransport } from 'nodemailer';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { issueCredential } from '../../server/credentials.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import type { MessageLinks } from '../../shared/marketing/mail-api.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type DemoSiteId, type TestDemo } from '../support/demo.ts';
import { mailServer, type MailServer } from '../support/mail-server.ts';
import { recordNetwork } from '../support/network.ts';
import { button, chooseAndDeliver, outboxSize, receiptsOf } from '../support/visitor.ts';

let mail: MailServer;
let demo: TestDemo;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let token: string;

beforeAll(async () => {
  mail = await mailServer();
  demo = await startTestDemo({
    environment: { CANDOUR_SECRET: 'a-secret-of-this-test-and-of-no-other-0123456789', CANDOUR_SMTP: mail.url },
  });
  browser = await launchChromium();
  ({ token } = await issueCredential(demo.store, 'api_key', { name: 'Newsletter desk', role: 'owner' }, new Date()));
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
  await mail?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
});
afterEach(() => context.close());

const PATIENCE = { timeout: 20_000 };
const ADDRESS = 'planted.address@example.org';
/** Nobody has said no with it. */
const ANOTHER = 'planted.another@example.org';

/** The operator's own programs, with their key. */
async function asked<T>(site: DemoSiteId, path: string, body: unknown): Promise<{ status: number; value: T }> {
  const answer = await fetch(`${demo.direct}/v1/admin/sites/${site}/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, value: (await answer.json()) as T };
}
type Sender = { address?: string; channel?: string; sender: string };
async function permission(site: DemoSiteId, { address = ADDRESS, channel = 'email', sender }: Sender): Promise<PermissionAnswer> {
  return (await asked<PermissionAnswer>(site, 'permissions', { address, channel, sender })).value;
}
const state = (site: DemoSiteId, statement: unknown, address = ADDRESS): Promise<{ value: { problems: string[] } }> =>
  asked(site, 'grounds', { address, channel: 'email', statement });

const fieldset = (): Locator => page.locator('fieldset[data-candour=marketing]');
const box = (name: string): Locator => fieldset().getByRole('checkbox', { name });
/** Nothing waits any more, and nothing that was typed is left on the device. */
async function delivered(site: DemoSiteId): Promise<void> {
  // A form's note becomes an event first, which then waits itself.
  await expect.poll(() => page.evaluate(() => sessionStorage.length), PATIENCE).toBe(0);
  await expect.poll(() => outboxSize(page, site), PATIENCE).toBe(0);
  expect(await everythingStored()).not.toContain('planted');
}

/** Each value of each database, each cookie, and both storages. */
async function everythingStored(): Promise<string> {
  const inPage = await page.evaluate(async () => {
    const texts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(new Error(String(opening.error)));
        opening.onsuccess = () => resolve(opening.result);
      });
      for (const store of database.objectStoreNames)
        texts.push(
          await new Promise<string>((resolve, reject) => {
            const reading = database.transaction(store).objectStore(store).getAll();
            reading.onerror = () => reject(new Error(String(reading.error)));
            reading.onsuccess = () => resolve(JSON.stringify(reading.result));
          }),
        );
      database.close();
    }
    return texts.join('\n');
  });
  return inPage + JSON.stringify(await context.cookies());
}

async function send(name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForURL(/thank-you/);
}

describe('the five organisations', () => {
  it('R33 R20 R41 CMSUK: a ticked box puts an address on the contacts list, and the preference centre takes it off at once', async () => {
    const network = recordNetwork(page);
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await chooseAndDeliver(page, 'Reject all');
    expect(await box('Email from CMSUK').isChecked()).toBe(false);
    expect(await fieldset().innerText()).toMatch(/What for[^]+How often[^]*Six letters a year[^]+How to stop[^]+unsubscribe/);
    expect(await permission('cmsuk', { sender: 'cmsuk' })).toMatchObject({ may: false, why: 'not_stated' });
    await page.getByLabel('Email address').fill(ADDRESS);
    await box('Email from CMSUK').check();
    await send('Subscribe');
    await delivered('cmsuk');
    const receipts = await receiptsOf(page);
    const answer = await permission('cmsuk', { sender: 'cmsuk' });
    expect(answer).toMatchObject({ may: true, reason: 'consent', proof: { kind: 'event' } });
    // Permission, receipt and log speak of the same event.
    const keys = (await (await fetch(`${demo.direct}/.well-known/candour.json`)).json()) as {
      logs: { keys: { key: string }[] }[];
    };
    const check = await verifyReceipt(
      receipts.at(-1),
      keys.logs.flatMap((log) => log.keys.map(({ key }) => key)),
      webCryptoVerifier(crypto.subtle),
    );
    expect(check.verified).toBe('true');
    expect((answer.proof as { id: string }).id).toBe(check.event?.id);
    expect(JSON.stringify(receipts)).not.toContain('planted');
    // Neither an address of a page nor of a request holds it.
    expect(network.requests.map(({ url }) => url).join()).not.toContain('planted');
    await button(page, 'Privacy choices').click();
    const centre = page.locator('candour-choices').getByRole('dialog');
    await centre.getByRole('button', { name: /^Withdraw.*Email from CMSUK/ }).click();
    await expect.poll(async () => (await permission('cmsuk', { sender: 'cmsuk' })).may, PATIENCE).toBe(false);
    expect(await permission('cmsuk', { sender: 'cmsuk' })).toMatchObject({ may: false, why: 'ended' });
  });

  it('R39 R34 CPO: a box to opt out is never a consent when left alone, and an objection when ticked', async () => {
    for (const [address, tick] of [
      [ADDRESS, false],
      ['planted.other@example.org', true],
    ] as const) {
      await page.goto(demo.site('cpo', '/whats-on'));
      if (!tick) await chooseAndDeliver(page, 'Reject all');
      await page.getByLabel('Email', { exact: true }).fill(address);
      await page.getByLabel('Postal address').fill('1 Example Street');
      await box('Email from CPO Ltd').waitFor();
      if (tick) await box('Email from CPO Ltd').check();
      await send('Ask for the programme');
      await delivered('cpo');
      const answer = await permission('cpo', { address, sender: 'cpo' });
      expect(answer).toMatchObject({ may: false, why: tick ? 'ended' : 'not_stated' });
      // Not even where somebody is about to send.
      const sending = { address, channel: 'email', sender: 'cpo', sending: true };
      expect(await asked('cpo', 'permissions', sending)).toMatchObject({ status: 409, value: { code: 'NOT_PERMITTED' } });
    }
    const events = (await receiptsOf(page)).map(({ event }) => Buffer.from(event.split('.')[1] ?? '', 'base64url').toString());
    expect(events.join()).toContain('"not_objected"');
    expect(events.join()).not.toMatch(/"direct-marketing":\{[^}]*"given"/);
  });

  it('R35 Clear Lessons: an order that offered a no, with the other facts, permits similar offers until they are stopped', async () => {
    await page.goto(demo.site('cl-consortium', '/courses/order'));
    await chooseAndDeliver(page, 'Reject all');
    await page.getByLabel('Charity').fill('A choir');
    await page.getByLabel('Email', { exact: true }).fill(ADDRESS);
    await box('Please do not send: Email from CL Consortium Limited').waitFor();
    await send('Order with obligation to pay');
    await delivered('cl-consortium');
    const sender = 'cl-consortium';
    expect(await permission('cl-consortium', { sender })).toMatchObject({ may: false, why: 'not_stated' });
    const receipt = (await receiptsOf(page)).at(-1);
    const event = JSON.parse(Buffer.from(receipt?.event.split('.')[1] ?? '', 'base64url').toString()) as { presentation: string };
    const today = new Date().toISOString().slice(0, 10);
    const evidence = {
      sale: { kind: 'sale', reference: 'order-17', on: today },
      collectedDirectly: true,
      ownSimilarProducts: true,
      refusalAtCollection: { on: today, shown: event.presentation },
      refusalInEveryMessage: true,
    };
    const ground = { says: 'ground', reason: 'soft_opt_in', channel: 'email', sender, since: today };
    const { sale: _, ...less } = evidence;
    expect((await state('cl-consortium', { ...ground, evidence: less })).value.problems.join()).toContain('sale');
    expect(await permission('cl-consortium', { sender })).toMatchObject({ may: false, why: 'evidence_missing' });
    await state('cl-consortium', { ...ground, evidence });
    expect(await permission('cl-consortium', { sender })).toMatchObject({ may: true, reason: 'soft_opt_in' });
    await button(page, 'Privacy choices').click();
    await page
      .locator('candour-choices')
      .getByRole('dialog')
      .getByRole('button', { name: /^Say no.*Email from CL Consortium Limited/ })
      .click();
    await expect.poll(async () => (await permission('cl-consortium', { sender })).may, PATIENCE).toBe(false);
  });

  it('R43 R45 CPOMS: who is on the list "No Email Marketing" is not written to, whatever is stated later', async () => {
    await page.goto(demo.site('cpoms', '/no-email-marketing/'));
    await page.getByLabel('Email address').fill(ADDRESS);
    await box('Email from CPOMS Systems Limited').check();
    await send('Put me on the list');
    await delivered('cpoms');
    const answer = await permission('cpoms', { sender: 'cpoms' });
    expect(answer).toMatchObject({ may: false, why: 'ended' });
    const listed = await fetch(`${demo.direct}/v1/admin/sites/cpoms/suppressions`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { suppressions } = (await listed.json()) as { suppressions: Record<string, unknown>[] };
    expect(suppressions).toMatchObject([{ channel: 'email', sender: 'cpoms' }]);
    expect(Object.keys(suppressions[0] ?? {}).sort()).toEqual(['channel', 'event', 'key', 'number', 'reason', 'sender', 'since']);
    expect(JSON.stringify(suppressions)).not.toContain('planted');
    await state('cpoms', { says: 'subscriber', subscriber: 'public_body' });
    const notice = (await fetch(`${demo.direct}/v1/sites/cpoms/notices`).then((all) => all.json())) as {
      notices?: { hash: string }[];
    };
    const hash = notice.notices?.[0]?.hash ?? 'A'.repeat(43);
    const evidence = {
      record: 'school-4',
      on: '2026-05-01',
      notice: hash,
      activity: 'prospects',
      lawfulBasis: 'legitimate_interests',
    };
    const ground = {
      says: 'ground',
      reason: 'corporate_subscriber',
      channel: 'email',
      sender: 'cpoms',
      since: '2026-05-01',
      evidence,
    };
    expect((await state('cpoms', ground)).value.problems).toEqual([]);
    expect(await permission('cpoms', { sender: 'cpoms' })).toMatchObject({ may: false, why: 'ended' });
    // The same school, at the address that nobody put on the list.
    await state('cpoms', { says: 'subscriber', subscriber: 'public_body' }, 'office@example.org');
    await state('cpoms', ground, 'office@example.org');
    expect(await permission('cpoms', { address: 'office@example.org', sender: 'cpoms' })).toMatchObject({ may: true });
  });

  it('R42 CMP: who is written to on legitimate interests changes their preferences at any time, without an account', async () => {
    const evidence = {
      record: 'client-9',
      on: '2026-05-01',
      notice: 'A'.repeat(43),
      activity: 'non-accredited-training',
      lawfulBasis: 'legitimate_interests',
    };
    await state('cmp-solutions', { says: 'subscriber', subscriber: 'company' });
    await state('cmp-solutions', {
      says: 'ground',
      reason: 'corporate_subscriber',
      channel: 'email',
      sender: 'cmp',
      since: '2026-05-01',
      evidence,
    });
    expect(await permission('cmp-solutions', { sender: 'cmp' })).toMatchObject({ may: true, reason: 'corporate_subscriber' });
    await page.goto(demo.site('cmp-solutions', '/contact'));
    await page.getByRole('link', { name: 'Change your preferences' }).click();
    await page.getByLabel('Email', { exact: true }).fill(ADDRESS.toUpperCase());
    await box('Please do not send: Email from CMP').check();
    await send('Change my preferences');
    await delivered('cmp-solutions');
    expect(await permission('cmp-solutions', { sender: 'cmp' })).toMatchObject({ may: false, why: 'ended' });
  });
});

describe('out by a link, and a list that comes in behind it', () => {
  const letter = 'planted.letter@example.org';
  const list = (body: string, query: Record<string, string> = {}): Promise<Response> =>
    fetch(`${demo.direct}/v1/admin/sites/cmsuk/lists?${new URLSearchParams({ channel: 'email', sender: 'cmsuk', ...query })}`, {
      ...(body === '' ? {} : { method: 'POST', body }),
      headers: { authorization: `Bearer ${token}`, ...(body === '' ? {} : { 'content-type': 'text/csv' }) },
    });

  it('R40 R41 R45 CMSUK: a letter to the contacts list goes out over SMTP with its links; one click in it ends the letters, and no list brings them back', async () => {
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await page.getByLabel('Email address').fill(letter);
    await box('Email from CMSUK').check();
    await send('Subscribe');
    await delivered('cmsuk');

    // The association's own mailer: whom may it write to, with which links.
    const recipients = (await (await list('', { format: 'jsonl' })).text())
      .split('\n')
      .flatMap((line) => (line.includes('"address"') ? [(JSON.parse(line) as { address: string }).address] : []));
    expect(recipients).toContain(letter);
    const { value } = await asked<MessageLinks>('cmsuk', 'unsubscribe-links', {
      links: [{ address: letter, channel: 'email', sender: 'cmsuk' }],
    });
    const [links] = value.links;
    if (!links || 'problem' in links) throw new Error('no link');
    const mailer = createTransport(mail.url);
    await mailer.sendMail({
      from: 'CMSUK <letters@cmsuk.example>',
      to: letter,
      subject: 'The second letter of this year',
      text: `Figures are out.\n\nCMSUK, 2 Market Row, Old Town\nTo stop these letters: ${links.stop}\n`,
      headers: links.headers,
    });
    mailer.close();
    const received = mail.received.find(({ to }) => to.includes(letter))?.text ?? '';
    const header = (name: string): string =>
      new RegExp(`^${name}: (.*)$`, 'im').exec(received.replaceAll(/\n[ \t]+/g, ' '))?.[1]?.trim() ?? '';
    expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
    const oneClick = /^<(\S+)>$/.exec(header('List-Unsubscribe').replaceAll(' ', ''))?.[1] ?? '';
    expect(received).toContain(`To stop these letters: ${oneClick}`);
    expect(oneClick).not.toContain('planted');

    // A scanner that opens the link, and somebody who only looks, stop nothing.
    await page.goto(oneClick);
    await page.getByRole('main').getByRole('button').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await permission('cmsuk', { address: letter, sender: 'cmsuk' })).toMatchObject({ may: true });
    // The button that the mailbox provider shows.
    const answer = await fetch(oneClick, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: header('List-Unsubscribe-Post'),
    });
    expect(answer.status).toBe(200);
    const stopped = await permission('cmsuk', { address: letter, sender: 'cmsuk' });
    expect(stopped).toMatchObject({ may: false, why: 'ended' });

    const lines = (await (await list(`Email Address,OPTIN_TIME\n${letter},2026-06-01\n`)).text()).trim().split('\n');
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toContainEqual({ dropped: expect.objectContaining({ line: 2, channel: 'email', reason: 'unsubscribe' }) });
    expect(told.at(-1)).toMatchObject({ report: { contacts: { new: 0, known: 0 }, dropped: { unsubscribe: 1 } } });
    expect(lines.join()).not.toContain('planted');
    expect(await permission('cmsuk', { address: letter, sender: 'cmsuk' })).toEqual(stopped);
    expect(await (await list('')).text()).not.toContain(letter);
  });

  it('R45 R69 an operator brings a list in: its columns, what would happen, each faulty line, and who is left out', async () => {
    const stopped = 'planted.stopped@example.org';
    await asked('cmsuk', 'objections', { addresses: [{ channel: 'email', address: stopped }], medium: 'telephone' });
    await page.goto(demo.signInUrl);
    await page.getByRole('heading', { name: 'Sites' }).waitFor();
    await page.goto(`${demo.service}/admin#/sites/cmsuk/marketing`);
    const panel = page.getByRole('region', { name: 'Bring in a list' });
    const said = panel.getByRole('status');
    // No header says what it is, one line has no address, one has a cell too many.
    const rows = Array.from({ length: 1500 }, (_, i) => `member.${i}@example.org,${i}`);
    const text = ['Wohin,Nummer', ...rows, `${stopped},7001`, 'nowhere,7002', 'x@example.org,7003,more'].join('\n');
    await panel.getByLabel('List').setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await panel.getByRole('button', { name: 'Try it' }).click();
    await said.getByText('No column is known to hold an address').waitFor();
    await panel.getByLabel('Wohin').selectOption('email');
    await panel.getByLabel('Nummer').selectOption('reference');
    await panel.getByRole('button', { name: 'Try it' }).click();
    await said.getByText('Nothing was changed yet.').waitFor();
    const first = said.getByRole('table', { name: 'First rows' });
    expect(await first.getByRole('row').nth(1).innerText()).toMatch(/2\s+\S*…\S*\s+Email: not stated/);
    const found = await said.innerText();
    expect(found).toMatch(/1,503 rows: 1,500 new contacts, 0 known, 2 not readable/);
    expect(found).toMatch(/Line 1,502: Left out of Email: objection/);
    expect(found).toMatch(/Line 1,503: .*address/i);
    expect(found).toMatch(/Line 1,504: the row has 3 cells, the header 2/);
    expect(found).not.toContain('planted');
    expect(await axeFindings(page)).toEqual([]);
    expect(await permission('cmsuk', { address: 'member.3@example.org', sender: 'cmsuk' })).toMatchObject({ contact: null });

    await panel.getByRole('button', { name: 'Bring it in' }).click();
    await said.getByText('The list is in.').waitFor();
    expect(await said.innerText()).toContain('Left out, as they said no: 1.');
    expect(await permission('cmsuk', { address: stopped, sender: 'cmsuk' })).toMatchObject({ may: false, why: 'ended' });
    expect(await permission('cmsuk', { address: 'member.3@example.org', sender: 'cmsuk' })).toMatchObject({
      may: false,
      why: 'not_stated',
      contact: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    expect(page.url()).not.toContain('planted');
  });
});

/** The page sends the form itself, to `to`, and does not go away. */
const sendsItself = (how: 'fetch' | 'xhr' | 'nothing', to: string): Promise<void> =>
  page.evaluate(
    ([by, url]) => {
      const form = document.querySelector<HTMLFormElement>('form:has(fieldset[data-candour=marketing])');
      form?.addEventListener(
        'submit',
        (event) => {
          event.preventDefault();
          event.stopImmediatePropagation();
          const body = JSON.stringify(Object.fromEntries(new FormData(form)));
          if (by === 'fetch') void fetch(url, { method: 'POST', body }).catch(() => undefined);
          if (by !== 'xhr') return;
          const request = new XMLHttpRequest();
          request.open('POST', url);
          request.send(body);
        },
        { once: true },
      );
    },
    [how, to] as const,
  );

describe('a form as sites send it', () => {
  const typeAndTick = async (): Promise<void> => {
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await box('Email from CMSUK').check();
    await page.getByLabel('Email address').fill(ANOTHER);
  };
  const press = (): Promise<void> => page.getByRole('button', { name: 'Subscribe', exact: true }).click();
  const recorded = async (): Promise<number> =>
    (await receiptsOf(page)).filter(({ presentation }) => presentation?.layout === 'form').length;

  it('R33 R39 is recorded when a request really sent it, and not when the site stopped it', async () => {
    await typeAndTick();
    await sendsItself('nothing', '');
    await press();
    await sendsItself('fetch', '/nowhere');
    const refused = page.waitForResponse(/nowhere/);
    await press();
    expect((await refused).status()).toBe(404);
    await sendsItself('xhr', '/thank-you');
    const taken = page.waitForResponse((response) => response.url().endsWith('/thank-you') && response.status() === 200);
    await press();
    await taken;
    // One attempt of three was sent; the pages before it would have been first.
    await expect.poll(recorded, PATIENCE).toBe(1);
    await delivered('cmsuk');
    expect(await permission('cmsuk', { address: ANOTHER, sender: 'cmsuk' })).toMatchObject({ may: true, reason: 'consent' });
    // The page has its own functions again.
    expect(
      await page.evaluate(() => [fetch, XMLHttpRequest.prototype.send].map((one) => /native code/.test(String(one)))),
    ).toEqual([true, true]);
    await sendsItself('nothing', '');
    await page.getByLabel('Email address').fill('planted.third@example.org');
    await press();
    await page
      .locator('form:has(fieldset[data-candour=marketing])')
      .evaluate((form) => form.dispatchEvent(new Event('candour:submitted')));
    await expect.poll(recorded, PATIENCE).toBe(2);
    await delivered('cmsuk');
    expect(await permission('cmsuk', { address: 'planted.third@example.org', sender: 'cmsuk' })).toMatchObject({ may: true });
  });

  it('R20 R32 is not delayed by a service that is away, and goes with the next page, address and all', async () => {
    const address = 'planted.later@example.org';
    await typeAndTick();
    await page.getByLabel('Email address').fill(address);
    await context.route(/\/v1\/sites\/cmsuk\/events/, (route) => route.abort());
    await send('Subscribe');
    await expect.poll(() => outboxSize(page, 'cmsuk'), PATIENCE).toBe(1);
    await expect.poll(everythingStored, PATIENCE).toContain('planted.later');
    expect(await permission('cmsuk', { address, sender: 'cmsuk' })).toMatchObject({ may: false });
    await context.unroute(/\/v1\/sites\/cmsuk\/events/);
    // Within its pause nothing is asked again of itself: the browser says that it is online.
    await page.goto(demo.site('cmsuk', '/about'));
    await page.evaluate(async () => {
      await window.candour?.receipts();
      dispatchEvent(new Event('online'));
    });
    await delivered('cmsuk');
    expect(await permission('cmsuk', { address, sender: 'cmsuk' })).toMatchObject({ may: true, reason: 'consent' });
  });

  it('R33 can be read and used at 320 px, in the dark, without colours and by assistive technology, without the preference centre’s chunk', async () => {
    await page.goto(demo.site('cmsuk', '/newsletter'));
    await chooseAndDeliver(page, 'Reject all');
    await page.setViewportSize({ width: 320, height: 640 });
    for (const media of [{ colorScheme: 'dark' as const }, { forcedColors: 'active' as const }]) {
      await page.emulateMedia(media);
      const network = recordNetwork(page);
      await page.reload();
      await box('Email from CMSUK').waitFor();
      expect(
        network.requests.map(({ path }) => path.split('/').at(-1)).filter((file) => file === 'centre.js' || file === 'modal.js'),
      ).toEqual([]);
      expect(await axeFindings(page, { only: 'fieldset[data-candour=marketing]' })).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    }
    // What belongs to the group is read with it.
    const described = await fieldset().evaluate((group) =>
      (group.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? ''),
    );
    expect(described.join(' ')).toMatch(/Ticking a box is up to you.*How to stop/);
  });
});
