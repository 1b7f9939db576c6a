// How dist/extension/<browser> is built: one manifest each, the same source.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { crx } from '@crxjs/vite-plugin';
import type { Plugin, UserConfig } from 'vite';

import { manifest, type Browser } from './manifest.ts';

const HERE = import.meta.dirname;

const version = (): string => (JSON.parse(readFileSync(join(HERE, '../package.json'), 'utf8')) as { version: string }).version;

/**
 * Takes Preact's one way to turn text into HTML out of the build: nothing here uses it, and what a notice says must stay text whatever
 * anyone writes later. Throws when Preact changed so that there is nothing to take out.
 */
const noHtmlFromText = (): Plugin => ({
  name: 'candour:no-html-from-text',
  transform(code, id) {
    if (!/preact\/dist\/preact\.m?js$/.test(id)) return null;
    const safe = code.replace(/\b\w+\.innerHTML\s*=\s*\w+\.__html/, 'void 0');
    if (safe === code) throw new Error('Preact sets innerHTML in another way than before: look at noHtmlFromText');
    return { code: safe, map: null };
  },
});

export const extensionBuild = (browser: Browser): UserConfig => ({
  root: HERE,
  publicDir: false,
  oxc: { jsx: { importSource: 'preact' } },
  build: {
    outDir: join(HERE, '../dist/extension', browser),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    // Stores read the source; a reviewer should be able to.
    minify: false,
    // Chromium's manifest names the side panel in a key that the plugin knows; Firefox's sidebar it has to be told.
    rollupOptions: browser === 'firefox' ? { input: { sidepanel: join(HERE, 'sidepanel.html') } } : {},
  },
  plugins: [noHtmlFromText(), crx({ manifest: manifest(browser, version()), browser })],
});
