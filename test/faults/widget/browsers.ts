// Real browsers on a profile that outlives them, driven alike: windows that open, do something in their page and close, and a
// SIGKILL for the whole browser.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import puppeteer from 'puppeteer-core';

import { firefoxPath, launchMortalChromium } from '../../support/browser.ts';

export interface Tab {
  goto(url: string): Promise<void>;
  /** Runs a function of the page's own global `lossless`, and gives its result. */
  call<T>(name: string, argument?: unknown): Promise<T>;
  close(): Promise<void>;
}

export interface RunningBrowser {
  tab(): Promise<Tab>;
  /** SIGKILL to all of it. */
  kill(): Promise<void>;
  /** As people end it. */
  close(): Promise<void>;
}

export interface BrowserKind {
  name: 'Chromium' | 'Firefox';
  /** On a profile in `folder`, which is made where it is not there. */
  launch(folder: string): Promise<RunningBrowser>;
}

interface Page {
  goto(url: string, options?: { waitUntil?: 'load' }): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
  close(): Promise<void>;
}

const tabOf = (page: Page): Tab => ({
  goto: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
  call: async <T>(name: string, argument?: unknown) =>
    (await page.evaluate(`self.lossless.${name}(${JSON.stringify(argument) ?? ''})`)) as T,
  close: () => page.close(),
});

/** A copy of a profile, as a person makes one by copying the folder of a closed browser. */
export function cloneProfile(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (file) => !/Singleton|\/\.?(parent)?lock$/.test(file) });
}

export const chromium: BrowserKind = {
  name: 'Chromium',
  async launch(folder) {
    const { context, kill, close } = await launchMortalChromium(folder);
    return { tab: async () => tabOf(await context.newPage()), kill, close };
  },
};

const MOST_TRIES = 100;
/** Puppeteer puts the profile's own settings back once the browser has ended, and does not say when: who starts it meanwhile finds half of them. */
async function restored(folder: string): Promise<void> {
  const kept = () => readdirSync(folder).filter((file) => file.endsWith('.puppeteer'));
  for (let tries = 0; kept().length > 0 && tries < MOST_TRIES; tries++) await pause(20);
  for (const file of kept()) rmSync(join(folder, file), { force: true });
}

export const firefox: BrowserKind = {
  name: 'Firefox',
  async launch(folder) {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: firefoxPath(),
      headless: true,
      userDataDir: folder,
    });
    const child = browser.process();
    const ended = new Promise<void>((resolve) => void (child ? child.once('exit', () => resolve()) : resolve()));
    return {
      tab: async () => tabOf(await browser.newPage()),
      async kill() {
        child?.kill('SIGKILL');
        await ended;
        await browser.disconnect().catch(() => undefined);
        await restored(folder);
        for (const file of readdirSync(folder)) if (file.endsWith('lock')) rmSync(join(folder, file), { force: true });
      },
      async close() {
        await browser.close();
        await ended;
      },
    };
  },
};
