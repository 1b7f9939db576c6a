// The two real browsers of the journeys: found on this machine, started with the right flags, ended for sure.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import puppeteer, { type Browser as FirefoxBrowser } from 'puppeteer-core';

const CHROMIUM_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/opt/homebrew/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
];
/** Chromium without the windows that nobody sees: the same engine for half the processor time. Debian's alone; it loads no extensions. */
const SHELL_PLACES = ['/usr/bin/chromium-headless-shell'];
const FIREFOX_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** No request of the browser's own may blur what a page requests. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function find(name: string, variable: string, places: readonly string[]): string {
  const given = process.env[variable];
  const found = given ?? places.find((place) => existsSync(place));
  if (!found || !existsSync(found))
    throw new Error(`no ${name} here: set ${variable} to its path (looked at ${given ?? places.join(', ')})`);
  return found;
}

/** Path of Chromium or Chrome for Testing; branded Chrome does not load unpacked extensions. Throws if there is none. */
export const chromiumPath = () => find('Chromium', 'CANDOUR_CHROMIUM', CHROMIUM_PLACES);
/** Path of Chromium's headless shell, or null where there is none: then Chromium itself does its work. */
export const headlessShellPath = (): string | null => SHELL_PLACES.find((place) => existsSync(place)) ?? null;
const headlessPath = () => (process.env['CANDOUR_CHROMIUM'] ? null : headlessShellPath()) ?? chromiumPath();
/** Path of Firefox. Throws if there is none. */
export const firefoxPath = () => find('Firefox', 'CANDOUR_FIREFOX', FIREFOX_PLACES);

/** Chromium without a profile: each `newContext()` is a person who has never been here. */
export const launchChromium = (...flags: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: headlessPath(), headless: true, args: [...CHROMIUM_FLAGS, ...flags] });

/** The same in the whole browser: for what is measured in `bench/`, and for flags that the shell does not know. */
export const launchWholeChromium = (...flags: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), headless: true, args: [...CHROMIUM_FLAGS, ...flags] });

export interface ExtensionBrowser {
  context: BrowserContext;
  /** Origin of the extension's own pages: `chrome-extension://<id>`. */
  extension: string;
  /** The popup for a tab, opened in a tab of its own. */
  openPopup(tab: Page): Promise<Page>;
  close(): Promise<void>;
}

/** Chromium with the built extension in `folder`, in a profile of its own. */
export async function launchChromiumWithExtension(folder: string, ...flags: string[]): Promise<ExtensionBrowser> {
  if (!existsSync(join(folder, 'manifest.json')))
    throw new Error(`${folder} holds no built extension: run "npm run build" first`);
  const profile = mkdtempSync(join(tmpdir(), 'candour-extension-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath(),
    headless: false,
    args: ['--headless=new', ...CHROMIUM_FLAGS, ...flags, `--disable-extensions-except=${folder}`, `--load-extension=${folder}`],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const extension =
    new URL(worker.url()).origin === 'null' ? worker.url().split('/').slice(0, 3).join('/') : new URL(worker.url()).origin;
  return {
    context,
    extension,
    async openPopup(tab) {
      const address = tab.url();
      const id = await worker.evaluate(async (url) => {
        const { tabs } = (
          globalThis as unknown as { chrome: { tabs: { query(q: object): Promise<{ id?: number; url?: string }[]> } } }
        ).chrome;
        return (await tabs.query({})).find((one) => one.url === url)?.id;
      }, address);
      if (id === undefined) throw new Error(`the extension sees no tab at ${address}`);
      const popup = await context.newPage();
      await popup.goto(`${extension}/popup.html?tab=${id}`);
      return popup;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface MortalBrowser {
  context: BrowserContext;
  page: Page;
  /** SIGKILL to the browser and all its processes: nothing is flushed. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', resolve));

/** The browser writes the port of its debugger into its profile once it listens. */
async function debuggerPort(profile: string, child: ChildProcess): Promise<string> {
  const file = join(profile, 'DevToolsActivePort');
  for (let tries = 0; tries < 1200; tries++) {
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : '';
    if (port) return port;
    if (child.exitCode !== null) throw new Error(`Chromium ended with ${child.exitCode} before it listened`);
    await pause(50);
  }
  throw new Error('Chromium did not open its debugger within a minute');
}

/** Chromium on `profile` (a folder that survives it), to be killed as a power cut would. */
export async function launchMortalChromium(profile: string): Promise<MortalBrowser> {
  rmSync(join(profile, 'DevToolsActivePort'), { force: true });
  const child = spawn(
    chromiumPath(),
    ['--headless=new', ...CHROMIUM_FLAGS, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { detached: true, stdio: 'ignore' },
  );
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${await debuggerPort(profile, child)}`);
  const context = browser.contexts()[0];
  if (!context) throw new Error('Chromium has no default context');
  const page = context.pages()[0] ?? (await context.newPage());
  const signal = (name: NodeJS.Signals) => {
    // The group, as Chromium's own children would live on; already gone is as good.
    try {
      if (child.pid) process.kill(-child.pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  return {
    context,
    page,
    async kill() {
      signal('SIGKILL');
      await ended(child);
      await browser.close().catch(() => undefined);
      rmSync(join(profile, 'SingletonLock'), { force: true });
    },
    async close() {
      const session = await browser.newBrowserCDPSession();
      await session.send('Browser.close').catch(() => undefined);
      await ended(child);
      await browser.close().catch(() => undefined);
    },
  };
}

/** Firefox through WebDriver BiDi. With the extension: firefox-extension.ts. */
export const launchFirefox = (preferences: Record<string, unknown> = {}): Promise<FirefoxBrowser> =>
  puppeteer.launch({ browser: 'firefox', executablePath: firefoxPath(), headless: true, extraPrefsFirefox: preferences });
