// The extension in a private window of a real browser: it works there, and leaves nothing on the device.
import { join } from 'node:path';

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';

import { launchChromiumWithExtension, type ExtensionBrowser } from '../support/browser.ts';
import { startTestDemo, type TestDemo } from '../support/demo.ts';
import { chooseAndDeliver } from '../support/visitor.ts';

const BUILT = join(import.meta.dirname, '../../dist/extension/chrome');

interface Tab {
  id?: number;
  incognito: boolean;
}
declare const chrome: {
  developerPrivate: {
    updateProfileConfiguration(to: { inDeveloperMode: boolean }): Promise<void>;
    updateExtensionConfiguration(to: { extensionId: string; incognitoAccess: boolean }): Promise<void>;
  };
  storage: Record<'local' | 'session', { get(keys: null): Promise<Record<string, unknown>> }>;
  windows: {
    create(with_: { incognito: boolean; url: string }): Promise<{ id: number; tabs: Tab[] }>;
    remove(id: number): Promise<void>;
  };
};

let demo: TestDemo;
let browser: ExtensionBrowser;
/** A page of the extension's own, outside the private window: from it the extension's browser is asked. */
let own: Page;

beforeAll(async () => {
  demo = await startTestDemo();
  browser = await launchChromiumWithExtension(BUILT);
  browser.context.setDefaultTimeout(10_000);
  const settings = await browser.context.newPage();
  await settings.goto('chrome://extensions');
  await settings.evaluate(async (extensionId) => {
    await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
  }, new URL(browser.extension).host);
  own = await browser.context.newPage();
  // The browser starts the extension anew.
  await vi.waitFor(() => own.goto(`${browser.extension}/options.html`), { timeout: 20_000 });
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

const kept = (where: 'local' | 'session'): Promise<string> =>
  own.evaluate(async (area) => JSON.stringify(await chrome.storage[area].get(null)), where);

it('R87 what is read and chosen in a private window is shown there, is on no disk, and ends with the window', async () => {
  const before = await kept('local');
  const opening = browser.context.waitForEvent('page');
  const { id, tab } = await own.evaluate(
    async (url) => {
      const window = await chrome.windows.create({ incognito: true, url });
      return { id: window.id, tab: window.tabs[0] };
    },
    demo.site('cpoms', '/contact/'),
  );
  const page = await opening;
  expect(tab?.incognito).toBe(true);
  await chooseAndDeliver(page, 'Accept all');

  await own.goto(`${browser.extension}/popup.html?tab=${tab?.id}`);
  await own.locator('[data-activity]').first().waitFor();
  await own.getByRole('button', { name: 'Mine', exact: true }).click();
  await own.locator('[data-state="nothing"]').waitFor();
  expect(await kept('local')).toBe(before);
  expect(await kept('session')).toContain('cpoms');

  await own.evaluate((window) => chrome.windows.remove(window), id);
  await expect.poll(async () => /cpoms/.test(await kept('session'))).toBe(false);
  expect(await kept('local')).toBe(before);
});
