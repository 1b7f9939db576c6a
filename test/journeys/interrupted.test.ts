// What is written survives: no network, a closed tab, a killed browser, a lost answer, a killed service.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { launchChromium, launchMortalChromium } from '../support/browser.ts';
import { spawnDemo, startTestDemo, type TestDemo } from '../support/demo.ts';
import { eventPosts, startHoldingProxy, type HoldingProxy } from '../support/holding-proxy.ts';
import { recordNetwork } from '../support/network.ts';
import { button, choose, chooseAndDeliver, filesLoaded, nextSync, outboxSize, receiptsOf, statusOf } from '../support/visitor.ts';

let proxy: HoldingProxy;
let demo: TestDemo;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  proxy = await startHoldingProxy();
  demo = await startTestDemo({ proxy });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await demo.close();
  await proxy.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  proxy.comeBack();
  await context.close();
});

/** Event ids in the service's log, from its own store. */
async function recorded(id: string): Promise<number> {
  const site = await demo.store.site(id);
  if (!site) throw new Error(`no site ${id}`);
  return (await demo.store.totals(site)).events;
}

describe('a choice that meets trouble', () => {
  it('R32 made offline holds at once and is delivered later', async () => {
    await page.goto(demo.site('cpoms'));
    await button(page, 'Reject all').waitFor();
    await page.evaluate(() => window.candour?.ready);
    await filesLoaded(page, 'ledger');
    const before = await recorded('cpoms');
    proxy.goOffline();
    const decision = await choose(page, 'Reject all');
    expect(decision.event).not.toBeNull();
    expect(await statusOf(page)).toMatchObject({ statistics: 'refused' });
    expect(await outboxSize(page, 'cpoms')).toBe(1);
    await page.reload();
    expect(await page.getByText('Demonstration.').count()).toBeGreaterThan(0);
    proxy.comeBack();
    await page.goto(demo.site('cpoms', '/contact/'));
    await expect.poll(() => outboxSize(page, 'cpoms'), { timeout: 10_000 }).toBe(0);
    expect(await page.locator('candour-banner').count()).toBe(0);
    expect(await recorded('cpoms')).toBe(before + 1);
    expect(await receiptsOf(page)).toHaveLength(1);
  });

  it('R50 whose tab is closed while the service holds its answer back arrives once, at the latest on the next visit', async () => {
    const before = await recorded('cpoms');
    await page.goto(demo.site('cpoms'));
    const held = proxy.holdAnswers(eventPosts);
    await choose(page, 'Reject all');
    await held.arrived();
    await page.close();
    held.release();
    const next = await context.newPage();
    await next.goto(demo.site('cpoms', '/contact/'));
    expect(await statusOf(next)).toMatchObject({ statistics: 'refused' });
    await expect.poll(() => outboxSize(next, 'cpoms'), { timeout: 10_000 }).toBe(0);
    expect(await next.locator('candour-banner').count()).toBe(0);
    expect(await recorded('cpoms')).toBe(before + 1);
    expect(await receiptsOf(next)).toHaveLength(1);
  });

  it('R50 whose acknowledgement was lost after the commit is sent again, is one row and keeps its first receipt', async () => {
    const before = await recorded('cpoms');
    await page.goto(demo.site('cpoms'));
    const stopLosing = proxy.loseAnswers(eventPosts);
    const pending = nextSync(page, 'pending');
    await choose(page, 'Accept all');
    await pending;
    stopLosing();
    await page.goto(demo.site('cpoms', '/contact/'));
    await expect.poll(() => outboxSize(page, 'cpoms'), { timeout: 10_000 }).toBe(0);
    expect(await recorded('cpoms')).toBe(before + 1);
    expect(await statusOf(page)).toMatchObject({ statistics: 'given' });
  });

  it('holds after the browser is killed right behind the click, without asking again', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'candour-profile-'));
    try {
      const first = await launchMortalChromium(profile);
      await first.page.goto(demo.site('cpoms'));
      await button(first.page, 'Reject all').waitFor();
      // Without the ledger's file a choice goes no further than the cookie.
      await filesLoaded(first.page, 'ledger');
      proxy.goOffline();
      const { event } = await choose(first.page, 'Reject all');
      expect(event).not.toBeNull();
      await first.kill();
      proxy.comeBack();

      const second = await launchMortalChromium(profile);
      try {
        await second.page.goto(demo.site('cpoms', '/contact/'));
        expect(await statusOf(second.page)).toMatchObject({ statistics: 'refused', advertising: 'refused', media: 'refused' });
        await expect.poll(() => outboxSize(second.page, 'cpoms'), { timeout: 10_000 }).toBe(0);
        expect(await second.page.locator('candour-banner').count()).toBe(0);
        const [receipt] = await receiptsOf(second.page);
        expect(receipt?.event.split('.')[1] && Buffer.from(receipt.event.split('.')[1] ?? '', 'base64url').toString()).toContain(
          String(event),
        );
      } finally {
        await second.close();
      }
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

describe('a withdrawal right before the browser is killed', () => {
  it('R9 R50 holds on the next visit although the cookie on disk still says given, and arrives', async () => {
    const profile = mkdtempSync(join(tmpdir(), 'candour-profile-'));
    const before = await recorded('cpoms');
    try {
      const first = await launchMortalChromium(profile);
      await first.page.goto(demo.site('cpoms'));
      await chooseAndDeliver(first.page, 'Accept all');
      // Ended as people end it: the cookie is on disk.
      await first.close();

      const second = await launchMortalChromium(profile);
      await second.page.goto(demo.site('cpoms'));
      expect(await statusOf(second.page)).toMatchObject({ statistics: 'given' });
      await button(second.page, 'Privacy choices').click();
      await button(second.page, 'Withdraw all').waitFor();
      await filesLoaded(second.page, 'ledger');
      proxy.goOffline();
      const { event } = await choose(second.page, 'Withdraw all');
      expect(event).not.toBeNull();
      await second.kill();
      proxy.comeBack();

      const third = await launchMortalChromium(profile);
      try {
        const network = recordNetwork(third.page);
        await third.page.goto(demo.site('cpoms'));
        const cookies = await third.context.cookies(demo.site('cpoms'));
        expect(await statusOf(third.page)).toEqual({ statistics: 'withdrawn', advertising: 'withdrawn', media: 'withdrawn' });
        await expect.poll(() => outboxSize(third.page, 'cpoms'), { timeout: 10_000 }).toBe(0);
        await expect.poll(async () => (await receiptsOf(third.page)).length, { timeout: 10_000 }).toBe(2);
        expect(await recorded('cpoms')).toBe(before + 2);
        expect(network.to(demo.tags)).toEqual([]);
        expect(await third.page.locator('candour-banner').count()).toBe(0);
        console.info('the mirror cookie as the killed browser brought it back:', cookies.map(({ value }) => value).join(' '));
      } finally {
        await third.close();
      }
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

describe('the demonstration as a program', () => {
  it('is killed and started again: the choice of before and the one made meanwhile are both in one log', async () => {
    const program = await spawnDemo();
    const visitor = await browser.newContext();
    try {
      const tab = await visitor.newPage();
      await tab.goto(program.site('cpoms'));
      await chooseAndDeliver(tab, 'Reject all');
      // Loaded after the first choice, for a service that is away at the next.
      await filesLoaded(tab, 'ui', 'centre', 'delivery', 'withdrawal', 'details');
      await program.kill();
      await button(tab, 'Privacy choices').click();
      await choose(tab, 'Accept all');
      expect(await outboxSize(tab, 'cpoms')).toBe(1);
      await program.start();
      await tab.goto(program.site('cpoms', '/contact/'));
      await expect.poll(() => outboxSize(tab, 'cpoms'), { timeout: 10_000 }).toBe(0);
      expect(await statusOf(tab)).toMatchObject({ statistics: 'given' });
      expect(await receiptsOf(tab)).toHaveLength(2);
      expect(await program.interrupt()).toBe(0);
    } finally {
      await visitor.close();
      await program.close();
    }
  });
});
