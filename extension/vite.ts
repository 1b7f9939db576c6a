// How dist/extension/<browser> is built: one manifest each, the same source.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { crx } from '@crxjs/vite-plugin';
import type { UserConfig } from 'vite';

import { manifest, type Browser } from './manifest.ts';

const HERE = import.meta.dirname;

const version = (): string => (JSON.parse(readFileSync(join(HERE, '../package.json'), 'utf8')) as { version: string }).version;

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
  plugins: [crx({ manifest: manifest(browser, version()), browser })],
});
