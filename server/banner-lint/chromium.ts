// The browser that a rendered page is looked at in. playwright-core drives it and is no part of the service: it is loaded when it is
// there, from the command's own packages or from those of the folder that the command is started in.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser, BrowserType } from 'playwright-core';

/** Nothing here to look at a page with. Its message says how to get it. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
}

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/homebrew/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
];

/** No request of the browser's own may blur what the page requests. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function chromiumPath(environment: NodeJS.ProcessEnv): string {
  const given = environment['CANDOUR_CHROMIUM'];
  const found = [given, ...(given === undefined ? PLACES : [])].find((place) => place !== undefined && existsSync(place));
  if (found !== undefined) return found;
  const looked = given === undefined ? 'in the usual places' : `at ${given}`;
  throw new BrowserMissing(
    `--url needs Chromium and there is none ${looked}: install it (Debian: apt-get install chromium) or set CANDOUR_CHROMIUM to its path`,
  );
}

const PACKAGE = 'playwright-core';

async function loadDriver(folder: string): Promise<BrowserType> {
  const places = [import.meta.url, pathToFileURL(join(folder, 'package.json')).href];
  for (const place of places) {
    try {
      const loaded = createRequire(place)(PACKAGE) as { chromium: BrowserType };
      return loaded.chromium;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new BrowserMissing(`--url needs ${PACKAGE} to drive Chromium: npm install ${PACKAGE} (here or beside candour)`);
}

/** Chromium without a profile. Throws BrowserMissing. */
export async function launchBrowser({
  environment,
  folder,
}: {
  environment: NodeJS.ProcessEnv;
  folder: string;
}): Promise<Browser> {
  const executablePath = chromiumPath(environment);
  const driver = await loadDriver(folder);
  // Chromium's sandbox does not start for root.
  const root = process.getuid?.() === 0;
  return driver.launch({ executablePath, headless: true, args: root ? ['--no-sandbox', ...FLAGS] : FLAGS });
}
