// What an operator can show and change in the dashboard: an event proved, its evidence checked offline by the command; a notice
// published after its changes were seen; a webhook that reaches a real receiver.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Browser, BrowserContext, Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { axeFindings } from '../support/axe.ts';
import { launchChromium } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { chooseAndDeliver } from '../support/visitor.ts';

const SITE = 'cpoms';
const candour = new URL('../../server/cli/candour.mjs', import.meta.url).pathname;

let demo: TestDemo;
let browser: Browser;
let folder: string;
/** Of somebody who signed in once: the link works once. */
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-evidence-'));
  demo = await startTestDemo({
    environment: { CANDOUR_SECRET: 'a secret of the journeys that nobody can guess', CANDOUR_WEBHOOK_HOSTS: '127.0.0.1' },
  });
  browser = await launchChromium();
  const first = await browser.newContext();
  const entry = await first.newPage();
  await entry.goto(demo.signInUrl);
  await entry.getByRole('heading', { name: 'Sites' }).waitFor();
  signedIn = await first.storageState();
  await first.close();
});
afterAll(async () => {
  await browser.close();
  await demo.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  context = await browser.newContext({ storageState: signedIn, viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  page = await context.newPage();
});
afterEach(() => context.close());

const open = (rest = ''): Promise<unknown> => page.goto(`${demo.service}/admin#/sites/${SITE}${rest}`);

/** Somebody who has never been here makes a choice. */
async function visitorChooses(name: 'Reject all' | 'Accept all'): Promise<string> {
  const visit = await browser.newContext();
  const visited = await visit.newPage();
  await visited.goto(demo.site(SITE));
  const { decision } = await chooseAndDeliver(visited, name);
  await visit.close();
  if (decision.event === null) throw new Error('the choice was not recorded');
  return decision.event;
}

async function kept(download: Promise<Download>): Promise<{ file: string; name: string }> {
  const done = await download;
  const name = done.suggestedFilename();
  const file = join(folder, name);
  await done.saveAs(file);
  return { file, name };
}

/** Without a database and without a network: the command as anybody has it. */
async function command(...given: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [candour, ...given], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    });
    return { code: 0, said: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

async function looksRight(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await axeFindings(page)).toEqual([]);
  }
  for (const width of [360, 640, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    expect([width, await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)]).toEqual([width, 0]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('proving', () => {
  it('R56 R48 a refusal is proved from the table of events, and its evidence file verifies offline by the line that is shown', async () => {
    const event = await visitorChooses('Reject all');
    await open('/events');
    await page
      .locator(`[data-event="${event}"]`)
      .getByRole('link', { name: /^Prove this/ })
      .click();
    await page.locator('[data-verified="true"]').waitFor();
    const held = page.getByRole('table', { name: 'What held for each purpose' });
    expect(await held.getByRole('row', { name: /Statistics/ }).innerText()).toMatch(/Refused/);
    const shown = page.locator(`details[data-event="${event}"]`);
    expect(await shown.innerText()).toContain('Reject all');
    expect(await page.locator('[data-document]').count()).toBeGreaterThan(1);
    await looksRight();

    const json = await kept(
      Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download the evidence (JSON)' }).click(),
      ]).then(([download]) => download),
    );
    const line = await page.getByRole('textbox', { name: 'command that checks the evidence' }).innerText();
    const [, keys = ''] =
      /^npx candour log verify --evidence (?:\S+)((?: --key '[^']+')+)$/.exec(line.replaceAll(/\s+/g, ' ')) ?? [];
    expect(line).toContain(json.name);
    const given = [...keys.matchAll(/--key '([^']+)'/g)].flatMap(([, key = '']) => ['--key', key]);
    const checked = await command('log', 'verify', '--evidence', json.file, ...given);
    expect(checked.said).toContain('The evidence verifies');
    expect(checked.code).toBe(0);

    const html = await kept(
      Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download as a page (HTML)' }).click()]).then(
        ([download]) => download,
      ),
    );
    expect(html.name).toMatch(/\.html$/);
    expect(await command('log', 'verify', '--evidence', html.file, ...given)).toMatchObject({ code: 0 });

    const changed = join(folder, 'changed.json');
    await writeFile(changed, (await readFile(json.file, 'utf8')).replace('"state": "refused"', '"state": "given"'));
    expect((await command('log', 'verify', '--evidence', changed, ...given)).code).toBe(1);
  });

  it('R54 what is pasted is told by its form; what the log does not hold is said', async () => {
    await open('/prove');
    const field = page.getByLabel('Event, data subject or receipt');
    await field.fill('nothing that anybody knows');
    await page.getByRole('button', { name: 'Prove', exact: true }).click();
    await page.getByText(/This is none of them/).waitFor();
    await field.fill('019abcde-0000-7000-8000-00000000ffff');
    await page.getByRole('button', { name: 'Prove', exact: true }).click();
    await page.getByText('The log holds nothing for this').waitFor();
    expect(await axeFindings(page)).toEqual([]);
  });
});

describe('exports', () => {
  it('R60 R67 events of a range and the records of processing come as files', async () => {
    await visitorChooses('Reject all');
    await open('/exports');
    await page.getByRole('radio', { name: /JSON Lines/ }).check();
    await page.getByRole('button', { name: 'Last 30 days' }).click();
    const events = await kept(
      Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download JSON Lines' }).click()]).then(
        ([download]) => download,
      ),
    );
    const lines = (await readFile(events.file, 'utf8')).trim().split('\n');
    expect(lines.length).toBeGreaterThan(0);
    expect(JSON.parse(lines[0] ?? '')).toHaveProperty('jws');
    const records = await kept(
      Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Download CSV of the records of processing' }).click(),
      ]).then(([download]) => download),
    );
    expect(await readFile(records.file, 'utf8')).toContain('(f) time limits for erasure');
    await looksRight();
  });
});

