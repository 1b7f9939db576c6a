// A site that nobody prepared: made with the CLI from a notice alone, on a port of its own, through the same journey.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { PrivacyNoticeInput } from '../../shared/notice/schema.ts';
import { launchChromium } from '../support/browser.ts';
import { freePort } from '../support/free-port.ts';
import { banner, chooseAndDeliver, receiptsOf, statusOf } from '../support/visitor.ts';

const ROOT = new URL('../../', import.meta.url);
const notice: PrivacyNoticeInput = {
  schema: 1,
  kind: 'privacy_notice',
  title: 'Privacy at the Corner Bakery',
  language: 'en',
  version: '3',
  date: '2026-10-01',
  controller: { name: 'Corner Bakery', legalName: null, statement: 'The Corner Bakery decides why and how your data is used.' },
  rights: [{ right: 'access', statement: 'You can ask the bakery for a copy of your data.' }],
  authority: null,
  activities: [
    {
      id: 'visits',
      title: 'Counting visits',
      purposes: [{ text: 'see which cakes people look at', kind: 'statistics' }],
      lawfulBases: [{ basis: 'consent', statement: 'Visits are counted only with your consent.' }],
      retention: [{ statement: 'Counts are deleted after a month.', rule: { type: 'fixed', period: 'P1M', bound: 'exact' } }],
      appliesTo: { everywhere: true },
    },
  ],
};

let folder: string;
let service: ChildProcess;
let pages: Server;
let browser: Browser;
let page: Page;
let environment: NodeJS.ProcessEnv;
let serviceUrl: string;
let siteUrl: string;
let tag: string;

const candour = (...words: string[]) =>
  promisify(execFile)(process.execPath, ['server/cli/candour.mjs', ...words], { cwd: ROOT, env: environment });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'candour-sixth-'));
  const [port, sitePort] = [await freePort(), await freePort()];
  serviceUrl = `http://localhost:${port}`;
  siteUrl = `http://bakery.localhost:${sitePort}`;
  environment = {
    ...process.env,
    CANDOUR_PORT: String(port),
    CANDOUR_DATABASE: `sqlite:${join(folder, 'candour.sqlite')}`,
    CANDOUR_LOG_KEY: join(folder, 'log.key'),
    CANDOUR_SECRET: 'a secret of this test that is long enough to be one',
  };
  const file = join(folder, 'bakery.notice.json');
  writeFileSync(file, JSON.stringify(notice));
  const { stdout } = await candour('site', 'create', 'bakery', '--origin', siteUrl, '--notice', file);
  tag = /<script[^>]*><\/script>/.exec(stdout)?.[0] ?? '';
  pages = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8">${tag}<title>Corner Bakery</title></head><body><main><h1>Fresh bread</h1></main></body></html>`,
    );
  });
  await new Promise<void>((resolve) => pages.listen(sitePort, '127.0.0.1', resolve));
  service = spawn(process.execPath, ['server/cli/candour.mjs', 'serve'], { cwd: ROOT, env: environment, stdio: 'ignore' });
  await vi.waitFor(async () => expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200), { timeout: 20_000 });
  browser = await launchChromium();
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  const ended = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await ended;
  await new Promise((resolve) => pages.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('a sixth site', () => {
  it('is given the tag to embed', () => {
    expect(tag).toBe(`<script src="${serviceUrl}/w/bakery.js"></script>`);
  });

  it('asks in the words of its own notice, records the refusal and is verified from both sides', async () => {
    await page.goto(siteUrl);
    await banner(page).waitFor();
    expect(await banner(page).innerText()).toContain('Corner Bakery');
    const { decision } = await chooseAndDeliver(page, 'Reject all');
    expect(Object.values(decision.purposes)).toEqual(['refused']);
    await page.reload();
    expect(Object.values(await statusOf(page))).toEqual(['refused']);
    expect(await page.locator('candour-banner').count()).toBe(0);

    const [receipt] = await receiptsOf(page);
    const file = join(folder, 'receipt.json');
    writeFileSync(file, JSON.stringify(receipt));
    const inside = await candour('log', 'verify', '--site', 'bakery');
    expect(inside.stdout).toMatch(/1 /);
    const outside = await candour(
      'log',
      'verify',
      '--site',
      'bakery',
      '--url',
      serviceUrl.replace('localhost', '127.0.0.1'),
      '--receipt',
      file,
    );
    expect(outside.stdout).toMatch(/receipt/i);

    const changed = readFileSync(file, 'utf8').replace(/"index":\s*0/, '"index": 1');
    writeFileSync(file, changed);
    await expect(candour('log', 'verify', '--site', 'bakery', '--receipt', file)).rejects.toMatchObject({ code: 1 });
  });
});
