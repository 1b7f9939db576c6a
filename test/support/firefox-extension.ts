// Firefox with the built extension, and what only its own interface can see: the badge, and the extension's pages, which
// WebDriver may not open by itself. Needs Firefox's system access, which lets a test run script in the browser's window.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import puppeteer, { type Browser, type Page } from 'puppeteer-core';

import { GECKO_ID } from '../../extension/manifest.ts';
import { firefoxPath } from './browser.ts';

export interface FirefoxBadge {
  text: string;
  title: string;
}

/** A page of the extension, in which expressions can be evaluated. */
export interface ExtensionPage {
  /** The value of a JavaScript expression that gives text; promises are awaited. */
  read(expression: string): Promise<string>;
}

export interface FirefoxWithExtension {
  browser: Browser;
  newPage(): Promise<Page>;
  /** What the toolbar says of the tab at that address. */
  badge(url: string): Promise<FirefoxBadge>;
  /** The popup of the tab at that address, in a tab of its own. */
  openPopup(url: string): Promise<ExtensionPage>;
  close(): Promise<void>;
}

interface Connection {
  send(method: string, params: object): Promise<{ result: unknown }>;
}
interface Context {
  context: string;
  url: string;
}
type Evaluated = { type: 'success'; result: { value: string } } | { type: 'exception'; exceptionDetails: { text: string } };

/** In the browser's own window: the tab at an address, its id for extensions, and the extension. */
const FIND = `const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
  const { global } = ExtensionParent.apiManager;
  const policy = WebExtensionPolicy.getByID(${JSON.stringify(GECKO_ID)});
  const tab = [...gBrowser.tabs].find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === url);`;

const BADGE = `async (url) => { ${FIND}
  const button = global.browserActionFor(policy.extension);
  const { badgeText, title } = (button.action ?? button).getContextData(tab);
  return JSON.stringify({ text: badgeText ?? '', title: title ?? '' }); }`;

/** Each at an address of its own: an earlier one of the same tab may still be open. */
const POPUP = `async (url) => { ${FIND}
  const once = '#' + gBrowser.tabs.length + '-' + Date.now();
  const address = 'moz-extension://' + policy.mozExtensionHostname + '/popup.html?tab=' + global.tabTracker.getId(tab) + once;
  gBrowser.selectedTab = gBrowser.addTab(address, { triggeringPrincipal: policy.extension.principal });
  return address; }`;

export async function launchFirefoxWithExtension(folder: string): Promise<FirefoxWithExtension> {
  if (!existsSync(join(folder, 'manifest.json')))
    throw new Error(`${folder} holds no built extension: run "npm run build" first`);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: firefoxPath(),
    headless: true,
    args: ['--remote-allow-system-access'],
  });
  await browser.installExtension(folder);
  const { connection } = browser as unknown as { connection: Connection };

  const contexts = async (scope: object): Promise<Context[]> =>
    ((await connection.send('browsingContext.getTree', scope)).result as { contexts: Context[] }).contexts;
  const value = (answer: { result: unknown }): string => {
    const read = answer.result as Evaluated;
    if (read.type === 'exception') throw new Error(`Firefox: ${read.exceptionDetails.text}`);
    return read.result.value;
  };
  const inWindow = async (functionDeclaration: string, url: string): Promise<string> => {
    const window = (await contexts({ 'moz:scope': 'chrome' })).find((one) => one.url.endsWith('browser.xhtml'));
    const target = { context: window?.context };
    const args = [{ type: 'string', value: url }];
    return value(
      await connection.send('script.callFunction', { functionDeclaration, arguments: args, awaitPromise: true, target }),
    );
  };

  return {
    browser,
    newPage: () => browser.newPage(),
    badge: async (url) => JSON.parse(await inWindow(BADGE, url)) as FirefoxBadge,
    async openPopup(url) {
      const address = await inWindow(POPUP, url);
      const find = async () => (await contexts({})).find((one) => one.url === address);
      let page = await find();
      for (let tries = 0; !page && tries < 1200; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        page = await find();
      }
      if (!page) throw new Error('Firefox did not open the popup');
      const target = { context: page.context };
      return {
        read: async (expression) => value(await connection.send('script.evaluate', { expression, awaitPromise: true, target })),
      };
    },
    close: () => browser.close(),
  };
}