describe('notices', () => {
  it('R74 a version is checked and compared before it is published, and its changes can be seen afterwards', async () => {
    const current = await fetch(`${demo.direct.replace('localhost', '127.0.0.1')}/v1/sites/${SITE}/notices/cookie_policy`, {
      headers: { accept: 'application/json' },
    });
    const notice = (await current.json()) as { version: string; activities: { retention: unknown[]; recipients: unknown[] }[] };
    const next = structuredClone(notice);
    next.version = '2';
    next.activities[0]?.recipients.push({ name: 'A recipient that is new' });

    await open('/notices');
    await page.getByRole('link', { name: 'Publish a version' }).click();
    await page.getByLabel('The notice, as JSON').fill('{"kind": "cookie_policy"}');
    await page.getByRole('button', { name: 'Check and compare' }).click();
    await page.getByText('The notice does not hold together').waitFor();
    await page.getByLabel('The notice, as JSON').fill(JSON.stringify(next));
    await page.getByRole('button', { name: 'Check and compare' }).click();
    await page.getByText('A recipient that is new').waitFor();
    await page.getByText(/What the check found/).waitFor();
    await looksRight();
    expect(
      (await demo.store.audit.list((await demo.store.site(SITE)) ?? null, null, 20)).map(({ action }) => action),
    ).not.toContain('notice.publish');
    await page.getByRole('button', { name: 'Publish this version' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText(/^Published\./).waitFor();
    await page.getByRole('link', { name: 'What changed' }).click();
    await page.getByRole('heading', { name: 'What changed' }).waitFor();
    await page.locator('ins', { hasText: 'A recipient that is new' }).waitFor();
    await looksRight();
  });
});

describe('webhooks', () => {
  let receiver: Server;
  let received: { type: string; signature: string | undefined }[];
  let status: number;

  beforeEach(async () => {
    received = [];
    status = 204;
    receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { type } = JSON.parse(Buffer.concat(parts).toString()) as { type: string };
        received.push({ type, signature: request.headers['webhook-signature'] as string | undefined });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  it('tell a real receiver of a refusal, and the dashboard how that went; a failing one is seen, paused and removed', async () => {
    await open('/webhooks');
    await page.getByText('Nobody is told yet').waitFor();
    await page.getByRole('button', { name: 'Add a webhook' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('URL').fill('http://10.0.0.1/');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel('URL').fill(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const secret = await page.getByRole('textbox', { name: 'secret' }).innerText();
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    expect(await page.content()).not.toContain(secret);

    await visitorChooses('Reject all');
    await expect.poll(() => received.length, { timeout: 15_000 }).toBe(1);
    expect(received[0]).toMatchObject({ type: 'consent.decided', signature: expect.stringMatching(/^v1,/) });
    await page.getByRole('row', { name: /choices.*delivered.*204/ }).waitFor();

    status = 500;
    await visitorChooses('Reject all');
    await page.getByRole('row', { name: /choices.*waiting.*500/ }).waitFor();
    await looksRight();
    await page.getByRole('button', { name: /^Pause/ }).click();
    await page.locator('[data-webhook][data-state="paused"]').waitFor();
    await page.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told yet').waitFor();
  });
});

describe('settings', () => {
  it('R8 say before they are saved that visitors would be asked again', async () => {
    await open('/settings');
    expect(await page.getByRole('textbox', { name: 'tag of the widget' }).innerText()).toContain(`/w/${SITE}.js`);
    await page.getByRole('button', { name: 'Change… Statistics' }).click();
    await page.getByRole('checkbox', { name: /Its meaning changed/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const question = page.getByRole('dialog', { name: 'Ask all visitors again?' });
    await question.waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await page.getByRole('checkbox', { name: /Its meaning changed/ }).isChecked()).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('radio', { name: /Corner/ }).check();
    await page.getByRole('form', { name: 'Look and language' }).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Nobody is asked again.').waitFor();
    await looksRight();
    await open('/witnesses');
    await page.getByRole('heading', { name: 'Witnesses' }).waitFor();
    await looksRight();
  });
});
